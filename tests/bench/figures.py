"""How the figures of a bench are taken and written."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence


def percentile(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def milliseconds(work: Callable[[], object], times: int, warm: int = 20) -> list[float]:
    """What each call takes, after some that are not counted."""
    for _ in range(warm):
        work()
    taken: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def line(what: str, ours: Sequence[float], floor: Sequence[float], rival: str) -> str:
    """p50 and p95 of both, and how many times the floor ours is."""
    (a50, a95), (b50, b95) = ((percentile(taken, 0.5), percentile(taken, 0.95)) for taken in (ours, floor))
    return f"{what}: p50 {a50:.2f} ms, p95 {a95:.2f} ms | {rival}: p50 {b50:.2f} ms, p95 {b95:.2f} ms | {a50 / b50:.2f} x"
