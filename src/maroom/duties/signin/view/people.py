"""The people as tiles: one stop of Tab, with arrows that go among them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from maroom.core.people import Role
from maroom.duties.signin.model import Person
from maroom.ui.scroll import Scroll, bring_into_sight
from maroom.ui.touch import Press
from maroom.ui.widgets import CENTRE, STRETCH, Grow, Widgets

ACROSS = 2
MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -ACROSS, Qt.Key.Key_Down: ACROSS}
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Tile(Press):
    """One person. Enter on it is left to the page, where it signs in; an arrow would only scroll the area around it."""

    moved = Signal(int)

    def __init__(self, widgets: Widgets, person: Person, about: tuple[str, ...]) -> None:
        """`about` is her role, and what is kept for her where something is."""
        super().__init__()
        self.key = person.key
        self.setObjectName(f"person-{person.key}")
        self.setProperty("kind", "tile")
        self.setCheckable(True)
        self.setAccessibleName(", ".join((person.name, *about)))
        self.setLayout(_inside(widgets, person, *about))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTERS:
            event.ignore()
        elif by := MOVES.get(Qt.Key(event.key())):
            self.moved.emit(by)
        else:
            super().keyPressEvent(event)


def _inside(widgets: Widgets, person: Person, role: str, kept: str = "") -> QHBoxLayout:
    avatar = widgets.sized(widgets.text(person.letters, "avatar", align=CENTRE), wide="avatar", high="avatar")
    words: list[QWidget] = [widgets.line(person.name, "section"), widgets.line(role, "caption")]
    if kept:
        note = widgets.line(kept, "caption", "accent")
        words.append(widgets.holder(widgets.image("pen-line", "accent"), Grow(note), gap="tight"))
    return widgets.across(avatar, Grow(widgets.stack(STRETCH, *words, STRETCH)), gap="pad", pad="pad")


class People(QWidget):
    """Tells who was touched, and by how many tiles an arrow wishes to move."""

    chosen = Signal(str)
    moved = Signal(int)

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self._widgets = widgets
        self._shown: tuple[Person, ...] = ()
        self._tiles: dict[str, Tile] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(widgets.theme.px("pad"))
        for column in range(ACROSS):
            self._grid.setColumnStretch(column, 1)
        self._nobody = widgets.text(self.tr("Nobody of this name."), "quiet")
        self._words = {
            Role.ASSISTANT: self.tr("Medical assistant"),
            Role.LEAD: self.tr("Lead assistant"),
            Role.PROVIDER: self.tr("Provider, reads only"),
            Role.ADMINISTRATOR: self.tr("Administrator"),
        }
        self.setLayout(widgets.down(self._nobody, Grow(Scroll(widgets.down(self._grid, STRETCH, gap=""))), gap=""))

    def become(self, people: Sequence[Person], chosen: str) -> None:
        if tuple(people) != self._shown:
            self._replace(tuple(people))
        self._nobody.setHidden(bool(people))
        stop = chosen if chosen in self._tiles else next(iter(self._tiles), "")
        for key, tile in self._tiles.items():
            tile.setChecked(key == chosen)
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if key == stop else Qt.FocusPolicy.ClickFocus)
        if chosen in self._tiles:
            self._follow(self._tiles[chosen])

    def first(self) -> QWidget | None:
        """The one that Tab reaches."""
        return next((tile for tile in self._tiles.values() if tile.focusPolicy() & Qt.FocusPolicy.TabFocus), None)

    def _replace(self, people: tuple[Person, ...]) -> None:
        for tile in self._tiles.values():
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._shown, self._tiles = people, {}
        for number, person in enumerate(people):
            tile = Tile(self._widgets, person, self._about(person))
            tile.clicked.connect(self._touched)
            tile.moved.connect(self.moved)
            self._tiles[person.key] = tile
            self._grid.addWidget(tile, number // ACROSS, number % ACROSS)

    def _about(self, person: Person) -> tuple[str, ...]:
        role = self._words.get(person.role, person.role.value)
        if not person.kept:
            return (role,)
        many = self.tr("{count} pages kept for you").format(count=person.kept)
        return (role, self.tr("one page kept for you") if person.kept == 1 else many)

    def _follow(self, tile: Tile) -> None:
        """The focus goes with the choice, where it is among the tiles at all."""
        at = self.focusWidget()
        if isinstance(at, Tile) and at.hasFocus() and at is not tile:
            tile.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_sight(tile)

    def _touched(self) -> None:
        tile = self.sender()
        if isinstance(tile, Tile):
            tile.setChecked(True)
            self.chosen.emit(tile.key)
