"""What a paper means, for a screen reader: a tree of elements over what is drawn, put into the finished PDF.

reportlab writes no tags: while the pages are drawn, the pen marks each piece with a number, and here the numbers get
their meaning.
"""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

VERSION = "1.7"


@dataclass(eq=False)
class Element:
    """One node: `tag` is a structure type of PDF (`H1`, `P`, `L`, `TH`, ...)."""

    tag: str
    children: list["Element"] = field(default_factory=list["Element"])
    marks: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """Where it stands: page from 0, number of the mark on that page."""
    alt: str = ""
    """what is said instead of it"""

    def child(self, tag: str, alt: str = "") -> "Element":
        """A new element at the end of this one."""
        made = Element(tag, alt=alt)
        self.children.append(made)
        return made


ATTRIBUTES: dict[str, dict[str, Name]] = {
    "TH": {"/O": Name.Table, "/Scope": Name.Column},
    "L": {"/O": Name.List, "/ListNumbering": Name.Disc},
}


def tagged(pdf: bytes, root: Element, language: str) -> bytes:
    """The PDF with its tree, its language, and its title where a window shows one. The same input gives the same bytes."""
    with pikepdf.open(BytesIO(pdf)) as paper:
        tree = paper.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        marked: dict[int, dict[int, Any]] = {}
        tree.K = _put(paper, root, tree, marked)
        tree.ParentTree = paper.make_indirect(_parents(paper, marked))
        tree.ParentTreeNextKey = len(paper.pages)
        paper.Root.StructTreeRoot = tree
        paper.Root.MarkInfo = Dictionary(Marked=True)
        paper.Root.Lang = String(language)
        paper.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        out = BytesIO()
        paper.save(out, min_version=VERSION, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _put(paper: pikepdf.Pdf, element: Element, parent: Any, marked: dict[int, dict[int, Any]]) -> Any:
    """Writes one element and those below it; notes in `marked` whose each mark is."""
    node = paper.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.tag), P=parent))
    kids = [_put(paper, child, node, marked) for child in element.children]
    for page, mark in element.marks:
        marked.setdefault(page, {})[mark] = node
        kids.append(Dictionary(Type=Name.MCR, Pg=paper.pages[page].obj, MCID=mark))
    node.K = Array(kids)
    if element.alt:
        node.Alt = String(element.alt)
    if element.tag in ATTRIBUTES:
        node.A = Dictionary(ATTRIBUTES[element.tag])
    return node


def _parents(paper: pikepdf.Pdf, marked: dict[int, dict[int, Any]]) -> Dictionary:
    """The way back: for each page the element of each of its marks."""
    numbers: list[Any] = []
    for at, page in enumerate(paper.pages):
        page.obj.StructParents = at
        page.obj.Tabs = Name.S
        here = marked.get(at, {})
        numbers += [at, paper.make_indirect(Array([here[mark] for mark in sorted(here)]))]
    return Dictionary(Nums=Array(numbers))
