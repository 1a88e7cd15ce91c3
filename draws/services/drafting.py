"""From the first word of a draft to its approval by somebody else."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from draws.models import Draw, DrawSource, DrawStratum, Plan
from draws.policies import (
    check_in_time,
    check_may_approve,
    check_may_create,
    check_may_edit,
    check_may_return,
    check_may_submit,
)
from draws.rules import PoolRules
from draws.selectors.drafting import draft_problems, last_day_to_draw
from draws.states import DrawState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField
from shuangsuiji.notifications.services import notify, notify_role


@dataclass(frozen=True, kw_only=True)
class SourceWanted:
    """A source as the drafter names it; an account source names its account."""

    name: str
    kind: str
    user: User | None = None


class FurtherTerms(TypedDict, total=False):
    """What a draft may say besides its name, mode and period."""

    plan: Plan | None
    carry_out_by: datetime.date
    officer_mode: str
    inspectors_per_enterprise: int
    items_per_group: dict[str, int]
    requirements: str
    rules: PoolRules
    strata: dict[tuple[SupervisedField, str], int]
    sources: list[SourceWanted]
    cleared_people: list[User]


class DraftChanges(FurtherTerms, total=False):
    """What may be changed of a draft; only what is given is changed."""

    title: str
    mode: str
    visits_from: datetime.date
    visits_to: datetime.date


DOUBLE_CLICK = datetime.timedelta(minutes=1)
_COLUMNS = (
    "title",
    "mode",
    "plan",
    "visits_from",
    "visits_to",
    "carry_out_by",
    "officer_mode",
    "inspectors_per_enterprise",
    "items_per_group",
    "requirements",
)


@transaction.atomic
def create_draw(
    *,
    by: User,
    title: str,
    mode: str,
    visits_from: datetime.date,
    visits_to: datetime.date,
    **changes: Unpack[FurtherTerms],
) -> Draw:
    """Begin a draft. Without `carry_out_by` it is the last day that leaves time for notice and visits.

    The same again by the same person within a minute (a double click) returns the first draft.
    """
    check_may_create(by)
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if same := _just_begun(by, title=title, mode=mode, visits_from=visits_from, visits_to=visits_to):
        return same
    draw = Draw(drafted_by=by, title=title, mode=mode, visits_from=visits_from, visits_to=visits_to)
    draw.rules = PoolRules().to_json()
    _check_columns(draw)
    draw.carry_out_by = last_day_to_draw(draw)
    draw.save()
    _apply(draw, changes)
    record("draw.drafted", by=by, target=draw, confidential=draw.is_covert)
    return draw


def _just_begun(by: User, **terms: Any) -> Draw | None:
    since = timezone.now() - DOUBLE_CLICK
    return Draw.objects.filter(drafted_by=by, state=DrawState.DRAFT, drafted_at__gte=since, **terms).first()


@transaction.atomic
def update_draw(draw: Draw, *, by: User, **changes: Unpack[DraftChanges]) -> Draw:
    """Change a draft: its columns, rules, strata, sources or cleared people."""
    draw = locked(draw)
    check_may_edit(by, draw)
    _apply(draw, changes)
    record("draw.changed", by=by, target=draw, confidential=draw.is_covert, changed=sorted(changes))
    return draw


def locked(draw: Draw) -> Draw:
    """The draw as it stands, locked to the end of the transaction: every step takes this lock first."""
    return Draw.objects.select_for_update(of=("self",)).select_related("drafted_by", "approved_by").get(pk=draw.pk)


def _apply(draw: Draw, changes: FurtherTerms | DraftChanges) -> None:
    given: dict[str, Any] = dict(changes)
    for name in _COLUMNS:
        if name in given:
            setattr(draw, name, given[name])
    if "rules" in given:
        draw.rules = given["rules"].to_json()
    _check_columns(draw)
    draw.save()
    if "strata" in given:
        _set_strata(draw, given["strata"])
    if "sources" in given:
        _set_sources(draw, given["sources"])
    if "cleared_people" in given:
        draw.cleared_people.set(given["cleared_people"])


def _check_columns(draw: Draw) -> None:
    if not draw.title.strip():
        raise Refusal("请填写抽取名称。", field="title")
    if draw.visits_to < draw.visits_from:
        raise Refusal("检查结束日期不能早于开始日期。", field="visits_to")
    if draw.inspectors_per_enterprise < 2:
        raise Refusal("每家企业的执法人员不得少于 2 名。", field="inspectors_per_enterprise")
    if any(type(take) is not int or take < 0 for take in draw.items_per_group.values()):
        raise Refusal("事项抽取数请填 0 或正整数。", field="items_per_group")


def _set_strata(draw: Draw, takes: dict[tuple[SupervisedField, str], int]) -> None:
    if any(take < 0 for take in takes.values()):
        raise Refusal("抽取家数请填 0 或正整数。")
    draw.strata.all().delete()
    DrawStratum.objects.bulk_create(
        DrawStratum(draw=draw, field=field, risk_class=risk_class, take=take)
        for (field, risk_class), take in takes.items()
        if take
    )


def _set_sources(draw: Draw, sources: list[SourceWanted]) -> None:
    names = [source.name.strip() for source in sources]
    if not all(names):
        raise Refusal("请给每个来源填写名称，例如“纪检监察”“企业代表”。")
    if len(set(names)) < len(names):
        raise Refusal("来源的名称不能重复。")
    if any(source.kind == DrawSource.Kind.ACCOUNT and source.user is None for source in sources):
        raise Refusal("用账号见证的来源，请选定见证人的账号。")
    draw.sources.all().delete()
    DrawSource.objects.bulk_create(
        DrawSource(draw=draw, position=position, name=name, kind=source.kind, user=source.user)
        for position, (name, source) in enumerate(zip(names, sources, strict=True), start=1)
    )


@transaction.atomic
def submit_draw(draw: Draw, *, by: User, now: datetime.datetime | None = None) -> Draw:
    """Hand the draft to the approvers; refused while anything is missing, with the first sentence that says what."""
    draw, now = locked(draw), now or timezone.now()
    if draw.state == DrawState.SUBMITTED and draw.drafted_by_id == by.pk:
        return draw
    check_may_submit(by, draw)
    if problems := draft_problems(draw, today=timezone.localdate(now)):
        raise Refusal(problems[0].sentence)
    draw.state, draw.submitted_at, draw.returned_reason = DrawState.SUBMITTED, now, ""
    draw.save()
    notify_role(
        Role.APPROVER,
        key=f"draw.submitted:{draw.pk}:{now.isoformat()}",
        subject="有一次抽取等待审批",
        link=reverse("draw_detail", args=[draw.pk]),
    )
    record("draw.submitted", by=by, target=draw, confidential=draw.is_covert)
    return draw


@transaction.atomic
def approve_draw(draw: Draw, *, by: User, now: datetime.datetime | None = None) -> Draw:
    """Approve a submitted draw; nobody approves their own, and not when the notice cannot be in time."""
    draw, now = locked(draw), now or timezone.now()
    if draw.state == DrawState.APPROVED and draw.approved_by_id == by.pk:
        return draw
    check_may_approve(by, draw)
    check_in_time(draw, today=timezone.localdate(now))
    draw.state, draw.approved_by, draw.approved_at = DrawState.APPROVED, by, now
    draw.save()
    _tell_drafter(draw, subject="抽取已批准，可以封存", now=now)
    record("draw.approved", by=by, target=draw, confidential=draw.is_covert)
    return draw


@transaction.atomic
def return_draw(draw: Draw, *, by: User, reason: str, now: datetime.datetime | None = None) -> Draw:
    """Give a submitted or approved draw back to its drafter, with a reason."""
    draw, now = locked(draw), now or timezone.now()
    check_may_return(by, draw)
    if not reason.strip():
        raise Refusal("请写明退回的意见，起草人才知道改哪里。", field="reason")
    draw.state, draw.returned_reason = DrawState.DRAFT, reason.strip()[:300]
    draw.approved_by = draw.approved_at = draw.submitted_at = None
    draw.save()
    _tell_drafter(draw, subject="抽取被退回，请修改后重新提交", now=now)
    record("draw.returned", by=by, target=draw, confidential=draw.is_covert)
    return draw


def _tell_drafter(draw: Draw, *, subject: str, now: datetime.datetime) -> None:
    notify(
        key=f"draw.{draw.state}:{draw.pk}:{now.isoformat()}",
        users=[draw.drafted_by],
        subject=subject,
        link=reverse("draw_detail", args=[draw.pk]),
    )


@transaction.atomic
def discard_draft(draw: Draw, *, by: User) -> None:
    """Throw away a draft that was never approved; anything later is voided instead and stays."""
    draw = locked(draw)
    check_may_edit(by, draw)
    record("draw.discarded", by=by, target=("draws.draw", str(draw.pk), ""))
    draw.delete()
