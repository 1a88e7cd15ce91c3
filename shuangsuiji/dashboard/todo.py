"""今日待办: what waits for this person, drawn from every room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.urls import reverse

from draws.models import Draw, DrawSource, ItemEdition, NamedVisit, Plan, Recusal
from draws.selectors import visible_to as draws_visible_to
from draws.selectors.people import recused_seats
from draws.states import DrawState, EditionState, PlanState
from inspections.models import CaseRecusal, DossierOpening, Proposal
from inspections.policies.visits import MAY_BE_MOVED as BEFORE_VISIT
from inspections.selectors import dossiers_visible_to, tasks_visible_to
from inspections.selectors.cases import cases_visible_to
from inspections.selectors.proposals import open_proposals
from inspections.selectors.waiting import schemes_to_review, waiting_for_approver
from inspections.states import TaskState
from publication.selectors import waiting_for_approval
from publication.selectors.desk import draws_to_announce, notices_to_correct, withdrawals_to_decide
from publication.selectors.letters import stuck_letters
from publication.selectors.listings import listings_waiting_for
from shuangsuiji.accounts.models import Role
from shuangsuiji.dashboard.places import places_of
from shuangsuiji.feedback.selectors import to_answer as feedback_to_answer
from shuangsuiji.feedback.selectors import to_assign as feedback_to_assign
from shuangsuiji.feedback.states import FeedbackState
from shuangsuiji.lib.models import Deadline
from shuangsuiji.lib.quality import quality_findings
from shuangsuiji.lib.selectors import due_deadlines, late_deadlines
from shuangsuiji.lib.templatetags.words import days_left

MOST_OF_A_KIND = 8
OFFICE = frozenset({Role.CLERK, Role.APPROVER, Role.HEAD})


@dataclass(frozen=True)
class Todo:
    """One thing to do; in the form `components/task_list.html` reads."""

    label: str
    url: str
    status: str
    tone: str = "due"
    hint: str = ""


def todos_for(user, *, today: dt.date) -> dict[str, list[Todo]]:
    """What is late, what waits for this person, and what comes due, each at most a handful of a kind."""
    roles = user.role_codes
    waiting = chain(
        _to_contribute(user),
        _to_approve(user) if Role.APPROVER in roles else (),
        _to_prepare(user) if Role.CLERK in roles else (),
        _to_decide(user) if Role.HEAD in roles else (),
        _to_review(user) if roles & {Role.CLERK, Role.INSPECTOR} else (),
        _listings(roles, today=today),
        _stuck_letters(user) if Role.CLERK in roles else (),
        _own_visits(user) if Role.INSPECTOR in roles else (),
        _proposals(user) if Role.CLERK in roles else (),
        _letters_to_us(user),
    )
    office = bool(roles & OFFICE)
    return {
        "late": list(_late(user, today=today)) if office else [],
        "waiting": list(waiting),
        "due": [*_due(user, today=today), *_gaps(today)] if office else [],
    }


def _to_approve(user) -> Iterator[Todo]:
    for draw in draws_visible_to(user).filter(state=DrawState.SUBMITTED).exclude(drafted_by=user)[:MOST_OF_A_KIND]:
        yield Todo(f"审批抽取：{draw.title}", reverse("draw_detail", args=[draw.pk]), "待审批")
    for visit in (
        NamedVisit.objects.select_related("unit__enterprise")
        .filter(state=NamedVisit.State.ASKED)
        .exclude(asked_by=user)[:MOST_OF_A_KIND]
    ):
        yield Todo(f"审批重点检查：{visit.unit.enterprise.name}", reverse("named_visit", args=[visit.pk]), "待审批")
    for plan in Plan.objects.filter(state=PlanState.SUBMITTED).exclude(drafted_by=user)[:MOST_OF_A_KIND]:
        yield Todo(f"审批{plan}", reverse("plan_detail", args=[plan.pk]), "待审批")
    for edition in ItemEdition.objects.filter(state=EditionState.SUBMITTED).exclude(drafted_by=user):
        yield Todo(f"审批{edition}", reverse("item_edition", args=[edition.pk]), "待审批")
    yield from _withdrawals(user)
    for publication in waiting_for_approval(user)[:MOST_OF_A_KIND]:
        label = f"审批{publication.get_kind_display()}：{publication.title}"
        yield Todo(label, reverse("publication_detail", args=[publication.pk]), "待审批")
    for step, task in waiting_for_approver(user, most=MOST_OF_A_KIND):
        yield Todo(f"{step}：{task.enterprise.name}", reverse("task_detail", args=[task.pk]), "待审批")


def _withdrawals(user) -> Iterator[Todo]:
    for publication in withdrawals_to_decide(user)[:MOST_OF_A_KIND]:
        label = f"决定是否撤回{publication.get_kind_display()}：{publication.title}"
        url = reverse("publication_detail", args=[publication.pk])
        yield Todo(label, url, "待决定", hint=publication.withdrawal_reason)


def _to_replace(user) -> Iterator[Todo]:
    """Somebody of a visit to come was granted recusal; where names are kept only its drafter is told."""
    seats = recused_seats().filter(drawn__task__state__in=BEFORE_VISIT, drawn__draw__in=draws_visible_to(user))
    for draw in Draw.objects.filter(drawn__seats__in=seats).distinct().order_by("number")[:MOST_OF_A_KIND]:
        if draw.is_announced or draw.drafted_by_id == user.pk:
            yield Todo(f"更换已准回避的人员：{draw.number}", reverse("draw_amendments", args=[draw.pk]), "待更换")


def _to_review(user) -> Iterator[Todo]:
    """Schemes that others drew up, for the office and for the task's own officers."""
    for task in schemes_to_review(user)[:MOST_OF_A_KIND]:
        yield Todo(f"审核检查方案：{task.enterprise.name}", reverse("task_scheme", args=[task.pk]), "待审核")


