"""A browser that a test sends to an address: it follows redirects and keeps what it was shown."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode, urlsplit


class TestBrowser:
    """`turned(address)` gives the address to go to instead, as a page between would."""

    __test__ = False

    def __init__(self, turned: Callable[[str], str] = lambda address: address) -> None:
        self._turned = turned
        self._threads: list[Thread] = []
        self.asked = ""
        self.shown: list[tuple[int, str]] = []
        self.faults: list[Exception] = []

    def show(self, address: str) -> None:
        self.asked = address
        thread = Thread(target=self._go, args=(address,))
        self._threads.append(thread)
        thread.start()

    def _go(self, address: str) -> None:
        try:
            self.visit(self._turned(address))
        except Exception as fault:
            self.faults.append(fault)

    def visit(self, address: str) -> None:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(address, timeout=10) as answer:
                self.shown.append((answer.status, answer.read().decode()))
        except HTTPError as told:
            with told:
                self.shown.append((told.code, told.read().decode()))

    def close(self) -> None:
        """Waits for the browser; what went wrong in it is raised here."""
        for thread in self._threads:
            thread.join(10)
        if self.faults:
            raise self.faults[0]


def asked(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def back(address: str, **told: str) -> str:
    """The redirect address of what was asked, with another answer; its state unless told otherwise."""
    words = asked(address)
    return words["redirect_uri"] + "?" + urlencode({"state": words["state"]} | told)
