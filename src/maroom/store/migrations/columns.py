"""Columns that many tables begin with, as the steps write them down."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


def versioned() -> list[sa.Column[Any]]:
    return [
        sa.Column("local_id", sa.Text, primary_key=True, nullable=False),
        sa.Column("revision", sa.Integer, primary_key=True, nullable=False),
    ]


def revision() -> list[sa.Column[Any]]:
    """The head columns of a revision, without those of its subject."""
    texts = [sa.Column(name, sa.Text, nullable=False) for name in ("op", "origin", "author", "recorded")]
    return [
        *versioned(),
        sa.Column("act", sa.Integer, nullable=False),
        *texts,
        sa.Column("recorded_offset", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    ]


def part() -> list[sa.Column[Any]]:
    return [*versioned(), sa.Column("position", sa.Integer, primary_key=True, nullable=False)]
