"""What tests say when a server cannot be had on this machine."""


class Missing(Exception):
    """The program that a server runs on, or its packages, are not to be had; the text says why."""
