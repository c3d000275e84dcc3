"""The vitals page: one line a sign, the sign at hand large over its trend, and the sets of the visit."""

from maroom.duties.vitals.view.page import VitalsView

__all__ = ["VitalsView"]
