"""What a drafter may ask of a draw, typed: `Draw.rules` is this and nothing else."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from shuangsuiji.lib.errors import Refusal


class Kind(StrEnum):
    """重点检查单位 are named by the plan; 一般检查 is what a draw is for."""

    GENERAL = "general"
    KEY = "key"
    BOTH = "both"


class Penalties(StrEnum):
    """Enterprises penalised in the year of the visits: no matter, only these, or none of these."""

    ANY = "any"
    ONLY = "only"
    WITHOUT = "without"


PENALTY_WORDS = {
    Penalties.ANY: "不论是否受过处罚",
    Penalties.ONLY: "只抽今年受过行政处罚的",
    Penalties.WITHOUT: "剔除今年受过行政处罚的",
}
KIND_WORDS = {Kind.GENERAL: "一般检查单位", Kind.KEY: "重点检查单位", Kind.BOTH: "一般和重点检查单位"}
MOST_MONTHS = 60
FORMER = frozenset({"respects_cap"})
"""Draws sealed while the yearly cap was still a choice carry this; it binds everybody now."""
WHOLE = 100
_LISTS = (
    "field_codes",
    "township_codes",
    "risk_classes",
    "sizes",
    "levels",
    "department_codes",
    "list_codes",
    "hazard_codes",
    "feature_codes",
)


@dataclass(frozen=True)
class Share:
    """A share of a stratum in per cent, in place of a count."""

    percent: int

    def __post_init__(self) -> None:
        if not 1 <= self.percent <= WHOLE:
            raise Refusal(f"抽取比例请填 1 到 {WHOLE} 之间的整数。")

    def of(self, pool_count: int, *, drops_small: bool) -> int:
        """So many of a pool: rounded up, so that the share is reached.

        A stratum with somebody in it gives at least one, unless the drafter has said that
        strata in which the share is less than one are left out.

        >>> Share(5).of(130, drops_small=False), Share(5).of(3, drops_small=False), Share(5).of(3, drops_small=True)
        (7, 1, 0)
        """
        if drops_small and pool_count * self.percent < WHOLE:
            return 0
        return -(-pool_count * self.percent // WHOLE)


@dataclass(frozen=True, kw_only=True)
class PoolRules:
    """The range of a draw and who may be sent. An empty list means no limit.

    Codes are business keys (`SupervisedField.code`, `Township.code`, `Department.code`, `SpecialList.code` …).
    """

    field_codes: tuple[str, ...] = ()
    township_codes: tuple[str, ...] = ()
    risk_classes: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kind: Kind = Kind.GENERAL
    months_unchecked: int = 0
    department_codes: tuple[str, ...] = ()
    officer_limit: int = 0
    asks_experts: bool = True
    fewest_experts: int = 0
    expert_limit: int = 0
    drops_small_strata: bool = False
    list_codes: tuple[str, ...] = ()
    hazard_codes: tuple[str, ...] = ()
    feature_codes: tuple[str, ...] = ()
    penalties: Penalties = Penalties.ANY
    matches_features: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.months_unchecked <= MOST_MONTHS:
            raise Refusal(f"“近几个月已检查”请填 0 到 {MOST_MONTHS} 之间的整数。", field="months_unchecked")
        if min(self.officer_limit, self.fewest_experts, self.expert_limit) < 0:
            raise Refusal("人数和上限不能小于 0。")

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> PoolRules:
        """The rules as stored; a key that is not known is refused, never ignored."""
        stored = {name: value for name, value in stored.items() if name not in FORMER}
        unknown = set(stored) - {one.name for one in fields(cls)}
        if unknown:
            raise Refusal(f"抽取范围里有不认识的条件：{'、'.join(sorted(unknown))}。请重新填写抽取范围。")
        lists = {name: tuple(stored[name]) for name in _LISTS if name in stored}
        kind = Kind(stored.get("kind", Kind.GENERAL))
        penalties = Penalties(stored.get("penalties", Penalties.ANY))
        return cls(**{**stored, **lists, "kind": kind, "penalties": penalties})

    def to_json(self) -> dict[str, Any]:
        """What is stored in `Draw.rules`."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}
