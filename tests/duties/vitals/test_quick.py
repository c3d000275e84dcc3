"""The quick line: every value goes to its own sign or to none, and the whole of the text is answered for."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import Component, Sign, field_of
from maroom.duties.vitals.rules import entry
from maroom.duties.vitals.rules.quick.line import quick_line
from maroom.duties.vitals.rules.quick.parts import Kind, Mark, QuickLine
from maroom.duties.vitals.rules.quick.words import hows
from maroom.duties.vitals.rules.quick.written import written
from maroom.duties.vitals.rules.signs import qualifiers, scale

RHYTHMS = ("regular", "irregular")


def texts(line: QuickLine) -> dict[str, str]:
    return {one.field: one.text for _, one in line.entries}


def values(line: QuickLine) -> dict[str, tuple[str, str]]:
    return {one.field: (f"{one.value.value:f}", one.value.unit) for _, one in line.entries}


def how(line: QuickLine) -> set[tuple[str, str, str]]:
    return {(sign.value, one.qualifier, one.word) for sign, one in line.hows}


def marks(text: str, line: QuickLine) -> list[tuple[str, Mark | None]]:
    return [(text[part.start : part.end], part.why) for part in line.marked]


def test_a_whole_set_in_one_line() -> None:
    line = quick_line("142/88 L lg sit p72 98.6f 186# 5'7\" r16 s97 pain3")
    assert line.marked == ()
    assert values(line) == {
        "bp.systolic": ("142", "mm[Hg]"),
        "bp.diastolic": ("88", "mm[Hg]"),
        "pulse": ("72", "/min"),
        "temperature": ("98.6", "[degF]"),
        "weight": ("186", "[lb_av]"),
        "height": ("67", "[in_i]"),
        "breathing": ("16", "/min"),
        "spo2": ("97", "%"),
        "pain": ("3", "{score}"),
    }
    assert how(line) == {("bp", "site", "left_arm"), ("bp", "cuff", "large_adult"), ("bp", "position", "sitting")}
    assert texts(line)["height"] == "5'7\""


def test_an_infant_in_one_line() -> None:
    line = quick_line("8.42kg 69.5cm hc44.1 99.1f ax p128 r34", pounds=False, tall=Sign.LENGTH)
    assert line.marked == ()
    assert values(line) == {
        "weight": ("8.42", "kg"),
        "length": ("69.5", "cm"),
        "head": ("44.1", "cm"),
        "temperature": ("99.1", "[degF]"),
        "pulse": ("128", "/min"),
        "breathing": ("34", "/min"),
    }
    assert how(line) == {("temperature", "site", "armpit")}


@pytest.mark.parametrize(
    ("text", "field", "value", "unit"),
    [
        ("142/88", "bp.systolic", "142", "mm[Hg]"),
        ("142 / 88", "bp.diastolic", "88", "mm[Hg]"),
        ("BP 90/60", "bp.systolic", "90", "mm[Hg]"),
        ("80/120", "bp.systolic", "80", "mm[Hg]"),
        ("P72", "pulse", "72", "/min"),
        ("hr 72", "pulse", "72", "/min"),
        ("pulse 72 bpm", "pulse", "72", "/min"),
        ("72bpm", "pulse", "72", "/min"),
        ("72 bpm", "pulse", "72", "/min"),
        ("rr16", "breathing", "16", "/min"),
        ("resp 16", "breathing", "16", "/min"),
        ("s97%", "spo2", "97", "%"),
        ("O2 sat 97 %", "spo2", "97", "%"),
        ("spo2 97", "spo2", "97", "%"),
        ("98,6 F", "temperature", "98.6", "[degF]"),
        ("37c", "temperature", "37", "Cel"),
        ("37.5 °C", "temperature", "37.5", "Cel"),
        ("t98.6", "temperature", "98.6", "[degF]"),
        ("temp 37,5", "temperature", "37.5", "Cel"),
        ("186 lbs", "weight", "186", "[lb_av]"),
        ("w84.4kg", "weight", "84.4", "kg"),
        ("wt 84,4 kg", "weight", "84.4", "kg"),
        ("3289g", "weight", "3289", "g"),
        ("7lb4oz", "weight", "7.25", "[lb_av]"),
        ("7 lb 4 oz", "weight", "7.25", "[lb_av]"),
        ("12 oz", "weight", "0.75", "[lb_av]"),
        ("5'7", "height", "67", "[in_i]"),
        ("5’7”", "height", "67", "[in_i]"),
        ("5' 7", "height", "67", "[in_i]"),
        ("5 ft 7.5 in", "height", "67.5", "[in_i]"),
        ("ht 5'7''", "height", "67", "[in_i]"),
        ("6'", "height", "72", "[in_i]"),
        ("67in", "height", "67", "[in_i]"),
        ('67"', "height", "67", "[in_i]"),
        ("170 cm", "height", "170", "cm"),
        ("ht 170", "height", "170", "cm"),
        ("hc 44.1cm", "head", "44.1", "cm"),
        ("hc 17.4 in", "head", "17.4", "[in_i]"),
        ("hc44.1", "head", "44.1", "cm"),
        ("pain 3/10", "pain", "3", "{score}"),
        ("pain0", "pain", "0", "{score}"),
        ("waist 90cm", "waist", "90", "cm"),
        ("pf 450", "peak_flow", "450", "L/min"),
        ("2L", "spo2.oxygen_flow", "2", "L/min"),
        ("2 L O2", "spo2.oxygen_flow", "2", "L/min"),
        ("o2 2.5 lpm", "spo2.oxygen_flow", "2.5", "L/min"),
        ("fio2 28%", "spo2.oxygen_share", "28", "%"),
        ("28% O2", "spo2.oxygen_share", "28", "%"),
        ("p٧٢", "pulse", "72", "/min"),
    ],
)
def test_each_way_of_saying_it(text: str, field: str, value: str, unit: str) -> None:
    line = quick_line(text)
    assert line.marked == ()
    assert values(line)[field] == (value, unit)
    assert len({sign for sign, _ in line.entries}) == 1


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("72", [("72", Mark.UNKNOWN)]),
        ("98.6", [("98.6", Mark.UNKNOWN)]),
        ("97%", [("97%", Mark.UNKNOWN)]),
        ("o2 97%", [("o2", Mark.UNKNOWN), ("97%", Mark.UNKNOWN)]),
        ("12080", [("12080", Mark.UNKNOWN)]),
        ("142/", [("142/", Mark.UNKNOWN)]),
        ("20/40", [("20/40", Mark.UNKNOWN)]),  # eyesight
        ("3/10", [("3/10", Mark.UNKNOWN)]),
        ("11/24", [("11/24", Mark.UNKNOWN)]),  # a day
        ("142/88/70", [("142/88/70", Mark.UNKNOWN)]),
        ("pain 3/5", [("pain", Mark.UNKNOWN), ("3/5", Mark.UNKNOWN)]),
        ("p72x", [("p72x", Mark.UNKNOWN)]),
        ("p72,98.6f", [("p72,98.6f", Mark.UNKNOWN)]),
        ("1.70m", [("1.70m", Mark.UNKNOWN)]),
        ("p72.5", [("p72.5", Mark.UNREADABLE)]),
        ("11lb16oz", [("11lb16oz", Mark.UNREADABLE)]),
        ("5'12\"", [("5'12\"", Mark.UNREADABLE)]),
        ("98.6001f", [("98.6001f", Mark.UNREADABLE)]),
        ("wt 186", [("wt 186", Mark.NO_UNIT)]),
        ("ht 67", [("ht 67", Mark.NO_UNIT)]),
        ("hc 17.4", [("hc 17.4", Mark.NO_UNIT)]),
        ("t60", [("t60", Mark.NO_UNIT)]),
        ("p 72", [("p 72", Mark.UNSURE)]),
        ("s 97", [("s 97", Mark.UNSURE)]),
        ("186 lb 3", [("186 lb 3", Mark.UNSURE)]),
        ("temp 84 kg", [("temp 84", Mark.UNSURE), ("kg", Mark.UNKNOWN)]),
        ("pulse 98 f", [("pulse 98", Mark.UNSURE), ("f", Mark.UNKNOWN)]),
        ("sat 5 L O2", [("sat 5", Mark.UNSURE), ("L", Mark.NO_SIGN), ("O2", Mark.UNKNOWN)]),
        ("fio2 84 kg", [("fio2 84", Mark.UNSURE), ("kg", Mark.UNKNOWN)]),
        ("pain 3 kg", [("pain 3", Mark.UNSURE), ("kg", Mark.UNKNOWN)]),
        ("L lg", [("L", Mark.NO_SIGN), ("lg", Mark.NO_SIGN)]),
        ("zzz", [("zzz", Mark.UNKNOWN)]),
    ],
)
def test_what_is_not_certain_is_marked_and_taken_from_nowhere(text: str, marked: list[tuple[str, Mark]]) -> None:
    line = quick_line(text)
    assert marks(text, line) == marked
    assert line.entries == ()
    assert line.hows == ()


@pytest.mark.parametrize(
    ("text", "taken", "marked"),
    [
        ("142/88 r 16", {"bp.systolic": "142", "bp.diastolic": "88"}, [("r 16", Mark.UNSURE)]),
        ("142/88 ra", {"bp.systolic": "142", "bp.diastolic": "88"}, [("ra", Mark.UNSURE)]),
        ("s97 142/88 ra", {"spo2": "97", "bp.systolic": "142", "bp.diastolic": "88"}, [("ra", Mark.UNSURE)]),
        ("p72 p80", {"pulse": "72"}, [("p80", Mark.TWICE)]),
        ("186# 84kg", {"weight": "186"}, [("84kg", Mark.TWICE)]),
        ("5'7\" 170cm", {"height": "5'7\""}, [("170cm", Mark.TWICE)]),
        ("5 ft 2 L O2", {"height": "5 ft", "spo2.oxygen_flow": "2"}, []),
        ("186# 2 L O2", {"weight": "186", "spo2.oxygen_flow": "2"}, []),
        ("6' 98.6f", {"height": "6'", "temperature": "98.6"}, []),
        ("p72, r16; s97", {"pulse": "72", "breathing": "16", "spo2": "97"}, []),
        ("142/88 72 98.6f", {"bp.systolic": "142", "bp.diastolic": "88", "temperature": "98.6"}, [("72", Mark.UNKNOWN)]),
    ],
)
def test_beside_what_is_certain_the_rest_is_marked(text: str, taken: dict[str, str], marked: list[tuple[str, Mark]]) -> None:
    line = quick_line(text)
    assert (texts(line), marks(text, line)) == (taken, marked)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("142/88 R", {("bp", "site", "right_arm")}),
        ("R arm 142/88", {("bp", "site", "right_arm")}),
        ("L 142/88 p72 r wrist", {("bp", "site", "left_arm"), ("pulse", "site", "right_wrist")}),
        ("142/88 l wrist p72", {("bp", "site", "left_wrist")}),
        ("p72 142/88 irreg", {("pulse", "rhythm", "irregular")}),
        (
            "142/88 left thigh thigh cuff lying",
            {("bp", "site", "left_thigh"), ("bp", "cuff", "thigh"), ("bp", "position", "lying")},
        ),
        ("98.6f oral s97 ra", {("temperature", "site", "mouth"), ("spo2", "oxygen", "room_air")}),
        ("s97 room air 142/88", {("spo2", "oxygen", "room_air")}),
        ("s97 on o2 2l", {("spo2", "oxygen", "on_oxygen")}),
        ("186# 5'7\" stated", {("height", "method", "reported")}),
        ("186# stated 5'7\"", {("weight", "method", "reported")}),
        ("37.2c TYMP", {("temperature", "site", "ear")}),
    ],
)
def test_how_it_was_measured_belongs_to_the_value_before_it_that_it_can(text: str, said: set[tuple[str, str, str]]) -> None:
    line = quick_line(text)
    assert how(line) == said
    assert line.marked == ()


@pytest.mark.parametrize(
    ("text", "said", "marked"),
    [
        ("142/88 L R", {("bp", "site", "left_arm")}, [("R", Mark.TWICE)]),
        ("142/88 L 138/84 R", {("bp", "site", "left_arm")}, [("138/84", Mark.TWICE), ("R", Mark.TWICE)]),
        ("s97 ra 2l", set[tuple[str, str, str]](), [("ra", Mark.TWICE)]),
        ("5'7\" wt 186 stated", set[tuple[str, str, str]](), [("wt 186", Mark.NO_UNIT), ("stated", Mark.NO_SIGN)]),
        ("p72 oral", set[tuple[str, str, str]](), [("oral", Mark.NO_SIGN)]),
    ],
)
def test_contradictions_are_marked(text: str, said: set[tuple[str, str, str]], marked: list[tuple[str, Mark]]) -> None:
    line = quick_line(text)
    assert (how(line), marks(text, line)) == (said, marked)


@pytest.mark.parametrize(("text", "kilograms"), [("7lb4oz", "3.289"), ("186#", "84.368"), ("wt 18.5 lb", "8.391")])
def test_pounds_are_marked_where_only_kilograms_are_taken(text: str, kilograms: str) -> None:
    line = quick_line(text, pounds=False)
    assert line.entries == ()
    assert marks(text, line) == [(text, Mark.POUNDS)]
    pounds = line.marked[0].entries[0].value
    assert f"{pounds.value * Decimal('0.45359237'):.3f}" == kilograms
    assert quick_line("8.42kg", pounds=False).entries


def test_what_is_said_of_pounds_that_are_not_taken_is_said_of_nothing_else() -> None:
    line = quick_line("5'7\" 150# stated", pounds=False)
    assert line.hows == ()
    assert [part.why for part in line.marked] == [Mark.POUNDS, Mark.NO_SIGN]


def test_pounds_that_are_not_taken_leave_room_for_the_kilograms() -> None:
    assert texts(quick_line("18.5lb 8.42kg", pounds=False)) == {"weight": "8.42"}


def test_every_word_stands_for_something_that_can_be_said() -> None:
    for word in hows():
        if word.qualifier == "rhythm":
            assert word.word in RHYTHMS
        else:
            assert word.word in qualifiers()[word.qualifier].choice, word


def test_no_word_has_two_meanings() -> None:
    said = [(word, sign) for one in hows() for word in one.words for sign in one.signs]
    assert len(said) == len(set(said))


# whatever is typed


@given(st.text(max_size=60), st.booleans(), st.sampled_from([Sign.HEIGHT, Sign.LENGTH]))
def test_nothing_that_is_typed_fails_and_all_of_it_is_answered_for(text: str, pounds: bool, tall: Sign) -> None:
    _covers(text, quick_line(text, pounds=pounds, tall=tall))


_JUMBLE = """142/88 bp p 72 r s97 98.6 f c ax 186 # lb 4 oz 5' 7 " ft in L lg ra 2l o2 % fio2 pain /10 hc 44,1 , ; / . t wt"""
_BITS = st.sampled_from([*_JUMBLE.split(), *[" "] * 12])


