"""What a drafter sees while drafting: strata with their pools, rules as sentences, what is still missing."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Max, Sum

from draws.models import Draw, DrawSource, DrawStratum, PlanLine
from draws.policies import check_notice_fits, refusal_of
from draws.selectors.people import experts, officers
from draws.selectors.preparation import group_counts
from draws.selectors.range import ACTUAL, department_names, drawn_rows, plan_of, range_pool, rules_of
from draws.states import PlanState
from enterprises.models import RiskClass
from shuangsuiji.lib.deadlines import latest_publication_on
from shuangsuiji.lib.models import SupervisedField

FEWEST_SOURCES = 2


@dataclass(frozen=True)
class StratumRow:
    """One line of the strata table."""

    field: SupervisedField
    risk_class: str
    pool_count: int
    take: int
    planned: int | None
    last_covered_on: datetime.date | None

    @property
    def key(self) -> str:
        """The line's name in a form: field id and risk class."""
        return f"take-{self.field.pk}-{self.risk_class}"

    @property
    def risk_label(self) -> str:
        """The risk class in words."""
        return str(RiskClass(self.risk_class).label)

    @property
    def share(self) -> str:
        """The share taken, in per cent, as shown beside the count."""
        return f"{100 * self.take / self.pool_count:.0f}%" if self.pool_count else "—"


def stratum_rows(draw: Draw) -> list[StratumRow]:
    """Every field and risk class with somebody in range, or with something to take; in register order."""
    counted = range_pool(draw).order_by().values_list("field", "risk_class")
    counts = Counter(counted)
    takes = {(one.field_id, one.risk_class): one.take for one in draw.strata.all()}
    plan = plan_of(draw)
    planned = {(one.field_id, one.risk_class): one.planned_count for one in PlanLine.objects.filter(plan=plan)}
    covered = _last_covered(draw)
    fields = {field.pk: field for field in SupervisedField.objects.all()}
    keys = sorted({*counts, *takes}, key=lambda key: (fields[key[0]].position, fields[key[0]].code, key[1]))
    return [
        StratumRow(
            fields[f], risk, counts[f, risk], takes.get((f, risk), 0), planned.get((f, risk)), covered.get((f, risk))
        )
        for f, risk in keys
    ]


def _last_covered(draw: Draw) -> dict[tuple[int, str], datetime.date]:
    """When a stratum was last visited, by the end of the visits; unopened covert draws do not show."""
    rows = drawn_rows(draw).exclude(draw__mode=Draw.Mode.COVERT)
    found = rows.values_list("enterprise__field", "enterprise__risk_class").annotate(last=Max("draw__visits_to"))
    return {(field, risk): last for field, risk, last in found}


@dataclass(frozen=True)
class Problem:
    """Something that keeps a draft from being submitted, and the step that mends it."""

    step: str
    sentence: str


def draft_problems(draw: Draw, *, today: datetime.date) -> list[Problem]:
    """Everything that is still missing or wrong, by step; empty means it can be submitted."""
    return [
        *_time_problems(draw, today=today),
        *_stratum_problems(draw),
        *_people_problems(draw),
        *_item_problems(draw, today=today),
        *_source_problems(draw),
    ]


def _time_problems(draw: Draw, *, today: datetime.date) -> list[Problem]:
    problems = []
    if draw.visits_from <= today:
        problems.append(Problem("basics", "检查开始日期须在今天之后，请改检查时间。"))
    elif sentence := refusal_of(check_notice_fits, draw, today=today):
        problems.append(Problem("basics", sentence))
    if draw.plan and draw.plan.state not in (PlanState.APPROVED, PlanState.PUBLISHED):
        problems.append(Problem("basics", f"{draw.plan}还没有批准，不能作为抽取依据。"))
    if draw.carry_out_by < today:
        problems.append(Problem("witnesses", "“须在此日前抽取”的日期已过，请改期。"))
    last = last_day_to_draw(draw)
    if draw.carry_out_by > last:
        problems.append(Problem("witnesses", f"抽取最迟须在 {last:%Y-%m-%d} 完成，之后就来不及公告或检查了。"))
    return problems


def last_day_to_draw(draw: Draw) -> datetime.date:
    """The last day on which drawing still leaves time for the notice, or for the first visit."""
    if draw.mode == Draw.Mode.ANNOUNCED:
        return latest_publication_on(draw.visits_from)
    return draw.visits_from


def _stratum_problems(draw: Draw) -> list[Problem]:
    rows = stratum_rows(draw)
    if not any(row.take for row in rows):
        return [Problem("strata", "还没有填写抽取家数：至少在一个层填写 1 家。")]
    return [
        Problem(
            "strata",
            f"“{row.field.name}/{row.risk_class}”要抽 {row.take} 家，候选名单里只有 {row.pool_count} 家。"
            "请减少家数，或放宽抽取范围。",
        )
        for row in rows
        if row.take > row.pool_count
    ]


