"""Text that people will read: nothing in it hides, turns the reading direction or breaks the line."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError

from shuangsuiji.lib.errors import Refusal

TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
MARKS = frozenset("\u200b\u200e\u200f\u061c\u2060\ufeff")
"""Marks without width: two texts that look alike would not be."""
SENTENCE = "里有看不见的控制字符（例如改变文字方向的），请删去后重新输入。"


def is_hidden(one: str) -> bool:
    """What cannot be read aloud: controls, lone surrogates, marks without width or that turn the direction."""
    if one in "\n\r\t":
        return False
    return one in MARKS or unicodedata.bidirectional(one) in TURNS or unicodedata.category(one) in ("Cc", "Cs")


def has_hidden(text: str) -> bool:
    """Whether anything in the text is hidden."""
    return any(map(is_hidden, text))


def check_readable(text: str, *, field: str = "") -> str:
    """The text itself; refused when something in it is hidden."""
    if has_hidden(text):
        raise Refusal(f"内容{SENTENCE}", field=field)
    return text


def validate_readable(text: str) -> None:
    """The same as a validator of a model's or a form's field."""
    if has_hidden(text):
        raise ValidationError(f"这一栏{SENTENCE}", code="hidden_characters")
