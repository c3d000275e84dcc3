"""A chart on paper: drawn where its values are, in black and white, and said in words to who cannot see it."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from maroom import paper
from maroom.core.plot import Line, Plot
from tests.paper.reading import INCH, marks, picture, tags, texts

DPI = 144
HEAD = paper.Head("GARCÍA, María", "born 14 Mar 2026", number="MRN 004417")


def plot(typed: bool = False, own: tuple[tuple[float, float], ...] = ((2, 2), (8, 8))) -> Plot:
    lines = tuple(
        Line(name, ((0, value), (10, value)), strong=name == "50th") for name, value in (("3rd", 3), ("50th", 5), ("97th", 7))
    )
    return Plot(
        "Two values: 2 and 8.", (0, 10), ((0, "0"), (10, "10 mo")), ((0, "0"), (10, "10")), lines, own, "8 kg", (0, 2), typed
    )


def made(chart: Plot, language: str = "en-US", high: float = 300) -> bytes:
    return paper.document(
        "Growth", language, HEAD, [paper.Paragraph("before"), paper.Chart(chart, high), paper.Paragraph("after")]
    )


def test_its_words_are_words_of_the_page() -> None:
    (page,) = texts(made(plot()))
    assert all(word in page for word in ("10 mo", "3rd", "50th", "97th", "8 kg", "before", "after"))


def test_a_screen_reader_is_told_the_values_instead() -> None:
    pdf = made(plot())
    assert "Figure" in tags(pdf)
    with pikepdf.open(BytesIO(pdf)) as opened:
        figure = next(node for node in _nodes(opened.Root.StructTreeRoot.K) if node.S == "/Figure")
        assert str(figure.Alt) == "Two values: 2 and 8."
    ((loose, numbers, entries),) = marks(pdf)
    assert (loose, len(numbers)) == (0, entries)


def _nodes(node: object) -> list[pikepdf.Dictionary]:
    if isinstance(node, pikepdf.Array):
        return [found for kid in node for found in _nodes(kid)]
    if isinstance(node, pikepdf.Dictionary) and "/S" in node:
        return [node, *_nodes(node.K)]
    return []


def test_values_are_drawn_and_the_one_at_hand_is_full() -> None:
    """Along the rising line between the two values there is ink from the first to the last of them."""
    without, with_ = (picture(made(plot(own=own)), dpi=DPI) for own in ((), ((2.0, 2.0), (8.0, 8.0))))
    changed = [
        (x, y)
        for y in range(with_.height)
        for x in range(with_.width)
        if with_.getpixel((x, y)) < 80 <= without.getpixel((x, y))
    ]
    left, right = min(changed), max(changed)
    assert right[0] - left[0] > 200
    assert left[1] > right[1]  # the later value stands higher


def test_the_value_being_typed_has_a_ring() -> None:
    assert made(plot(typed=True)) != made(plot(typed=False))


def test_it_is_drawn_in_greys_alone() -> None:
    with pikepdf.open(BytesIO(made(plot()))) as opened:
        operators = {str(operator) for _, operator in pikepdf.parse_content_stream(opened.pages[0])}
    assert not operators & {"rg", "RG", "k", "K", "sc", "SC", "scn", "SCN"}


def test_a_paper_from_right_to_left_does_not_turn_the_chart_round() -> None:
    """The axis of ages goes to the right in every language."""
    left, right = (picture(made(plot(), language), dpi=INCH) for language in ("en-US", "ar"))
    boxes = [_darkest_column(page) for page in (left, right)]
    assert boxes[0] == pytest.approx(boxes[1], abs=2)


def _darkest_column(page: object) -> int:
    """Where the plate of the last value stands."""

    assert isinstance(page, Image.Image)
    part = page.crop((0, 150, page.width, 480))
    dark = [sum(part.getpixel((x, y)) < 60 for y in range(part.height)) for x in range(part.width)]
    return dark.index(max(dark))


def test_a_chart_is_never_cut() -> None:
    body = [paper.Paragraph("line")] * 24
    pdf = paper.document("Growth", "en-US", HEAD, [*body, paper.Chart(plot(), 300)])
    first, second = texts(pdf)
    assert "10 mo" not in first
    assert "10 mo" in second


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert made(plot()) == made(plot())
