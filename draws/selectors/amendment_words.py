"""What a change does, in words: who goes, who comes, where. For the approver before, for everybody after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from draws.models import AmendmentRequest, Draw, Drawing
from draws.selectors.ledger import standing_of
from draws.selectors.note import EXPERTS, OFFICERS, enterprise_names, people_names
from draws.selectors.working_out import entries_of
from enterprises.models import Enterprise
from shuangsuiji.lib.errors import Refusal

Entry = Mapping[str, Any]
STAGE_WORDS = {OFFICERS: "执法人员", EXPERTS: "专家"}
GONE_WORDS = ("注销", "关闭", "停产", "停业", "倒闭", "吊销", "迁出", "搬迁")
KIND_WORDS = dict(AmendmentRequest.Kind.choices)


@dataclass(frozen=True)
class Names:
    """People by stage and key, enterprises by code."""

    people: Mapping[tuple[str, str], str]
    enterprises: Mapping[str, str]

    def of(self, stage: str, keys: Iterable[str]) -> str:
        """`甲、乙`."""
        return "、".join(self.people.get((stage, key), key) for key in keys) or "无"

    def enterprise(self, code: str) -> str:
        """The name of an enterprise."""
        return self.enterprises.get(code, code)


@dataclass(frozen=True)
class ChangeWords:
    """One change, ready for a page."""

    number: int
    kind: str
    lines: tuple[str, ...]
    reason: str = ""
    approved_by: str = ""
    at: str = ""


def names_of(entries: Sequence[Entry]) -> Names:
    """Every name that these changes mention. Three queries."""
    return Names(people_names(), enterprise_names(code for entry in entries for code in _codes(entry)))


def _codes(entry: Entry) -> Iterable[str]:
    yield from (entry[name] for name in ("enterprise", "in") if entry.get(name))
    yield from (one["enterprise"] for one in entry.get("outcomes", ()))
    yield from (entry.get("blocked") or {}).get("enterprises", ())


def change_words(entry: Entry, names: Names) -> ChangeWords:
    """A change in the protocol's form, as sentences."""
    lines = tuple(_LINES[entry["kind"]](entry, names))
    return ChangeWords(
        entry["number"], KIND_WORDS[entry["kind"]], lines, entry["reason"], entry["approved_by"], entry["at"]
    )


def amendment_lines(drawing: Drawing) -> list[ChangeWords]:
    """What each amendment of a draw did: who went, who came, where, and with whose word."""
    entries = [one.entry for one in drawing.amendments.order_by("number")]
    names = names_of(entries) if entries else None
    return [change_words(entry, names) for entry in entries] if names else []


def _person_lines(entry: Entry, names: Names) -> Iterable[str]:
    stage, word = entry["stage"], STAGE_WORDS[entry["stage"]]
    why = "本批都不能去" if entry["why"] == "unavailable" else "只回避这一家"
    yield f"企业：{names.enterprise(entry['enterprise'])}"
    yield f"换下：{word} {names.of(stage, [entry['out']])}（{why}）"
    if not entry["in"]:
        yield "换上：没有人可以接替，这个席位取消"
    else:
        how = "主要负责人指定" if entry["appointed"] else "按签号接替"
        yield f"换上：{word} {names.of(stage, [entry['in']])}（{how}）"


def _enterprise_lines(entry: Entry, names: Names) -> Iterable[str]:
    yield f"换下：{names.enterprise(entry['enterprise'])}，连同它的派员和事项"
    if not entry["in"]:
        yield "换上：同层已没有候补，不补"
        return
    outcome = entry["outcome"]
    yield f"换上：{names.enterprise(entry['in'])}（同层下一签）"
    yield f"执法人员：{names.of(OFFICERS, outcome['inspectors'])}；专家：{names.of(EXPERTS, outcome['experts'])}"


