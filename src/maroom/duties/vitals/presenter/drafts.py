"""What of the page must not be lost: the form, the series, and the reading being put right."""

from __future__ import annotations

import msgspec

from maroom.duties.vitals.presenter.correcting import Rewrite
from maroom.duties.vitals.presenter.form import Form


class Draft(msgspec.Struct):
    """`open_one`: id of the reading that is being put right, its new text, and the reason. `series` is its own draft."""

    form: Form
    open_one: tuple[str, str, str] | None = None
    series: bytes | None = None


def kept(form: Form, rewrite: Rewrite | None, series: bytes | None) -> bytes | None:
    """None where there is nothing to lose."""
    open_one = (rewrite.reading.id, rewrite.text, rewrite.reason) if rewrite else None
    empty = form.is_empty and not open_one and series is None
    return None if empty else msgspec.json.encode(Draft(form, open_one, series))


def read(draft: bytes) -> Draft | None:
    """None for a draft of another shape."""
    try:
        return msgspec.json.decode(draft, type=Draft)
    except msgspec.DecodeError:
        return None
