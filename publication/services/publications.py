"""Drafting, approving and publishing. What must happen together happens in one transaction."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from draws.models import Draw
from draws.services import open_envelope
from inspections.models import Task
from inspections.services import mark_noticed, mark_results_public
from publication.disclosure import content_hash, notice_content, result_content
from publication.documents import PUBLIC_NOTICE
from publication.models import Publication, PublicationEnterprise
from publication.policies import (
    check_may_approve,
    check_may_draft_notice,
    check_may_draft_result,
    check_may_edit,
    check_move,
)
from publication.selectors import tasks_to_announce
from publication.services.letters import create_letters
from publication.states import PublicationState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role
from shuangsuiji.audit.services import record
from shuangsuiji.documents.services import issue_document
from shuangsuiji.lib.deadlines import NOTICE_BEFORE_VISIT, keep_deadline, latest_publication_on, open_deadline
from shuangsuiji.lib.doorbell import ring
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify_role

PUBLISH_TASK = "publication.tasks.publish_due"


def open_notice_deadline(draw: Draw, by: User | None) -> None:
    """Called inside the drawing: the notice of an announced draw is due 15 whole days before its first visit."""
    if draw.mode == Draw.Mode.ANNOUNCED:
        open_deadline(
            NOTICE_BEFORE_VISIT,
            subject_kind="draw",
            subject_key=str(draw.number),
            label=f"{draw.number} 检查公告",
            start_on=draw.visits_from,
            by=by,
        )


@transaction.atomic
def draft_notice(draw: Draw, *, by: User) -> Publication:
    """Draft the advance notice from the draw; asked again, the draft that stands is returned.

    Legal source: the bureau's plan 三(四)4: names, contents, time and requirements, 15 days ahead.
    """
    check_may_draft_notice(draw, by=by)
    draw = Draw.objects.select_for_update(of=("self",)).get(pk=draw.pk)
    standing = Publication.objects.filter(draw=draw, kind=Publication.Kind.NOTICE, version=1).first()
    if standing is not None:
        return standing
    tasks = list(tasks_to_announce(draw))
    first_visit = min((task.visit_on for task in tasks if task.visit_on), default=draw.visits_from)
    notice = Publication.objects.create(
        slug=draw.number.lower(),
        kind=Publication.Kind.NOTICE,
        title=_notice_title(tasks),
        index_number=f"{draw.number}/GG",
        introduction=_notice_introduction(draw, tasks),
        content=notice_content(draw, tasks=tasks),
        draw=draw,
        drafted_by=by,
        must_publish_by=latest_publication_on(first_visit),
    )
    _name_enterprises(notice, tasks)
    record("publication.drafted", by=by, target=notice)
    _tell_approvers(notice)
    return notice


@transaction.atomic
def draft_result(task: Task, *, by: User | None) -> Publication:
    """Draft a task's result from its reviewed record; asked again, the draft that stands is returned."""
    task = Task.objects.select_for_update(of=("self",)).select_related("drawn__draw", "enterprise").get(pk=task.pk)
    check_may_draft_result(task)
    standing = Publication.objects.filter(task=task, kind=Publication.Kind.RESULT, version=1).first()
    if standing is not None:
        return standing
    content = result_content(task)
    result = Publication.objects.create(
        slug=task.number.lower(),
        kind=Publication.Kind.RESULT,
        title=f"{content['enterprise']['name']}检查结果",
        index_number=f"{task.number}/JG",
        introduction=_result_introduction(content),
        content=content,
        is_confidential=task.is_covert,
        task=task,
        drafted_by=by,
    )
    _name_enterprises(result, [task])
    record("publication.drafted", by=by, target=result, confidential=result.is_confidential)
    _tell_approvers(result)
    return result


@transaction.atomic
def edit_publication(publication: Publication, *, title: str, introduction: str, by: User) -> Publication:
    """Change the words of a draft; the facts come from the data and are not typed."""
    publication = _locked(publication)
    check_may_edit(publication, by=by)
    publication.title, publication.introduction = title.strip(), introduction.strip()
    if publication.drafted_by_id is None:
        publication.drafted_by = by
    publication.save(update_fields=["title", "introduction", "drafted_by"])
    record("publication.edited", by=by, target=publication, confidential=publication.is_confidential)
    return publication


@transaction.atomic
def approve_publication(
    publication: Publication, *, by: User, publish_at: dt.datetime | None = None, now: dt.datetime | None = None
) -> Publication:
    """Approve and schedule; without a time it is due at once and the next job publishes it."""
    now = now or timezone.now()
    publish_at = max(publish_at or now, now)
    publication = _locked(publication)
    check_may_approve(publication, by=by, publish_on=timezone.localdate(publish_at))
    publication.approved_by, publication.approved_at, publication.publish_at = by, now, publish_at
    _move(publication, to=PublicationState.APPROVED)
    _move(publication, to=PublicationState.SCHEDULED)
    publication.save(update_fields=["approved_by", "approved_at", "state", "publish_at"])
    record(
        "publication.approved",
        by=by,
        target=publication,
        confidential=publication.is_confidential,
        publish_at=publish_at,
    )
    ring(PUBLISH_TASK)
    return publication


