"""What is done to every text before it is set: cleaned, kept together where a break would hurt, guarded where the
direction of writing would turn it round."""

import re
import unicodedata

LRE, PDF, LRM, RLM = "\u202a", "\u202c", "\u200e", "\u200f"
"""Marks of direction; ours alone get into a text."""
UNSEEN = LRE + PDF + LRM + RLM
NBSP = "\u00a0"
JOINERS = "\u200c\u200d"

RTL_LANGUAGES = {"ar", "fa", "he", "ur", "ps", "ckb", "dv", "sd", "ug", "yi"}
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_HAS_RTL = re.compile(f"[{_RTL}]")
_RTL_RUN = re.compile(rf"[{_RTL}]+(?:[\s'.-]+[{_RTL}]+)*")
# a phone number, a dose, a date, a drug: from letter or figure to letter or figure, with what stands between
_LATIN = "0-9A-Za-z\u00b5\u00c0-\u024f\u1e00-\u1eff"
_LTR_RUN = re.compile(rf"\(?[+#]?[{_LATIN}](?:[{_LATIN}]|[ \u00a0()/:%°+&'@_-]|[.,](?=\d))*")
_LTR_TAIL = re.compile(r"[^\w%°)]+$")
_TIED = (
    re.compile(r"(?<=[\d)]) (?=[\d(])"),
    re.compile(r"(?<=\d) (?=(?:°?[CF]|%|[mk]?g|mcg|m?L|mmHg|bpm|/min|min|lb|oz|in|cm|kg|h)\b)"),
)
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_DROPPED = {"Cc", "Cs", "Cn"}
_VARIANTS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def clean(text: str) -> str:
    """Composed, with line feeds and blanks as the only control characters; foreign marks of direction are gone."""
    whole = _BREAKS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    return "".join(letter for letter in whole if letter == "\n" or not _is_dropped(letter))


def one_line(text: str) -> str:
    """The same, on one line."""
    return " ".join(clean(text).split("\n"))


def _is_dropped(letter: str) -> bool:
    kind = unicodedata.category(letter)
    if kind == "Cf":
        return letter not in JOINERS
    return kind in _DROPPED or any(ord(letter) in variant for variant in _VARIANTS)


def ready(text: str, rtl: bool) -> str:
    """A cleaned text with what belongs together tied, and with its guards."""
    for pattern in _TIED:
        text = pattern.sub(NBSP, text)
    if rtl:
        return _LTR_RUN.sub(_embedded, text)
    return _RTL_RUN.sub(lambda run: run[0] + LRM, text) if _HAS_RTL.search(text) else text


def _embedded(run: re.Match[str]) -> str:
    """Without it `(555) 010-0199` stands as `0199-010 (555)` in an Arabic sentence, by the rules of Unicode."""
    words = run[0]
    tail = _LTR_TAIL.search(words)
    body, rest = (words[: tail.start()], words[tail.start() :]) if tail else (words, "")
    lead = ""
    if body.startswith("(") and ")" not in body[:-1]:
        # the bracket of the sentence, not of the number
        lead, body = "(", body[1:]
    while body.endswith(")") and body.count(")") > body.count("("):
        body, rest = body[:-1], ")" + rest
    return f"{lead}{LRE}{body}{PDF}{rest}"


def has_rtl(text: str) -> bool:
    return _HAS_RTL.search(text) is not None


def is_rtl_language(language: str) -> bool:
    """By its BCP 47 tag."""
    return language.partition("-")[0].lower() in RTL_LANGUAGES


def is_chinese(language: str) -> bool:
    return language.partition("-")[0].lower() in {"zh", "yue"}


def is_wide(letter: str) -> bool:
    """Chinese, Japanese and Korean letters, which stand in squares."""
    return unicodedata.east_asian_width(letter) in "WF"


def is_unseen(letter: str) -> bool:
    return letter in UNSEEN


def clings(letter: str) -> bool:
    """Belongs to the letter before it: an accent, a joiner."""
    return letter in JOINERS or unicodedata.category(letter) in {"Mn", "Mc", "Me"}
