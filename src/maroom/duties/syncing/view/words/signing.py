"""What is said of a sign-in at the server."""

from __future__ import annotations

from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.syncing.view.words.records import tr
from maroom.sync.signing import Came

_CAME = {
    Came.IN: QT_TRANSLATE_NOOP("Sync", "You are signed in at the server."),
    Came.GAVE_UP: QT_TRANSLATE_NOOP("Sync", "You did not sign in at the server. Everything is kept here."),
    Came.REFUSED: QT_TRANSLATE_NOOP("Sync", "The server did not sign you in. Everything is kept here."),
    Came.NO_WAY_IN: QT_TRANSLATE_NOOP(
        "Sync", "The server has no page to sign in that can be used. Have its settings looked at."
    ),
    Came.NOT_REACHED: QT_TRANSLATE_NOOP("Sync", "The server's sign-in cannot be reached. Everything is kept here."),
}
NEEDED = QT_TRANSLATE_NOOP("Sync", "The server knows people by their own sign-in. Sign in there, and what waits goes up.")
UNDER_WAY = QT_TRANSLATE_NOOP("Sync", "Sign in on the page that your browser has opened.")
SIGN_IN = QT_TRANSLATE_NOOP("Sync", "Sign in")
AGAIN = QT_TRANSLATE_NOOP("Sync", "Try again")
CANCEL = QT_TRANSLATE_NOOP("Sync", "Cancel")


def came(how: Came) -> str:
    return tr(_CAME[how])
