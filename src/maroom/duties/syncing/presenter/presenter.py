"""The Sync page of one person: starts and stops runs, shows what waits, and does what she decides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from maroom.core.problems import Problem
from maroom.duties.syncing.presenter.base import MOST
from maroom.duties.syncing.presenter.runs import RunIntents
from maroom.duties.syncing.presenter.state import Asked, Linking, Question, Refused, Versions
from maroom.store.outbox import State as Stands
from maroom.sync.merge.result import Side
from maroom.sync.push.bench import AlreadyHere
from maroom.sync.waiting import Record

SETTINGS = "admin"
SAVE = "save a refused record"


class SyncPresenter(RunIntents):
    def settings(self) -> None:
        if self.state.may_set:
            self._ports.navigate(SETTINGS)

    # what is shown

    def select(self, key: str) -> None:
        self.show(self._chosen(replace(self.state, here=key, asked=None)))

    def more(self) -> None:
        """More of a long list, then what stays here; and that no more."""
        if self.state.waiting.more:
            self._most += MOST
        else:
            self.state = replace(self.state, kept=not self.state.kept)
        self.show(self._read())

    # what was refused

    def correct(self) -> None:
        """Opens the page of the record, where it is put right."""
        shown = self.state.detail
        if isinstance(shown, Refused) and shown.page:
            self._ports.navigate(shown.page, shown.record.about)

    def retry(self) -> None:
        self._do(self._ports.records.bench.retry)

    def keep(self) -> None:
        self._do(self._ports.records.bench.keep)

    def save_to(self, folder: Path) -> None:
        """The refused record, with what it needs, in a sealed file that names nobody."""
        record, now, export = self._record(), self.state.now.local(), self._ports.export
        if record is None or not self.state.may_sync:
            return
        file = folder / f"maroom-refused-{now:%Y-%m-%d-%H%M%S}.age"

        def saved(_done: object) -> None:
            self.show(replace(self._read(), saved=str(file)))

        def work(_stop: object, _report: object) -> object:
            return export(self._opening, record.local_id, file)

        self._ports.jobs.start(SAVE, work, saved, self._not_saved)

    def _not_saved(self, fault: Exception) -> None:
        if not isinstance(fault, Problem):
            raise fault
        self._ports.messages.trouble(fault)

    def void(self) -> None:
        """Asks why."""
        shown = self.state.detail
        if isinstance(shown, Refused) and shown.may_void:
            self._ask(Asked(Question.VOID, shown.record))

    # what the server does not take

    def by_hand(self) -> None:
        """Asks who changed it there."""
        record = self._record()
        if record and record.state is Stands.BY_HAND:
            self._ask(Asked(Question.BY_HAND, record))

    def link(self, address: str) -> None:
        """It is this one of the server's. What is another record here already stays as it is, and it is said."""
        bench, shown = self._ports.records.bench, self.state.detail
        if not isinstance(shown, Linking):
            return
        found = bench.candidates(self._opening, shown.record.local_id)
        served = next((one for one in found if one.address == address), None)
        if served is None:
            self.show(self._read())
            return
        try:
            self._do(lambda opening, local_id: bench.link(opening, local_id, served))
        except AlreadyHere:
            self.show(replace(self.state, detail=replace(shown, taken=address)))

    def none_there(self) -> None:
        self._do(self._ports.records.bench.none_there)

    # two versions

    def choose(self, path: str, side: Side) -> None:
        shown = self.state.detail
        if isinstance(shown, Versions):
            self.show(replace(self.state, detail=replace(shown, chosen={**shown.chosen, path: side})))

    def settle(self) -> None:
        """As it was chosen, field by field."""
        shown = self.state.detail
        if isinstance(shown, Versions) and shown.settled:
            conflicts, chosen = self._ports.records.conflicts, shown.chosen
            self._do(lambda opening, local_id: conflicts.choose(opening, local_id, chosen))

    def keep_both(self) -> None:
        self._do(self._ports.records.conflicts.keep_both)

    def give_up(self) -> None:
        """What was changed here stays here."""
        self._do(self._ports.records.conflicts.give_up)

    def insist(self) -> None:
        """Ours is sent on top of what cannot be read here."""
        self._do(self._ports.records.conflicts.insist)

    def send_again(self) -> None:
        """Made there anew."""
        self._do(self._ports.records.conflicts.send_again)

    # questions

    def say(self, words: str) -> None:
        if self.state.asked:
            self._ask(replace(self.state.asked, words=words))

    def dismiss(self) -> None:
        self._ask(None)

    def answer(self) -> None:
        asked = self.state.asked
        if asked is None or not asked.answered:
            return
        self.state = replace(self.state, asked=None)
        if asked.what is Question.VOID:
            self._do(lambda _opening, _id: self._voided(asked.record, asked.words.strip()))
        else:
            self._do(lambda opening, local_id: self._ports.records.bench.said_by_hand(opening, local_id, asked.words.strip()))

    # within

    def _voided(self, record: Record, why: str) -> None:
        """At the record's own visit; then what was refused need not go up at all."""
        page = replace(self._opening, visit=record.about)
        self._ports.mendings[record.kind].void(page, record.local_id, record.revision, why)
        self._ports.records.bench.fixed(self._opening, record.local_id)
