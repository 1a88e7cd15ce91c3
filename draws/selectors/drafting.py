"""What a drafter sees while drafting: strata with their pools, rules as sentences, what is still missing."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Max, Sum
from django.utils import timezone

from draws.models import Draw, DrawSource, Plan, PlanLine
from draws.policies import check_notice_fits, refusal_of
from draws.rules import PoolRules
from draws.selectors.caps import known_checks_of
from draws.selectors.items import edition_in_force
from draws.selectors.modes import announced, opened
from draws.selectors.people import experts, officers
from draws.selectors.preparation import group_counts
from draws.selectors.range import (
    capped,
    department_names,
    drawn_rows,
    partner_codes,
    plan_of,
    range_pool,
    rules_of,
    yearly_cap,
)
from draws.states import PlanState
from enterprises.models import RiskClass
from shuangsuiji.lib.deadlines import latest_publication_on
from shuangsuiji.lib.models import SupervisedField

FEWEST_SOURCES = 2
COVERT_DAYS = datetime.timedelta(days=7)


@dataclass(frozen=True)
class StratumRow:
    """One line of the strata table."""

    field: SupervisedField
    risk_class: str
    pool_count: int
    take: int
    planned: int | None
    last_covered_on: datetime.date | None
    wanted_share: int | None = None
    """In per cent, when the drafter gave a share in place of a count."""
    drawn: int = 0
    """Checks of the plan's year drawn from it already, as far as everybody may know."""

    @property
    def key(self) -> str:
        """The line's name in a form: field id and risk class."""
        return f"take-{self.field.pk}-{self.risk_class}"

    @property
    def unit_key(self) -> str:
        """The name of the field that says whether the number is a count or a share."""
        return f"unit-{self.field.pk}-{self.risk_class}"

    @property
    def risk_label(self) -> str:
        """The risk class in words."""
        return str(RiskClass(self.risk_class).label)

    @property
    def plan_left(self) -> str:
        """计划 12 家，已抽 5 家，尚余 7 家; nothing where no plan speaks of the stratum."""
        if self.planned is None:
            return ""
        left = self.planned - self.drawn
        rest = f"尚余 {left} 家" if left >= 0 else f"已超出 {-left} 家"
        return f"计划 {self.planned} 家，已抽 {self.drawn} 家，{rest}"

    @property
    def share(self) -> str:
        """The share taken, in per cent, as shown beside the count."""
        return f"{100 * self.take / self.pool_count:.0f}%" if self.pool_count else "—"


def stratum_rows(draw: Draw) -> list[StratumRow]:
    """Every field and risk class with somebody in range, or with something to take; in register order."""
    counts = pool_counts(draw)
    strata = {(one.field_id, one.risk_class): one for one in draw.strata.all()}
    plan = plan_of(draw)
    planned = {(one.field_id, one.risk_class): one.planned_count for one in PlanLine.objects.filter(plan=plan)}
    drawn = _drawn(draw, plan=plan) if planned else {}
    covered = _last_covered(draw)
    fields = {field.pk: field for field in SupervisedField.objects.all()}
    keys = sorted({*counts, *strata}, key=lambda key: (fields[key[0]].position, fields[key[0]].code, key[1]))
    return [
        StratumRow(
            fields[key[0]],
            key[1],
            counts[key],
            strata[key].take if key in strata else 0,
            planned.get(key),
            covered.get(key),
            strata[key].share if key in strata else None,
            drawn.get(f"{fields[key[0]].name}/{key[1]}", 0),
        )
        for key in keys
    ]


def pool_counts(draw: Draw) -> Counter[tuple[int, str]]:
    """How many enterprises in range stand in each field and risk class. One query."""
    rows = range_pool(draw).order_by().values_list("field", "risk_class").annotate(count=Count("pk"))
    return Counter({(field, risk): count for field, risk, count in rows})


def _drawn(draw: Draw, *, plan: Plan | None) -> dict[str, int]:
    """Checks of the plan's year by the id of their stratum, as the plan's own page counts them. One query."""
    rows = known_checks_of(plan.year if plan else draw.visits_from.year).exclude(draw=draw)
    return dict(rows.values_list("stratum").annotate(count=Count("pk")))


def _last_covered(draw: Draw) -> dict[tuple[int, str], datetime.date]:
    """When a stratum was last visited, by the end of the visits; unopened envelopes do not show."""
    rows = drawn_rows(draw).filter(announced("draw__") | opened())
    found = rows.values_list("enterprise__field", "enterprise__risk_class").annotate(last=Max("draw__visits_to"))
    return {(field, risk): last for field, risk, last in found}


