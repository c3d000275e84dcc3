"""Pressures lying, sitting and standing, taken as one series: what is typed, when, and what it comes to. Knows no widget."""

from maroom.duties.vitals.presenter.orthostatic.form import MINUTES
from maroom.duties.vitals.presenter.orthostatic.presenter import NO_SYMPTOM, OrthostaticPresenter
from maroom.duties.vitals.presenter.orthostatic.state import State

__all__ = ["MINUTES", "NO_SYMPTOM", "OrthostaticPresenter", "State"]
