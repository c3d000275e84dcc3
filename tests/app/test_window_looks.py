"""Every sample page in every palette, at two type sizes and two window sizes: nothing is cut off, the window keeps its size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from maroom.ui.messages import Messages
from tests.ui import gallery
from tests.ui.clipped import clipped
from tests.ui.gallery import Shot

SHOTS = list(gallery.shots())


@pytest.fixture
def messages(qapp: QApplication) -> Iterator[Messages]:
    made = Messages()
    yield made
    made.clear()


@pytest.mark.parametrize("shot", SHOTS, ids=[shot.file for shot in SHOTS])
def test_nothing_is_cut_off(shot: Shot, qapp: QApplication, messages: Messages) -> None:
    window = gallery.window_of(qapp, shot.look, shot.size, messages)
    shot.pose(window, messages)
    gallery.settle(qapp, window)
    try:
        assert list(clipped(window)) == []
        assert window.size() == shot.size
    finally:
        gallery.drop(qapp, window)
