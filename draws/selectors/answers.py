"""A draft in words, to be checked before it is handed in, approved or sealed."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from typing import Any

from django.urls import reverse

from draws.models import Draw, ItemGroup
from draws.selectors.drafting import officer_mode_sentence, stratum_rows
from draws.selectors.preparation import group_counts
from draws.selectors.range import department_names, funnel, rules_of

Answer = dict[str, Any]


def check_answers(draw: Draw, *, today: datetime.date, with_links: bool = False) -> list[Answer]:
    """Each answer of the drafter with the step where it can be changed."""
    answers = [
        *_basics(draw),
        {"label": "候选名单", "step": "range", "lines": _pool(draw)},
        {"label": "分层与数量", "step": "strata", "lines": _strata(draw)},
        {"label": "执法人员", "step": "officers", "lines": _officers(draw)},
        {"label": "专家", "step": "experts", "lines": _experts(draw)},
        {"label": "检查事项", "step": "items", "lines": _items(draw, today=today)},
        {"label": "种子来源", "step": "witnesses", "lines": _sources(draw)},
        {"label": "须在此日前抽取", "step": "witnesses", "value": _day(draw.carry_out_by)},
        {"label": "相关要求", "step": "witnesses", "lines": [line for line in draw.requirements.splitlines() if line]},
    ]
    if with_links:
        for answer in answers:
            answer["change_url"] = reverse("draw_step", args=[draw.pk, answer["step"]])
    return answers


def _basics(draw: Draw) -> list[Answer]:
    rows = [
        {"label": "名称", "step": "basics", "value": draw.title},
        {"label": "年度计划", "step": "basics", "value": str(draw.plan or "不属于年度计划")},
        {"label": "公开方式", "step": "basics", "value": draw.get_mode_display()},
        {"label": "检查时间", "step": "basics", "value": f"{_day(draw.visits_from)} 至 {_day(draw.visits_to)}"},
    ]
    if draw.mode != Draw.Mode.ANNOUNCED:
        names = "、".join(person.name for person in draw.cleared_people.all()) or "只有起草人和审批人"
        rows.append({"label": "知情人员", "step": "basics", "value": names})
    return rows


def _day(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _pool(draw: Draw) -> list[str]:
    """Live while it is drafted; sealed, what was sealed."""
    if draw.number:
        return list(json.loads(draw.sealed.record)["about"]["filters"])
    return [f"{step.label}：{step.count} 家" for step in funnel(draw)]


def _sealed_strata(draw: Draw) -> list[str]:
    content = json.loads(draw.sealed.record)
    pool = Counter(one["stratum"] for one in content["enterprises"])
    lines = [f"{one['id']}：候选 {pool[one['id']]} 家，抽 {one['take']} 家" for one in content["strata"]]
    return [*lines, f"合计抽 {sum(one['take'] for one in content['strata'])} 家"]


def _strata(draw: Draw) -> list[str]:
    if draw.number:
        return _sealed_strata(draw)
    rows = [row for row in stratum_rows(draw) if row.take]
    words = [f"{row.field.name} {row.risk_label}：候选 {row.pool_count} 家，抽 {row.take} 家" for row in rows]
    return [*words, f"合计抽 {sum(row.take for row in rows)} 家"] if rows else []


def _officers(draw: Draw) -> list[str]:
    rules = rules_of(draw)
    lines = [f"每家 {draw.inspectors_per_enterprise} 名", officer_mode_sentence(draw)]
    lines.append(f"人员来自{department_names(rules.department_codes)}")
    return [*lines, f"每人最多 {rules.officer_limit} 家"] if rules.officer_limit else lines


def _experts(draw: Draw) -> list[str]:
    rules = rules_of(draw)
    if not rules.asks_experts:
        return ["本批不抽专家"]
    lines = ["按企业需要的人数，从相同专业领域抽取"]
    if rules.fewest_experts:
        lines.append(f"每家至少 {rules.fewest_experts} 名")
    return [*lines, f"每名专家最多 {rules.expert_limit} 家"] if rules.expert_limit else lines


def _items(draw: Draw, *, today: datetime.date) -> list[str]:
    takes = draw.items_per_group
    if draw.number:
        groups = ItemGroup.objects.filter(code__in=[code for code, take in takes.items() if take])
        return [f"{group}：每家抽 {takes[group.code]} 项" for group in groups]
    counts = group_counts(today=today, departments=rules_of(draw).department_codes)
    rows = [(group, count, takes.get(group.code, 0)) for group, count in counts]
    return [f"{group}：已公布 {count} 项，每家抽 {take} 项" for group, count, take in rows if take]


def _sources(draw: Draw) -> list[str]:
    return [f"{source.name}（{source.get_kind_display()}）" for source in draw.sources.all()]
