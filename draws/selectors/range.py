"""The pool of a draw: the register, and what each rule leaves of it."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.db import models
from django.db.models import Case, Count, Q, QuerySet, Value, When

from draws.models import Draw, DrawnEnterprise, Plan
from draws.rules import KIND_WORDS, Kind, Penalties, PoolRules
from draws.selectors.caps import CappedEnterprise, at_cap, cap_of, capped_among, plan_in_force
from draws.selectors.modes import announced, opened
from draws.states import DrawState
from enterprises.models import Enterprise, Hazard, ListMembership, PenaltyFact, SpecialList
from shuangsuiji.accounts.models import Department
from shuangsuiji.lib.models import SupervisedField, TechnicalFeature, Township

ACTUAL = (DrawState.DRAWN, DrawState.BLOCKED, DrawState.ASSIGNED)


class FunnelStep(NamedTuple):
    """One rule in words, and how many enterprises are left after it."""

    label: str
    count: int  # type: ignore[assignment]
    note: str = ""


def rules_of(draw: Draw) -> PoolRules:
    """The rules of a draw, typed."""
    return PoolRules.from_json(draw.rules)


def plan_of(draw: Draw) -> Plan | None:
    """The plan in force for the year of the visits; failing that the one the draw belongs to."""
    return plan_in_force(draw.visits_from.year) or draw.plan


def yearly_cap(draw: Draw) -> int:
    """The most checks an enterprise may have in the year of the visits."""
    return cap_of(draw.visits_from.year)


def capped(draw: Draw) -> list[CappedEnterprise]:
    """Enterprises in range that this draw must leave alone: they have had the year's checks."""
    condition = Q()
    for _, step in _filters_before_cap(draw, with_strata=True):
        condition &= step
    return capped_among(Enterprise.objects.filter(condition), draw=draw)


def pool(draw: Draw) -> QuerySet[Enterprise]:
    """The enterprises that stand in the pool of this draw now, by credit code."""
    condition = Q()
    for _, step in _filters(draw, with_strata=True):
        condition &= step
    return Enterprise.objects.filter(condition).select_related("field").order_by("credit_code")


def range_pool(draw: Draw) -> QuerySet[Enterprise]:
    """The same before strata are chosen: what the strata table counts."""
    condition = Q()
    for _, step in _filters(draw, with_strata=False):
        condition &= step
    return Enterprise.objects.filter(condition)


def funnel(draw: Draw) -> list[FunnelStep]:
    """The register and what is left after each rule, in order. One query for the counts."""
    condition, counts, labels = Q(), {"step0": Count("pk")}, ["名录库全部"]
    for position, (label, step) in enumerate(_filters(draw, with_strata=True), start=1):
        condition &= step
        counts[f"step{position}"] = Count("pk", filter=condition)
        labels.append(label)
    found = Enterprise.objects.aggregate(**counts)
    return [FunnelStep(label, found[f"step{position}"]) for position, label in enumerate(labels)]


def _filters(draw: Draw, *, with_strata: bool) -> list[tuple[str, Q]]:
    """Each rule as its sentence and its condition, in the order in which they are applied; the cap is the last."""
    cap = yearly_cap(draw)
    held = (f"未达年度上限（每家每年 {cap} 次）", ~Q(pk__in=at_cap(draw, cap=cap)))
    return [*_filters_before_cap(draw, with_strata=with_strata), held]


def _filters_before_cap(draw: Draw, *, with_strata: bool) -> list[tuple[str, Q]]:
    rules = rules_of(draw)
    steps = [
        ("正常经营", Q(state=Enterprise.State.ACTIVE)),
        ("已确认领域和风险等级", Q(field__isnull=False) & ~Q(risk_class="")),
        *_range_filters(rules),
        *_fact_filters(draw, rules),
    ]
    if with_strata and (strata := stratum_keys(draw)):
        steps.append((f"本批 {len(strata)} 个层", _in_strata(strata)))
    if rules.months_unchecked:
        label = f"检查前 {rules.months_unchecked} 个月内未被抽查"
        steps.append((label, ~Q(pk__in=recently_drawn(draw, months=rules.months_unchecked))))
    return steps


class Removed(NamedTuple):
    """A filter in words and the credit codes of the enterprises it removed, rising."""

    label: str
    codes: list[str]


def removed_by_filter(draw: Draw) -> list[Removed]:
    """What each filter takes out of what the ones before it have left. One query for all of them."""
    steps = _filters(draw, with_strata=True)
    first_failed = Case(
        *[When(~condition, then=Value(position)) for position, (_, condition) in enumerate(steps)],
        default=Value(len(steps)),
    )
    removed = [Removed(label, []) for label, _ in steps]
    rows = Enterprise.objects.annotate(failed=first_failed).filter(failed__lt=len(steps)).order_by("credit_code")
    for position, code in rows.values_list("failed", "credit_code").iterator(chunk_size=10_000):
        removed[position].codes.append(code)
    return removed


