"""The section Server: the clinic's server, when it is exchanged with, and this station's way to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from maroom.core.ports import Messages
from maroom.core.settings import SignIn
from maroom.duties.admin.presenter.server import ServerPresenter, State
from maroom.duties.admin.rules.server import Of
from maroom.duties.admin.view import server_words as words
from maroom.ui.dialogs import Answer, ChoiceSheet
from maroom.ui.folders import downloads
from maroom.ui.forms import FieldState, Form, FormLine
from maroom.ui.live import show_if
from maroom.ui.page import Attached
from maroom.ui.widgets import STRETCH, Grow, Item, Widgets

MOVE, STAY = "server-move", "server-stay"


class ServerView(Attached[State, ServerPresenter]):
    def __init__(self, widgets: Widgets, messages: Messages) -> None:
        super().__init__(widgets)
        self._messages, self._saved = messages, 0
        self._where, self._when, self._way, self._carried = (Form(widgets, lines, "col_value") for lines in self._lines())
        self._forms = (self._where, self._when, self._way, self._carried)
        self._about_sign_in = widgets.text(kind="quiet", wrap=True)
        self._key, self._told = _KeyLine(widgets), _Told(widgets)
        self._try = widgets.button(self.tr("Try the connection"), "secondary", "refresh-cw", name="try-connection")
        self._trying = widgets.text(self.tr("Asking the server ..."), "quiet")
        self._sheet = ChoiceSheet(widgets, "server-moves", "col_conflict")
        self._lay_out()
        self.primary = widgets.button(self.tr("Save"), "primary", "check", "tall", "save")
        self._listen()

    def detach(self) -> None:
        self._sheet.put_away()
        super().detach()

    def render(self, state: State) -> None:
        fields = {name: _field(state, name) for name in state.typed}
        signs = state.typed[Of.SIGN_IN] != SignIn.NONE
        for name in (Of.CLIENT, Of.SCOPES):
            fields[name] = fields[name] if signs else FieldState(on=False)
        for form in self._forms:
            form.become(fields)
        self._about_sign_in.say(words.about_sign_in(state.typed[Of.SIGN_IN]))
        self._key.become(state.keys, state.making, state.typed[Of.SIGN_IN] == SignIn.BACKEND)
        self._try.setEnabled(state.may_try)
        show_if(self._trying, state.trying)
        self._told.become(words.tried(state.trial, state.apart) if state.trial else ())
        self.primary.setEnabled(state.may_save)
        self._ask(state.moving_from)
        if state.saved > self._saved:
            self._messages.said(self.tr("Settings of the server saved"))
        self._saved = state.saved

    def _ask(self, moving_from: str) -> None:
        if not moving_from:
            self._sheet.put_away()
            return
        about = self.tr(
            "The records of this store are known by the ids of the server at {address}. Another address is taken only where "
            "the same server answers there: a few of the records are asked for before. Another server gets nothing, and "
            "nothing here is changed or removed; it needs a data folder of its own."
        ).format(address=moving_from)
        answers = (
            Answer(MOVE, self.tr("It is the same server: ask there, and take the address")),
            Answer(STAY, self.tr("Leave the address as it was")),
        )
        self._sheet.ask(self, self.tr("Another address for the server?"), about, answers)

    # what is wished
    def _listen(self) -> None:
        for form in self._forms:
            form.typed.connect(self._typed)
            form.chosen.connect(self._typed)
        self._try.clicked.connect(self._tried)
        self._key.make.clicked.connect(self._made)
        self._key.copy.clicked.connect(self._copied)
        self._key.save.clicked.connect(self._key_saved)
        self._sheet.setParent(self)
        self._sheet.chosen.connect(self._answered)
        self._sheet.closed.connect(self._stayed)
        self.primary.clicked.connect(self._save)

    def _typed(self, name: str, text: str) -> None:
        self.presenter.typed(name, text)

    def _save(self) -> None:
        self.presenter.save()

    def _tried(self) -> None:
        self.presenter.try_connection()

    def _answered(self, answer: str) -> None:
        self.presenter.move() if answer == MOVE else self.presenter.stay()

    def _stayed(self) -> None:
        if self.presenter.state.moving_from:
            self.presenter.stay()

    def _made(self) -> None:
        self.presenter.make_key()

    def _copied(self) -> None:
        QGuiApplication.clipboard().setText(self.presenter.state.keys or "")
        self._messages.said(self.tr("The public key is copied"))

    def _key_saved(self) -> None:
        if file := self.presenter.save_key(downloads()):
            self._messages.said(self.tr("The public key is saved as {file}").format(file=file))

    # how it stands
    def _lay_out(self) -> None:
        widgets = self.widgets
        tries = widgets.across(self._try, self._trying, STRETCH, gap="pad")
        base = self.tr("Its base address, as far as /fhir or /r4. Http without encryption is for this machine alone.")
        signs = (self._about_sign_in, self._key, widgets.rule(), tries, self._told)
        where = self._card(self.tr("The clinic's server"), base, self._where, *signs)
        when = self._card(self.tr("What goes there, and when"), "", self._when)
        way = self._card(
            self.tr("This station's way to it"), self.tr("Mostly left empty: what this machine is set to is used."), self._way
        )
        carried = self._card(
            self.tr("Carried by hand"),
            self.tr(
                "Where there is no network, maroom export seals what waits, so that only the holder of the key can open it."
            ),
            self._carried,
        )
        self.setLayout(widgets.down(where, when, way, carried, gap="gutter"))

    def _card(self, title: str, about: str, *items: Item) -> QWidget:
        quiet = self.widgets.text(about, "quiet", wrap=True) if about else None
        return self.widgets.card(self.widgets.text(title, "section"), quiet, *items)

    def _lines(self) -> tuple[Sequence[FormLine], ...]:
        wide = "col_how" if self.widgets.narrow else "col_side"
        return (
            (
                FormLine(Of.ADDRESS, self.tr("Address"), wide=wide, hint="https://fhir.clinic.org/r4"),
                FormLine(Of.SIGN_IN, self.tr("Who signs in there"), "choice", wide=wide, options=words.sign_ins()),
                FormLine(Of.CLIENT, self.tr("Client id"), wide=wide),
                FormLine(Of.SCOPES, self.tr("Scopes"), wide=wide, hint=self.tr("empty: the usual ones")),
            ),
            (
                FormLine(Of.MODE, self.tr("Records are made"), "choice", wide=wide, options=words.modes()),
                FormLine(Of.CALCULATED, self.tr("Send BMI, means and percentiles too"), "tick"),
                FormLine(Of.AT_START, self.tr("Exchange when the program starts"), "tick"),
                FormLine(Of.ON_LOCK, self.tr("Exchange when this station is locked"), "tick"),
                FormLine(Of.EVERY, self.tr("Exchange every"), "figure", self.tr("min"), "col_time"),
            ),
            (
                FormLine(Of.CA_FILE, self.tr("Trusted authorities"), wide=wide, hint=self.tr("file (PEM)")),
                FormLine(Of.CERTIFICATE, self.tr("Own certificate"), wide=wide, hint=self.tr("file with its key (PEM)")),
                FormLine(Of.PROXY, self.tr("Proxy"), wide=wide, hint=self.tr("http://host:port, or direct")),
            ),
            (FormLine(Of.EXPORT_KEY, self.tr("Sealed for"), wide=wide, hint="age1..."),),
        )


class _KeyLine(QWidget):
    """The key of this station: made here once, its public half given away."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self._stands = widgets.text()
        self.make = widgets.button(self.tr("Make this station's key"), "secondary", "key-round", name="make-key")
        self.copy = widgets.button(self.tr("Copy the public key"), "secondary", name="copy-key")
        self.save = widgets.button(self.tr("Save it as a file"), "secondary", "save", name="save-key")
        self.setLayout(widgets.across(self._stands, self.make, self.copy, self.save, STRETCH, gap="pad"))

    def become(self, keys: str | None, making: bool, wanted: bool) -> None:
        """`keys`: empty where there is none, none where it is not known yet."""
        self._stands.say(self._words(keys, making))
        self.make.setEnabled(not making)
        show_if(self.make, keys == "")
        for button in (self.copy, self.save):
            show_if(button, bool(keys))
        show_if(self, wanted)

    def _words(self, keys: str | None, making: bool) -> str:
        if making:
            return self.tr("The key is being made ...")
        if keys is None:
            return self.tr("Looking for this station's key ...")
        return self.tr("This station has its key.") if keys else self.tr("This station has no key yet.")


class _ToldLine(QWidget):
    """A mark, and a sentence that goes on into a next line."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self._mark, self._words = widgets.mark(), widgets.text(wrap=True)
        self.setLayout(widgets.across(self._mark, Grow(self._words)))

    def become(self, said: words.Said) -> None:
        self._mark.become(said[0])
        self._words.say(said[1])


class _Told(QWidget):
    """What came of trying."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self._widgets = widgets
        self._box = widgets.down(gap="tight")
        self.setLayout(self._box)
        self._lines: list[_ToldLine] = []

    def become(self, lines: Sequence[words.Said]) -> None:
        while len(self._lines) < len(lines):
            self._lines.append(_ToldLine(self._widgets))
            self._box.addWidget(self._lines[-1])
        for number, line in enumerate(self._lines):
            if number < len(lines):
                line.become(lines[number])
            show_if(line, number < len(lines))
        show_if(self, bool(lines))


def _field(state: State, name: str) -> FieldState:
    found = state.shown.get(name)
    text = state.typed[name]
    return FieldState(text, found.severity, words.sentence(found)) if found else FieldState(text)
