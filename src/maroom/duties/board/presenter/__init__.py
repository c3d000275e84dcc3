"""What the board shows and what can be wished of it."""

from maroom.duties.board.presenter.adding import Adding, AddVisit, Mode
from maroom.duties.board.presenter.board import BoardPresenter
from maroom.duties.board.presenter.recent import Recent
from maroom.duties.board.presenter.state import Asked, Question, State

__all__ = ["AddVisit", "Adding", "Asked", "BoardPresenter", "Mode", "Question", "Recent", "State"]