def _people_problems(draw: Draw) -> list[Problem]:
    able = officers(draw).able
    wanted = draw.inspectors_per_enterprise
    if len(able) < wanted:
        return [Problem("officers", f"每家要 {wanted} 名执法人员，检查期间能出勤的只有 {len(able)} 名。")]
    seats = total_take(draw) * wanted
    limit = sum(person.limit for person in able)
    if seats > limit:
        return [
            Problem("officers", f"一共要 {seats} 人次，执法人员的家数上限合计只有 {limit}。请提高上限，或减少家数。")
        ]
    if rules_of(draw).fewest_experts and not experts(draw).able:
        return [Problem("experts", "要求每家有专家，但专家库里没有可用的专家。")]
    return []


def total_take(draw: Draw) -> int:
    """How many enterprises are to be drawn in all."""
    return draw.strata.aggregate(total=Sum("take"))["total"] or 0


def _item_problems(draw: Draw, *, today: datetime.date) -> list[Problem]:
    takes = draw.items_per_group
    if not any(takes.values()):
        return [Problem("items", "还没有填写检查事项的抽取数：至少在一类里填写 1 项。")]
    published = {group.code: count for group, count in group_counts(today=today)}
    return [
        Problem(
            "items", f"第 {code} 类要抽 {take} 项，已公布的只有 {published.get(code, 0)} 项。未公布的事项不得检查。"
        )
        for code, take in sorted(takes.items())
        if take > published.get(code, 0)
    ]


def _source_problems(draw: Draw) -> list[Problem]:
    sources = list(draw.sources.all())
    if len(sources) < FEWEST_SOURCES:
        return [Problem("witnesses", f"种子来源至少要 {FEWEST_SOURCES} 个，现在有 {len(sources)} 个。")]
    accounts = [source.user_id for source in sources if source.kind == DrawSource.Kind.ACCOUNT]
    if len(accounts) != len(set(accounts)):
        return [Problem("witnesses", "同一个账号只能作为一个来源，请另选一位见证人。")]
    if all(source.kind == DrawSource.Kind.EVENT for source in sources):
        return [Problem("witnesses", "来源里至少要有一位见证人，不能全是公开事件。")]
    return []


def rule_sentences(draw: Draw) -> list[str]:
    """Every rule of the draw as a sentence: for the approver, the record and the minutes."""
    rules = rules_of(draw)
    taken = [row for row in stratum_rows(draw) if row.take]
    return [
        *[f"{row.field.name}/{row.risk_class} 层候选 {row.pool_count} 家，抽 {row.take} 家" for row in taken],
        f"每家派执法人员 {draw.inspectors_per_enterprise} 名，{officer_mode_sentence(draw)}",
        f"执法人员来自：{department_names(rules.department_codes)}",
        *([f"每名执法人员本批最多 {rules.officer_limit} 家"] if rules.officer_limit else []),
        *_expert_sentences(draw),
        "、".join(f"第 {code} 类事项每家抽 {take} 项" for code, take in sorted(draw.items_per_group.items()) if take),
    ]


def officer_mode_sentence(draw: Draw) -> str:
    """The way officers are matched, as half a sentence."""
    return {
        Draw.OfficerMode.MIXED: "全局混合：不分地区和专业",
        Draw.OfficerMode.LOCAL: "区域定向：派所在乡镇的人员和局机关人员",
        Draw.OfficerMode.CROSSED: "所所交叉：不派企业所在乡镇的人员",
        Draw.OfficerMode.MATCHED: "专业匹配：只派专业领域相符的人员",
    }[Draw.OfficerMode(draw.officer_mode)]


def _expert_sentences(draw: Draw) -> list[str]:
    rules = rules_of(draw)
    if not rules.asks_experts:
        return ["本批不抽专家"]
    least = f"，每家不少于 {rules.fewest_experts} 名" if rules.fewest_experts else ""
    most = [f"每名专家本批最多 {rules.expert_limit} 家"] if rules.expert_limit else []
    return [f"专家按企业需要的人数从相同专业领域抽取{least}", *most]


def plan_progress(plan) -> dict[tuple[int, str], int]:
    """Enterprises drawn so far under a plan, by field and risk class. Counts only."""
    keys = [str(state) for state in ACTUAL]
    found = DrawStratum.objects.filter(draw__plan=plan, draw__state__in=keys).values_list("field", "risk_class")
    return {(field, risk): total for field, risk, total in found.annotate(total=Sum("take")).order_by()}
