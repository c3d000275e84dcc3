"""The rooms as tiles: number, state by icon and word, who, for how long; the one step of its turnover as a button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from maroom.duties.board.model import Tile
from maroom.duties.board.view import words
from maroom.ui.live import mark_as, show_if
from maroom.ui.widgets import STRETCH, Grow, Widgets

ACROSS, ACROSS_NARROW = 8, 4


class RoomTile(QFrame):
    pressed = Signal(str)
    more_wished = Signal(str)
    """Its three dots were pressed, or the menu key, or the right button."""

    def __init__(self, widgets: Widgets, key: str) -> None:
        super().__init__()
        self.setObjectName("tile")
        self.key = key
        self._theme = widgets.theme
        self._tile: Tile | None = None
        self._number, self._who = widgets.line(kind="title"), widgets.line()
        self._image, self._word = widgets.image(), widgets.text(kind="strong")
        self._mark, self._note = widgets.mark("warn"), widgets.line(kind="caption")
        self._step = widgets.button("", "tinted", build="row", name=f"room-{key}")
        self._step.clicked.connect(self._pressed)
        self._more = widgets.icon_button("ellipsis", self.tr("Further steps"), build="row", name=f"room-more-{key}")
        self._more.clicked.connect(self._more_pressed)
        self.setLayout(self._low(widgets) if widgets.narrow else self._high(widgets))
        widgets.sized(self, high="tile_low" if widgets.narrow else "tile")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def become(self, tile: Tile) -> None:
        if tile == self._tile:
            return
        self._tile = tile
        look, (note, warn), (step, spoken) = words.room(tile), words.room_note(tile), words.room_step(tile)
        mark_as(self, state=look.look)
        self._number.say(tile.name)
        self._image.become(look.icon, look.role)
        self._word.say(look.word)
        self._who.say(", ".join(tile.who) or tile.note)
        self._note.say(note, "head" if warn else "caption", "warn" if warn else "")
        self._step.setText(step)
        self._step.setAccessibleName(spoken)
        show_if(self._more, tile.may_close and not step)
        for part, shown in ((self._mark, warn), (self._step, bool(step)), (self._who, bool(self._who.text()))):
            show_if(part, shown)
        self.setToolTip(tile.note)
        self.setAccessibleName(", ".join(said for said in (tile.name, look.word, self._who.text(), note, tile.note) if said))

    def _high(self, widgets: Widgets) -> QLayout:
        """Three lines; the button stands at the foot."""
        top = widgets.across(Grow(self._number), self._image, self._word, gap="tight")
        foot = widgets.across(self._mark, Grow(self._note), self._step, self._more, gap="tight")
        return self._air(widgets.down(top, STRETCH, self._who, foot, gap=""))

    def _low(self, widgets: Widgets) -> QLayout:
        """Two lines: many tiles must stand in little height."""
        top = widgets.across(Grow(self._number), self._image, self._word, self._step, self._more, gap="tight")
        foot = widgets.across(self._mark, self._who, Grow(self._note))
        return self._air(widgets.down(top, STRETCH, foot, gap=""))

    def _air(self, box: QVBoxLayout) -> QLayout:
        """Less above and below: a button brings its own."""
        side, above = self._theme.px("pad"), self._theme.px("tight")
        box.setContentsMargins(side, above, side, above)
        return box

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Also where a step stands in the dots' place."""
        if self._tile and self._tile.may_close:
            self._more_pressed()
        event.accept()

    def _pressed(self) -> None:
        self.pressed.emit(self.key)

    def _more_pressed(self) -> None:
        self.more_wished.emit(self.key)


class Rooms(QWidget):
    """As many columns as there can be, so that few rooms do not grow large."""

    pressed = Signal(str)
    more_wished = Signal(str)

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self._widgets = widgets
        self._tiles: dict[str, RoomTile] = {}
        self._across = ACROSS_NARROW if widgets.narrow else ACROSS
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(widgets.theme.px("gap"))
        for column in range(self._across):
            self._grid.setColumnStretch(column, 1)

    def become(self, tiles: Sequence[Tile]) -> None:
        keys = [tile.key for tile in tiles]
        if keys != list(self._tiles):
            self._replace(keys)
        for tile in tiles:
            self._tiles[tile.key].become(tile)
        show_if(self, bool(tiles))

    def tile(self, room: str) -> RoomTile:
        return self._tiles[room]

    def _replace(self, keys: Sequence[str]) -> None:
        for tile in self._tiles.values():
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = {key: RoomTile(self._widgets, key) for key in keys}
        for number, tile in enumerate(self._tiles.values()):
            tile.pressed.connect(self.pressed)
            tile.more_wished.connect(self.more_wished)
            self._grid.addWidget(tile, number // self._across, number % self._across)