@dataclass(frozen=True)
class Problem:
    """Something that keeps a draft from being submitted, and the step that mends it."""

    step: str
    sentence: str


def draft_problems(draw: Draw, *, now: datetime.datetime) -> list[Problem]:
    """Everything that is still missing or wrong, by step; empty means it can be submitted."""
    today = timezone.localdate(now)
    return [
        *_time_problems(draw, today=today),
        *_stratum_problems(draw),
        *_people_problems(draw),
        *_item_problems(draw, today=today),
        *_source_problems(draw),
        *_event_problems(draw, now=now),
    ]


def _time_problems(draw: Draw, *, today: datetime.date) -> list[Problem]:
    problems = []
    if draw.visits_from <= today:
        problems.append(Problem("basics", "检查开始日期须在今天之后，请改检查时间。"))
    elif sentence := refusal_of(check_notice_fits, draw, today=today):
        problems.append(Problem("basics", sentence))
    if draw.plan and draw.plan.state in (PlanState.DRAFT, PlanState.SUBMITTED):
        problems.append(Problem("basics", f"{draw.plan}还没有批准，不能作为抽取依据。"))
    if draw.carry_out_by < today:
        problems.append(Problem("witnesses", "“须在此日前抽取”的日期已过，请改期。"))
    last = last_day_to_draw(draw)
    if draw.carry_out_by > last:
        problems.append(Problem("witnesses", f"抽取最迟须在 {last:%Y-%m-%d} 完成，之后就来不及公告或检查了。"))
    return problems


def day_to_draw(draw: Draw, *, today: datetime.date) -> datetime.date:
    """The day a new draft is to be drawn by: public once sealed, so a covert one's says nothing of its visits."""
    if not draw.is_covert:
        return last_day_to_draw(draw)
    later = today + COVERT_DAYS
    return later if later < draw.visits_from else today


def last_day_to_draw(draw: Draw) -> datetime.date:
    """The last day on which drawing still leaves time for the notice, or for the first visit."""
    if draw.mode == Draw.Mode.ANNOUNCED:
        return latest_publication_on(draw.visits_from)
    return draw.visits_from


def _stratum_problems(draw: Draw) -> list[Problem]:
    rows = stratum_rows(draw)
    if not any(row.take for row in rows):
        return [Problem("strata", "还没有填写抽取家数：至少在一个层填写 1 家。")]
    short = [row for row in rows if row.take > row.pool_count]
    held = Counter((one.enterprise.field_id, one.enterprise.risk_class) for one in capped(draw)) if short else Counter()
    return [
        Problem("strata", _too_few(row, held=held[row.field.pk, row.risk_class], cap=yearly_cap(draw))) for row in short
    ]


def _too_few(row: StratumRow, *, held: int, cap: int) -> str:
    why = f"（另有 {held} 家今年已达检查上限 {cap} 次，不能再抽）" if held else ""
    return (
        f"“{row.field.name}/{row.risk_class}”要抽 {row.take} 家，候选名单里只有 {row.pool_count} 家{why}。"
        "请减少家数，或放宽抽取范围。"
    )


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
    codes = rules_of(draw).department_codes
    published = {group.code: count for group, count in group_counts(today=today, departments=codes)}
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


def _event_problems(draw: Draw, *, now: datetime.datetime) -> list[Problem]:
    """A value that is known when the pool is sealed could have been chosen."""
    problems = []
    for source in draw.sources.filter(kind=DrawSource.Kind.EVENT):
        assert source.published_at, "an event has its moment"
        when = timezone.localtime(source.published_at)
        if source.published_at <= now:
            problems.append(
                Problem(
                    "witnesses",
                    f"“{source.name}”在 {when:%Y-%m-%d %H:%M} 已经公布：公开事件须在封存之后才揭晓，请改用下一次。",
                )
            )
        elif when.date() > draw.carry_out_by:
            sentence = f"“{source.name}”{when:%Y-%m-%d} 才公布，晚于抽取期限。请改用更早的一次，或改期限。"
            problems.append(Problem("witnesses", sentence))
    return problems


