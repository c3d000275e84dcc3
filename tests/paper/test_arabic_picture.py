"""Arabic is judged by its picture: the words of a PDF cannot be trusted there. Qt is the second opinion."""

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPainter, QTextOption

from maroom import paper
from tests.paper.reading import picture, trimmed

DPI = 150
SIZE = 16
ALIKE = 12.0
"""Mean difference in grey of 255 between two renderings of one sentence; another order or unjoined letters give over 24."""


def by_qt(words: str) -> Image.Image:
    """The sentence on one line, as Qt sets it."""
    font = QFont(["Noto Sans", "Noto Sans Arabic"])
    font.setPixelSize(round(SIZE * DPI / 72))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    image = QImage(1400, 120, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(font)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    painter.drawText(QRectF(20, 20, 1360, 80), words, option)
    painter.end()
    return trimmed(Image.frombuffer("L", (1400, 120), bytes(image.constBits()), "raw", "L", image.bytesPerLine(), 1))


def by_paper(words: str) -> Image.Image:
    """The same line cut out of a paper: below its title, above its foot."""
    sheet = picture(paper.document("·", "ar", paper.Head("·", "·"), [paper.Paragraph(words)], size=paper.Size.LARGE), dpi=DPI)
    wide, _ = sheet.size
    return trimmed(sheet.crop((0, 298, wide, 600)))


def difference(one: Image.Image, other: Image.Image) -> float:
    """After a blur, so that a shift by part of a dot counts little."""
    alike = other.resize(one.size, Image.Resampling.BILINEAR)
    soft = [image.filter(ImageFilter.GaussianBlur(2)) for image in (one, alike)]
    return ImageStat.Stat(ImageChops.difference(*soft)).mean[0]


SENTENCES = [
    "عبد الله محمد الطبيب",
    "تناول الدواء مرة واحدة كل يوم (في الصباح).",
    "ضغط الدم 180/120 اليوم",
]


@pytest.mark.parametrize("words", SENTENCES)
def test_letters_join_and_words_stand_as_qt_sets_them(words: str, qapp: QGuiApplication) -> None:
    assert difference(by_paper(words), by_qt(words)) < ALIKE


def test_a_phone_number_is_drawn_from_left_to_right(qapp: QGuiApplication) -> None:
    sentence = "اتصل بنا: {} في الليل."
    drawn = by_paper(sentence.format("(555) 010-0199"))
    assert difference(drawn, by_qt(sentence.format("\u202a(555) 010-0199\u202c"))) < ALIKE
    assert difference(drawn, by_qt(sentence.format("(555) 010-0199"))) > ALIKE, "Unicode's own order turns it round"


def test_the_comparison_sees_another_order_and_letters_that_do_not_join(qapp: QGuiApplication) -> None:
    for words in SENTENCES:
        drawn = by_paper(words)
        assert difference(drawn, by_qt(" ".join(reversed(words.split())))) > 2 * ALIKE
        assert difference(drawn, by_qt("\u200c".join(words))) > 2 * ALIKE
