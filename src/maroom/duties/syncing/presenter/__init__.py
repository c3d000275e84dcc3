"""The Sync page of one person."""

from maroom.duties.syncing.presenter.base import Ports
from maroom.duties.syncing.presenter.presenter import SyncPresenter
from maroom.duties.syncing.presenter.state import State

__all__ = ["Ports", "State", "SyncPresenter"]
