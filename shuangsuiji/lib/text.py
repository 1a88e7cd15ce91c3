"""Text as people mean it: what arrives from forms and workbooks is tidied by one rule.

Standard library only; the workbook's child process uses it without Django.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Full-width punctuation is right in Chinese and stays; NFKC would make ASCII of it.
_KEPT = "，；：？！（）～￥…"
_NOT_PUNCTUATION = re.compile(f"[^{_KEPT}]+")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT}
# A radical is no character of its own: a scanner's or a PDF's ⼯ is 工.
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_NARROW = dict(zip(range(0xFF61, 0xFF65), "。「」、", strict=True))
_SAME_LOOK = _WIDE | _RADICALS | _NARROW
# Most cells of a register need nothing; one look tells. No underscore: Excel may mean a line's end by _x000D_.
_TIDY = r"0-9A-Za-z\u4e00-\u9fff（），。、；：“”《》()+.,:;#/@*%&-"
_TIDY_ALREADY = re.compile(f"[{_TIDY}]*")
_BETWEEN = "\x1f"
_ALL_TIDY = re.compile(f"[{_BETWEEN}{_TIDY}]*")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_BLANKS = re.compile(r"\s+")
_INNER_BLANKS = re.compile(r"[^\S\n]+")
_KEY_NOISE = re.compile(r"[\s·.,，。、()（）〔〕\[\]【】{}《》<>“”\"'‘’-]+")


def tidy(text: str) -> str:
    """One line: full-width digits and letters half-width, blanks single, invisible and private-use glyphs gone.

    What means something by its shape stays as it was typed: Ⅱ, ①, ㎡, ½.
    "　示范化工（汨罗）有限公司 ２０２ 室\\ue0c4 " → "示范化工（汨罗）有限公司 202 室"
    """
    if _TIDY_ALREADY.fullmatch(text):
        return text
    return _BLANKS.sub(" ", _plain(text)).strip()


def are_tidy(texts: Sequence[str]) -> bool:
    """Whether one look tells that `tidy` would leave all of these as they are; False says nothing of the kind."""
    joined = _BETWEEN.join(texts)
    return joined.count(_BETWEEN) < max(1, len(texts)) and bool(_ALL_TIDY.fullmatch(joined))


def tidy_lines(text: str) -> str:
    """The same for text of several lines: the lines stay, more than one empty line does not."""
    lines = _INNER_BLANKS.sub(" ", _plain(text.replace("\r\n", "\n").replace("\r", "\n")))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines.split("\n"))).strip()


def as_sentence(text: str) -> str:
    """A typed reason as it stands in a paper: with a full stop where its writer left it out. 情节严重 → 情节严重。"""
    plain = text.strip()
    return plain if not plain or plain[-1] in "。！？；…" else f"{plain.rstrip('.，,、')}。"


COUNTED = re.compile(r"[等第]?\d+(?:家企业|家|名|项|个|次|年度|年|月|日)?")
"""等6家企业, 2026年: one word each, that is never on two lines of a title."""


def has_private_use(text: str) -> bool:
    """Whether the text holds glyphs that exist only in somebody's own font."""
    return bool(_PRIVATE_USE.search(text))


def folded(text: str) -> str:
    """A tidied code, number or date with all its characters in their plain spelling: "第Ⅱ①号" → "第II1号"."""
    line = tidy(text)
    if line.isascii() or unicodedata.is_normalized("NFKC", line):
        return line
    return tidy(_NOT_PUNCTUATION.sub(lambda found: unicodedata.normalize("NFKC", found[0]), line))


def plain_number(text: str) -> str:
    """A certificate's or an expert's number in its one spelling: "sl 2025 0001" → "SL20250001"."""
    return "".join(folded(text).split()).upper()


def match_key(text: str) -> str:
    """What two spellings of one name have in common: for finding duplicates, never for the screen.

    "示范化工（汨罗）有限公司" and "示范化工 (汨罗) 有限公司" → the same key.
    """
    return _KEY_NOISE.sub("", unicodedata.normalize("NFKC", tidy(text))).casefold()


def _plain(text: str) -> str:
    text = _PRIVATE_USE.sub("", _INVISIBLE.sub("", text))
    return text if text.isascii() else unicodedata.normalize("NFC", text.translate(_SAME_LOOK))
