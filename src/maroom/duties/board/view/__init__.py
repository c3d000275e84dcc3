"""What the board shows: rooms as a strip of tiles, visits as lines with their one next step, and the sheets over them."""

from maroom.duties.board.view.page import BoardView

__all__ = ["BoardView"]
