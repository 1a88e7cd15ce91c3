"""The three byte rules everything else is built from: canonical JSON, LP and H.

A digest is only worth something if two programs feed it the same bytes. So an object is
written in one way only (RFC 8785, here without floats), and texts are joined so that
("ab", "c") and ("a", "bc") can never give the same bytes: each is preceded by its length.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

PROTOCOL = "shuangsuiji-draw/1"
LARGEST_INTEGER = 2**53 - 1
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: Any) -> bytes:
    """The one way to write `value`: keys sorted, no white space, UTF-8. It is not checked here.

    >>> canonical_json({"take": 3, "id": "危/A"}).decode()
    '{"id":"危/A","take":3}'
    """
    return _ENCODER.encode(value).encode("utf-8")


def length_prefixed(text: str | bytes) -> bytes:
    """`LP`: the length in bytes as four bytes big-endian, then the bytes.

    >>> length_prefixed("甲").hex()
    '00000003e794b2'
    """
    content = text.encode("utf-8") if isinstance(text, str) else text
    return len(content).to_bytes(4, "big") + content


def joined(*texts: str | bytes) -> bytes:
    """`LP`s one after the other: what `H` is taken of."""
    return b"".join(map(length_prefixed, texts))


def digest(*texts: str | bytes) -> bytes:
    """`H(LP(a) LP(b) …)` as 32 raw bytes."""
    return sha256(joined(*texts)).digest()


def hex_digest(*texts: str | bytes) -> str:
    """`H(LP(a) LP(b) …)` as 64 lower-case hex digits.

    >>> hex_digest("ab", "c") == hex_digest("a", "bc")
    False
    """
    return digest(*texts).hex()