def _people_lines(entry: Entry, names: Names) -> Iterable[str]:
    people = [f"{names.of(OFFICERS, [one['id']])}（最多 {one['limit']} 家）" for one in entry["people"]]
    yield f"补充：{'、'.join(people)}"
    if entry["blocked"]:
        yield f"仍然受阻：要 {entry['blocked']['need']} 人次，最多只能排 {entry['blocked']['have']} 人次"
    for one in entry["outcomes"]:
        yield f"{names.enterprise(one['enterprise'])}：{names.of(OFFICERS, one['people'])}"


def _expert_lines(entry: Entry, names: Names) -> Iterable[str]:
    yield f"企业：{names.enterprise(entry['enterprise'])}"
    yield f"增加：专家 {names.of(EXPERTS, [entry['in']])}"


_LINES = {
    "person_replaced": _person_lines,
    "enterprise_replaced": _enterprise_lines,
    "people_added": _people_lines,
    "expert_invited": _expert_lines,
}


@dataclass(frozen=True)
class Asked:
    """Requests that are decided as one, as the approver sees them."""

    first: AmendmentRequest
    requests: tuple[AmendmentRequest, ...]
    changes: tuple[ChangeWords, ...]
    """What would happen now, or what has happened."""
    warnings: tuple[str, ...] = ()


def asked_changes(draw: Draw) -> list[Asked]:
    """Everything asked for about a draw, newest first, with what it would do or has done."""
    groups: dict[Any, list[AmendmentRequest]] = {}
    rows = draw.amendment_requests.select_related("asked_by", "decided_by", "amendment", "draw")
    for row in rows.order_by("-asked_at", "id"):
        groups.setdefault(row.together, []).append(row)
    return [_asked(draw, sorted(group, key=lambda one: one.pk)) for group in groups.values()]


def _asked(draw: Draw, group: list[AmendmentRequest]) -> Asked:
    first = group[0]
    if first.state == AmendmentRequest.State.ASKED:
        return preview(draw, group)
    entries = [one.amendment.entry for one in group if one.amendment]
    names = names_of(entries)
    return Asked(first, tuple(group), tuple(change_words(entry, names) for entry in entries))


def preview(draw: Draw, group: list[AmendmentRequest]) -> Asked:
    """What these requests would do if they were approved now; a refusal of the rules is a warning."""
    try:
        worked = entries_of(group, standing_of(draw.sealed.drawing), approved_by="待批准", now=timezone.now())
    except Refusal as refusal:
        return Asked(group[0], tuple(group), (), (refusal.sentence,))
    entries = [entry for entry, _ in worked]
    names = names_of(entries)
    words = tuple(change_words(one, names) for one in entries)
    return Asked(group[0], tuple(group), words, _warnings(group[0], entries))


def _warnings(request: AmendmentRequest, entries: Sequence[Entry]) -> tuple[str, ...]:
    found = [warning] if (warning := register_warning(request)) else []
    if any(entry["kind"] == "person_replaced" and not entry["in"] for entry in entries):
        found.append("有席位没有人可以接替，批准后这个席位取消。需要指定人员的，请不批准，由经办人另提指定。")
    if any(entry.get("blocked") for entry in entries):
        found.append("补充之后仍然受阻，批准了也排不满。")
    return tuple(found)


def register_warning(request: AmendmentRequest) -> str:
    """A reason that says an enterprise is gone, while the register says it is at work."""
    if request.kind != AmendmentRequest.Kind.ENTERPRISE or not any(word in request.reason for word in GONE_WORDS):
        return ""
    enterprise = Enterprise.objects.filter(credit_code=request.wanted["enterprise"]).first()
    if enterprise is None or enterprise.state != Enterprise.State.ACTIVE:
        return ""
    return (
        f"原因写“{request.reason}”，名录库里“{enterprise.name}”却是“{enterprise.get_state_display()}”。"
        "请先核实登记状态，属实的先更正名录库。"
    )
