"""The verbs of the day and of the chart. Each is one unit of work; each takes the opening of the page first."""

from maroom.visits.service.board import BoardReads
from maroom.visits.service.chart import ChartVerbs, notify
from maroom.visits.service.exchange import exchanges, load_charts
from maroom.visits.service.moves import MoveVerbs
from maroom.visits.service.patients import PatientVerbs
from maroom.visits.service.rooms import RoomVerbs

__all__ = ["Visits", "exchanges", "load_charts", "notify"]


class Visits(BoardReads, MoveVerbs, RoomVerbs, PatientVerbs, ChartVerbs):
    """All of them on one store, made from its unit of work, the clock, and the clinic's settings as they stand."""
