"""The Sync page as it is drawn."""

from maroom.duties.syncing.view.page import SyncView

__all__ = ["SyncView"]
