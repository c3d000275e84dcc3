"""The duties of this build, one line each. Their order is that of the rail and of who is asked first for a resource."""

from __future__ import annotations

from maroom.duties.admin.duty import DUTY as ADMIN
from maroom.duties.board.duty import DUTY as BOARD
from maroom.duties.syncing.duty import DUTY as SYNCING
from maroom.duties.vitals.duty import DUTY as VITALS
from maroom.kit import Duty

DUTIES: tuple[Duty, ...] = (BOARD, VITALS, SYNCING, ADMIN)
