"""A paper is what its maker said, readable by eye, by machine and aloud, on every page with its person's name."""

import os
import subprocess
import sys
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Name

from maroom import paper
from tests.paper.reading import fonts, marks, picture, tags, texts

HEAD = paper.Head("GARCÍA, María Elena", "Nacida el 14 mar 2026", "Clínica Riverside", "MRN 004417")
BODY: list[paper.Block] = [
    paper.Paragraph("Hoy pesó 8.42 kg."),
    paper.Heading("En casa"),
    paper.Ticks(["Acuéstela boca arriba.", "Un paño fresco ayuda."]),
    paper.WarningBox("Llame hoy mismo si", ["tiene 102 °F o más.", "De día: (555) 010-0142."]),
    paper.Table([paper.Column("Medida"), paper.Column("Hoy", figures=True)], [["Peso", "8.42 kg"]]),
    paper.Heading("Medicinas", 3),
    paper.Bullets(["Vitamina D"]),
]


def made(*body: paper.Block, language: str = "en-US", head: paper.Head = HEAD, size: paper.Size = paper.Size.NORMAL) -> bytes:
    return paper.document("Your visit", language, head, body, size=size)


def test_it_says_what_it_was_given() -> None:
    (page,) = texts(
        paper.document("Su visita de hoy", "es-US", HEAD, BODY, foot=paper.Foot("Página {page} de {pages}", "impreso hoy"))
    )
    for words in (
        "GARCÍA, María Elena",
        "Nacida el 14 mar 2026",
        "Clínica Riverside",
        "MRN 004417",
        "Su visita de hoy",
        "Hoy pesó 8.42 kg.",
        "En casa",
        "Acuéstela boca arriba.",
        "Llame hoy mismo si",
        "De día: (555) 010-0142.",
        "Peso 8.42 kg",
        "Vitamina D",
        "Página 1 de 1",
        "impreso hoy",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-US", "Drink 8 cups (2 L) of water; call if temp ≥ 38 °C → today."),
        ("es-US", "¿Cuándo? Mañana, señora Ñuñez."),
        ("vi", "Huyết áp của bà Nguyễn Thị Ánh là 142/88, cao hơn bình thường."),
        ("ht", "Bwè anpil dlo, epi repoze w."),
        ("ru", "Пейте больше воды и отдыхайте."),
        ("zh-Hans", "请在家休息，多喝水。"),
        ("zh-Hant", "李小龍鄧"),
        ("ko", "김민준"),
    ],
)  # fmt: skip
def test_every_language_can_be_read_back(language: str, words: str) -> None:
    (page,) = texts(made(paper.Paragraph(words), language=language))
    assert words in page


def test_decomposed_letters_are_printed_composed() -> None:
    (page,) = texts(made(paper.Paragraph("Nguye\u0302\u0303n")))
    assert "Nguy\u1ec5n" in page


@pytest.mark.parametrize(
    "name", ["Tom & <b>Jerry", "x < 5", "<img src=file:x>", "%s {page} \\n", "O'Brien-Łukasiewicz", "Cher"]
)
def test_no_name_is_read_as_markup(name: str) -> None:
    pdf = made(paper.Paragraph(name), paper.Bullets([name]), head=paper.Head(name, "born 1 Jan 1980", alert=name))
    (page,) = texts(pdf)
    assert page.count(name) == 4


def test_a_letter_without_a_glyph_stops_the_paper() -> None:
    with pytest.raises(paper.NoGlyph) as lost:
        made(paper.Paragraph("ok ฉั 🙂"))
    assert lost.value.letters == "ฉั🙂"
    assert paper.missing("Ann ฉ") == "ฉ"
    assert paper.missing("李小龍 عبد الله José 김") == ""


def test_a_private_code_of_a_joined_shape_is_no_letter() -> None:
    made(paper.Paragraph("عبد الله"))
    assert paper.missing("\ue000\ue001") == "\ue000\ue001"


def test_every_font_is_embedded_and_cut_to_what_is_used() -> None:
    used = fonts(made(paper.Paragraph("Ann 李小龍 عبد الله 김"), paper.Heading("Bold 李小龙 عبد")))
    assert {name.partition("+")[2] for name, _ in used} >= {"NotoSans-Regular", "NotoSans-SemiBold", "NotoSansArabic-Regular"}
    for name, embedded in used:
        assert embedded, name
        assert len(name.partition("+")[0]) == len("/ABCDEF"), name


