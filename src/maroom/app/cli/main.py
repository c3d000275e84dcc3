"""Words of the command line, and which verb they call. Exit: 0 done, 1 something found wrong or waiting, 2 bad use."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from maroom.app.cli import verbs, window
from maroom.core.problems import Problem

DONE, WRONG, BAD_USE = 0, 1, 2


def main(argv: Sequence[str]) -> int:
    args = _parser().parse_args(argv)
    try:
        return args.verb(args)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return WRONG


def _parser() -> argparse.ArgumentParser:
    """The common words are taken before the verb and after it; what stands after it counts."""
    parser = argparse.ArgumentParser("maroom", description="Exam-room charting.", parents=[_common(None)])
    parser.set_defaults(verb=window.run, demo=False)
    after = _common(argparse.SUPPRESS)
    words = parser.add_subparsers(metavar="VERB")
    _run(words.add_parser("run", parents=[after], help="open the window (what happens without a verb)"))
    _import(words.add_parser("import", parents=[after], help="read FHIR R4 Bundles and NDJSON into the store"))
    _demo(words.add_parser("demo", parents=[after], help="make an invented clinic"))
    _sync(words.add_parser("sync", parents=[after], help="exchange with the clinic's FHIR server"))
    _export(words.add_parser("export", parents=[after], help="what waits, into a sealed file that is carried by hand"))
    _carry(words.add_parser("carry", parents=[after], help="put what was carried on the server, from another machine"))
    _check(words.add_parser("check", parents=[after], help="look the store and its backups through"))
    _tour(words.add_parser("tour", parents=[after], help="a guided tour: pictures and papers of a whole day"))
    return parser


def _common(default: object) -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    home = default or os.environ.get("MAROOM_HOME")
    secret = default or os.environ.get("MAROOM_PASSPHRASE_FILE")
    common.add_argument("--home", type=Path, metavar="DIR", default=_path(home), help="the data folder (or MAROOM_HOME)")
    common.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        default=_path(secret),
        help="holds the recovery passphrase (or MAROOM_PASSPHRASE_FILE); used even where a key store answers",
    )
    return common


def _path(given: object) -> object:
    return Path(given) if isinstance(given, str) and given and given != argparse.SUPPRESS else (given or None)


def _run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="with the demo clinic, made where there is no store yet")
    parser.set_defaults(verb=window.run)


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="FILE|FOLDER")
    parser.add_argument("--report", type=Path, metavar="FILE", help="leaves the account as JSON")
    parser.set_defaults(verb=verbs.import_)


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number makes another clinic")
    parser.add_argument("--charted", type=_count, default=0, metavar="N", help="charts N further visits, to be sent")
    parser.set_defaults(verb=verbs.demo)


def _sync(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--server", default="", metavar="URL", help="another than the one that is set")
    parser.add_argument("--report", type=Path, metavar="FILE", help="leaves the account as JSON")
    parser.add_argument("--no-wait", action="store_true", help="does not wait for what was sent without an answer")
    parser.set_defaults(verb=_synced)


def _synced(args: argparse.Namespace) -> int:
    from maroom.app.cli import syncing

    return syncing.sync(args)


def _export(parser: argparse.ArgumentParser) -> None:
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--out", type=Path, metavar="FILE", help="where the sealed file goes")
    wanted.add_argument("--new-key", type=Path, metavar="FILE", help="makes a key: the secret half goes into FILE")
    parser.add_argument("--to", type=_public_key, metavar="KEY", help="another than the clinic's key (age1...)")
    parser.set_defaults(verb=_exported)


def _public_key(text: str) -> str:
    from maroom.sync.carrying import sealing

    if not sealing.is_public(text):
        raise argparse.ArgumentTypeError("a public key of age (age1...)")
    return text.strip()


def _exported(args: argparse.Namespace) -> int:
    from maroom.app.cli import carrying

    return carrying.export(args)


def _carry(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="FILE")
    parser.add_argument("--key", required=True, metavar="KEYFILE|-", help="the clinic's secret key; - for standard input")
    parser.add_argument("--server", required=True, metavar="URL")
    parser.add_argument("--report", type=Path, metavar="FILE", help="leaves the account as JSON")
    parser.add_argument("--no-wait", action="store_true", help="does not wait for what was sent without an answer")
    parser.set_defaults(verb=_carried)


def _carried(args: argparse.Namespace) -> int:
    from maroom.app.cli import carrying

    return carrying.carry(args)


def _check(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(verb=verbs.check)


def _tour(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, metavar="DIR", required=True)
    parser.set_defaults(verb=window.tour)


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("a number from 0 on")
    return number
