"""Checks on single values: each returns nothing, or refuses and names the place.

Nothing is ever repaired here: a blank is not trimmed, a list is not sorted, `true` is not 1.

>>> check_count(True, "sealed.strata[0].take")
Traceback (most recent call last):
draws.engine.errors.ProtocolError: sealed.strata[0].take：应为整数，实为true
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from unicodedata import is_normalized

from .canonical import LARGEST_INTEGER
from .errors import ProtocolError, shown

DEEPEST = 32
_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)


def check_object(value: Any, place: str, *, keys: Iterable[str], optional: Iterable[str] = ()) -> None:
    """An object with exactly these keys (the optional ones may be absent)."""
    if type(value) is not dict:
        raise ProtocolError("not_object", place, found=shown(value))
    wanted = frozenset(keys)
    present = value.keys()
    if present == wanted:
        return
    for key in sorted(wanted - present):
        raise ProtocolError("missing_key", place, key=key)
    for key in present - wanted - frozenset(optional):
        raise ProtocolError("extra_key", place, key=key)


def check_list(value: Any, place: str) -> None:
    if type(value) is not list:
        raise ProtocolError("not_list", place, found=shown(value))


def check_characters(value: Any, place: str) -> None:
    """A string that UTF-8 can carry: no lone surrogates."""
    if type(value) is not str:
        raise ProtocolError("not_text", place, found=shown(value))
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise ProtocolError("surrogate", place) from None


def check_text(value: Any, place: str) -> None:
    """A string in NFC, possibly empty."""
    if type(value) is str and value.isascii():
        return
    check_characters(value, place)
    if not is_normalized("NFC", value):
        raise ProtocolError("not_nfc", place, found=value)


def check_id(value: Any, place: str) -> None:
    """A business key: a text in NFC that is not empty."""
    check_text(value, place)
    if not value:
        raise ProtocolError("empty", place)


def check_hex(value: Any, place: str) -> None:
    """A digest, a secret or a salt: 64 lower-case hex digits."""
    if type(value) is not str:
        raise ProtocolError("not_text", place, found=shown(value))
    if not _HEX.fullmatch(value):
        raise ProtocolError("not_hex", place)


def check_integer(value: Any, place: str) -> None:
    if type(value) is not int:
        raise ProtocolError("not_integer", place, found=shown(value))
    if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
        raise ProtocolError("integer_range", place)


def check_count(value: Any, place: str) -> None:
    """An integer from 0 to 2^53−1."""
    check_integer(value, place)
    if value < 0:
        raise ProtocolError("negative", place, found=value)


def check_boolean(value: Any, place: str) -> None:
    if type(value) is not bool:
        raise ProtocolError("not_boolean", place, found=shown(value))


def check_one_of(value: Any, place: str, *, allowed: Sequence[str]) -> None:
    if type(value) is not str or value not in allowed:
        raise ProtocolError("not_one_of", place, allowed="、".join(allowed), found=shown(value))


def check_ids(values: Any, place: str) -> None:
    """A list of ids: none empty, none twice. Their order is free."""
    check_list(values, place)
    for index, value in enumerate(values):
        check_id(value, f"{place}[{index}]")
    check_unique(values, place)


def check_sorted_ids(values: Any, place: str) -> None:
    """A list of ids in the order of their UTF-8 bytes, none empty, none twice."""
    check_ids(values, place)
    check_rising(values, place)


def check_unique(ids: Sequence[str], place: str, *, field: str = "") -> None:
    """No id twice. `place[index]field` is named for the second of the two."""
    if len(set(ids)) == len(ids):
        return
    seen = set()
    for index, one in enumerate(ids):
        if one in seen:
            raise ProtocolError("duplicate", f"{place}[{index}]{field}", found=one)
        seen.add(one)


def check_rising(ids: Sequence[str], place: str, *, field: str = "") -> None:
    """Sorted by UTF-8 bytes, which is the order of code points Python compares strings by."""
    for index in range(1, len(ids)):
        if ids[index] < ids[index - 1]:
            raise ProtocolError("unsorted", f"{place}[{index}]{field}", found=ids[index], before=ids[index - 1])


def check_plain(value: Any, place: str, *, depth: int = DEEPEST) -> None:
    """Anything canonical JSON can carry: ASCII keys, NFC texts, integers, booleans, null."""
    if value is None or type(value) is bool:
        return
    if type(value) is str:
        check_text(value, place)
    elif type(value) is int:
        check_integer(value, place)
    elif depth == 0:
        raise ProtocolError("too_deep", place, most=DEEPEST)
    elif type(value) is list:
        for index, one in enumerate(value):
            check_plain(one, f"{place}[{index}]", depth=depth - 1)
    elif type(value) is dict:
        _check_members(value, place, depth=depth)
    else:
        raise ProtocolError("float" if type(value) is float else "not_canonical", place, found=shown(value))


def _check_members(value: dict[str, Any], place: str, *, depth: int) -> None:
    for key, one in value.items():
        if type(key) is not str or not key.isascii():
            raise ProtocolError("key_not_ascii", place, found=shown(key))
        check_plain(one, f"{place}.{key}", depth=depth - 1)
