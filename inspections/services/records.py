"""The record is signed and submitted, reviewed by somebody else, and becomes a document."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from inspections.documents import SITE_RECORD, record_context
from inspections.models import ItemResult, SiteRecord, Task
from inspections.policies import check_may_record, check_may_review, is_confidential, names_are_kept
from inspections.selectors import failed_results, results_of, subject_of
from inspections.selectors.marks import submission_mark
from inspections.services.lifecycle import close_task, locked_record, locked_task, move_task, note_visit
from inspections.services.orders import issue_order
from inspections.services.proposals import propose_concealed
from inspections.services.signing import has_outdated_signature, standing_signatures
from inspections.services.visits import shifted_hours
from inspections.services.work import log_visit
from inspections.states import TaskState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.files import path_of
from shuangsuiji.documents.services import issue_document
from shuangsuiji.lib.deadlines import RESULTS_AFTER_VISIT, open_deadline
from shuangsuiji.lib.editing import check_as_shown
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify, notify_role


def missing_answers(site_record: SiteRecord) -> list[str]:
    """What still has to be filled in before the record can be submitted, one sentence each."""
    sentences = [sentence for result in results_of(site_record) if (sentence := _missing_in(result))]
    if not site_record.place:
        sentences.append("表头：请填写检查场所。")
    if not site_record.ended_at:
        sentences.append("表头：请填写检查结束时间。")
    if not site_record.representative_name:
        sentences.append("表头：请填写被检查单位在场人员。")
    if not site_record.certificates_shown:
        sentences.append("表头：请确认已出示执法证件并告知权利。")
    if shifted := shifted_hours(site_record):
        sentences.append(shifted)
    return sentences


def _missing_in(result: ItemResult) -> str:
    item = result.drawn_item.item
    if not result.result:
        return f"{item.code} {item.name}：还没有结论，请选择合格、不合格或不涉及。"
    if result.result != ItemResult.Result.FAILED:
        if ItemResult.Result.FAILED in result.sub_answers.values():
            return f"{item.code} {item.name}：有检查要点不合格，事项的结论应为不合格。"
        return ""
    if not result.seen.strip():
        return f"{item.code} {item.name}：不合格须写明检查所见。"
    if not result.hazard:
        return f"{item.code} {item.name}：不合格须选择隐患级别。"
    if not result.rectify_by and not result.rectified_on:
        return f"{item.code} {item.name}：不合格须写明整改期限，当场已改好的写明完成日期。"
    return ""


@transaction.atomic
def submit_record(
    site_record: SiteRecord, *, by: User, signature: str, refusal_reason: str = "", now: dt.datetime | None = None
) -> SiteRecord:
    """Submit the record: every item answered, signed or the refusal noted.

    The deadline for publishing the results opens from the day of the visit; reviewers are told.
    """
    task = locked_task(site_record.task_id)
    check_may_record(by, task)
    row = locked_record(site_record.pk)
    _check_complete(row)
    _check_signature(row, signature, refusal_reason)
    row.signature, row.refusal_reason = signature, refusal_reason.strip()
    row.submitted_by, row.submitted_at, row.returned_reason = by, now or timezone.now(), ""
    row.revision += 1
    row.save(
        update_fields=["signature", "refusal_reason", "submitted_by", "submitted_at", "returned_reason", "revision"]
    )
    move_task(task, to=TaskState.RECORDED)
    log_visit(task, by=by, now=row.opened_at)
    _open_results_deadline(task, by=by)
    _tell_reviewers(task, by=by)
    record("record.submitted", by=by, target=task, confidential=_is_kept(task), signature=signature)
    return row


@transaction.atomic
def approve_record(
    site_record: SiteRecord,
    *,
    by: User,
    measures: str = "",
    now: dt.datetime | None = None,
    seen: str | None = None,
) -> SiteRecord:
    """Approve the record of somebody else as its page showed it (`seen`), with its consequence in one transaction.

    The record becomes a document; what failed with a limit is ordered to be put right
    (责令限期整改指令书), else the check is closed and its volume opened.
    """
    now = now or timezone.now()
    task = locked_task(site_record.task_id)
    row = locked_record(site_record.pk)
    row.task = task
    check_may_review(by, row)
    check_as_shown(seen, stands=submission_mark(row))
    row.approved_by, row.approved_at = by, now
    signatures = standing_signatures(row)
    row.document = issue_document(
        SITE_RECORD.code,
        subject=subject_of(task),
        chain=subject_of(task),
        context=record_context(row, signatures=signatures),
        pictures={one.sha256: path_of(one.file_name) for one in signatures},
        by=by,
        issued_on=timezone.localtime(now).date(),
        confidential=is_confidential(task),
    )
    row.save(update_fields=["approved_by", "approved_at", "document"])
    task.record = row
    propose_concealed(task, results_of(row), now=now)
    note_visit(task)
    failed = list(failed_results(row))
    if failed:
        issue_order(task, results=failed, by=by, measures=measures, now=now)
    else:
        close_task(task, on=timezone.localtime(now).date())
    record("record.approved", by=by, target=task, confidential=_is_kept(task), document=row.document.number)
    return row


@transaction.atomic
def return_record(site_record: SiteRecord, *, by: User, reason: str) -> SiteRecord:
    """Give the record back to the officers with what is to be mended; the visit counts as under way again."""
    task = locked_task(site_record.task_id)
    row = locked_record(site_record.pk)
    row.task = task
    check_may_review(by, row)
    if not reason.strip():
        raise Refusal("请写明退回的意见，执法人员才知道怎么改。", field="reason")
    author, row.submitted_by, row.submitted_at = row.submitted_by, None, None
    row.returned_reason = reason.strip()
    row.save(update_fields=["submitted_by", "submitted_at", "returned_reason"])
    move_task(task, to=TaskState.ON_SITE)
    notify(
        key=f"record.returned:{task.pk}:{row.revision}",
        users=[author] if author else [],
        subject=f"任务 {task.number} 的现场检查记录被退回",
        body="请按审核意见修改后再提交。",
        link=reverse("task_record", args=[task.pk]),
    )
    record("record.returned", by=by, target=task, confidential=_is_kept(task))
    return row


def _check_complete(row: SiteRecord) -> None:
    missing = missing_answers(row)
    if missing:
        raise Refusal(f"还有 {len(missing)} 处没有填完，暂不能提交。{''.join(missing)}")


def _check_signature(row: SiteRecord, signature: str, refusal_reason: str) -> None:
    if signature not in SiteRecord.Signature.values:
        raise Refusal("请选择被检查单位在场人员是否签名。", field="signature")
    if signature == SiteRecord.Signature.REFUSED and not refusal_reason.strip():
        raise Refusal("拒绝签名的，请写明拒签原因。", field="refusal_reason")
    if has_outdated_signature(row):
        raise Refusal("签名之后记录有改动，原签名不再作数。请在场各方核对后重新签名。", field="signature")


def _is_kept(task: Task) -> bool:
    return names_are_kept(task.drawn.draw, task)


def _open_results_deadline(task: Task, *, by: User) -> None:
    kind, key = subject_of(task)
    open_deadline(
        RESULTS_AFTER_VISIT,
        subject_kind=kind,
        subject_key=key,
        label=f"任务 {task.number} 公开检查结果",
        start_on=task.visited_on or task.visit_on,
        by=by,
        is_confidential=is_confidential(task),
    )


def _tell_reviewers(task: Task, *, by: User) -> None:
    message = {
        "key": f"record.waiting:{task.pk}:{task.record.revision}",
        "subject": f"任务 {task.number} 的现场检查记录待审核",
        "body": "记录已经提交，请审核。",
        "link": reverse("task_review", args=[task.pk]),
    }
    accounts = (seat.inspector.account for seat in task.drawn.seats.all() if seat.inspector)
    others = [account for account in accounts if account and account != by]
    notify(users=others, **message)
    if not is_confidential(task):
        notify_role(Role.APPROVER, **message)
