"""How long things are waited for, and how much goes into one request. All of it settings, so that tests need not wait."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Pace:
    hold: timedelta = timedelta(seconds=120)
    """after a request of unknown outcome, before it is asked for: a slow server may still be carrying it out"""
    first_back_off: timedelta = timedelta(seconds=2)
    longest_back_off: timedelta = timedelta(minutes=5)
    longest_wait: timedelta = timedelta(hours=1)
    """that a server may ask for"""
    misses: int = 3
    """requests in a row without an answer, or with a failing one, after which the whole server is given a pause"""
    races: int = 5
    """times that a create which lost a race is sent again"""
    race_wait: timedelta = timedelta(milliseconds=200)
    """the longest that is waited before that"""
    failures: int = 5
    failing: timedelta = timedelta(hours=1)
    """a record alone at which the server failed so often and for so long is put before a person"""
    entries: int = 100
    octets: int = 1_000_000
    """the most in one bundle"""
    asked_at_once: int = 50
    """records asked for in one search"""
    overlap: timedelta = timedelta(minutes=5)
    """how far before the last time seen a pull begins"""

    def back_off(self, misses: int) -> timedelta:
        """Full jitter: anything up to a bound that doubles with each miss."""
        bound = min(self.first_back_off * 2 ** min(max(misses - 1, 0), 16), self.longest_back_off)
        return bound * random.random()

    def race_pause(self) -> timedelta:
        return self.race_wait * random.random()
