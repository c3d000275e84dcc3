"""What the admin page shows: the sections at the left, one of them at the right."""

from maroom.duties.admin.view.clinic import ClinicView
from maroom.duties.admin.view.page import AdminView
from maroom.duties.admin.view.people import PeopleView
from maroom.duties.admin.view.server import ServerView
from maroom.duties.admin.view.station import StationView

__all__ = ["AdminView", "ClinicView", "PeopleView", "ServerView", "StationView"]
