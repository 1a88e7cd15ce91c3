"""Reading a PDF as somebody with the paper in hand: its words, its page numbers, its faces, its QR code."""

from __future__ import annotations

import io
import re

import pdfplumber
import pypdfium2
import zxingcpp
from PIL import Image
from pypdf import PdfReader

_EMBEDDED = {"/FontFile", "/FontFile2", "/FontFile3"}
_HEAD_SHARE, _CORNER_SHARE = 0.1, 0.25


class Paper:
    """One PDF."""

    def __init__(self, content: bytes) -> None:
        assert content.startswith(b"%PDF-"), "this is no PDF"
        self.content = content
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            self.texts = [_plain(page.extract_text() or "") for page in pdf.pages]
            self.sheet_numbers = [_corner_number(page) for page in pdf.pages]

    def text_of(self, number: int) -> str:
        """The words on the sheet that carries this number."""
        return self.texts[self.sheet_numbers.index(number)]

    def fonts(self) -> dict[str, bool]:
        """Every font the pages use, and whether the file carries it."""
        found: dict[str, bool] = {}
        for page in PdfReader(io.BytesIO(self.content)).pages:
            for entry in (page["/Resources"].get("/Font") or {}).values():
                font = entry.get_object()
                for face in font.get("/DescendantFonts", [font]):
                    descriptor = face.get_object().get("/FontDescriptor", {})
                    found[font["/BaseFont"]] = bool(_EMBEDDED & set(descriptor))
        return found

    def qr_texts(self) -> list[str]:
        """What a phone reads from the codes printed on the sheets."""
        with pypdfium2.PdfDocument(self.content) as document:
            pictures = [page.render(scale=3).to_pil() for page in document]
        return [text for picture in pictures for text in read_codes(picture)]


def read_codes(picture: Image.Image) -> list[str]:
    """What a phone's camera reads from a picture."""
    return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _corner_number(page: pdfplumber.page.Page) -> int | None:
    """The volume's number in an upper corner of the sheet, as an archive stamps it; None where there is none."""
    side = page.width * _CORNER_SHARE
    for word in page.crop((0, 0, page.width, page.height * _HEAD_SHARE)).extract_words():
        if word["text"].isdecimal() and (word["x1"] < side or word["x0"] > page.width - side):
            return int(word["text"])
    return None
