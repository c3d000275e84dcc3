"""A workstation that is killed at each named step of the way up, one after the other, on one store and one server.

`python -m tests.sync.push.killed PRESET BASE ADMIN FOLDER MODE`: each round charts, sends, and ends like a process without
power when it comes to the step for the nth time; the next one opens the store that is left. Prints as JSON at which steps it
died. Everything is loaded once, before the first fork.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from maroom.sync.push.modes import Mode
from tests.builders import AMARA, START, SetClock, opening
from tests.servers.peers import Peer, Wish
from tests.sync.push.station import Station, station

POINTS = (
    "recovered", "planned", "before_sending", "sending", "answered", "acknowledging", "acknowledged", "probed", "put_aside",
    "settled",
)  # fmt: skip
TWICE = ("sending", "answered", "acknowledging")
ROUNDS = [(f"push.{name}", 1) for name in POINTS] + [(f"push.{name}", 2) for name in TWICE]
AMENDED = "70"
POISON = "222"
"""a pulse that the server refuses"""
KILLED, LIVED, BROKEN = 9, 0, 1


@dataclass
class Round:
    number: int
    point: str
    nth: int
    seen: int = 0

    def failpoint(self, name: str) -> None:
        self.seen += name == self.point
        if self.seen == self.nth:
            os._exit(KILLED)


def work(desk: Station, server: Peer, mode: Mode, number: int) -> None:
    """What a morning brings: a visit with a reading that will be refused, one that is amended by another, one struck out."""
    server.fault("lose", method="POST", skip=1)
    visit = desk.charted(f"García {number}")
    desk.pulse(visit, POISON)
    amended, struck = desk.pulse(visit, AMENDED), desk.pulse(visit, "71")
    desk.drain(server, mode)
    _colleague(server)
    desk.amend(visit, amended, "47")
    desk.void(visit, struck)
    gone = desk.visits.leave(opening(), visit.ref, visit.revision)
    desk.visits.undo(opening(AMARA), gone.ref, gone.revision)
    desk.drain(server, mode)


def _colleague(server: Peer) -> None:
    """Somebody adds a word to a reading on the server that is about to be amended here."""
    for there in server.dump():
        if there.get("valueQuantity", {}).get("value") == int(AMENDED) and "interpretation" not in there:
            changed = there | {"interpretation": [{"text": "seen"}]}
            server.ask("PUT", f"/Observation/{there['id']}", changed, If_Match=f'W/"{there["meta"]["versionId"]}"')


def one_round(folder: Path, server: Peer, mode: Mode, now: Round) -> None:
    with station(folder, SetClock(START + timedelta(hours=now.number))) as desk:
        desk.failpoint = now.failpoint
        work(desk, server, mode, now.number)


def forked(act: Any, *args: Any) -> int:
    """How a process of its own ended that did it."""
    child = os.fork()
    if child == 0:
        try:
            act(*args)
        except BaseException:
            traceback.print_exc()
            os._exit(BROKEN)
        os._exit(LIVED)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(preset: str, base: str, admin: str, folder: Path, mode: Mode) -> None:
    server = Peer(Wish(preset), cast("Any", None), base, admin)
    ends = {
        f"{point} {nth}": forked(one_round, folder, server, mode, Round(n, point, nth)) for n, (point, nth) in enumerate(ROUNDS)
    }
    json.dump(ends, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:4], Path(sys.argv[4]), Mode(sys.argv[5]))
