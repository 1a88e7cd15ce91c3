"""Marks on the screen are in every Chinese face: what GB 2312 does not have is drawn, not written."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
COMMENTS = re.compile(r"/\*.*?\*/|^\s*//.*$|\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}|\{#.*?#\}", re.S | re.M)
MINUS = "−"  # stands in every Latin face
MARKS = {"So", "Sm", "Sk"}
# Paper has its own faces, and its own test of missing glyphs.
PAPER = "templates/documents/"


def strange_marks(text: str) -> list[str]:
    """Arrows, ticks and shapes that a machine with Chinese faces alone may show as a box."""
    marks = {char for char in COMMENTS.sub("", text) if ord(char) > 127 and unicodedata.category(char) in MARKS}
    return sorted(char for char in marks if not _is_common(char))


def _is_common(char: str) -> bool:
    if char == MINUS:
        return True
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def pages_and_styles() -> list[Path]:
    """What people look at: style sheets, scripts, templates; not what others wrote."""
    roots = [
        path
        for pattern in ("static/css/**/*.css", "static/js/**/*.js", "templates/**/*.html")
        for path in REPOSITORY.glob(pattern)
    ]
    return sorted(path for path in roots if PAPER not in path.as_posix())


def test_every_mark_has_its_glyph():
    found = {path.relative_to(REPOSITORY).as_posix(): strange_marks(path.read_text()) for path in pages_and_styles()}
    assert {name: marks for name, marks in found.items() if marks} == {}


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ('a::after { content: "▾" }', ["▾"]),
        ("say(`✕ 不一致`)", ["✕"]),
        ("/* ✓ in a comment */", []),
        ('content: "√ × ◆ → ●"', []),
    ],
)
def test_a_mark_without_a_glyph_is_reported(text, reported):
    assert strange_marks(text) == reported