def _to_prepare(user) -> Iterator[Todo]:
    ready = draws_visible_to(user).filter(state__in=[DrawState.APPROVED, DrawState.SEALED, DrawState.BLOCKED])
    words = {
        DrawState.APPROVED: ("封存", "待封存"),
        DrawState.SEALED: ("主持抽取", "待抽取"),
        DrawState.BLOCKED: ("处理受阻的抽取", "受阻"),
    }
    for draw in ready[:MOST_OF_A_KIND]:
        verb, status = words[DrawState(draw.state)]
        yield Todo(f"{verb}：{draw.title}", reverse("draw_detail", args=[draw.pk]), status)
    yield from _to_replace(user)
    for notice in notices_to_correct(user)[:MOST_OF_A_KIND]:
        url = reverse("publication_detail", args=[notice.pk])
        yield Todo(f"更正公告：{notice.title}", url, "待更正", hint="检查日期或检查对象有变，公告还是原来的内容")
    for draw in draws_to_announce(draws_visible_to(user))[:MOST_OF_A_KIND]:
        verb, hint = ("重新起草公告", "原公告已撤回") if draw.is_again else ("起草公告", "")
        yield Todo(f"{verb}：{draw.title}", reverse("publication_new"), "待起草", hint=hint)


def _to_contribute(user) -> Iterator[Todo]:
    """A witness with an account learns here that a sealed draw waits for their text; a covert one goes by number."""
    waiting = DrawSource.objects.filter(user=user, contribution__isnull=True, draw__state=DrawState.SEALED)
    waiting = waiting.select_related("draw").annotate(sealed_mode=F("draw__sealed__mode"))
    for source in waiting.order_by("draw__number", "position")[:MOST_OF_A_KIND]:
        source.draw.sealed_mode = source.sealed_mode
        name = source.draw.number if source.draw.is_covert else source.draw.title
        yield Todo(f"投入种子：{name}", reverse("draw_contribute", args=[source.draw_id, source.pk]), "待投入")


def _to_decide(user) -> Iterator[Todo]:
    if Role.APPROVER not in user.role_codes:
        yield from _withdrawals(user)
    asked = Recusal.objects.filter(state=Recusal.State.ASKED).count()
    if asked:
        yield Todo(f"决定回避申请 {asked} 件", f"{reverse('recusal_list')}?state=asked", "待决定")
    for recusal in CaseRecusal.objects.filter(decided_at=None, case__in=cases_visible_to(user)).select_related("case"):
        yield Todo(f"决定案件回避申请：{recusal.case.number}", reverse("case_detail", args=[recusal.case_id]), "待决定")
    openings = DossierOpening.objects.filter(decided_at=None, dossier__in=dossiers_visible_to(user))
    for opening in openings.select_related("dossier", "asked_by").order_by("asked_at")[:MOST_OF_A_KIND]:
        label = f"批准查阅案卷 {opening.dossier.archive_number}：{opening.asked_by.name}"
        yield Todo(label, reverse("dossier_detail", args=[opening.dossier_id]), "待批准", hint=opening.reason)


