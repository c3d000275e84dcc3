"""The forms of a new clinic, and of the first administrator where a clinic is there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from maroom.app.door import State
from maroom.app.founding import OTHER, Asked, Wrong
from maroom.app.window.door.faces import Faced
from maroom.core.findings import Finding
from maroom.core.zones import US_ZONES
from maroom.ui.fields import Option
from maroom.ui.forms import FieldState, Form, FormLine
from maroom.ui.widgets import STRETCH, Item, Widgets


class Asking(Faced):
    """Cards of fields over one filled button, which Enter in the last field presses. In vain, it leads to the first finding."""

    wish: str

    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        self._forms: list[Form] = []
        self._tries = 0
        self._last = ""

    def become(self, state: State) -> None:
        states: dict[str, FieldState] = {name: self._field(state, name) for name in Asked}
        for form in self._forms:
            form.become(states)
        if state.tries > self._tries and state.shown:
            self._go_to(next(iter(state.shown)))
        self._tries = state.tries

    def first(self) -> QWidget | None:
        return self._forms[0].control(self._first_name) if self._forms else None

    def card(self, title: str, about: str, lines: Sequence[FormLine]) -> QWidget:
        form = Form(self.widgets, lines, labels="col_value")
        form.typed.connect(self.typed)
        form.chosen.connect(self.typed)
        form.entered.connect(self._entered)
        if not self._forms:
            self._first_name = lines[0].name
        self._last = lines[-1].name
        self._forms.append(form)
        words = self.widgets.text(about, "quiet", wrap=True) if about else None
        return self.widgets.card(self.widgets.text(title, "section"), words, form, gap="tight", pad="pad")

    def buttons(self, *items: Item) -> QWidget:
        return self.widgets.holder(STRETCH, *items, gap="pad")

    def _field(self, state: State, name: Asked) -> FieldState:
        finding = state.shown.get(name)
        on = name is not Asked.OTHER_ZONE or state.typed.get(Asked.ZONE) == OTHER
        words = self._sentence(finding) if finding else ""
        return FieldState(state.typed.get(name, ""), finding.severity if finding else "", words, on)

    def _sentence(self, finding: Finding) -> str:
        if finding.code == Wrong.MISSING:
            return self._missing()[Asked(finding.field)]
        return {
            Wrong.NO_ZONE: self.tr("No such zone"),
            Wrong.NO_PIN: self.tr("A PIN has 4 to 8 figures"),
            Wrong.SHORT: self.tr("At least 12 characters"),
            Wrong.DIFFERS: self.tr("Not the same as above"),
        }[Wrong(finding.code)]

    def _missing(self) -> Mapping[Asked, str]:
        return {
            Asked.CLINIC: self.tr("What is the clinic called?"),
            Asked.ZONE: self.tr("Which zone is the clinic in?"),
            Asked.NAME: self.tr("What is your name?"),
        }

    def _go_to(self, name: str) -> None:
        for form in self._forms:
            if name in form.names():
                form.go_to(name)

    def _entered(self, name: str) -> None:
        if name == self._last:
            self.wished.emit(self.wish)

    def _person(self) -> tuple[FormLine, ...]:
        return (
            FormLine(Asked.NAME, self.tr("Your name")),
            FormLine(Asked.PIN, self.tr("PIN, 4 to 8 figures"), "secret", wide="col_stands"),
            FormLine(Asked.PIN_AGAIN, self.tr("PIN again"), "secret", wide="col_stands"),
        )


class ClinicForm(Asking):
    wish = "make"

    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        self.lay_out(
            self.tr("A new clinic"),
            "",
            self.card(self.tr("The clinic"), "", self._place()),
            self.card(self.tr("You, its first administrator"), "", self._person()),
            self.card(self.tr("The recovery passphrase"), self._why(), self._secret()),
            self.buttons(
                self.button(self.tr("Back"), "back", icon="chevron-left"),
                self.button(self.tr("Make the clinic"), self.wish, "primary", "check"),
            ),
        )

    def _why(self) -> str:
        return self.tr(
            "At least 12 characters, such as a few words. It opens the store when this machine's key store is gone: keep it "
            "where the clinic keeps its safe keys."
        )

    def _place(self) -> tuple[FormLine, ...]:
        zones = [Option(key, QCoreApplication.translate("Zone", words)) for key, words in US_ZONES.items()]
        options = (*zones, Option(OTHER, self.tr("another, typed below")))
        return (
            FormLine(Asked.CLINIC, self.tr("Name")),
            FormLine(Asked.ZONE, self.tr("Time zone"), "choice", options=options, ask=self.tr("zone?")),
            FormLine(Asked.OTHER_ZONE, self.tr("Another zone"), hint=self.tr("such as America/Boise")),
        )

    def _secret(self) -> tuple[FormLine, ...]:
        return (
            FormLine(Asked.PASSPHRASE, self.tr("Passphrase"), "secret"),
            FormLine(Asked.PASSPHRASE_AGAIN, self.tr("Passphrase again"), "secret"),
        )


class AdministratorForm(Asking):
    wish = "administrator"

    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        about = self.tr("The store holds patients, but nobody who could sign in. The first administrator adds all others.")
        self.lay_out(
            self.tr("Who is the administrator?"),
            about,
            self.card(self.tr("You"), "", self._person()),
            self.buttons(self.button(self.tr("Go on to sign in"), self.wish, "primary", "check")),
            STRETCH,
        )
