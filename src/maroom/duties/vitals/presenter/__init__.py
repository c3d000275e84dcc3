"""What happens on the vitals page: plain Python that holds one frozen state and knows no widget."""

from maroom.duties.vitals.presenter.around import Wishes
from maroom.duties.vitals.presenter.base import Ports, Whose
from maroom.duties.vitals.presenter.presenter import VitalsPresenter
from maroom.duties.vitals.presenter.state import State

__all__ = ["Ports", "State", "VitalsPresenter", "Whose", "Wishes"]
