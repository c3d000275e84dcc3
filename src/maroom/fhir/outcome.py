"""What a server says was wrong: an OperationOutcome in plain values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maroom.fhir.exchange import NotUsable, Resource
from maroom.fhir.reading import concept, parts, text, texts

_ENTRY = re.compile(r"Bundle\.entry\[(\d+)\]")


@dataclass(frozen=True)
class Issue:
    severity: str
    """fatal, error, warning or information"""
    code: str
    """of FHIR's issue-type"""
    text: str
    """the server's own words"""
    expression: tuple[str, ...] = ()
    """the elements meant: `Observation.value`, or `Bundle.entry[3].resource.status`"""

    @property
    def refuses(self) -> bool:
        return self.severity in ("fatal", "error")


@dataclass(frozen=True)
class Outcome:
    issues: tuple[Issue, ...] = ()

    @classmethod
    def of(cls, resource: Resource | None) -> Outcome:
        """Of an OperationOutcome as far as it can be read; anything else has no issues."""
        if not resource or resource.get("resourceType") != "OperationOutcome":
            return cls()
        try:
            return cls(tuple(_issue(one) for one in parts(resource, "issue")))
        except NotUsable:
            return cls()

    def refusals(self) -> tuple[Issue, ...]:
        """What was refused for: warnings are left out, unless there is nothing else."""
        return tuple(issue for issue in self.issues if issue.refuses) or self.issues

    def entry_indexes(self) -> tuple[int, ...]:
        """Which entries of a transaction are refused, each once, in order; empty where the server does not say."""
        told = [path for issue in self.refusals() for path in issue.expression]
        return tuple(sorted({int(found[1]) for path in told if (found := _ENTRY.search(path))}))


def _issue(told: Resource) -> Issue:
    """`location` is the older, XPath way of `expression`."""
    words = text(told, "diagnostics") or concept(told, "details").words()
    where = texts(told, "expression") or texts(told, "location")
    return Issue(text(told, "severity"), text(told, "code"), words, where)
