"""What a penalty is made of: its kinds, and for each kind the sum, the term or the thing it is about.

The sentence of a notice and of a decision is built from these parts, so figure and words cannot
differ, and what is decided is compared with what was told kind by kind (行政处罚法 §45).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.conf import settings

from inspections.models import Case
from shuangsuiji.lib.errors import Refusal

Kind = Case.PenaltyKind

HEAVY_KINDS = {Kind.GOODS, Kind.DOWNGRADE, Kind.REVOCATION, Kind.RESTRICTION, Kind.SUSPENSION, Kind.CLOSURE}
"""行政处罚法（2021）第六十三条: kinds before which a hearing is always offered."""

NEEDS: dict[str, tuple[str, ...]] = {
    Kind.FINE: ("fine",),
    Kind.CONFISCATION: ("confiscated",),
    Kind.GOODS: ("goods",),
    Kind.WITHHOLDING: ("permit", "months"),
    Kind.DOWNGRADE: ("permit",),
    Kind.REVOCATION: ("permit",),
    Kind.RESTRICTION: ("scope",),
    Kind.SUSPENSION: ("scope",),
    Kind.CLOSURE: ("scope",),
}
"""What each kind must say besides its name."""

MAY_SAY: dict[str, tuple[str, ...]] = {Kind.SUSPENSION: ("days",)}
"""What a kind may say: a suspension without days lasts until everything is put right."""

PART_LABELS = {
    "fine": "罚款（元）",
    "confiscated": "没收违法所得（元）",
    "goods": "没收的非法财物",
    "permit": "许可证件",
    "months": "暂扣期限（月）",
    "scope": "停产停业、关闭或者限制的范围",
    "days": "停产停业期限（日）",
}
WORDS = ("goods", "permit", "scope")
COUNTS = ("months", "days")
_ANOTHER_PENALTY = re.compile(r"罚款|没收|吊销|暂扣|停产|停业|关闭|警告|通报|[元万￥]")


@dataclass(frozen=True)
class Penalty:
    """The parts of one penalty. Without a term the counts are 0."""

    kinds: tuple[str, ...]
    fine: Decimal = Decimal(0)
    confiscated: Decimal = Decimal(0)
    goods: str = ""
    permit: str = ""
    months: int = 0
    scope: str = ""
    days: int = 0

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """From the fields of a form, empty ones as nothing; kinds in the order of the law."""
        kinds = tuple(kind for kind in Kind.values if kind in given["penalty_kinds"])
        parts: dict[str, Any] = {name: given.get(name) or "" for name in WORDS}
        parts |= {name: given.get(name) or 0 for name in COUNTS}
        parts |= {name: given.get(name) or Decimal(0) for name in ("fine", "confiscated")}
        return cls(kinds=kinds, **parts)

    @classmethod
    def proposed(cls, case: Case) -> Self:
        """What stands in the case now."""
        return cls.of({**_terms(case.penalty_terms), "penalty_kinds": case.penalty_kinds, "fine": case.fine})

    @classmethod
    def told(cls, case: Case) -> Self | None:
        """What the party was told; None before it was told anything."""
        if case.told_kinds is None:
            return None
        return cls.of(
            {**_terms(case.told_terms or {}), "penalty_kinds": case.told_kinds, "fine": case.told_fine or Decimal(0)}
        )

    @property
    def terms(self) -> dict[str, Any]:
        """All but kinds and fine, as the case keeps them in JSON."""
        return {"confiscated": str(self.confiscated), **{name: getattr(self, name) for name in (*WORDS, *COUNTS)}}


def _terms(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {**kept, "confiscated": Decimal(kept.get("confiscated") or 0)}


def check_whole(penalty: Penalty) -> None:
    """Every kind says what it needs, and nothing is said that belongs to no kind."""
    wanted = {name for kind in penalty.kinds for name in NEEDS.get(kind, ())}
    allowed = wanted | {name for kind in penalty.kinds for name in MAY_SAY.get(kind, ())}
    for name, label in PART_LABELS.items():
        if name in wanted and not getattr(penalty, name):
            raise Refusal(f"所选处罚种类须写明“{label}”。", field=name)
        if name not in allowed and getattr(penalty, name):
            raise Refusal(f"没有选择与“{label}”对应的处罚种类，请选择种类或者留空。", field=name)
    for name in WORDS:
        if _ANOTHER_PENALTY.search(getattr(penalty, name)):
            raise Refusal(
                f"“{PART_LABELS[name]}”只写名称、编号、数量或者范围；处罚种类和金额请在各自的栏目填写。", field=name
            )


def check_not_harsher(penalty: Penalty, *, told: Penalty) -> None:
    """行政处罚法 §45: no kind that was not told, no sum and no term above what was told."""
    added = [Kind(kind).label for kind in penalty.kinds if kind not in told.kinds]
    if added:
        raise _harsher(f"告知书没有告知“{'、'.join(added)}”", field="penalty_kinds")
    if penalty.fine > told.fine:
        raise _harsher(f"罚款不得高于告知的 {told.fine} 元", field="fine")
    if penalty.confiscated > told.confiscated:
        raise _harsher(f"没收的违法所得不得高于告知的 {told.confiscated} 元", field="confiscated")
    if penalty.months > told.months:
        raise _harsher(f"暂扣期限不得长于告知的 {told.months} 个月", field="months")
    if Kind.SUSPENSION in penalty.kinds and told.days and (not penalty.days or penalty.days > told.days):
        raise _harsher(f"停产停业期限不得长于告知的 {told.days} 日", field="days")


def _harsher(what: str, *, field: str) -> Refusal:
    return Refusal(f"{what}：不得因当事人陈述、申辩或者要求听证而加重处罚（行政处罚法第四十五条）。", field=field)


def hearing_is_due(case: Case) -> bool:
    """行政处罚法 §63: heavy kinds, or a sum from the bureau's own limit on."""
    limit = settings.HEARING_FINE_UNIT if case.party_kind == Case.PartyKind.UNIT else settings.HEARING_FINE_PERSON
    penalty = Penalty.proposed(case)
    return bool(HEAVY_KINDS & set(penalty.kinds)) or max(penalty.fine, penalty.confiscated) >= limit
