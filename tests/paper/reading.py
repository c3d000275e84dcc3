"""Reads a PDF back as others would: pdfium for words and pictures, pikepdf for what is written in it."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image, ImageOps

INCH = 72


def texts(pdf: bytes) -> list[str]:
    """The words of each page, blanks and line ends as one blank."""
    with pypdfium2.PdfDocument(pdf) as paper:
        return [" ".join(_text(page).split()) for page in paper]


def _text(page: pypdfium2.PdfPage) -> str:
    found = page.get_textpage()
    try:
        return found.get_text_range()
    finally:
        found.close()
        page.close()


def picture(pdf: bytes, page: int = 0, dpi: int = 150) -> Image.Image:
    """One page in grey."""
    with pypdfium2.PdfDocument(pdf) as paper:
        sheet = paper[page]
        drawn = sheet.render(scale=dpi / INCH).to_pil().convert("L")
        sheet.close()
        return drawn


def trimmed(image: Image.Image) -> Image.Image:
    """Without the white around it."""
    box = ImageOps.invert(image).point(lambda grey: 255 if grey > 60 else 0).getbbox()
    return image.crop(box)


def fonts(pdf: bytes) -> list[Any]:
    """The font dictionaries of all pages."""
    with pikepdf.open(BytesIO(pdf)) as paper:
        return [
            (str(font.BaseFont), "/FontFile2" in font.FontDescriptor)
            for page in paper.pages
            for font in page.Resources.Font.values()
        ]


def elements(node: Any) -> Iterator[str]:
    """The tags below a node of the tree, in order, nested ones after their parent."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S)[1:]
        yield from elements(node.K)


def tags(pdf: bytes) -> list[str]:
    with pikepdf.open(BytesIO(pdf)) as paper:
        return list(elements(paper.Root.StructTreeRoot.K))


def marks(pdf: bytes) -> list[tuple[int, list[int], int]]:
    """For each page: how many words are drawn outside of any mark, the numbers of its marks, its entries in the tree."""
    found: list[tuple[int, list[int], int]] = []
    with pikepdf.open(BytesIO(pdf)) as paper:
        numbers = paper.Root.StructTreeRoot.ParentTree.Nums
        for at, page in enumerate(paper.pages):
            depth, loose, here = 0, 0, list[int]()
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name in ("BDC", "BMC"):
                    depth += 1
                    if name == "BDC" and "/MCID" in operands[1]:
                        here.append(int(operands[1].MCID))
                elif name == "EMC":
                    depth -= 1
                elif name in ("Tj", "TJ", "re", "f", "S", "c") and depth == 0:
                    loose += 1
            found.append((loose, here, len(numbers[2 * at + 1])))
    return found
