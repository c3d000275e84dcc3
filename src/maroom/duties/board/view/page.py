"""Today: the rooms above, the visits below, and what lies over them while something is asked."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from maroom.duties.board.model import Line
from maroom.duties.board.presenter import BoardPresenter, State
from maroom.duties.board.view import lines, words
from maroom.duties.board.view.adding import AddSheet
from maroom.duties.board.view.asking import Asking
from maroom.duties.board.view.rooms import Rooms
from maroom.ui.dialogs import Answer, Sheet
from maroom.ui.live import show_if
from maroom.ui.menu import Menu
from maroom.ui.page import Page
from maroom.ui.table import Table
from maroom.ui.times import weekday
from maroom.ui.widgets import ROW_SHARE, Widgets
from maroom.visits.model import Step

TICK_MS = 5000
OPEN, CLOSE = "open", "close"


class BoardView(Page[State, BoardPresenter]):
    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        self._rooms, self._table = Rooms(widgets), self._new_table()
        self._claims = widgets.finding(kind="strong")
        self.body.addWidget(self._rooms)
        self.body.addWidget(self._claims)
        self.body.addWidget(self._table, ROW_SHARE)
        self.body.addStretch(1)
        self._undo = self.foot.second(self.tr("Undo last move"), "undo-2", "undo")
        self._add = self.foot.primary(self.tr("Add a visit"), "plus", "add")
        self._menu, self._menu_of, self._here = Menu(self), "", ""
        self._asking, self._adding = Asking(widgets, self), AddSheet(widgets)
        for sheet in (*self._asking.sheets, self._adding):
            self._keep(sheet)
        self._minute = QTimer(self, interval=TICK_MS)
        self._listen()

    def attach(self, presenter: BoardPresenter) -> None:
        super().attach(presenter)
        self._asking.follow(presenter)
        self._adding.follow(presenter.adding)
        self._minute.start()

    def detach(self) -> None:
        self._minute.stop()
        self._asking.follow(None)
        self._adding.put_away()
        super().detach()

    def render(self, state: State) -> None:
        self.head.show_words(self.tr("Today"), self._about(state))
        self._rooms.become(state.tiles)
        self._claims.become("warn" if state.claims else "", " ".join(map(words.claim, state.claims)))
        show_if(self._claims, bool(state.claims))
        self._table.become(state.lines, here=state.here, rest=self._rest(state))
        self._undo.setEnabled(bool(state.undo))
        self._undo.setToolTip(state.undo)
        self._undo.setAccessibleDescription(state.undo)
        self._add.setEnabled(state.may_add)
        self._ask(state)
        self._go_to(state.here)

    def start(self) -> QWidget | None:
        return self._table.row(self._table.current()) if self._table.current() else self._add

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.isEnabled():
            self._ask(self.presenter.state)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever comes back gets a presenter of her own; until then nothing is read."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.detach()

    def _go_to(self, here: str) -> None:
        """Once, when a line was added: it may stand far down."""
        shown = self._table.keys()
        if here != self._here and here in shown:
            self._here = here
            self._table.go_to(here)

    # what it says
    def _about(self, state: State) -> str:
        told = self.tr("{day}, {visits} visits, {roomed} roomed")
        return told.format(day=weekday(state.day), visits=state.visits, roomed=state.roomed)

    def _rest(self, state: State) -> str:
        if not state.gone:
            return ""
        if state.unfolded:
            return self.tr("Hide those who have gone")
        return self.tr("{number} more: {parts}").format(number=len(state.gone), parts=words.gone(state.gone))

    def _ask(self, state: State) -> None:
        """A sheet lies over the window, so it waits until the page is in sight."""
        if not self.isVisible():
            return
        self._asking.become(state.asked)
        if state.adding is None:
            self._adding.put_away()
        else:
            self._adding.open_over(self)
            self._adding.become(state.adding)

    def _keep(self, sheet: Sheet) -> None:
        """It goes with the page, also when it belongs to the window, which it was opened over."""
        sheet.setParent(self)
        self.destroyed.connect(sheet.deleteLater)

    def _new_table(self) -> Table[Line]:
        return Table(
            self.widgets,
            lines.columns(self.widgets),
            lines.Cells(self.widgets),
            lines.step,
            step_title=self.tr("Next step"),
            more=self.tr("Further steps"),
            row="row_tall" if self.widgets.narrow else "row",
            empty=self.tr("Nobody is expected today. Whoever walks in is added below."),
        )

    # what is wished
    def _listen(self) -> None:
        self._rooms.pressed.connect(self._room_pressed)
        self._rooms.more_wished.connect(self._room_more)
        self._table.opened.connect(self._opened)
        self._table.stepped.connect(self._stepped)
        self._table.more_wished.connect(self._more)
        self._table.rest_wished.connect(self._unfold)
        self._menu.chosen.connect(self._further)
        self._undo.clicked.connect(self._undone)
        self._add.clicked.connect(self._add_wished)
        self._minute.timeout.connect(self._tick)

    def _room_pressed(self, room: str) -> None:
        self.presenter.room_step(room)

    def _room_more(self, room: str) -> None:
        self._menu_of = room
        self._menu.ask([Answer(CLOSE, self.tr("Not to be used"))], self._rooms.tile(room))

    def _opened(self, visit: str) -> None:
        self.presenter.open(visit)

    def _stepped(self, visit: str) -> None:
        self.presenter.step(visit)

    def _more(self, visit: str) -> None:
        self._menu_of = visit
        line = next(line for line in self.presenter.state.lines if line.key == visit)
        steps = [Answer(step, words.further_step(line, step)) for step in line.further]
        answers = [Answer(OPEN, self.tr("Open the visit")), *([Answer("", "")] if steps else []), *steps]
        self._menu.ask(answers, self._table.row(visit).findChild(QWidget, "more") or self._table)

    def _further(self, what: str) -> None:
        if what == OPEN:
            self.presenter.open(self._menu_of)
        elif what == CLOSE:
            self.presenter.close_room(self._menu_of)
        else:
            self.presenter.make(self._menu_of, Step(what))

    def _unfold(self) -> None:
        self.presenter.unfold()

    def _undone(self) -> None:
        self.presenter.undo()

    def _add_wished(self) -> None:
        self.presenter.add()

    def _tick(self) -> None:
        self.presenter.tick()
