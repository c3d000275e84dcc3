"""The verbs that need no window. They act as the system's user, whose rights are upkeep only."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from maroom.app import compose
from maroom.app.cli import opened
from maroom.core.people import SYSTEM, Right
from maroom.core.problems import Code, Problem
from maroom.store import backup
from maroom.store import check as checking
from maroom.store.opening import STORE
from maroom.store.unit_of_work import Act
from maroom.sync.importing import Report, import_path


def import_(args: argparse.Namespace) -> int:
    if not args.source.exists():
        raise Problem(Code.BAD_FILE, file=str(args.source), why="it is not there")
    with opened.alone(args, "import", compose.new_clinic()) as services:
        intake = compose.intake(services)
        report = import_path(args.source, intake, Act(SYSTEM, "import", Right.UPKEEP), _progress)
    _account(report, args.report)
    return 1 if report.broken else 0


def _progress(done: int, total: int, resources: int) -> None:
    if sys.stderr.isatty():
        words = f"\r{done} of {total} files, {resources} resources"
        print(words, end="\n" if done == total else "", file=sys.stderr, flush=True)


def _account(report: Report, into: Path | None) -> None:
    plain = report.as_json()
    print(
        f"{plain['patients']} patients, {plain['resources']} resources in {plain['files']} files: "
        f"{plain['new']} new, {plain['unchanged']} unchanged, {plain['skipped']} files skipped."
    )
    for rtype, number in sorted(plain["ignored"].items()):
        print(f"  left: {number} {rtype}")
    for broken in plain["broken"]:
        print(f"  {broken['file']}, {broken['place']}: {broken['why']}. Nothing of it was kept.")
    if into:
        into.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def demo(args: argparse.Namespace) -> int:
    from maroom.app import demo as invented

    home = opened.folder(args)
    made = not (home / STORE).exists()
    with opened.alone(args, "demo", invented.clinic(args.seed), invented.PASSPHRASE) as services:
        if not services.settings.clinic.demo:
            raise Problem(Code.NOT_DEMO)
        if made:
            invented.fill(services, compose.intake(services), args.seed)
            secret = _secret(args, invented.PASSPHRASE)
            print(f"An invented clinic stands in {home}. Recovery passphrase: {secret}. PIN of everybody: {invented.PIN}.")
        if args.charted:
            print(f"{invented.chart(services, args.charted)} visits charted; they wait to be sent.")
    return 0


def _secret(args: argparse.Namespace, usual: str) -> str:
    """The demo's own passphrase guards invented people only and may be named; one from a file may not."""
    return f"as in {args.passphrase_file}" if args.passphrase_file else usual


def check(args: argparse.Namespace) -> int:
    path = opened.folder(args) / STORE
    key = opened.key(args)
    wrong = 0
    for file in (path, *backup.kept(path)):
        found = checking.faults(file, key)
        wrong += len(found)
        print(f"{file.name}: {'sound' if not found else ''}".rstrip(": "))
        for fault in found:
            print(f"  {fault.part}: {fault.where}")
    return 1 if wrong else 0