@given(st.lists(_BITS, max_size=14).map("".join))
def test_pieces_in_any_jumble_are_answered_for(text: str) -> None:
    _covers(text, quick_line(text))


def _covers(text: str, line: QuickLine) -> None:
    """Between the pieces are only spaces and separators, and a value is part of its own piece."""
    at = 0
    for part in line.parts:
        assert at <= part.start < part.end <= len(text)
        assert not text[at : part.start].strip().strip(",; \t\n").strip()
        assert (part.kind is Kind.MARKED) == (part.why is not None)
        for one in part.entries:
            assert one.text in text[part.start : part.end]
            assert entry.read(one.text, part.sign or Sign.BP, one.value.unit, _component(one.field)) == one.value
        at = part.end
    assert not re.sub(r"[\s,;]", "", text[at:])
    fields = [one.field for _, one in line.entries]
    assert len(fields) == len(set(fields))


def _component(field: str) -> Component | None:
    return Component(field.partition(".")[2]) if "." in field else None


_NUMBERS = st.decimals(Decimal("0.1"), Decimal(400), places=1)
_PIECES: dict[str, st.SearchStrategy[str]] = {
    "bp": st.tuples(st.integers(40, 300), st.integers(10, 200)).map(lambda pair: f"{pair[0]}/{pair[1]}"),
    "pulse": st.integers(1, 300).map(lambda n: f"p{n}"),
    "breathing": st.integers(1, 120).map(lambda n: f"r{n}"),
    "spo2": st.integers(1, 100).map(lambda n: f"s{n}"),
    "temperature": st.tuples(_NUMBERS, st.sampled_from("fc")).map(lambda pair: f"{pair[0]}{pair[1]}"),
    "weight": st.tuples(_NUMBERS, st.sampled_from(["#", "lb", " kg", "kg", "g"])).map(lambda pair: f"{pair[0]}{pair[1]}"),
    "height": st.tuples(st.integers(1, 8), st.integers(0, 11)).map(lambda pair: f"{pair[0]}'{pair[1]}\""),
    "head": st.integers(300, 700).map(lambda n: f"hc{Decimal(n) / 10}"),
    "pain": st.integers(0, 10).map(lambda n: f"pain{n}"),
    "spo2.oxygen_flow": st.integers(1, 15).map(lambda n: f"{n}L"),
}


