"""Where two values first differ, as a place a reader can find."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .errors import ProtocolError, shown


def check_same(found: Any, expected: Any, place: str) -> None:
    """Refuse with the first place at which `found` is not exactly `expected` (true is not 1).

    >>> check_same({"load": {"experts": 2}}, {"load": {"experts": 1}}, "result")
    Traceback (most recent call last):
    draws.engine.errors.ProtocolError: result.load.experts：与重算结果不一致：应为1，实为2
    """
    if type(found) is type(expected) is dict:
        for key, one, other in _members(found, expected, place):
            check_same(one, other, f"{place}.{key}")
    elif type(found) is type(expected) is list:
        for index, (one, other) in enumerate(zip(found, expected)):  # noqa: B905 (3.9 has no strict)
            check_same(one, other, f"{place}[{index}]")
        if len(found) != len(expected):
            at = f"{place}[{min(len(found), len(expected))}]"
            raise ProtocolError("differs", at, expected=f"共 {len(expected)} 项", found=f"共 {len(found)} 项")
    elif type(found) is not type(expected) or found != expected:
        raise ProtocolError("differs", place, expected=shown(expected), found=shown(found))


def _members(found: Mapping[str, Any], expected: Mapping[str, Any], place: str) -> Iterable[tuple[str, Any, Any]]:
    for key in sorted(expected):
        if key not in found:
            raise ProtocolError("missing_key", place, key=key)
    for key in sorted(found):
        if key not in expected:
            raise ProtocolError("extra_key", place, key=key)
    return [(key, found[key], expected[key]) for key in sorted(expected)]
