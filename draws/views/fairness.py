"""The fairness report: how often everything came up, beside what chance allows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from draws.fairness import Finding, Report, Section
from draws.selectors.fairness import Names, names_in, public_drawings, report_over
from shuangsuiji.accounts.access import desk_page, public_page
from shuangsuiji.accounts.models import Role

MOST_LINES = 20
CHANCE = "偶然概率"


@public_page
@require_safe
def fairness(request: HttpRequest) -> HttpResponse:
    """For everybody: over the draws whose names are public."""
    return render(request, "draws/fairness.html", _page(report_over(public_drawings())))


@desk_page(Role.LEADER, Role.SUPERVISOR)
@require_safe
def draw_fairness(request: HttpRequest) -> HttpResponse:
    """For leaders and supervisors: with 通知即检查 draws from the start."""
    return render(request, "draws/fairness_desk.html", _page(report_over(public_drawings())))


class Cell(NamedTuple):
    """A cell that knows its column: on a phone each row is a card."""

    label: str
    text: Any

    def __str__(self) -> str:
        return str(self.text)


class Words(NamedTuple):
    """How the lines of a section are called, and what about them is compared."""

    lines: str
    compared: str
    name: Callable[[Finding], str]


def _page(report: Report) -> dict[str, Any]:
    names = names_in(report)
    return {
        "report": report,
        "stats": _stats(report),
        "sections": [_strata(report.strata), _officers(report.officers, names), _items(report.items, names)],
        "lists": [_pairs(report.pairs, names), _repeats(report.repeats, names)],
    }


def _stats(report: Report) -> list[dict[str, Any]]:
    sections = (report.strata, report.officers, report.items, report.pairs, report.repeats)
    unusual = sum(len(section.unusual) for section in sections)
    return [
        {"label": "计入的抽取", "value": report.draw_count, "note": "其余等信封全部拆开"},
        {"label": "抽中", "value": report.visit_count, "note": "家次，按抽取当时的结果"},
        {"label": "作过的比较", "value": sum(section.compared for section in sections), "note": "逐项与偶然相比"},
        {"label": "偶然难以解释", "value": unusual, "note": "应当逐项查明原因"},
    ]


def _verdict(section: Section, words: Words) -> str:
    """The sentence over a section: what it shows, and when it can show nothing."""
    if unusual := section.unusual:
        names = "、".join(words.name(one) for one in unusual[:5])
        return f"{len(unusual)} {words.lines}的{words.compared}偶然难以解释：{names}。应当查明原因。"
    if not section.compared:
        return f"{words.compared}全由规则定下，没有凭运气的余地，也就没有偏差可言。"
    if not section.can_show:
        return f"次数还太少：{words.compared}无论怎样都不足以看出偏差，下列数字只供了解。"
    return f"{section.compared} {words.lines}的{words.compared}都在偶然允许的范围内。"


def _strata(section: Section) -> dict[str, Any]:
    words = Words("个层", "抽中位置", lambda one: one.key[0])
    return {
        "title": "各层企业",
        "text": "每层抽几家由规则定好，不靠运气；靠运气的是抽到哪几家。把每层名单按统一社会信用代码排好、从中间分开，"
        "数一数抽中的有几家在前一半。",
        "chart": {
            "says": _verdict(section, words),
            "caption": "各层抽中企业中排在名单前一半的家数",
            "not_drawn": ["抽中", CHANCE],
            "worded": [],
            **_table(["层", "抽中", "在前一半"], [_row(one, *one.key) for one in section.findings]),
        },
    }


def _officers(section: Section, names: Names) -> dict[str, Any]:
    words = Words("名执法人员", "检查家次", lambda one: names.officers.get(one.key[0], one.key[0]))
    findings = sorted(section.findings, key=lambda one: (-one.observed, one.key))
    return {
        "title": "执法人员",
        "text": "每人只与条件相同的同事比：上限相同、能去的企业相同。规则本来就要求家次尽量均匀，比较时已经算在内；"
        "条件独特、无人可比的人，偶然概率为 1。",
        "chart": {
            "says": _verdict(section, words),
            "caption": "每名执法人员的检查家次",
            "not_drawn": ["执法证号", "参加抽取", CHANCE],
            "worded": ["执法证号"],
            **_table(
                ["执法人员", "执法证号", "参加抽取", "检查家次"],
                [_row(one, words.name(one), *one.key) for one in findings],
            ),
        },
    }


def _items(section: Section, names: Names) -> dict[str, Any]:
    words = Words("项检查事项", "抽中次数", lambda one: f"{one.key[0]} {names.items.get(one.key[0], '')}".strip())
    rows = [_row(one, *one.key, names.items.get(one.key[0], "")) for one in section.findings]
    return {
        "title": "检查事项",
        "text": "每家企业从适用的事项里抽取，同类事项机会相同。",
        "chart": {
            "says": _verdict(section, words),
            "caption": "每项检查事项抽中的次数",
            "not_drawn": ["事项", "适用家次", CHANCE],
            "worded": ["事项"],
            **_table(["编码", "事项", "适用家次", "抽中次数"], rows),
        },
    }


def _pairs(section: Section, names: Names) -> dict[str, Any]:
    def name(one: Finding) -> str:
        return " 与 ".join(f"{names.officers.get(key, '')}（{key}）" for key in one.key)

    return {
        "title": "常在一起的两个人",
        "says": _verdict(section, Words("对执法人员", "同组次数", name)),
        **_table(
            ["两名执法人员", "同时参加抽取", "同组次数"],
            [_row(one, name(one)) for one in section.findings[:MOST_LINES]],
        ),
        "rest": max(0, len(section.findings) - MOST_LINES),
        "empty": "还没有两个人同组过两次。",
    }


def _repeats(section: Section, names: Names) -> dict[str, Any]:
    def name(one: Finding) -> str:
        return names.enterprises.get(one.key[0], one.key[0])

    return {
        "title": "多次抽中的企业",
        "says": _verdict(section, Words("家企业", "抽中次数", name)),
        **_table(
            ["企业", "列入名单", "抽中次数"],
            [_row(one, name(one)) for one in section.findings[:MOST_LINES]],
        ),
        "rest": max(0, len(section.findings) - MOST_LINES),
        "empty": "还没有企业被抽中两次。",
    }


def _table(head: list[str], rows: list[list[Any]]) -> dict[str, Any]:
    """A table as cards on a phone; as a chart, bars."""
    head = [*head, "偶然预期", CHANCE]
    cells = [[Cell(label, text) for label, text in zip(head, row, strict=True)] for row in rows]
    return {"kind": "bar", "cards": True, "head": head, "rows": cells}


def _row(one: Finding, *words: str) -> list[Any]:
    return [*words, one.occasions, one.observed, _number(one.expected), _p(one)]


def _number(value: float) -> str:
    return f"{value:.1f}" if value >= 1 or value == 0 else f"{value:.2g}"


def _p(one: Finding) -> str:
    if one.p < 0.0001:
        return "<0.0001"
    return f"{one.p:.4f}" if one.p < 0.01 else f"{one.p:.2f}"
