"""The legs of the guided tour, in the order of a day. Apart from the duties, as the window needs none of them."""

from __future__ import annotations

from maroom.duties.admin import tour as admin
from maroom.duties.board import tour as board
from maroom.duties.signin import tour as signin
from maroom.duties.syncing import tour as syncing
from maroom.duties.vitals import tour as vitals
from maroom.kit import Leg

LEGS: tuple[Leg, ...] = (signin.LEG, board.IN, vitals.LEG, syncing.LEG, board.OUT, admin.LEG)
