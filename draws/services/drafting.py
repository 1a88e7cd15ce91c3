"""From the first word of a draft to its approval by somebody else."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from draws.drand import round_at
from draws.models import ApprovedPool, Draw, DrawSource, DrawStratum, Plan
from draws.policies import (
    check_in_time,
    check_may_approve,
    check_may_create,
    check_may_edit,
    check_may_return,
    check_may_submit,
    check_sources_independent,
)
from draws.rules import PoolRules, Share
from draws.selectors.drafting import day_to_draw, draft_problems, pool_counts
from draws.selectors.marks import draw_mark
from draws.selectors.preparation import prepare
from draws.selectors.range import rules_of
from draws.selectors.rehearsal import scarcity_of
from draws.services.approving import keep_pool, keep_rehearsal
from draws.states import DrawState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.editing import check_as_shown
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField
from shuangsuiji.lib.public_words import check_public_words
from shuangsuiji.notifications.services import notify, notify_role


@dataclass(frozen=True, kw_only=True)
class SourceWanted:
    """A source as the drafter names it; an account source names its account, a public event which one it is."""

    name: str
    kind: str
    user: User | None = None
    event: str = ""
    issue: str = ""
    published_at: datetime.datetime | None = None


class FurtherTerms(TypedDict, total=False):
    """What a draft may say besides its name, mode and period."""

    plan: Plan | None
    carry_out_by: datetime.date
    officer_mode: str
    inspectors_per_enterprise: int
    items_per_group: dict[str, int]
    requirements: str
    rules: PoolRules
    strata: dict[tuple[SupervisedField, str], int | Share]
    sources: list[SourceWanted]
    cleared_people: list[User]


class DraftChanges(FurtherTerms, total=False):
    """What may be changed of a draft; only what is given is changed."""

    title: str
    mode: str
    visits_from: datetime.date
    visits_to: datetime.date


SSQ_ISSUE = re.compile(r"\d{7}", re.ASCII)
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
    """Begin a draft. Without `carry_out_by` it is the last day that leaves time for notice and visits,
    for a covert draw a week from now: the sealed record is public.

    The same again by the same person within a minute (a double click) returns the first draft.
    """
    check_may_create(by)
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if same := _just_begun(by, title=title, mode=mode, visits_from=visits_from, visits_to=visits_to):
        return same
    draw = Draw(drafted_by=by, title=title, mode=mode, visits_from=visits_from, visits_to=visits_to)
    draw.rules = PoolRules().to_json()
    _check_columns(draw)
    draw.carry_out_by = day_to_draw(draw, today=timezone.localdate())
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
    was_covert = draw.is_covert
    for name in _COLUMNS:
        if name in given:
            setattr(draw, name, given[name])
    if draw.is_covert and not was_covert and "carry_out_by" not in given:
        draw.carry_out_by = day_to_draw(draw, today=timezone.localdate())
    if "rules" in given:
        draw.rules = given["rules"].to_json()
    _check_columns(draw)
    draw.save()
    if "strata" in given:
        _set_strata(draw, given["strata"])
    elif "rules" in given:
        follow_shares(draw)
    if "sources" in given:
        _set_sources(draw, given["sources"])
    if "cleared_people" in given:
        draw.cleared_people.set(given["cleared_people"])


def _check_columns(draw: Draw) -> None:
    if not draw.title.strip():
        raise Refusal("请填写抽取名称。", field="title")
    check_public_words(title=draw.title, requirements=draw.requirements)
    if draw.visits_to < draw.visits_from:
        raise Refusal("检查结束日期不能早于开始日期。", field="visits_to")
    if draw.inspectors_per_enterprise < 2:
        raise Refusal("每家企业的执法人员不得少于 2 名。", field="inspectors_per_enterprise")
    if any(type(take) is not int or take < 0 for take in draw.items_per_group.values()):
        raise Refusal("事项抽取数请填 0 或正整数。", field="items_per_group")


def _set_strata(draw: Draw, takes: dict[tuple[SupervisedField, str], int | Share]) -> None:
    if any(isinstance(take, int) and take < 0 for take in takes.values()):
        raise Refusal("抽取家数请填 0 或正整数。")
    draw.strata.all().delete()
    DrawStratum.objects.bulk_create(
        DrawStratum(
            draw=draw,
            field=field,
            risk_class=risk_class,
            take=0 if isinstance(take, Share) else take,
            share=take.percent if isinstance(take, Share) else None,
        )
        for (field, risk_class), take in takes.items()
        if take
    )
    follow_shares(draw)


def follow_shares(draw: Draw) -> None:
    """Strata given by a share take so many of their pool as it is now. Counts given as such stay."""
    by_share = list(draw.strata.filter(share__isnull=False))
    if not by_share:
        return
    counts, drops_small = pool_counts(draw), rules_of(draw).drops_small_strata
    for stratum in by_share:
        assert stratum.share is not None
        pool_count = counts[stratum.field_id, stratum.risk_class]
        stratum.take = Share(stratum.share).of(pool_count, drops_small=drops_small)
    DrawStratum.objects.bulk_update(by_share, ["take"])


def _set_sources(draw: Draw, sources: list[SourceWanted]) -> None:
    names = [_name_of(source) for source in sources]
    if not all(names):
        raise Refusal("请给每个来源填写名称，例如“纪检监察”“企业代表”。")
    if len(set(names)) < len(names):
        raise Refusal("来源的名称不能重复。")
    check_public_words(**{f"source{place}": name for place, name in enumerate(names, start=1)})
    if any(source.kind == DrawSource.Kind.ACCOUNT and source.user is None for source in sources):
        raise Refusal("用账号见证的来源，请选定见证人的账号。")
    for source in sources:
        _check_event(source)
    draw.sources.all().delete()
    DrawSource.objects.bulk_create(
        DrawSource(
            draw=draw,
            position=position,
            name=name,
            kind=source.kind,
            user=source.user,
            event=source.event,
            issue=_issue_of(source),
            published_at=source.published_at,
        )
        for position, (name, source) in enumerate(zip(names, sources, strict=True), start=1)
    )


def _name_of(source: SourceWanted) -> str:
    """A lottery draw or a round of the beacon is called by its number: the name alone says which one counts."""
    if source.event == DrawSource.Event.SSQ:
        return f"双色球{source.issue.strip()}期"
    if source.event == DrawSource.Event.DRAND:
        return f"drand第{_issue_of(source)}轮"
    return source.name.strip()


def _issue_of(source: SourceWanted) -> str:
    if source.event == DrawSource.Event.DRAND and source.published_at:
        return str(round_at(source.published_at))
    return source.issue.strip()


def _check_event(source: SourceWanted) -> None:
    """Which event, and when its value becomes known, is fixed beforehand; a round of drand follows from the time."""
    if source.kind != DrawSource.Kind.EVENT:
        return
    if not source.event or source.published_at is None:
        raise Refusal(f"公开事件“{source.name}”请写明种类和公布时间：封存时就要定下用哪一次的数值。")
    if source.event == DrawSource.Event.SSQ and not SSQ_ISSUE.fullmatch(source.issue):
        raise Refusal("双色球的期号是 7 位数字，例如 2026135。请按福彩中心公布的期号填写。")


@transaction.atomic
def submit_draw(draw: Draw, *, by: User, now: datetime.datetime | None = None) -> Draw:
    """Hand the draft to the approvers; refused while anything is missing, with the first sentence that says what.

    It is rehearsed as it goes: the approver decides with the trial draws before them.
    """
    draw, now = locked(draw), now or timezone.now()
    if draw.state == DrawState.SUBMITTED and draw.drafted_by_id == by.pk:
        return draw
    check_may_submit(by, draw)
    follow_shares(draw)
    if problems := draft_problems(draw, now=now):
        raise Refusal(problems[0].sentence)
    keep_rehearsal(draw, prepare(draw, today=timezone.localdate(now)), now=now)
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
def approve_draw(
    draw: Draw,
    *,
    by: User,
    scarcity_note: str = "",
    blocking_note: str = "",
    now: datetime.datetime | None = None,
    seen: str | None = None,
) -> Draw:
    """Approve a submitted draw as its page showed it (`seen`); nobody approves their own, nor when it is too late.

    Enterprises to which suspiciously few officers could come, and trial draws that blocked, need the
    approver's word: it stands in the record, without the enterprises' names. The pool is kept as it is now.
    """
    draw, now = locked(draw), now or timezone.now()
    if draw.state == DrawState.APPROVED and draw.approved_by_id == by.pk:
        return draw
    check_may_approve(by, draw)
    today = timezone.localdate(now)
    check_in_time(draw, today=today)
    preparation = prepare(draw, today=today)
    draw.scarcity = scarcity_of(preparation)
    check_as_shown(seen, stands=draw_mark(draw, draw.scarcity))
    draw.scarcity_note = _word_on_scarcity(draw, scarcity_note)
    draw.blocking_note = _word_on_blocking(draw, blocking_note)
    draw.state, draw.approved_by, draw.approved_at = DrawState.APPROVED, by, now
    check_sources_independent(draw)
    draw.save()
    keep_pool(draw, preparation, by=by, now=now)
    _tell_drafter(draw, subject="抽取已批准，可以封存", now=now)
    record("draw.approved", by=by, target=draw, confidential=draw.is_covert, scarce=len(draw.scarcity.get("codes", ())))
    return draw


def _word_on_scarcity(draw: Draw, note: str) -> str:
    if not draw.scarcity:
        return ""
    if not note.strip():
        count, least = len(draw.scarcity["codes"]), draw.scarcity["least"]
        raise Refusal(
            f"有 {count} 家企业可派的执法人员少于 {least} 名。请核实原因，写明为什么仍可抽取，再批准。",
            field="scarcity_note",
        )
    check_public_words(scarcity_note=note)
    return note.strip()[:200]


def _word_on_blocking(draw: Draw, note: str) -> str:
    if not draw.rehearsal.get("blocked_count"):
        return ""
    if not note.strip():
        runs, blocked = draw.rehearsal["run_count"], draw.rehearsal["blocked_count"]
        raise Refusal(
            f"{runs} 次预演里有 {blocked} 次排不满执法人员，抽取很可能受阻。"
            "请退回补足人员，或写明为什么仍可抽取，再批准。",
            field="blocking_note",
        )
    check_public_words(blocking_note=note)
    return note.strip()[:200]


@transaction.atomic
def return_draw(draw: Draw, *, by: User, reason: str, now: datetime.datetime | None = None) -> Draw:
    """Give a submitted or approved draw back to its drafter, with a reason."""
    draw, now = locked(draw), now or timezone.now()
    check_may_return(by, draw)
    if not reason.strip():
        raise Refusal("请写明退回的意见，起草人才知道改哪里。", field="reason")
    draw.state, draw.returned_reason = DrawState.DRAFT, reason.strip()[:300]
    draw.approved_by = draw.approved_at = draw.submitted_at = None
    draw.scarcity, draw.scarcity_note, draw.blocking_note = {}, "", ""
    draw.save()
    ApprovedPool.objects.filter(draw=draw).delete()
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
