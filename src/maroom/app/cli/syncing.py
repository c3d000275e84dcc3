"""The verb that exchanges with the server. It is loaded when it is called."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace

from maroom.app import syncing
from maroom.app.cli import opened
from maroom.core.problems import Code, Problem
from maroom.core.settings import Server
from maroom.sync.account import Account
from maroom.sync.meeting import AT_ONCE, Patience
from maroom.sync.phase import Ended, Phase
from maroom.sync.pull.scope import Scope


def sync(args: argparse.Namespace) -> int:
    """0 only where nothing is left: queued, held, refused, in conflict, to link or to be done by hand."""
    with opened.beside(args) as services:
        server = _server(services.settings.clinic.server, args.server)
        run = syncing.run(services, server, AT_ONCE if args.no_wait else Patience())
        account = run(Scope.of_today(services.clock), lambda: False, progress, "terminal")
    tell(account)
    if args.report:
        args.report.write_text(json.dumps(account.as_json(), indent=1) + "\n", encoding="utf-8")
    return 0 if account.clean and account.complete else 1


def _server(set_: Server, address: str) -> Server:
    """Another address than the clinic's is nobody's that our sign-in is for."""
    return set_ if not address or address.rstrip("/") == set_.address.rstrip("/") else replace(Server(), address=address)


def progress(phase: Phase, done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{phase.value.replace('_', ' ')} {done} of {of}      ", end="", file=sys.stderr, flush=True)


def tell(account: Account) -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)
    plain = account.as_json()
    print(f"{plain['server']}: mode {plain['mode'] or '-'}, {plain['ended'] or 'done'} after {plain['seconds']} s")
    for names in (
        ("sent", "confirmed", "pulled", "removed", "merged"),
        ("queued", "held", "blocked", "refused", "conflicts", "to_link", "by_hand", "kept"),
    ):
        print("  " + ", ".join(f"{name.replace('_', ' ')} {plain[name]}" for name in names))
    for which in account.set_back:
        print(f"  the {which} was put back to an earlier copy: made there again {account.again + account.made_again}")
    for words, addresses in (
        ("cannot be read here", account.unreadable),
        ("there twice", account.doubles),
        ("differed", [f"{address} ({what.replace('_', ' ')})" for what, address in account.differences]),
    ):
        for address in addresses:
            print(f"  {words}: {address}")
    if account.ended is Ended.OTHER_SERVER:
        print(Problem(Code.OTHER_SERVER, address=account.server), file=sys.stderr)
