"""What can be done with vital signs: the verbs of the page, and the exchange of readings with other systems."""

from maroom.duties.vitals.service.exchanging import KIND, exchange
from maroom.duties.vitals.service.verbs import PAGE, Vitals

__all__ = ["KIND", "PAGE", "Vitals", "exchange"]
