"""A confidential draw before it is open: what is public can be checked, and the rest is said to be open.

The ledger publishes at once the sealed record and, when the draw is over, its envelopes with those opened so
far. From these nobody can work the draw out; they prove that it was fixed, and that nothing was exchanged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from .difference import check_same
from .envelopes import OUTCOME_KEYS, opens
from .errors import ProtocolError
from .seal import sealed_hash
from .sealed_record import check_sealed_record
from .shape import check_hex, check_id, check_list, check_object, check_rising, check_unique

FILE_KEYS = ("draw", "envelopes", "openings", "sealed_hash")
OPEN = "尚未公开、现在不能核对的：种子、签号、人员、事项和变更；完整记录（record.json）公开后再核验。"


def is_sealed(value: Any) -> bool:
    """Whether this is a sealed record by itself (sealed.json)."""
    return type(value) is dict and "protocol" in value and "enterprises" in value


def is_envelopes(value: Any) -> bool:
    """Whether this is the file of envelopes (envelopes.json)."""
    return type(value) is dict and "envelopes" in value and "sealed" not in value


def check_closed(sealed: Any | None, file: Any | None) -> str:
    """Check what there is, one of the two or both; the outcome as one Chinese line. Raises `ProtocolError`."""
    lines = []
    if sealed is not None:
        check_sealed_record(sealed)
        found = sealed_hash(sealed)
        lines.append(f"{sealed['draw']} 的封存记录合乎规则，重算的封存指纹是 {found}，请与台账上公布的逐字对照。")
    if file is not None:
        lines.append(_check_file(file, sealed))
    return "已公开的部分相符：" + "".join(lines) + OPEN


def _check_file(file: Any, sealed: Mapping[str, Any] | None) -> str:
    check_object(file, "envelopes.json", keys=FILE_KEYS)
    check_id(file["draw"], "draw")
    check_hex(file["sealed_hash"], "sealed_hash")
    check_list(file["envelopes"], "envelopes")
    for index, one in enumerate(file["envelopes"]):
        check_hex(one, f"envelopes[{index}]")
    check_rising(file["envelopes"], "envelopes")
    if sealed is not None:
        check_same(file["draw"], sealed["draw"], "draw")
        check_same(file["sealed_hash"], sealed_hash(sealed), "sealed_hash")
        check_same(len(file["envelopes"]), _drawn_count(sealed), "envelopes")
    return _check_opened(file)


def _drawn_count(sealed: Mapping[str, Any]) -> int:
    """How many enterprises the rules draw: all of a stratum, if it has fewer than its take."""
    pool = Counter(one["stratum"] for one in sealed["enterprises"])
    return sum(min(one["take"], pool[one["id"]]) for one in sealed["strata"])


def _check_opened(file: Mapping[str, Any]) -> str:
    check_list(file["openings"], "openings")
    for index, one in enumerate(file["openings"]):
        place = f"openings[{index}]"
        check_object(one, place, keys=(*OUTCOME_KEYS, "salt"))
        check_hex(one["salt"], f"{place}.salt")
        if not opens(file["draw"], one, envelopes=file["envelopes"]):
            raise ProtocolError("not_in_an_envelope", place, enterprise=one["enterprise"])
    check_unique([one["enterprise"] for one in file["openings"]], "openings", field=".enterprise")
    return f"信封 {len(file['envelopes'])} 个，已拆封 {len(file['openings'])} 个，全部相符。"
