"""A stick that is carried by a machine which is killed at each named step, one after the other, and tried again.

`python -m tests.sync.carrying.killed PRESET BASE ADMIN FOLDER MODE`: each round charts, exports, and ends like a process
without power when it comes to the step for the nth time: at the station, or at the other machine. Prints as JSON how it ended.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from maroom.duties.vitals.model import Sign
from maroom.sync.push.modes import Mode
from tests.builders import AMARA, START, SetClock, opening
from tests.duties.vitals.build import measured
from tests.servers.peers import Peer, Wish
from tests.sync.carrying.office import Machine, exported
from tests.sync.push.killed import Round, forked
from tests.sync.push.station import station

AT_THE_STATION = ("export.told", "export.written", "export.left", "export.named")
CARRYING = (
    "carry.unpacked", "push.recovered", "push.probed", "push.planned", "push.before_sending", "push.sending", "push.answered",
    "push.acknowledging", "push.acknowledged",
)  # fmt: skip
TWICE = ("push.sending", "push.answered", "push.acknowledging")
ROUNDS = [(point, 1) for point in (*AT_THE_STATION, *CARRYING)] + [(point, 2) for point in TWICE]


def work(folder: Path, server: Peer, mode: Mode, now: Round) -> None:
    """A visit with a reading that somebody else amends before the server sees it; then the stick, and the other machine."""
    clock = SetClock(START + timedelta(hours=now.number))
    stick = folder / f"{now.number}.age"
    with station(folder / "desk", clock) as desk:
        visit = desk.charted(f"García {now.number}")
        reading = desk.pulse(visit, "66")
        desk.vitals.amend(opening(AMARA, visit.ref), reading, 1, measured(Sign.PULSE, "67"), "turned around")
        exported(desk, folder / "desk", stick, now.failpoint)
        Machine(folder / f"other-{now.number}", desk, clock).carry(stick, server, mode, now.failpoint)


def carried_again(folder: Path, server: Peer, mode: Mode, number: int) -> None:
    """What was begun, where it was begun; a stick that never got its name was never carried."""
    stick = folder / f"{number}.age"
    clock = SetClock(START + timedelta(hours=number, minutes=30))
    with station(folder / "desk", clock) as desk:
        if stick.exists():
            account = Machine(folder / f"other-{number}", desk, clock).carry(stick, server, mode)
            assert account.clean, account


def main(preset: str, base: str, admin: str, folder: Path, mode: Mode) -> None:
    server = Peer(Wish(preset), cast("Any", None), base, admin)
    ends: dict[str, list[int]] = {}
    for n, (point, nth) in enumerate(ROUNDS):
        first = forked(work, folder, server, mode, Round(n, point, nth))
        ends[f"{point} {nth}"] = [first, forked(carried_again, folder, server, mode, n)]
    json.dump(ends, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:4], Path(sys.argv[4]), Mode(sys.argv[5]))
