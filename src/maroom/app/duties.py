"""The duties of this build, one line each. Their order is that of the rail and of who is asked first for a resource."""

from __future__ import annotations

from maroom.duties.admin import tour as admin
from maroom.duties.admin.duty import DUTY as ADMIN
from maroom.duties.board import tour as board
from maroom.duties.board.duty import DUTY as BOARD
from maroom.duties.signin import tour as signin
from maroom.duties.vitals import tour as vitals
from maroom.duties.vitals.duty import DUTY as VITALS
from maroom.kit import Duty, Leg

DUTIES: tuple[Duty, ...] = (BOARD, VITALS, ADMIN)
LEGS: tuple[Leg, ...] = (signin.LEG, board.IN, vitals.LEG, board.OUT, admin.LEG)
"""The guided tour, in the order of a day."""
