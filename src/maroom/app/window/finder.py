"""What the command box finds: today's patients first, then all others held here, then pages and things to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from maroom.app.desk import Desk
from maroom.app.window.words import birth_words
from maroom.core.names import fold
from maroom.core.people import Opening
from maroom.core.visit import VisitRef
from maroom.kit import Duty, Target
from maroom.ui.command import Hit
from maroom.visits.model import PatientCard
from maroom.visits.service import Visits


@dataclass(frozen=True)
class Action:
    """A thing to do from anywhere; `words` are marked for translation, `key` is the key that does it too."""

    words: str
    icon: str
    key: str
    do: Callable[[], None]


MOST_PATIENTS = 6
PAGE = "vitals"


class Finder:
    """One opening of the chart index a person, so that a search leaves one audit line, not one a key."""

    def __init__(self, visits: Visits, duties: Mapping[str, Duty], desk: Desk, actions: Sequence[Action]) -> None:
        self._visits = visits
        self._duties = duties
        self._desk = desk
        self._actions = actions
        self._opening: Opening | None = None
        self._today: dict[str, VisitRef] = {}
        self._names: dict[str, str] = {}

    def find(self, typed: str) -> Sequence[Hit]:
        if not typed.strip():
            self._open()
            return (*self._pages(""), *self._things(""))
        return (*self._patients(typed), *self._pages(typed), *self._things(typed))

    def name_of(self, patient: str) -> str:
        return self._names.get(patient, "")

    def _open(self) -> Opening | None:
        author = self._desk.author
        if author is None:
            self._opening = None
        elif self._opening is None or self._opening.author != author:
            self._opening = Opening(author)
        if self._opening is not None:
            self._today = {row.visit.patient: row.visit for row in self._visits.today(self._opening).visits}
        return self._opening

    def _patients(self, typed: str) -> list[Hit]:
        opening = self._opening or self._open()
        if opening is None:
            return []
        cards = self._visits.find(opening, typed, MOST_PATIENTS * 2)
        here_first = sorted(cards, key=lambda card: card.id not in self._today)
        return [self._hit(card) for card in here_first[:MOST_PATIENTS]]

    def _hit(self, card: PatientCard) -> Hit:
        self._names[card.id] = card.display
        visit = self._today.get(card.id)
        place = QCoreApplication.translate("Finder", "today") if visit else ""
        about = ", ".join(words for words in (birth_words(card.birth), card.record_number, place) if words)
        return Hit("user-round", card.display, about, "", Target(PAGE, visit) if visit else card.id)

    def _things(self, typed: str) -> list[Hit]:
        about = QCoreApplication.translate("Finder", "do it")
        named = [(action, QCoreApplication.translate("Finder", action.words)) for action in self._actions]
        wanted = [(action, words) for action, words in named if fold(typed.strip()) in fold(words)]
        return [Hit(action.icon, words, about, action.key, action.do) for action, words in wanted]

    def _pages(self, typed: str) -> list[Hit]:
        hits: list[Hit] = []
        for duty in self._duties.values():
            title = QCoreApplication.translate("Duty", duty.title)
            if fold(typed.strip()) in fold(title):
                hits.append(
                    Hit(duty.icon, title, QCoreApplication.translate("Finder", "page"), duty.shortcut, Target(duty.key))
                )
        return hits