@st.composite
def _lines(draw: st.DrawFn) -> tuple[dict[str, str], str]:
    """Some signs in any order: what each was written as, and the line."""
    chosen = draw(st.permutations(sorted(_PIECES)))[: draw(st.integers(1, len(_PIECES)))]
    pieces = {field: draw(_PIECES[field]) for field in chosen}
    return pieces, draw(st.sampled_from([" ", "  ", ", ", "; ", "\t"])).join(pieces.values())


@given(_lines())
def test_no_value_is_ever_taken_for_another_sign(drawn: tuple[dict[str, str], str]) -> None:
    pieces, text = drawn
    line = quick_line(text)
    assert marks(text, line) == []
    found = {one.field: text[part.start : part.end] for part in line.parts for one in part.entries}
    assert {field.replace("bp.systolic", "bp"): said for field, said in found.items() if field != "bp.diastolic"} == pieces


_ODD = """zz 97% 3/10 f c kg p r s t o2 fio2 ' " lb in cm / bp wt ht hc temp pulse hr sat resp pain pf waist L R 2 l"""
_STRAY = st.integers(0, 999).map(str) | st.sampled_from(_ODD.split())


@given(_lines(), _STRAY, st.integers(0, 10))
def test_a_stray_word_never_becomes_a_value(drawn: tuple[dict[str, str], str], stray: str, at: int) -> None:
    """It may make its neighbour uncertain, which is then marked, but no sign gets a value that was not written for it."""
    pieces, _ = drawn
    words = [*pieces.values()]
    words.insert(at % (len(words) + 1), stray)
    text = " ".join(words)
    given_so = {one.field: one.text for _, one in quick_line(" ".join(pieces.values())).entries}
    for _, one in quick_line(text).entries:
        assert one.text == given_so[one.field]