def _listings(roles: frozenset[str], *, today: dt.date) -> Iterator[Todo]:
    for listing, step in listings_waiting_for(roles, today=today)[:MOST_OF_A_KIND]:
        label = f"{step}：{listing.number} {listing.enterprise.name}"
        yield Todo(label, reverse("listing_detail", args=[listing.pk]), listing.get_state_display())


def _stuck_letters(user) -> Iterator[Todo]:
    for letter in stuck_letters(user)[:MOST_OF_A_KIND]:
        yield Todo(
            f"通知书签发失败：{letter.task.number}", reverse("letter_detail", args=[letter.pk]), "失败", tone="late"
        )


def _proposals(user) -> Iterator[Todo]:
    count = sum(open_proposals(user, kind=kind).count() for kind in Proposal.Kind.values)
    if count:
        yield Todo(f"处理曝光、列入建议 {count} 条", reverse("proposal_list"), "待处理")


def _letters_to_us(user) -> Iterator[Todo]:
    """What citizens and enterprises wrote: to be given to somebody by its keepers, to be answered by its handler."""
    received, own = feedback_to_assign(user).count(), feedback_to_answer(user).count()
    if received:
        yield Todo(
            f"分办来信 {received} 件", f"{reverse('feedback_desk_list')}?state={FeedbackState.RECEIVED}", "待分办"
        )
    if own:
        yield Todo(f"答复来信 {own} 件", f"{reverse('feedback_desk_list')}?state={FeedbackState.ASSIGNED}", "待答复")


def _own_visits(user) -> Iterator[Todo]:
    own = (
        tasks_visible_to(user)
        .filter(drawn__seats__inspector__account=user)
        .exclude(state__in=[TaskState.CLOSED, TaskState.ARCHIVED, TaskState.DROPPED])
    )
    for task in own.select_related("enterprise").order_by("visit_on", "number")[:MOST_OF_A_KIND]:
        hint = f"计划检查日期 {task.visit_on:%Y-%m-%d}" if task.visit_on else ""
        label = f"检查{task.enterprise.name}"
        yield Todo(label, reverse("task_detail", args=[task.pk]), task.get_state_display(), tone="open", hint=hint)


def _deadline_todos(rows: QuerySet[Deadline], *, user, today: dt.date, tone: str) -> Iterator[Todo]:
    """Each leads to the thing itself; one whose subject this person may not open, to its line among the deadlines."""
    deadlines = list(rows[:MOST_OF_A_KIND])
    places = places_of(deadlines, user=user)
    for deadline in deadlines:
        label = deadline.subject_key if deadline.is_confidential else deadline.label
        hint = f"{deadline.rule.name}，{deadline.due_on:%Y-%m-%d} 截止"
        url = places.get(deadline.pk) or f"{reverse('deadline_list')}?{urlencode({'label': label})}"
        yield Todo(label, url, days_left(deadline.due_on, today), tone=tone, hint=hint)


def _late(user, *, today: dt.date) -> Iterator[Todo]:
    yield from _deadline_todos(late_deadlines(today=today), user=user, today=today, tone="late")


def _gaps(today: dt.date) -> Iterator[Todo]:
    """What is wanting in the registers and stops work: one line each, the rest on the page of gaps."""
    found = [finding for _, findings in quality_findings(today=today) for finding in findings]
    for finding in found:
        if finding.count and finding.tone == "late":
            yield Todo(f"{finding.label} {finding.count} 项", finding.url, "待完善", hint=finding.remedy)
    if rest := sum(finding.count for finding in found if finding.tone == "due"):
        hint = "证件和许可到期、没有联系方式、疑似重复等。"
        yield Todo(f"数据质量待完善 {rest} 处", reverse("register_quality"), "待完善", tone="open", hint=hint)


def _due(user, *, today: dt.date) -> Iterator[Todo]:
    """What comes due; what is late already stands above and is not told twice."""
    rows = due_deadlines(today=today).filter(due_on__gte=today)
    yield from _deadline_todos(rows, user=user, today=today, tone="due")
