"""The faces documents are set in.

GB/T 9704 asks for 仿宋_GB2312 and 小标宋, which nobody may give away. The style sheet
names them first; what lies in FONT_DIR is picked up at the start of the process; else the
bundled Song and Hei (SIL OFL) stand in. The tick boxes ☐ ☑ ☒, which neither holds, come
from a small face of our own, drawn here.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable
from pathlib import Path

import pylopdf_fonts_zh_cn as bundled
from django.conf import settings
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

SONG, HEI, MARKS = "Document Song", "Document Hei", "Document Marks"
_SUFFIXES = {".ttf", ".otf", ".ttc"}
_MEDIA_TYPE = "font/otf"


def font_faces() -> str:
    """The @font-face rules: bundled faces, our boxes, and the bureau's own fonts."""
    faces = [(SONG, "song"), (HEI, "hei"), (MARKS, "marks")]
    faces += [(family_of(path), f"bureau/{path.name}") for path in bureau_fonts()]
    return "\n".join(f'@font-face {{ font-family: "{family}"; src: url("font:{name}"); }}' for family, name in faces)


def font_file(name: str) -> tuple[bytes, str]:
    """The bytes of a face named in `font_faces`."""
    if name == "marks":
        return marks_font(), _MEDIA_TYPE
    known = {"song": Path(bundled.serif_path()), "hei": Path(bundled.sans_path())}
    known |= {f"bureau/{path.name}": path for path in bureau_fonts()}
    if name not in known:
        raise ValueError(f"there is no font {name!r}")
    return known[name].read_bytes(), _MEDIA_TYPE


def bureau_fonts() -> list[Path]:
    """The fonts the bureau has put into FONT_DIR, by name; plain names only."""
    folder = Path(settings.FONT_DIR)
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.suffix.lower() in _SUFFIXES and not set(p.name) & set("\"\\\n'()"))


def family_of(path: Path) -> str:
    """The family name inside a font file; its file name when the font says nothing."""
    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            name = font["name"].getBestFamilyName() or path.stem
    except Exception:  # a damaged file must not stop every document
        name = path.stem
    return name.replace('"', "").replace("\\", "")


def missing_characters(text: str) -> list[str]:
    """The characters of `text` that no face of ours holds; they would print as a blank box."""
    return sorted({c for c in text if not c.isspace() and c.isprintable() and ord(c) not in _coverage()})


@functools.cache
def _coverage() -> frozenset[int]:
    paths = [Path(bundled.serif_path()), *bureau_fonts()]
    return frozenset().union(*(_characters(path) for path in paths), map(ord, "☐☑☒"))


def _characters(path: Path) -> Iterable[int]:
    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            return frozenset(font.getBestCmap())
    except Exception:
        return frozenset()


@functools.cache
def marks_font() -> bytes:
    """Our face with ☐ ☑ ☒ and nothing else; the same bytes every time."""
    builder = FontBuilder(1000, isTTF=True)
    glyphs = {
        ".notdef": _glyph(),
        # A space between two boxes is set in the face of the boxes.
        "space": TTGlyphPen(None).glyph(),
        "box": _glyph(),
        "ticked": _glyph(_TICK),
        "crossed": _glyph(*_CROSS),
    }
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({0x20: "space", 0x2610: "box", 0x2611: "ticked", 0x2612: "crossed"})
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (250 if name == "space" else 1000, 100) for name in glyphs})
    # The bundled Song's own metrics: a box in a line must not push the line apart.
    builder.setupHorizontalHeader(ascent=1151, descent=-286)
    builder.setupNameTable({"familyName": MARKS, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=1151, usWinDescent=286)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


_FRAME = [(100, 780), (900, 780), (900, -20), (100, -20)]
_HOLE = [(155, 35), (845, 35), (845, 725), (155, 725)]
_TICK = [(245, 380), (305, 440), (440, 275), (710, 640), (775, 590), (445, 150)]
_CROSS = (
    [(235, 590), (290, 645), (765, 170), (710, 115)],
    [(710, 645), (765, 590), (290, 115), (235, 170)],
)


def _glyph(*strokes: list[tuple[int, int]]):
    pen = TTGlyphPen(None)
    for contour in (_FRAME, _HOLE, *strokes):
        pen.moveTo(contour[0])
        for point in contour[1:]:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()