@given(st.integers(0, 99999))
def test_a_bare_number_is_of_no_sign(number: int) -> None:
    assert quick_line(str(number)).entries == ()
    assert quick_line(f"142/88 {number} s97").marked[0].why is Mark.UNKNOWN


# from a form and back


@st.composite
def _forms(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, str], dict[str, dict[str, str]], Sign]:
    """Texts, units and qualifiers as a form holds them."""
    tall = draw(st.sampled_from([Sign.HEIGHT, Sign.LENGTH]))
    texts, units, said = dict[str, str](), dict[str, str](), dict[str, dict[str, str]]()
    whole, tenths = st.integers(1, 300).map(str), st.integers(10, 3000).map(lambda n: f"{Decimal(n) / 10}")
    for sign in (Sign.PULSE, Sign.BREATHING, Sign.SPO2, Sign.PAIN, Sign.TEMPERATURE, Sign.WEIGHT, tall, Sign.HEAD, Sign.WAIST):
        if draw(st.booleans()):
            numbers = scale(sign)
            units[sign.value] = draw(st.sampled_from(numbers.units))
            texts[sign.value] = draw(whole if numbers.whole else tenths | tenths.map(lambda text: text.replace(".", ",")))
            if units[sign.value] == "[in_i]" and sign is tall:
                texts[sign.value] = draw(st.sampled_from([texts[sign.value], "5'7\"", "5 7.5", "4 ft 11 in", "6'"]))
            if units[sign.value] == "[lb_av]":
                texts[sign.value] = draw(st.sampled_from([texts[sign.value], "7 lb 4 oz", "7 4.1", "186#", "84 kg"]))
            words = [word for word in hows() if sign in word.signs]
            if words and draw(st.booleans()):
                word = draw(st.sampled_from(words))
                said[sign.value] = {word.qualifier: word.word}
    if draw(st.booleans()):
        texts |= {"bp.systolic": draw(st.integers(10, 300).map(str)), "bp.diastolic": draw(st.integers(10, 200).map(str))}
        said["bp"] = {
            one.qualifier: one.word for one in draw(st.lists(st.sampled_from([w for w in hows() if Sign.BP in w.signs])))
        }
    return texts, units, said, tall


