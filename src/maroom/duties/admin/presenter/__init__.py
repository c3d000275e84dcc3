"""The page of sections, and the three sections of its own."""

from maroom.duties.admin.presenter.clinic import ClinicPresenter
from maroom.duties.admin.presenter.people import PeoplePresenter
from maroom.duties.admin.presenter.sections import AdminPresenter, Sections
from maroom.duties.admin.presenter.station import StationPresenter

__all__ = ["AdminPresenter", "ClinicPresenter", "PeoplePresenter", "Sections", "StationPresenter"]
