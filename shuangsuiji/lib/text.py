"""Text as people mean it: what arrives from forms and workbooks is tidied by one rule.

Standard library only; the workbook's child process uses it without Django.
"""

from __future__ import annotations

import re
import unicodedata

# Full-width punctuation is right in Chinese and stays; NFKC would make ASCII of it.
_NOT_PUNCTUATION = re.compile(r"[^，；：？！（）～￥…]+")
# Most cells of a register need nothing; one look tells.
_TIDY_ALREADY = re.compile(r"[0-9A-Za-z\u4e00-\u9fff（），。、；：“”《》()+.,:;#/_@*%&-]*")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]"
)
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_BLANKS = re.compile(r"\s+")
_INNER_BLANKS = re.compile(r"[^\S\n]+")
_KEY_NOISE = re.compile(r"[\s·.,，。、()（）《》<>“”\"'‘’-]+")


def tidy(text: str) -> str:
    """One line: full-width digits and letters half-width, blanks single, invisible and private-use glyphs gone.

    "　示范化工（汨罗）有限公司 ２０２ 室\\ue0c4 " → "示范化工（汨罗）有限公司 202 室"
    """
    if _TIDY_ALREADY.fullmatch(text):
        return text
    return _BLANKS.sub(" ", _plain(text)).strip()


def tidy_lines(text: str) -> str:
    """The same for text of several lines: the lines stay, more than one empty line does not."""
    lines = _INNER_BLANKS.sub(" ", _plain(text.replace("\r\n", "\n").replace("\r", "\n")))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines.split("\n"))).strip()


def has_private_use(text: str) -> bool:
    """Whether the text holds glyphs that exist only in somebody's own font."""
    return bool(_PRIVATE_USE.search(text))


def match_key(text: str) -> str:
    """What two spellings of one name have in common: for finding duplicates, never for the screen.

    "示范化工（汨罗）有限公司" and "示范化工 (汨罗) 有限公司" → the same key.
    """
    return _KEY_NOISE.sub("", unicodedata.normalize("NFKC", tidy(text))).casefold()


def _plain(text: str) -> str:
    if not text.isascii() and not unicodedata.is_normalized("NFKC", text):
        text = _NOT_PUNCTUATION.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _PRIVATE_USE.sub("", _INVISIBLE.sub("", text))
