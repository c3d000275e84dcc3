"""The verbs that carry by hand what waits. They are loaded when they are called."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import webbrowser
from pathlib import Path

from maroom.app import carrying, compose, reaching
from maroom.app.cli import opened, syncing
from maroom.app.compose import Services
from maroom.core.problems import Code, Problem
from maroom.core.settings import Server, SignIn
from maroom.sync.account import Account
from maroom.sync.carrying import content, file, sealing
from maroom.sync.carrying.content import Content
from maroom.sync.meeting import AT_ONCE, Patience
from maroom.sync.phase import Ended
from maroom.sync.signing import Came


def export(args: argparse.Namespace) -> int:
    """What waits, into a sealed file; or the two halves of a key, which need no store."""
    if args.new_key:
        return _new_key(args.new_key)
    with opened.beside(args) as services:
        done = compose.export(services).everything(args.out, args.to or "", "export")
    if not done.records:
        print("Nothing waits, so nothing was written.")
        return 0
    print(f"{done.records} records are in {args.out}, sealed. They wait here still, and are asked for before they are sent.")
    return 0


def _new_key(into: Path) -> int:
    secret, public = sealing.new_pair()
    file.put_new(into, f"# public key: {public}\n{secret}\n")
    print(f"The secret key is in {into}: keep it where the clinic keeps its safe keys, and on none of its stations.")
    print(f"The public key, for Settings, Server: {public}")
    return 0


def carry(args: argparse.Namespace) -> int:
    """0 only where all that was carried is on the server. What it takes for that is taken away then."""
    key_file = _key_file(args.key)
    what = content.unpacked(sealing.opened(_read(args.source), key_file))
    folder = (args.home or args.source.absolute().parent) / f"carrying-{what.id}"
    with carrying.opened(what, key_file, folder) as services:
        carrying.reached_as(services, args.home)
        account = _carried(services, what, carrying.server(what, args.server), AT_ONCE if args.no_wait else Patience())
    syncing.tell(account)
    if args.report:
        args.report.write_text(json.dumps(account.as_json(), indent=1) + "\n", encoding="utf-8")
    if account.ended is not Ended.NOT_YET or not account.clean:
        return 1
    shutil.rmtree(folder)
    return 0


def _carried(services: Services, what: Content, to: Server, patience: Patience) -> Account:
    """Where people sign in at the server, one does in the browser."""
    run = carrying.carry(services, what, to, patience)
    account = run(lambda: False, syncing.progress, "carry")
    if account.ended is Ended.SIGN_IN and to.sign_in is SignIn.PERSON and _signed_in(services, to):
        account = run(lambda: False, syncing.progress, "carry")
    return account


def _signed_in(services: Services, to: Server) -> bool:
    station = services.settings.station
    came = reaching.sign_in(services.unit, services.clock, to, station, carrying.CARRIER, _Browser(), lambda: False)
    return came is Came.IN


class _Browser:
    def show(self, address: str) -> None:
        print(f"Sign in at the server, in the browser: {address}", file=sys.stderr)
        webbrowser.open(address)

    def page(self, good: bool) -> str:
        words = "You are signed in." if good else "You are not signed in."
        return f"<!doctype html><meta charset=utf-8><title>maroom</title><p>{words} You can close this page."


def _key_file(named: str) -> str:
    """A file, or `-` for standard input."""
    return sys.stdin.read() if named == "-" else _read(Path(named)).decode("utf-8", "replace")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Problem(Code.NOT_READ, file=str(path), why=(fault.strerror or "it cannot be opened").lower()) from None
