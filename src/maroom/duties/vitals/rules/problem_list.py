"""What the problem list says that vital signs are taken and judged by, after `resources/vitals/problem_list.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import msgspec

from maroom.core import resources
from maroom.core.clock import Moment
from maroom.duties.vitals.model import Sign, Spared, Subject
from maroom.visits.model import Condition

_SYSTEMS = {"http://snomed.info/sct": "snomed", "http://hl7.org/fhir/sid/icd-10-cm": "icd10"}


@dataclass(frozen=True)
class _Lines:
    """How lines of one meaning are known."""

    snomed: tuple[str, ...]
    icd10: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    but: tuple[str, ...]
    days: int | None = None

    def has(self, line: Condition, today: date) -> bool:
        return line.active and (self._coded(line) or self._worded(line.words)) and not self._past(line, today)

    def _coded(self, line: Condition) -> bool:
        if line.coding is None:
            return False
        system, code = _SYSTEMS.get(line.coding.system), line.coding.code
        return (system == "snomed" and code in self.snomed) or (system == "icd10" and code.startswith(self.icd10))

    def _worded(self, words: str) -> bool:
        there = any(all(_in(part, words) for part in parts) for parts in self.words)
        return there and not any(_in(part, words) for part in self.but)

    def _past(self, line: Condition, today: date) -> bool:
        began = line.onset.local().date() if isinstance(line.onset, Moment) else line.onset.first if line.onset else None
        return self.days is not None and began is not None and (today - began).days > self.days


@dataclass(frozen=True)
class _Side:
    icd10: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    sites: Mapping[str, tuple[str, ...]]

    def of(self, line: Condition) -> tuple[str, ...]:
        """Left, right, both; none where the line does not say."""
        code = line.coding.code if line.coding else ""
        said = (side for word, sides in self.words.items() if _in(word, line.words) for side in sides)
        return self.icd10.get(code) or tuple(dict.fromkeys(said))


@dataclass(frozen=True)
class _Figures:
    heart_failure: _Lines
    pregnancy: _Lines
    spared_arm: _Lines
    side: _Side


@cache
def _figures() -> _Figures:
    return msgspec.convert(resources.table("vitals/problem_list.toml"), _Figures)


def _in(part: str, words: str) -> bool:
    return re.search(rf"\b{re.escape(part)}", words, re.IGNORECASE) is not None


def known(subject: Subject, lines: Iterable[Condition], today: date) -> Subject:
    """The subject with what its problem list says. A line that is past, refuted or in error says nothing."""
    found, every = _figures(), tuple(lines)
    return replace(
        subject,
        heart_failure=any(found.heart_failure.has(line, today) for line in every),
        pregnant=any(found.pregnancy.has(line, today) for line in every),
        spared=tuple(Spared(line.words, found.side.of(line)) for line in every if found.spared_arm.has(line, today)),
    )


def spared_sites(subject: Subject) -> Mapping[str, Spared]:
    """Where no pressure is taken, each with why."""
    sites = _figures().side.sites
    return {site: one for one in subject.spared for side in one.sides for site in sites[side]}


def sites_left(sites: Sequence[str], of: Sign, subject: Subject) -> tuple[str, ...]:
    """Those that a sign may be taken at: a pressure on no arm that is spared."""
    spared = spared_sites(subject)
    return tuple(one for one in sites if of is not Sign.BP or one not in spared)