@given(_forms())
def test_a_form_written_as_a_line_is_read_back(
    drawn: tuple[dict[str, str], dict[str, str], dict[str, dict[str, str]], Sign],
) -> None:
    texts, units, said, tall = drawn
    text = written(texts, units, said, tall)
    line = quick_line(text, tall=tall)
    assert marks(text, line) == []
    back = {one.field: (one.value.value, one.value.unit) for _, one in line.entries}
    assert back == {field: _read(field, value, units) for field, value in texts.items()}
    assert how(line) == {(sign, qualifier, word) for sign, words in said.items() for qualifier, word in words.items()}


def _read(field: str, text: str, units: dict[str, str]) -> tuple[Decimal, str]:
    sign, component = Sign(field.partition(".")[0]), _component(field)
    found = entry.read(text, sign, units.get(sign.value) or scale(sign, component).units[0], component)
    assert isinstance(found, Quantity)
    return found.value, found.unit


def test_oxygen_is_written_and_read_back() -> None:
    texts_given = {
        "spo2": "94",
        field_of(Sign.SPO2, Component.OXYGEN_FLOW): "2.5",
        field_of(Sign.SPO2, Component.OXYGEN_SHARE): "28",
    }
    assert texts(quick_line(written(texts_given, {}, {}, Sign.HEIGHT))) == texts_given


def test_what_cannot_be_read_is_not_written() -> None:
    assert written({"pulse": "7x", "bp.systolic": "142", "weight": ""}, {}, {}, Sign.HEIGHT) == ""