def rule_sentences(draw: Draw) -> list[str]:
    """Every rule of the draw as a sentence: for the approver, the record and the minutes."""
    rules = rules_of(draw)
    taken = [row for row in stratum_rows(draw) if row.take]
    return [
        *[_stratum_sentence(row) for row in taken],
        *_share_sentences(draw, rules),
        f"每家派执法人员 {draw.inspectors_per_enterprise} 名，{officer_mode_sentence(draw)}",
        f"执法人员来自：{department_names(rules.department_codes)}",
        *([f"每名执法人员本批最多 {rules.officer_limit} 家"] if rules.officer_limit else []),
        *_expert_sentences(draw),
        *_list_sentence(draw),
        "、".join(f"第 {code} 类事项每家抽 {take} 项" for code, take in sorted(draw.items_per_group.items()) if take),
        *joint_sentences(draw),
        *_event_sentences(draw),
        *_scarcity_sentences(draw),
        *_rehearsal_sentences(draw),
    ]


def _list_sentence(draw: Draw) -> list[str]:
    edition = edition_in_force(timezone.localdate())
    return [f"检查事项取自{edition}，自 {edition.in_force_from:%Y-%m-%d} 起施行"] if edition else []


def _stratum_sentence(row: StratumRow) -> str:
    by_share = f"按 {row.wanted_share}% " if row.wanted_share else ""
    return f"{row.field.name}/{row.risk_class} 层候选 {row.pool_count} 家，{by_share}抽 {row.take} 家"


def _share_sentences(draw: Draw, rules: PoolRules) -> list[str]:
    if not draw.strata.filter(share__isnull=False).exists():
        return []
    if rules.drops_small_strata:
        return ["按比例抽取的，小数进位；按比例不足一家的层不抽"]
    return ["按比例抽取的，小数进位，有企业的层至少抽一家"]


def joint_sentences(draw: Draw) -> list[str]:
    """A joint draw says whose items are drawn beside the bureau's own."""
    partners = department_names(partner_codes(draw)) if partner_codes(draw) else ""
    return [f"跨部门联合抽查：事项包括本机关的和{partners}的"] if partners else []


EVENT_SENTENCES = {
    DrawSource.Event.SSQ: "双色球第 {issue} 期开奖号码：红球六个由小到大，再写蓝球，都写两位，中间空一格",
    DrawSource.Event.DRAND: "drand 公共随机信标（quicknet）第 {issue} 轮：randomness 和 signature",
    DrawSource.Event.OTHER: "{name}：以公布的数值为准",
}


def _event_sentences(draw: Draw) -> list[str]:
    """Which public event counts and how its value is written: fixed before anybody can know it."""
    sentences = []
    for source in draw.sources.filter(kind=DrawSource.Kind.EVENT):
        words = EVENT_SENTENCES[DrawSource.Event(source.event)].format(issue=source.issue, name=source.name)
        when = timezone.localtime(source.published_at)
        sentences.append(f"公开事件来源：{words}（{when:%Y-%m-%d %H:%M} 公布，两人分别录入核对）")
    return sentences


def _scarcity_sentences(draw: Draw) -> list[str]:
    """The approver's word stands in the record; the enterprises and, of a covert draw, the word itself do not."""
    if not draw.scarcity:
        return []
    found = draw.scarcity
    counted = (
        f"审批时有 {len(found['codes'])} 家企业可派的执法人员少于 {found['least']} 名，最少的 {found['fewest']} 名"
    )
    said = "审批人已书面说明" if draw.is_covert else f"审批人{draw.approved_by.name}说明：{draw.scarcity_note}"
    return [f"{counted}；{said}"]


def _rehearsal_sentences(draw: Draw) -> list[str]:
    """Trial draws that blocked stand in the record with the approver's word."""
    if not draw.rehearsal.get("blocked_count") or not draw.approved_by:
        return []
    counted = f"审批前预演 {draw.rehearsal['run_count']} 次，{draw.rehearsal['blocked_count']} 次排不满执法人员"
    said = "审批人已书面说明" if draw.is_covert else f"审批人{draw.approved_by.name}说明：{draw.blocking_note}"
    return [f"{counted}；{said}"]


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
    field = "相同专业领域、懂企业技术特点的人里" if rules.matches_features else "相同专业领域"
    least = f"，每家不少于 {rules.fewest_experts} 名" if rules.fewest_experts else ""
    most = [f"每名专家本批最多 {rules.expert_limit} 家"] if rules.expert_limit else []
    return [f"专家按企业需要的人数从{field}抽取{least}", *most]