@transaction.atomic
def return_publication(publication: Publication, *, reason: str, by: User) -> Publication:
    """Send a scheduled publication back to its draft before it is public; needs a reason."""
    if not reason.strip():
        raise Refusal("请写明退回的原因。", field="reason")
    publication = _locked(publication)
    check_role(by, Role.APPROVER)
    _move(publication, to=PublicationState.DRAFTED)
    publication.approved_by = publication.approved_at = publication.publish_at = None
    publication.save(update_fields=["state", "approved_by", "approved_at", "publish_at"])
    record(
        "publication.returned",
        by=by,
        target=publication,
        confidential=publication.is_confidential,
        reason=reason.strip(),
    )
    return publication


@transaction.atomic
def publish_publication(pk, *, now: dt.datetime) -> Publication | None:
    """Make a due publication public, exactly once.

    In one transaction: number and official PDF of a notice, content hash, state; for a
    notice the tasks become 已公告, a letter row per enterprise is written and the deadline
    is kept; for a result the task's results become public. Returns None when it is not
    due, already public, or another worker has it.
    """
    due = Publication.objects.select_for_update(of=("self",), skip_locked=True).filter(
        pk=pk, state=PublicationState.SCHEDULED, publish_at__lte=now
    )
    publication = due.select_related("draw", "task").first()
    if publication is None:
        return None
    if publication.kind == Publication.Kind.NOTICE:
        _publish_notice(publication, now=now)
    _move(publication, to=PublicationState.PUBLISHED)
    publication.published_at = now
    publication.sha256 = content_hash(publication, published_at=now)
    publication.save(update_fields=["state", "published_at", "sha256", "number"])
    if publication.kind == Publication.Kind.RESULT and publication.task is not None:
        mark_results_public(publication.task, by=None, now=now)
        open_envelope(publication.task.drawn, by=None, now=now)
    record("publication.published", by=None, target=publication, sha256=publication.sha256)
    return publication


def _publish_notice(notice: Publication, *, now: dt.datetime) -> None:
    today = timezone.localdate(now)
    tasks = list(tasks_to_announce(notice.draw))
    document = issue_document(
        PUBLIC_NOTICE.code,
        subject=("publication", str(notice.pk)),
        context=_notice_context(notice),
        by=notice.approved_by,
        issued_on=today,
        qr_link=f"{settings.BASE_URL}/notices/{notice.slug}/",
    )
    notice.number = document.number
    mark_noticed(tasks, by=None)
    create_letters(notice, tasks=tasks)
    keep_deadline(NOTICE_BEFORE_VISIT, subject_kind="draw", subject_key=str(notice.draw.number), on=today)


def _notice_context(notice: Publication) -> dict:
    draw, content = notice.draw, notice.content
    return {
        "title": notice.title,
        "introduction": notice.introduction,
        "draw": {
            "number": draw.number,
            "drawn_on": timezone.localdate(draw.sealed.drawing.drawn_at).isoformat(),
            "sealed_hash": draw.sealed.sealed_hash,
        },
        "visits_from": content["visits_from"],
        "visits_to": content["visits_to"],
        "enterprises": content["enterprises"],
        "requirements": content["requirements"],
    }


def _move(publication: Publication, *, to: PublicationState) -> None:
    check_move(publication, to=to)
    publication.state = to


def _locked(publication: Publication) -> Publication:
    return Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)


def _name_enterprises(publication: Publication, tasks: list[Task]) -> None:
    rows = [PublicationEnterprise(publication=publication, enterprise_id=task.enterprise_id) for task in tasks]
    PublicationEnterprise.objects.bulk_create(rows)


def _tell_approvers(publication: Publication) -> None:
    # The number, never the title: a covert result's title names its enterprise.
    notify_role(
        Role.APPROVER,
        key=f"publication.drafted:{publication.pk}",
        subject=f"待审批：{publication.get_kind_display()} {publication.index_number}",
        link=f"/desk/publication/{publication.pk}/",
    )


def _notice_title(tasks: list[Task]) -> str:
    if not tasks:
        raise Refusal("这次抽取没有有效的检查对象，无法起草公告。")
    if len(tasks) == 1:
        return f"关于对{tasks[0].enterprise.name}开展双随机检查的公告"
    return f"关于对{tasks[0].enterprise.name}等{len(tasks)}家企业开展双随机检查的公告"


def _notice_introduction(draw: Draw, tasks: list[Task]) -> str:
    drawn_on = timezone.localdate(draw.sealed.drawing.drawn_at)
    return (
        f"按照“双随机、一公开”工作要求，我局于{drawn_on.year}年{drawn_on.month}月{drawn_on.day}日公开抽取"
        f"检查对象{len(tasks)}家（抽取台账号 {draw.number}），现将检查对象、检查内容、检查时间和相关要求公告如下。"
    )


def _result_introduction(content: dict) -> str:
    counts = content["counts"]
    return (
        f"本次检查事项{len(content['results'])}项，合格{counts['passed']}项，"
        f"不合格{counts['failed']}项，不涉及{counts['absent']}项。"
    )
