"""Lines keep every letter, break where a reader would, and keep numbers whole and in order in every direction."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.paper.letters import clean, ready
from maroom.paper.lines import Line, Style, lines_of

MARKS = str.maketrans("", "", "\u202a\u202c\u200e")


def shown(line: Line) -> str:
    """A line as it is read."""
    return "".join(piece.said or str(piece.drawn) for piece in line.pieces)


def seen(line: Line) -> str:
    """A line from left to right; joined runs as they are read."""
    return "".join(
        piece.said if piece.font.startswith("arabic") else str(piece.drawn)
        for piece in sorted(line.pieces, key=lambda piece: piece.x)
    )


LETTERS = st.text(st.sampled_from("aW -.,/()0189éŁЖ李小龍，（）。 عبدالله \u200cكم\n"), max_size=120)


@given(LETTERS, st.booleans(), st.integers(30, 200))
def test_no_letter_is_lost_and_no_line_too_wide(words: str, rtl: bool, width: int) -> None:
    lines = lines_of(words, Style(11, rtl=rtl), width)
    read = "".join(shown(line) for line in lines)
    assert "".join(read.replace("\u00a0", " ").split()) == "".join(clean(words).split())
    assert all(line.width <= width + 0.01 for line in lines)


@pytest.mark.parametrize("phone", ["(555) 010-0199", "+1 555 010 0199", "555-010-0199", "911"])
@pytest.mark.parametrize("sentence", ["اتصل بنا: {}.", "{} في الليل", "اتصل (أو {}) الآن", "{}"])
def test_a_phone_number_keeps_its_order_in_arabic(phone: str, sentence: str) -> None:
    (line,) = lines_of(sentence.format(phone), Style(11, rtl=True), 500)
    assert phone in seen(line).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "words", ["Amoxicillin 500 mg", "14 Mar 2026", "180/120", "38.9 °C", "5 mg/kg", "O'Brien-Łukasiewicz", "98%"]
)
def test_doses_dates_and_names_keep_their_order_in_arabic(words: str) -> None:
    (line,) = lines_of(f"خذ {words} كل يوم (قبل النوم).", Style(11, rtl=True), 500)
    assert words in seen(line).replace("\u00a0", " ")


def test_brackets_of_an_arabic_sentence_open_and_close_round_their_words() -> None:
    (line,) = lines_of("مرة (كل يوم)", Style(11, rtl=True), 500)
    assert seen(line) == "(يوم كل) مرة"
    (line,) = lines_of("مرة (5 mg)", Style(11, rtl=True), 500)
    assert seen(line).replace("\u00a0", " ") == "(5 mg) مرة"


def test_a_number_after_an_arabic_name_stays_behind_it_in_english() -> None:
    (line,) = lines_of("عبد الله 14 Mar 1961", Style(11), 500)
    assert seen(line) == "الله عبد 14 Mar 1961"


def test_a_mark_of_direction_in_a_name_turns_nothing_round() -> None:
    (line,) = lines_of("Tom \u202eyrreJ\u2066 5 \u2069", Style(11), 500)
    assert shown(line) == "Tom yrreJ 5"


@pytest.mark.parametrize("words", ["(555) 010-0199", "98.6 °F", "500 mg"])
def test_a_number_is_not_torn_from_what_it_counts(words: str) -> None:
    for width in range(90, 240, 7):
        lines = [shown(line) for line in lines_of(f"one two three {words} four five six", Style(11), width)]
        assert any(words in line.replace("\u00a0", " ") for line in lines), lines


def test_chinese_breaks_between_letters_but_not_before_a_stop() -> None:
    lines = [shown(line) for line in lines_of("请在家休息，多喝水。请马上打电话（好）。" * 3, Style(11, chinese=True), 70)]
    assert len(lines) > 8
    assert not any(line[0] in "，。）" or line[-1] == "（" for line in lines)


def test_quotes_are_as_wide_as_letters_in_chinese_alone() -> None:
    (chinese,) = lines_of("“好”", Style(11, chinese=True), 500)
    (english,) = lines_of("“好”", Style(11), 500)
    assert chinese.width > english.width


def test_cleaning_keeps_joiners_and_drops_controls() -> None:
    assert clean("a\x00b\u200bc\ufe0f\td\r\ne") == "abc d\ne"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    assert clean(unicodedata.normalize("NFD", "é")) == "é"


def test_guards_add_marks_and_nothing_else() -> None:
    words = "خذ 5 mg (أو 10) كل يوم."
    assert ready(words, rtl=True).translate(MARKS).replace("\u00a0", " ") == words
