"""What the sign-in page shows: the people at the left, the PIN at the right."""

from maroom.duties.signin.view.page import SignInView

__all__ = ["SignInView"]