def _range_filters(rules: PoolRules) -> list[tuple[str, Q]]:
    steps: list[tuple[str, Q]] = []
    if rules.field_codes:
        steps.append((f"领域：{_names(SupervisedField, rules.field_codes)}", Q(field__code__in=rules.field_codes)))
    if rules.township_codes:
        steps.append((f"乡镇：{_names(Township, rules.township_codes)}", Q(township__code__in=rules.township_codes)))
    if rules.risk_classes:
        steps.append((f"风险等级：{'、'.join(rules.risk_classes)}", Q(risk_class__in=rules.risk_classes)))
    if rules.sizes:
        words = "、".join(Enterprise.Size(size).label for size in rules.sizes)
        steps.append((f"规模：{words}", Q(size__in=rules.sizes)))
    if rules.levels:
        words = "、".join(Enterprise.Level(level).label for level in rules.levels)
        steps.append((f"监管层级：{words}", Q(enforcing_level__in=rules.levels)))
    if rules.kind != Kind.BOTH:
        steps.append((KIND_WORDS[rules.kind], Q(is_key=rules.kind == Kind.KEY)))
    return steps


def _fact_filters(draw: Draw, rules: PoolRules) -> list[tuple[str, Q]]:
    """What is known of an enterprise beside its row: lists it stands on, dangers, technical features, penalties."""
    day, steps = draw.visits_from, []
    if rules.list_codes:
        still = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
        rows = ListMembership.objects.filter(still, special_list__code__in=rules.list_codes, starts_on__lte=day)
        steps.append((f"专项名单：{_names(SpecialList, rules.list_codes)}", Q(pk__in=rows.values("enterprise"))))
    if rules.hazard_codes:
        dangers = Enterprise.hazards.through.objects.filter(hazard__code__in=rules.hazard_codes)
        steps.append((f"危险因素：{_names(Hazard, rules.hazard_codes)}", Q(pk__in=dangers.values("enterprise"))))
    if rules.feature_codes:
        traits = Enterprise.features.through.objects.filter(technicalfeature__code__in=rules.feature_codes)
        steps.append(
            (f"技术特点：{_names(TechnicalFeature, rules.feature_codes)}", Q(pk__in=traits.values("enterprise")))
        )
    if rules.penalties != Penalties.ANY:
        penalised = Q(pk__in=PenaltyFact.objects.filter(decided_on__year=day.year).values("enterprise"))
        if rules.penalties == Penalties.ONLY:
            steps.append((f"{day.year} 年受过行政处罚", penalised))
        else:
            steps.append((f"{day.year} 年未受过行政处罚", ~penalised))
    return steps


def _names(model: type[models.Model], codes: tuple[str, ...]) -> str:
    return "、".join(model._default_manager.filter(code__in=codes).values_list("name", flat=True))


def department_names(codes: tuple[str, ...]) -> str:
    """The departments whose officers may be sent, as words."""
    return _names(Department, codes) if codes else "本机关各部门"


def partner_codes(draw: Draw) -> tuple[str, ...]:
    """The partner departments that take part in a draw: with their officers and their items."""
    codes = rules_of(draw).department_codes
    if not codes:
        return ()
    rows = Department.objects.filter(code__in=codes, is_partner=True).order_by("code")
    return tuple(rows.values_list("code", flat=True))


def stratum_keys(draw: Draw) -> list[tuple[int, str]]:
    """(field, risk class) of each stratum from which something is to be drawn."""
    return [(one.field_id, one.risk_class) for one in draw.strata.all() if one.take]


def _in_strata(keys: list[tuple[int, str]]) -> Q:
    condition = Q()
    for field, risk_class in keys:
        condition |= Q(field=field, risk_class=risk_class)
    return condition


def drawn_rows(draw: Draw) -> QuerySet[DrawnEnterprise]:
    """Enterprises that other draws have drawn and that still stand there."""
    return DrawnEnterprise.objects.filter(is_standing=True, draw__state__in=ACTUAL).exclude(draw=draw).order_by()


def recently_drawn(draw: Draw, *, months: int) -> QuerySet:
    """Enterprises with a visit period that ended less than so many months before this one, or lies ahead.

    Unopened envelopes do not count: a gap in the published pool would give their names away.
    """
    since = months_before(draw.visits_from, months=months)
    rows = drawn_rows(draw).filter(draw__visits_to__gt=since)
    return rows.filter(announced("draw__") | opened()).values("enterprise")


def months_before(day: datetime.date, *, months: int) -> datetime.date:
    """The same day so many months earlier, or the last day of that month."""
    month = day.year * 12 + day.month - 1 - months
    first = datetime.date(month // 12, month % 12 + 1, 1)
    following = datetime.date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(first + datetime.timedelta(days=day.day - 1), following - datetime.timedelta(days=1))
