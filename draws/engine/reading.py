"""Reading a file a stranger hands us: strict JSON, or a sentence saying what is wrong.

Ordinary JSON readers are generous: of two equal keys the last wins, 1.0 becomes a float,
a number of a million digits is tried. Each of these would let two programs read two
different records from one file, so here they are refused.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .canonical import LARGEST_INTEGER
from .errors import ProtocolError
from .shape import DEEPEST

_LONGEST_INTEGER = len(str(-LARGEST_INTEGER))


def read_file(path: str | Path) -> Any:
    """The JSON value in the file. Refuses what `parse` refuses, and files that cannot be read."""
    try:
        content = Path(path).read_bytes()
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise ProtocolError("unreadable", str(path), reason=reason) from None
    return parse(content)


def parse(content: bytes) -> Any:
    """Strict JSON: UTF-8, no key twice, no floats, no integer beyond ±(2^53−1).

    >>> parse(b'{"take": 3}')
    {'take': 3}
    """
    try:
        return json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_refuse_float,
            parse_constant=_refuse_float,
        )
    except UnicodeDecodeError:
        raise ProtocolError("not_utf8") from None
    except json.JSONDecodeError as problem:
        raise ProtocolError("not_json", line=problem.lineno, column=problem.colno) from None
    except RecursionError:
        raise ProtocolError("too_deep", most=DEEPEST) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) == len(pairs):
        return result
    seen = set()
    for key, _ in pairs:
        if key in seen:
            raise ProtocolError("duplicate_key", key=key)
        seen.add(key)
    return result


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_INTEGER or not -LARGEST_INTEGER <= int(digits) <= LARGEST_INTEGER:
        raise ProtocolError("integer_range", digits[:24])
    if digits == "-0":
        raise ProtocolError("float", found=digits)
    return int(digits)


def _refuse_float(digits: str) -> None:
    raise ProtocolError("float", found=digits)
