"""The verbs of the people of a clinic, and their exchanges with a server or a file."""

from maroom.access.service.exchange import exchanges
from maroom.access.service.people import People

__all__ = ["People", "exchanges"]
