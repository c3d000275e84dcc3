"""Changes a widget only where something changed: Qt restyles and redraws at every call, asked for or not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def mark_as(widget: QWidget, **properties: str) -> None:
    """Sets the dynamic properties that the sheet looks at (kind, tone, state, build), and restyles if one is new."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    if not changed:
        return
    for name in changed:
        widget.setProperty(name, properties[name])
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it has not been drawn yet, and will be styled then
    inside = widget.findChildren(QWidget) if "tone" in changed else ()  # the sheet colours words by the tone around them
    for each in (widget, *inside):
        style = each.style()
        style.unpolish(each)
        style.polish(each)
        each.update()


def show_if(widget: QWidget, shown: bool) -> None:
    """Not by isVisible: that is false as well while the page is hidden."""
    if widget.isHidden() == shown:
        widget.setVisible(shown)
