"""Sync: how far it is above, the records at the left, the one at hand at the right."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from maroom.core.clock import Clock
from maroom.core.ports import Messages
from maroom.duties.syncing.presenter import State, SyncPresenter
from maroom.duties.syncing.presenter.state import Question
from maroom.duties.syncing.view import lines
from maroom.duties.syncing.view.panel import Panel
from maroom.duties.syncing.view.parts import Deed
from maroom.duties.syncing.view.progress import Progress
from maroom.duties.syncing.view.words import records as words
from maroom.duties.syncing.view.words import runs, signing
from maroom.store.outbox import State as Stands
from maroom.sync.account import Account
from maroom.sync.merge.result import Side
from maroom.sync.phase import Ended
from maroom.sync.signing import Came
from maroom.sync.waiting import Record
from maroom.ui.dialogs import FormSheet
from maroom.ui.folders import downloads
from maroom.ui.forms import FieldState, FormLine
from maroom.ui.labels import Tag
from maroom.ui.live import show_if
from maroom.ui.page import Page
from maroom.ui.table import Table
from maroom.ui.widgets import ROW_SHARE, Grow, Widgets

TICK_MS = 1000

SAID = "said"
_LOOKS = {Stands.QUARANTINED: "refused", Stands.CONFLICT: "notice", Stands.TO_LINK: "notice"}


class SyncView(Page[State, SyncPresenter]):
    def __init__(self, widgets: Widgets, clock: Clock, messages: Messages) -> None:
        super().__init__(widgets)
        self._clock, self._messages = clock, messages
        self._progress, self._panel = Progress(widgets), Panel(widgets)
        self._cells = lines.Cells(widgets)
        self._table = self._new_table()
        self.body.addWidget(self._progress)
        self.body.addLayout(self._beside(), ROW_SHARE)
        self._stop = self.foot.second(self.tr("Stop after this record"), "", "stop-sync")
        self._sync = self.foot.primary(self.tr("Sync now"), "refresh-cw", "sync-now")
        self._asking = FormSheet(
            widgets, "sync-question", (FormLine(SAID, self.tr("In short"), wide="col_how"),), self.tr("Go on")
        )
        self._asking.setParent(self)
        self.destroyed.connect(self._asking.deleteLater)
        self._second = QTimer(self, interval=TICK_MS)
        self._was_under, self._was_signing, self._saved = False, False, ""
        self._listen()

    def attach(self, presenter: SyncPresenter) -> None:
        self._was_under, self._was_signing = presenter.state.under is not None, False
        super().attach(presenter)
        self._second.start()
        if presenter.state.needs_sign_in and not presenter.state.signing and presenter.state.may_sync:
            self._messages.offer(words.tr(signing.NEEDED), words.tr(signing.SIGN_IN), presenter.sign_in)

    def detach(self) -> None:
        self._second.stop()
        self._asking.put_away()
        super().detach()

    def render(self, state: State) -> None:
        zone = self._clock.zone
        self._cells.tell(state.names, zone, state.now)
        self.head.show_words(self.tr("Sync"), self._about(state), self._chip(state))
        self._progress.become(state, zone)
        self._table.become(state.waiting.records, here=state.here, rest=self._rest(state))
        self._panel.become(state, zone)
        show_if(self._stop, state.under is not None)
        self._stop.setEnabled(bool(state.under and not state.under.going.stopping))
        self._sync.setEnabled(state.may_sync and bool(state.server) and state.under is None)
        self._ask(state)
        self._tell_end(state)
        self._tell_signing(state)
        if state.saved and state.saved != self._saved:
            self._messages.said(self.tr("Sealed and saved as {file}").format(file=state.saved))
        self._saved = state.saved

    def start(self) -> QWidget | None:
        return self._sync if self._sync.isEnabled() else self._table.focusProxy()

    def hideEvent(self, event: QHideEvent) -> None:
        """The run goes on; whoever comes back sees how far it is."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.detach()

    def _beside(self) -> QBoxLayout:
        """Also in a narrow window side by side: what is touched at the left is answered at the right."""
        if not self.widgets.narrow:
            return self.widgets.columns(self._table, self._panel, "col_conflict")
        return self.widgets.across(Grow(self._table), Grow(self._panel), gap="gutter")

    # what it says
    def _about(self, state: State) -> str:
        if state.under is None:
            return ""
        going, zone = state.under.going, self._clock.zone
        began = words.time(going.started, zone, state.now)
        if going.by is None:
            return self.tr("by itself, since {time}").format(time=began)
        return self.tr("started {time} by {name}").format(time=began, name=going.by.name)

    def _chip(self, state: State) -> Tag | None:
        if not state.server:
            return Tag(self.tr("no server"), "outline", "cloud-off")
        if state.past.away_since:
            return Tag(runs.away(state, self._clock.zone), "warn", "cloud-off")
        return Tag(self.tr("server answers"), "ok", "cloud") if state.past.last and state.past.last.ended else None

    def _rest(self, state: State) -> str:
        waiting, kept = state.waiting, state.waiting.counts.get(Stands.KEPT, 0)
        if waiting.more:
            return self.tr("{number} more").format(number=waiting.more)
        if kept:
            shown = (
                self.tr("Hide what stays here")
                if state.kept
                else self.tr("{number} stay here, as the server takes none of them")
            )
            return shown.format(number=kept)
        return ""

    def _ask(self, state: State) -> None:
        asked = state.asked
        if asked is None or not self.isVisible():
            self._asking.put_away()
            return
        title = words.title(asked.record, self._clock.zone)
        about = (
            self.tr("Why is it marked as entered in error? It stays on record.")
            if asked.what is Question.VOID
            else self.tr("Who changed it on the server?")
        )
        self._asking.become(title, about, {SAID: FieldState(asked.words)}, asked.answered)
        self._asking.open_over(self)

    def _tell_end(self, state: State) -> None:
        """A run that ends while the page is open is told; what it came to stands in the card as well."""
        ended, self._was_under = self._was_under and state.under is None, state.under is not None
        if not ended:
            return
        if state.problem:
            self._messages.trouble(state.problem)
        elif state.account:
            self._say(state.account, state.by_person)

    def _tell_signing(self, state: State) -> None:
        """What to do while the browser is open, and what came of it."""
        was, self._was_signing = self._was_signing, state.signing
        if state.signing and not was:
            self._messages.offer(words.tr(signing.UNDER_WAY), words.tr(signing.CANCEL), self.presenter.stop_sign_in)
        elif was and state.came is Came.IN:
            self._messages.said(signing.came(state.came))
        elif was and not state.signing and state.came:
            self._messages.offer(signing.came(state.came), words.tr(signing.AGAIN), self.presenter.sign_in, "warn")

    def _say(self, account: Account, by_person: bool) -> None:
        if account.ended is Ended.SIGN_IN and by_person:
            self._messages.offer(runs.ended(account), words.tr(signing.SIGN_IN), self.presenter.sign_in, "warn")
        elif account.ended is Ended.NOT_YET and account.clean:
            self._messages.said(runs.ended(account))
        else:
            self._messages.offer(runs.ended(account), tone="notice" if account.ended in _MILD else "warn")

    def _new_table(self) -> Table[Record]:
        return Table(
            self.widgets,
            lines.columns(),
            self._cells,
            state=lambda record: _LOOKS.get(record.state, ""),
            row="row_step",
            scrolls=True,
            empty=self.tr("Nothing waits. What is charted next comes here."),
        )

    # what is wished
    def _listen(self) -> None:
        self._sync.clicked.connect(self._synced)
        self._stop.clicked.connect(self._stopped)
        self._table.opened.connect(self._selected)
        self._table.rest_wished.connect(self._more)
        self._progress.settings_wished.connect(self._settings)
        self._panel.wished.connect(self._wished)
        self._asking.form.typed.connect(self._typed)
        self._asking.form.entered.connect(self._answered)
        self._asking.answered.connect(self._answered)
        self._asking.closed.connect(self._dismissed)
        self._second.timeout.connect(self._tick)

    def _synced(self) -> None:
        self._messages.clear()
        self.presenter.sync()

    def _stopped(self) -> None:
        self.presenter.stop()

    def _selected(self, key: str) -> None:
        self.presenter.select(key)

    def _more(self) -> None:
        self.presenter.more()

    def _settings(self) -> None:
        self.presenter.settings()

    def _typed(self, _name: str, text: str) -> None:
        self.presenter.say(text)

    def _answered(self) -> None:
        self.presenter.answer()

    def _dismissed(self) -> None:
        self.presenter.dismiss()

    def _tick(self) -> None:
        self.presenter.tick()

    def _wished(self, deed: str, which: str) -> None:
        presenter = self.presenter
        match deed:
            case Deed.MINE:
                presenter.choose(which, Side.MINE)
            case Deed.THEIRS:
                presenter.choose(which, Side.THEIRS)
            case Deed.LINK:
                presenter.link(which)
            case Deed.SAVE:
                presenter.save_to(downloads())
            case _:
                deeds = {
                    Deed.CORRECT: presenter.correct,
                    Deed.RETRY: presenter.retry,
                    Deed.VOID: presenter.void,
                    Deed.KEEP: presenter.keep,
                    Deed.BY_HAND: presenter.by_hand,
                    Deed.NONE_THERE: presenter.none_there,
                    Deed.SETTLE: presenter.settle,
                    Deed.KEEP_BOTH: presenter.keep_both,
                    Deed.GIVE_UP: presenter.give_up,
                    Deed.INSIST: presenter.insist,
                    Deed.SEND_AGAIN: presenter.send_again,
                }
                deeds[Deed(deed)]()


_MILD = (Ended.NOT_YET, Ended.STOPPED)
