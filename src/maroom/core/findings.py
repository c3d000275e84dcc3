"""What a rule says about a typed value. The sentence belongs to the view, the figure to the rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


class Severity(StrEnum):
    """From quiet to loud. `REFUSED` cannot be saved; `ASK` is asked about once and may stand."""

    OK = "ok"
    ASK = "warn"
    CRITICAL = "critical"
    REFUSED = "refused"


@dataclass(frozen=True)
class Finding:
    """About one field: `code` names the rule, `limit` the figure that it was measured against, `unit` that figure's unit."""

    field: str
    code: str
    severity: Severity
    limit: Decimal | None = None
    unit: str = ""
    detail: str = ""
