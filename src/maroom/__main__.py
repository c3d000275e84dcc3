"""Starts the program: `python -m maroom`, or `maroom`."""

from __future__ import annotations

import sys


def main() -> int:
    from maroom.app.cli import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
