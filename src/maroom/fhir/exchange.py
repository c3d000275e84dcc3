"""What a kind of record hands to sync and import: which resources are its own, and both ways between row and resource."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from maroom.fhir.rule import READ_ONLY, Rule

Resource = dict[str, Any]
"""One FHIR resource as decoded: plain dicts and lists, decimals exact."""

R = TypeVar("R")
W = TypeVar("W")


class NotUsable(ValueError):
    """A resource that cannot be taken: `path` names the element, the text says why. Never holds a value of it."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


@dataclass(frozen=True)
class Arrival:
    """A resource that came in: the record it becomes, the revision it stands at here (0: new), and where its
    references lead: `link` turns a reference text into the local id it stands for, or "" where it is unknown here."""

    resource: Resource
    local_id: str
    after: int
    link: Callable[[str], str]


@dataclass(frozen=True)
class Exchange(Generic[R, W]):
    """`R` and `W` are the store's open read and write.

    `claims` is pure and says whether an unknown resource of `rtype` is of this kind. `take` writes a revision for an
    arrival and may raise NotUsable. `body` starts from `base`, the last body known from the server, and sets or removes
    only what this kind owns. `needs` names the local ids that a record refers to. `revision` tells at what revision a
    record stands (0: none). `rule` says what becomes of one that was changed here and elsewhere. `withheld` tells which
    stay here as long as nothing that is sent needs them."""

    kind: str
    rtype: str
    claims: Callable[[Resource], bool]
    take: Callable[[W, Arrival, str], None]
    revision: Callable[[R | W, str], int]
    body: Callable[[R, str, int, Mapping[str, Any]], Resource] | None = None
    needs: Callable[[R, str, int], tuple[str, ...]] | None = None
    rule: Rule = READ_ONLY
    withheld: Callable[[R, str, int], bool] | None = None
