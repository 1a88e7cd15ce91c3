"""Verifying a public record: everything is worked out again and compared, in the order it happened.

Each step has a title a citizen can read. The first step that fails says where.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from .difference import check_same
from .drawing import by_enterprise, check_leaves_cover, draw_enterprises, draw_people_and_items
from .envelopes import check_envelopes, check_openings
from .errors import ProtocolError, phrase, printable
from .record import KEYS, OPTIONAL_KEYS
from .replay import replay_amendment
from .seal import check_leaves, check_secret, sealed_hash
from .sealed_record import check_sealed_record, seals_of
from .seed import check_contributions, derive_seed
from .selection import Pick
from .shape import check_hex, check_list, check_object, check_plain
from .standing import Standing, standing_after_draw

PASSED = "核验通过：抽查 {number} 与重算结果完全一致，现有 {entries} 家，变更 {amendments} 次{blocked}。"
FAILED = "核验不通过（{step}）：{sentence}"


class Step(NamedTuple):
    """One thing that was checked: `passed` is None when an earlier step failed and this one was not reached."""

    code: str
    title: str
    passed: bool | None


@dataclass(frozen=True)
class Verification:
    """The outcome of verifying a record. `standing` is how the draw stands after its amendments."""

    steps: tuple[Step, ...]
    error: ProtocolError | None
    standing: Standing | None

    @property
    def passed(self) -> bool:
        return self.error is None

    @property
    def line(self) -> str:
        """The outcome as one Chinese line."""
        if self.error is not None or self.standing is None:
            failed = next(step.title for step in self.steps if step.passed is False)
            return FAILED.format(step=failed, sentence=phrase(self.error) if self.error else "")
        standing = self.standing
        return PASSED.format(
            number=printable(standing.sealed["draw"]),
            entries=len(standing.entries),
            amendments=standing.count,
            blocked="，检查人员分配仍受阻" if standing.blocked else "",
        )


class _Progress:
    """What the steps so far have worked out about the record."""

    def __init__(self, record: Any) -> None:
        self.record = record
        self.seed = b""
        self.picks: list[Pick] = []
        self.standing: Any = None
        self.seals: Mapping[str, str] = {}


def _check_form(now: _Progress) -> None:
    check_object(now.record, "record", keys=KEYS, optional=OPTIONAL_KEYS)


def _check_sealed(now: _Progress) -> None:
    check_sealed_record(now.record["sealed"])
    now.seals = seals_of(now.record["sealed"])


def _check_sealed_hash(now: _Progress) -> None:
    check_hex(now.record["sealed_hash"], "sealed_hash")
    check_same(now.record["sealed_hash"], sealed_hash(now.record["sealed"]), "sealed_hash")


def _check_secret(now: _Progress) -> None:
    sealed = now.record["sealed"]
    check_secret(sealed["draw"], now.record["secret"], commitment=sealed["secret_commitment"])


def _check_contributions(now: _Progress) -> None:
    check_contributions(now.record["contributions"], sources=now.record["sealed"]["sources"])


def _check_seed(now: _Progress) -> None:
    sealed = now.record["sealed"]
    check_hex(now.record["seed"], "seed")
    now.seed = derive_seed(
        sealed["draw"],
        sealed_hash=now.record["sealed_hash"],
        secret=now.record["secret"],
        sources=sealed["sources"],
        contributions=now.record["contributions"],
    )
    check_same(now.record["seed"], now.seed.hex(), "seed")


def _check_leaves(now: _Progress) -> None:
    sealed = now.record["sealed"]
    now.picks = draw_enterprises(sealed, seed=now.seed)
    check_leaves(sealed["draw"], now.record["leaves"], seals=now.seals)
    drawn = {pick.enterprise for pick in now.picks}
    for index, leaf in enumerate(now.record["leaves"]):
        if leaf["enterprise"] not in drawn:
            raise ProtocolError("leaf_not_drawn", f"leaves[{index}].enterprise", enterprise=leaf["enterprise"])
    places = [pick.enterprise for pick in now.picks]
    check_leaves_cover(by_enterprise(now.record["leaves"]), enterprises=places)


def _check_result(now: _Progress) -> None:
    sealed, found = now.record["sealed"], now.record["result"]
    check_plain(found, "result")
    leaves = by_enterprise(now.record["leaves"])
    result = draw_people_and_items(sealed, seed=now.seed, picks=now.picks, leaves=leaves)
    check_same(found, result, "result")
    now.standing = standing_after_draw(sealed, seed=now.seed, result=result, leaves=leaves, seals=now.seals)


def _check_amendments(now: _Progress) -> None:
    check_list(now.record["amendments"], "amendments")
    for index, amendment in enumerate(now.record["amendments"]):
        now.standing = replay_amendment(now.standing, amendment, f"amendments[{index}]")


def _check_openings(now: _Progress) -> None:
    """Envelopes without openings prove nothing, and an announced draw has neither."""
    record = now.record
    if not any(record.get(key) for key in OPTIONAL_KEYS) and record["sealed"]["mode"] == "announced":
        for key in OPTIONAL_KEYS:
            check_list(record.get(key, []), key)
    elif any(key in record for key in OPTIONAL_KEYS):
        if "openings" not in record:
            raise ProtocolError("missing_key", "record", key="openings")
        number, drawn = record["sealed"]["draw"], record["result"]["drawn"]
        envelopes = check_openings(number, record["openings"], drawn=drawn)
        check_envelopes(record.get("envelopes", envelopes), expected=envelopes)


_STEPS: dict[str, tuple[str, Callable[[_Progress], None]]] = {
    "form": ("公开记录的格式", _check_form),
    "sealed": ("封存记录合乎规则", _check_sealed),
    "sealed_hash": ("封存哈希与封存记录相符", _check_sealed_hash),
    "secret": ("密钥与封存时的承诺值相符", _check_secret),
    "contributions": ("每个来源各提供一次输入", _check_contributions),
    "seed": ("随机种子", _check_seed),
    "leaves": ("被抽中对象的叶子与封条相符", _check_leaves),
    "result": ("抽取结果", _check_result),
    "amendments": ("抽取后的变更", _check_amendments),
    "openings": ("信封与拆封内容", _check_openings),
}


def verify_record(record: Any) -> Verification:
    """Work the whole record out again. Never raises for a bad record: the Verification says what is wrong."""
    now = _Progress(record)
    steps: list[Step] = []
    error: ProtocolError | None = None
    for code, (title, check) in _STEPS.items():
        if error is not None:
            steps.append(Step(code, title, None))
            continue
        try:
            check(now)
        except ProtocolError as problem:
            error = problem
        steps.append(Step(code, title, error is None))
    return Verification(tuple(steps), error, now.standing if error is None else None)


def titles() -> Sequence[str]:
    """What is checked, in order, for a page that explains it."""
    return [title for title, _ in _STEPS.values()]
