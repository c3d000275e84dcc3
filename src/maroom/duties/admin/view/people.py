"""The people's section: who works here, in what role, and whether she can sign in."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.admin.presenter.people import Deed, PeoplePresenter, PersonLine, State
from maroom.duties.admin.rules import Of
from maroom.duties.admin.view import words
from maroom.ui.dialogs import Answer, FormSheet
from maroom.ui.forms import FormLine
from maroom.ui.menu import Menu
from maroom.ui.page import Attached
from maroom.ui.table import Table
from maroom.ui.widgets import STRETCH, Column, Widgets

DEEDS = {
    Deed.PIN: QT_TRANSLATE_NOOP("Admin", "Set a new PIN"),
    Deed.CHANGE: QT_TRANSLATE_NOOP("Admin", "Change name or role"),
    Deed.LEAVE: QT_TRANSLATE_NOOP("Admin", "Works here no longer"),
    Deed.COME_BACK: QT_TRANSLATE_NOOP("Admin", "Works here again"),
}


class PeopleView(Attached[State, PeoplePresenter]):
    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        self._table = self._new_table()
        self.setLayout(widgets.down(self._table))
        self.primary = widgets.button(self.tr("Add a person"), "primary", "user-plus", "tall", "add-person")
        self._menu, self._menu_of = Menu(self), ""
        self._sheets = self._new_sheets()
        self._tries = 0
        self._listen()

    def detach(self) -> None:
        for sheet in self._sheets.values():
            sheet.put_away()
        super().detach()

    def render(self, state: State) -> None:
        self._table.become(state.lines)
        for deed, sheet in self._sheets.items():
            if state.form is None or state.form.deed is not deed:
                sheet.put_away()
        if state.form:
            self._ask(state)

    def _ask(self, state: State) -> None:
        form = state.form
        if form is None:
            return
        sheet = self._sheets[form.deed]
        sheet.form.offer(Of.ROLE, words.roles(state.roles)) if Of.ROLE in form.typed else None
        name = form.about.name if form.about else ""
        title = words.tr(DEEDS[form.deed]) if form.deed in DEEDS else self.tr("Add a person")
        sheet.become(
            title,
            name or self.tr("Without a PIN she is named in charts, but cannot sign in."),
            words.fields(form.typed, form.shown),
        )
        sheet.open_over(self)
        if form.tries > self._tries and form.shown:
            sheet.form.go_to(next(iter(form.shown)))
        self._tries = form.tries

    def _new_table(self) -> Table[PersonLine]:
        columns = (
            Column(self.tr("Name"), share=3),
            Column(self.tr("Role"), share=2),
            Column(self.tr("Stands"), "col_stands"),
        )
        return Table(self.widgets, columns, self._cells, more=self.tr("Further steps"))

    def _cells(self, line: PersonLine) -> tuple[QWidget, ...]:
        widgets = self.widgets
        stands: QWidget = widgets.text(self.tr("signs in by PIN"), "quiet")
        if not line.active:
            stands = widgets.chip(self.tr("works here no longer"), "outline", "log-out")
        elif not line.has_pin:
            stands = widgets.chip(self.tr("no PIN yet"), "outline", "key-round")
        name = widgets.line(line.name, "row" if line.active else "quiet")
        return name, widgets.line(words.role(line.role), "quiet"), widgets.holder(stands, STRETCH)

    def _new_sheets(self) -> dict[Deed, FormSheet]:
        who = (
            FormLine(Of.PERSON, self.tr("Name"), wide="col_how"),
            FormLine(Of.ROLE, self.tr("Role"), "choice", wide="col_how", ask=self.tr("role?")),
        )
        pin = (
            FormLine(Of.PIN, self.tr("PIN"), "secret", wide="col_value"),
            FormLine(Of.PIN_AGAIN, self.tr("PIN again"), "secret", wide="col_value"),
        )
        lines = {Deed.ADD: (*who, *pin), Deed.CHANGE: who, Deed.PIN: pin}
        return {deed: FormSheet(self.widgets, f"person-{deed}", some, self.tr("Save")) for deed, some in lines.items()}

    # what is wished
    def _listen(self) -> None:
        self.primary.clicked.connect(self._added)
        self._table.more_wished.connect(self._more)
        self._table.opened.connect(self._more)
        self._menu.chosen.connect(self._chosen)
        for sheet in self._sheets.values():
            sheet.setParent(self)
            self.destroyed.connect(sheet.deleteLater)
            sheet.form.typed.connect(self._typed)
            sheet.form.chosen.connect(self._typed)
            sheet.answered.connect(self._answered)
            sheet.closed.connect(self._closed)

    def _added(self) -> None:
        self.presenter.add()

    def _more(self, person: str) -> None:
        line = next(line for line in self.presenter.state.lines if line.key == person)
        if line.deeds:
            self._menu_of = person
            answers = [Answer(deed, words.tr(DEEDS[deed])) for deed in line.deeds]
            self._menu.ask(answers, self._table.row(person).findChild(QWidget, "more") or self._table)

    def _chosen(self, deed: str) -> None:
        self.presenter.do(self._menu_of, Deed(deed))

    def _typed(self, name: str, text: str) -> None:
        self.presenter.typed(name, text)

    def _answered(self) -> None:
        self.presenter.confirm()

    def _closed(self) -> None:
        self.presenter.dismiss()
