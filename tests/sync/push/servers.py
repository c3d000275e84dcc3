"""Servers of each family, and how they are written to."""

from __future__ import annotations

from typing import Any

from maroom.sync.push.modes import Mode

PRESETS: dict[str, tuple[str, dict[str, Any], Mode]] = {
    "hapi": ("hapi", {}, Mode.P),
    "azure": ("azure", {}, Mode.P),
    "lenient": ("lenient", {}, Mode.P),
    "medplum": ("medplum", {}, Mode.C),
    "ehr": ("ehr", {"readOnlyTypes": []}, Mode.S),
    "nameless": ("ehr", {"readOnlyTypes": [], "keepIdentifiers": False}, Mode.F),
}
"""name > preset, settings, mode. `nameless` keeps no identifiers of others"""
