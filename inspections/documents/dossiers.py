"""The sheets of a volume that are about the volume: 案卷首页, 备考表."""

from __future__ import annotations

from django.utils import timezone

from inspections.documents.cases import handlers_of
from inspections.documents.words import day
from inspections.models import Case, Dossier, ItemResult, Task
from inspections.selectors import evidence_of, officers_of, set_aside_of, subject_of
from inspections.states import CaseState
from shuangsuiji.documents.models import DocumentChain
from shuangsuiji.documents.numbering import number_text

VOLUME_MARK = "案"


def outcome_text(task: Task) -> str:
    """处理结果 on the cover, in one line."""
    record = task.record
    if not record.results.filter(result=ItemResult.Result.FAILED).exists():
        return "未发现问题"
    if not task.orders.exists():
        return "发现的问题已当场整改"
    return "责令限期整改，经复查已整改到位"


def cover_context(dossier: Dossier) -> dict:
    """案卷首页, of a check or of the penalty case that grew out of it."""
    task = dossier.task
    filed = dossier.locked_at
    cases = list(task.cases.exclude(state=CaseState.REFUSED).order_by("proposed_at", "number"))
    own = _case_cover(cases) if cases else _check_cover(task)
    return {
        "enterprise_name": task.enterprise.name,
        "number": volume_number(task),
        "archive_number": dossier.archive_number or "",
        "archived_on": day(timezone.localtime(filed).date()) if filed else "",
        "retention": dossier.retention,
        "year": str(task.closed_on.year) if task.closed_on else "",
        "volume_label": "一案一卷",
        **own,
    }


def volume_number(task: Task) -> str:
    """示应急案〔2026〕12号: the check's own serial under the mark of volumes; the task's number before there is one."""
    kind, key = subject_of(task)
    chain = DocumentChain.objects.filter(subject_kind=kind, subject_key=key).first()
    return number_text(VOLUME_MARK, year=chain.year, serial=chain.serial) if chain else task.number


def _check_cover(task: Task) -> dict:
    return {
        "case_name": f"{task.enterprise.name}“双随机、一公开”安全生产执法检查",
        "cause": f"{task.drawn.draw.title}，{task.drawn.draw.source_words}",
        "outcome": outcome_text(task),
        "opened_on": day(timezone.localtime(task.created_at).date()),
        "closed_on": day(task.closed_on),
        "undertakers": [one["name"] for one in officers_of(task)],
    }


def _case_cover(cases: list[Case]) -> dict:
    """Several cases of one check share its volume; the cover names them all."""
    filed = [case.filed_on for case in cases if case.filed_on]
    closed = [case.closed_on for case in cases if case.closed_on]
    return {
        "case_name": "；".join(f"{case.party_name}{case.cause}案" for case in cases),
        "cause": "；".join(dict.fromkeys(case.cause for case in cases)),
        "outcome": "；".join(_case_outcome(case) for case in cases),
        "opened_on": day(min(filed)) if filed else "",
        "closed_on": day(max(closed)) if closed else "",
        "undertakers": [one["name"] for one in handlers_of(cases[0])],
    }


def _case_outcome(case: Case) -> str:
    endings = {"drop": "不予行政处罚", "transfer": "移送", "revoke": "处罚决定被撤销"}
    ended = case.steps.filter(act__in=endings).order_by("-at", "-id").first()
    return endings[ended.act] if ended else case.penalty_text


def _excuse(dossier: Dossier) -> list[str]:
    """What is missing, why, and who let the volume be filed without it."""
    if not (dossier.excused_at and dossier.excused_by):
        return []
    on = timezone.localtime(dossier.excused_at)
    gaps = "".join(dossier.excused_gaps)
    return [
        (
            f"归档时缺：{gaps}原因：{dossier.excuse_reason}。"
            f"{on.year}年{on.month}月{on.day}日由{dossier.excused_by.name}准予归档。"
        )
    ]


def closing_context(dossier: Dossier) -> dict:
    """备考表. Its day is the day on which the volume was asked for, so the same volume renders the same bytes."""
    on = timezone.localtime(dossier.locked_at or dossier.queued_at).date() if dossier.queued_at else None
    photos, aside = evidence_of(dossier.task).count(), set_aside_of(dossier.task).count()
    remarks = [f"照片等证据 {photos} 件，原件以电子形式随卷保存，文件指纹见证据清单。"]
    if aside:
        remarks.append(f"另有 {aside} 件经检查人员说明不作为证据，理由见现场检查记录，原件留存。")
    return {
        "counts": {"photos": photos},
        "remarks": "\n".join([*remarks, *_excuse(dossier)]),
        "compiled_by": dossier.queued_by.name if dossier.queued_by else "",
        "checked_by": dossier.locked_by.name if dossier.locked_by else "",
        "on": day(on),
    }