def test_it_bears_title_language_and_tags() -> None:
    with pikepdf.open(BytesIO(paper.document("Su visita & más", "es-US", HEAD, BODY))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Su visita & más"
        assert str(pdf.Root.Lang) == "es-US"
        assert pdf.Root.MarkInfo.Marked is True
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        assert all(page.Tabs == Name.S for page in pdf.pages)
        assert pdf.check_pdf_syntax() == []
        assert not any("Helvetica" in str(font) for page in pdf.pages for font in page.Resources.Font.values())


def test_the_tree_tells_what_each_part_is() -> None:
    told = tags(paper.document("Title", "en", HEAD, BODY))
    assert told == [
        "Document", "P", "P", "P", "P", "H1", "P", "H2", "L", "LI", "LBody", "LI", "LBody",
        "Sect", "P", "P", "P", "Table", "TR", "TH", "TH", "TR", "TD", "TD", "H3", "L", "LI", "LBody",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar"])
def test_all_that_is_drawn_is_in_the_tree_or_passed_over(language: str) -> None:
    pdf = paper.document("Title", language, HEAD, BODY * 12)
    pages = marks(pdf)
    assert len(pages) > 2
    for loose, numbers, listed in pages:
        assert loose == 0
        assert numbers == list(range(listed))


def test_the_same_paper_is_the_same_bytes() -> None:
    words = "تناول Amlodipine 5 mg كل يوم، 李小龍"
    script = f"""
import hashlib
from maroom import paper
others = {{}}
if others is not None: exec(__import__("sys").argv[1])
pdf = paper.document("T", "ar", paper.Head("N", "B"), [paper.Paragraph({words!r})])
print(hashlib.sha256(pdf).hexdigest())
"""
    before = "paper.document('O', 'ar', paper.Head('غ', 'B'), [paper.Paragraph('ظغشفقك')])"
    seen = {
        subprocess.run(
            [sys.executable, "-c", script, first], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed, first in (("1", "pass"), ("2", before))
    }  # fmt: skip
    assert len(seen) == 1


def test_every_page_bears_name_and_birth_date() -> None:
    pages = texts(made(*[paper.Paragraph("word " * 60)] * 30, size=paper.Size.VERY_LARGE))
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert page.startswith("GARCÍA, María Elena Nacida el 14 mar 2026")
        assert f"Page {number} of {len(pages)}" in page


def test_a_table_bears_its_titles_on_every_page() -> None:
    columns = [paper.Column("Time"), paper.Column("Pulse", figures=True)]
    pdf = made(paper.Table(columns, [[f"{hour}:00", "72"] for hour in range(120)]))
    pages = texts(pdf)
    assert len(pages) > 2
    assert all("Time Pulse" in page for page in pages)
    assert tags(pdf).count("TH") == 2, "the titles are read aloud once"


def test_a_row_that_does_not_fit_its_columns_is_an_error() -> None:
    with pytest.raises(ValueError, match="argument"):
        made(paper.Table([paper.Column("A"), paper.Column("B")], [["one"]]))


@pytest.mark.parametrize("lines", range(28, 46))
def test_a_short_warning_and_a_heading_are_never_torn(lines: int) -> None:
    filler = [paper.Paragraph("\n".join(f"line {number}" for number in range(lines)))]
    warned = texts(made(*filler, paper.WarningBox("Call if", ["it hurts", "it bleeds"])))
    assert any("Call if it hurts it bleeds" in page for page in warned)
    headed = texts(made(*filler, paper.Heading("At home"), paper.Paragraph("first\nsecond\nthird")))
    assert any("At home first second" in page for page in headed)


@pytest.mark.parametrize(("size", "points"), [(paper.Size.NORMAL, 11), (paper.Size.LARGE, 16), (paper.Size.VERY_LARGE, 20)])
def test_the_text_has_the_size_that_was_asked(size: paper.Size, points: int) -> None:
    with pikepdf.open(BytesIO(made(paper.Paragraph("one\ntwo\nthree"), size=size))) as pdf:
        seen = [operands[1] for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]) if str(operator) == "Tf"]
    assert [int(one) for one in seen].count(points) >= 3


@settings(max_examples=15)
@given(
    st.text(st.sampled_from("aW @-.,/()0189éŁễЖ李小龍龙，。عبدالله غ\n"), min_size=1, max_size=200),
    st.sampled_from(["en", "ar", "zh"]),
)
def test_nothing_stands_outside_the_margins(words: str, language: str) -> None:
    pdf = paper.document(
        words,
        language,
        paper.Head(words, "born", words, words, words),
        [paper.Paragraph(words, strong=True), paper.Ticks([words])],
    )
    image = picture(pdf, dpi=36)
    edge = int(18 / 25.4 * 36) - 1
    wide, high = image.size
    for box in ((0, 0, edge, high), (wide - edge, 0, wide, high), (0, 0, wide, edge), (0, high - edge, wide, high)):
        assert image.crop(box).getextrema()[0] > 200
