"""What an answer means for what was sent. One table, pure: from what was asked and what came back to a verdict."""

from __future__ import annotations

from enum import StrEnum

from maroom.fhir.reply import Reply
from maroom.fhir.transport import NotSent, Unknown


class Asked(StrEnum):
    PUT = "put"
    """a create under our own id"""
    CONDITIONAL = "conditional"
    """a create unless our identifier is there"""
    POST = "post"
    UPDATE = "update"
    CREATES = "creates"
    """a transaction of creates alone"""
    MIXED = "mixed"
    """a transaction with updates in it"""


BUNDLES = (Asked.CREATES, Asked.MIXED)


class Verdict(StrEnum):
    TAKEN = "taken"
    UNREADABLE = "unreadable"
    """taken as it seems, but not told as what: like an unknown outcome"""
    ELSEWHERE = "elsewhere"
    """the answer is not the server's: the page of a captive portal"""
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    FORBIDDEN = "forbidden"
    REFUSED = "refused"
    STALE = "stale"
    """an update of a version that is no longer the latest"""
    RACED = "raced"
    """somebody wrote at the same moment; nothing was executed"""
    SEVERAL = "several"
    """the condition of a create matched several"""
    SPLIT = "split"
    """one of a bundle's entries is stale or matched several: each is sent alone"""
    REMOVED = "removed"
    UNVERSIONED = "unversioned"
    """an update must say of which version"""
    TOO_LARGE = "too_large"
    PAUSE = "pause"
    FAILED = "failed"
    NOT_TAKEN = "not_taken"
    """the server does not do this kind of thing"""


_TOO_MANY = ("too many", "too large", "than allowed", "exceeds")


def judge(asked: Asked, answer: Reply | NotSent | Unknown, rtype: str = "", entries: int = 0) -> Verdict:
    """`rtype` is the type sent, `entries` how many a bundle had."""
    if isinstance(answer, NotSent):
        return Verdict.NOT_SENT
    if isinstance(answer, Unknown):
        return Verdict.UNKNOWN
    if 200 <= answer.status < 300:
        return _of_bundle(answer, entries) if asked in BUNDLES else _of_one(asked, answer, rtype)
    return _of_status(asked, answer)


def _of_bundle(answer: Reply, entries: int) -> Verdict:
    if answer.foreign:
        return Verdict.ELSEWHERE
    bundle = answer.resource or {}
    whole = bundle.get("resourceType") == "Bundle" and len(bundle.get("entry", ())) == entries
    return Verdict.TAKEN if whole else Verdict.UNREADABLE


def _of_one(asked: Asked, answer: Reply, rtype: str) -> Verdict:
    """A body is the resource, an OperationOutcome about it, or missing; where a create landed must be told somehow."""
    told = (answer.resource or {}).get("resourceType", rtype)
    if answer.foreign or told not in (rtype, "OperationOutcome"):
        return Verdict.ELSEWHERE
    if answer.status == 202 or (asked is not Asked.UPDATE and not placed(answer, rtype)):
        return Verdict.UNREADABLE
    return Verdict.TAKEN


def placed(answer: Reply, rtype: str) -> str:
    """The id that a resource got, by Location or by itself; empty where neither tells."""
    if answer.location and answer.location.rtype == rtype:
        return answer.location.id
    resource = answer.resource or {}
    return str(resource.get("id", "")) if resource.get("resourceType") == rtype else ""


def _of_status(asked: Asked, answer: Reply) -> Verdict:
    """By what was asked for together with the status, else by the status alone, else by its hundred."""
    status = answer.status
    if status in (409, 412):
        return _of_conflict(asked, status)
    if _says_too_many(asked, answer):
        return Verdict.TOO_LARGE
    return _OF_ASKED.get((asked, status)) or _OF_ALL.get(status) or _OF_HUNDREDS.get(status // 100, Verdict.FAILED)


_OF_ASKED = {
    (Asked.UPDATE, 404): Verdict.REMOVED,
    (Asked.UPDATE, 410): Verdict.REMOVED,
    (Asked.UPDATE, 428): Verdict.UNVERSIONED,
    (Asked.PUT, 428): Verdict.RACED,  # it is there
}
_OF_ALL = {
    403: Verdict.FORBIDDEN,
    404: Verdict.NOT_TAKEN,
    405: Verdict.NOT_TAKEN,
    408: Verdict.FAILED,
    413: Verdict.TOO_LARGE,
    425: Verdict.FAILED,
    428: Verdict.SPLIT,
    429: Verdict.PAUSE,
    501: Verdict.NOT_TAKEN,
    503: Verdict.PAUSE,
}
_OF_HUNDREDS = {3: Verdict.ELSEWHERE, 4: Verdict.REFUSED, 5: Verdict.FAILED}


def _of_conflict(asked: Asked, status: int) -> Verdict:
    """By operation: one family of servers says 409 to what is stale, most say 412."""
    if asked is Asked.UPDATE:
        return Verdict.STALE
    if asked is Asked.MIXED:
        return Verdict.SPLIT
    if status == 409:
        return Verdict.RACED
    return {Asked.CONDITIONAL: Verdict.SEVERAL, Asked.CREATES: Verdict.SPLIT}.get(asked, Verdict.RACED)


def _says_too_many(asked: Asked, answer: Reply) -> bool:
    """A limit of entries is told as a plain refusal of the bundle, in words alone."""
    if asked not in BUNDLES or answer.status != 400:
        return False
    issues = (answer.resource or {}).get("issue", ())
    words = " ".join(f"{one.get('diagnostics', '')} {one.get('details', {}).get('text', '')}" for one in issues).lower()
    return any(some in words for some in _TOO_MANY)
