"""Which look a window gets: the station's palette and type size, fitted to the width there is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from maroom.ui import theme as themes
from maroom.ui.boxes import breadth
from maroom.ui.dress import dress
from maroom.ui.widgets import Widgets


@dataclass(frozen=True)
class Look:
    """Palette (light, dark, contrast) and type size (1.0 to 1.75) of the station."""

    palette: str = "light"
    type_size: float = 1.0

    def made(self, app: QApplication, width: int) -> Widgets:
        """Dresses the application, and gives what pages are made with."""
        theme = themes.load(self.palette, themes.fitting(self.type_size, width))
        return Widgets(theme, dress(app, theme), width)

    def fits(self, widgets: Widgets, width: int) -> bool:
        """Whether what was made for another width does for this one."""
        factor = themes.fitting(self.type_size, width)
        return factor == widgets.theme.factor and breadth(width, factor) == (widgets.narrow, widgets.wide)
