"""The two verbs that show the window. Qt is loaded when they are called."""

from __future__ import annotations

import argparse

from maroom.app.cli import opened


def run(args: argparse.Namespace) -> int:
    from maroom.app.window.program import open_window

    return open_window(opened.folder(args), opened.passphrase(args), demo=args.demo)


def tour(args: argparse.Namespace) -> int:
    from maroom.app.window.tour import tour as guided

    recorded, found = guided(args.out)
    print(f"{recorded} entries recorded, {found} of them read back. Pictures and papers are in {args.out}.")
    return 0 if recorded and found == recorded else 1
