"""Processes that are at hand at once: forked from one that has everything loaded, and nothing else."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any

PATIENCE = 120
"""seconds that a run is given"""
KILLED = -signal.SIGKILL


class Failed(AssertionError):
    """A run ended with an exception, which it said on the error output, or did not end."""


_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.sync.rounds.child"])


def start(work: Callable[[Any], None], given: Any) -> BaseProcess:
    process = _CONTEXT.Process(target=work, args=(given,))
    process.start()
    return process


def kill(process: BaseProcess) -> None:
    """At once; nothing where it has ended."""
    if process.pid is not None and process.exitcode is None:
        os.kill(process.pid, signal.SIGKILL)


def ended(process: BaseProcess) -> bool:
    """Waits for its end: True where it was killed. Failed."""
    process.join(PATIENCE)
    status = process.exitcode
    if status is None:
        process.kill()
        process.join()
    if status not in (0, KILLED):
        raise Failed(f"a run ended with {status}")
    process.close()
    return status == KILLED
