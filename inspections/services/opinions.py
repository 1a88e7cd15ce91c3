"""专家意见 and 评价: what an expert wrote on a check, and how the expert did."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from inspections.models import Evidence, ExpertOpinion, Task
from inspections.policies import names_are_kept
from inspections.policies.site import check_may_give_opinion
from inspections.services.lifecycle import locked_task
from inspectors.models import Expert, ExpertEvaluation
from inspectors.services import record_evaluation
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal


@transaction.atomic
def give_opinion(
    task: Task,
    *,
    by: User,
    expert: Expert,
    opinion: str,
    given_on: dt.date,
    scan: Evidence | None = None,
    now: dt.datetime | None = None,
) -> ExpertOpinion:
    """Register the written opinion of an expert of this check; said again in the same words, it is one."""
    task = locked_task(task.pk)
    check_may_give_opinion(by, task)
    _check_expert(task, expert)
    _check_said(task, opinion, given_on, today=timezone.localtime(now or timezone.now()).date())
    known = task.expert_opinions.filter(expert=expert, opinion=opinion.strip(), given_on=given_on).first()
    if known:
        return known
    row = ExpertOpinion.objects.create(
        task=task,
        expert=expert,
        opinion=opinion.strip(),
        given_on=given_on,
        scan=scan,
        recorded_by=by,
        recorded_at=now or timezone.now(),
    )
    record("expert.opinion_given", by=by, target=task, confidential=names_are_kept(task.drawn.draw, task))
    return row


@transaction.atomic
def evaluate_expert(task: Task, *, by: User, expert: Expert, score: int, comment: str = "") -> ExpertEvaluation:
    """Evaluate an expert after the visit, 1 to 5; by those who were there, or the office."""
    task = locked_task(task.pk)
    check_may_give_opinion(by, task)
    _check_expert(task, expert)
    assert task.visited_on, "opinions follow a visit"
    return record_evaluation(
        expert.pk, task_key=task.number, visited_on=task.visited_on, score=score, by=by, comment=comment
    )


def _check_expert(task: Task, expert: Expert) -> None:
    if not task.drawn.seats.filter(expert=expert).exists():
        raise Refusal("这位专家没有参加本次检查。", field="expert")


def _check_said(task: Task, opinion: str, given_on: dt.date, *, today: dt.date) -> None:
    if not opinion.strip():
        raise Refusal("请写明专家的意见。", field="opinion")
    if given_on > today:
        raise Refusal("出具日期不能晚于今天。", field="given_on")
    if task.visited_on and given_on < task.visited_on:
        raise Refusal("出具日期不能早于检查当天。", field="given_on")
