"""Papers as PDF: one page frame for all of them, our own fonts embedded, title, language and tags for screen readers.

    from maroom import paper
    pdf = paper.document("Your visit today", "es-US", paper.Head("GARCÍA, María", "Nacida el 14 mar 2026"),
                         [paper.Paragraph("...")], size=paper.Size.LARGE)

Takes words, gives bytes. It knows no patient, no visit and no language's words: what stands on a paper is put together
by the duty that makes it. It never prints, and never writes a file.
"""

from maroom.paper.blocks import (
    Block,
    Bullets,
    Chart,
    Column,
    Foot,
    Head,
    Heading,
    Paragraph,
    Size,
    Space,
    Table,
    Ticks,
    WarningBox,
)
from maroom.paper.document import document
from maroom.paper.faces import NoGlyph, missing

__all__ = [
    "Block",
    "Bullets",
    "Chart",
    "Column",
    "Foot",
    "Head",
    "Heading",
    "NoGlyph",
    "Paragraph",
    "Size",
    "Space",
    "Table",
    "Ticks",
    "WarningBox",
    "document",
    "missing",
]
