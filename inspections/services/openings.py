"""调卷: asked with a reason, granted by the head for some hours, read under the eye of the trail, closed again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from inspections.models import Dossier, DossierOpening, DossierReading, Task
from inspections.policies import dossiers as rules
from inspections.policies import names_are_kept
from inspections.selectors.cases import task_of_paper
from inspections.states import DossierState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify, notify_role

LONGEST_HOURS = 72


@transaction.atomic
def ask_opening(dossier: Dossier, *, by: User, reason: str, now: dt.datetime | None = None) -> DossierOpening:
    """Ask to read a filed volume; the head is told."""
    now = now or timezone.now()
    row = Dossier.objects.select_for_update(of=("self",)).select_related("task__drawn__draw").get(pk=dossier.pk)
    rules.check_may_ask_opening(by, row, at=now)
    if not reason.strip():
        raise Refusal("请写明查阅理由。", field="reason")
    opening = DossierOpening.objects.create(dossier=row, reason=reason.strip(), asked_by=by, asked_at=now)
    notify_role(
        Role.HEAD,
        key=f"dossier.opening:{opening.pk}",
        subject=f"案卷 {row.archive_number} 有查阅申请待批准",
        link=reverse("dossier_detail", args=[row.pk]),
    )
    _trail("dossier.opening_asked", opening, by=by)
    return opening


@transaction.atomic
def decide_opening(
    opening: DossierOpening,
    *,
    by: User,
    is_granted: bool,
    hours: int = 24,
    opinion: str = "",
    now: dt.datetime | None = None,
) -> DossierOpening:
    """Grant the reading for so many hours from now, or refuse it; the reader is told either way."""
    now = now or timezone.now()
    row = _locked(opening)
    rules.check_may_decide_opening(by, row)
    if is_granted and not 1 <= hours <= LONGEST_HOURS:
        raise Refusal(f"开放时间为 1 至 {LONGEST_HOURS} 小时。", field="hours")
    row.is_granted, row.opinion, row.decided_by, row.decided_at = is_granted, opinion.strip(), by, now
    row.open_until = now + dt.timedelta(hours=hours) if is_granted else None
    row.save()
    word = "已批准" if is_granted else "未获批准"
    notify(
        key=f"dossier.opening_decided:{row.pk}",
        users=[row.asked_by],
        subject=f"案卷 {row.dossier.archive_number} 的查阅申请{word}",
        body=row.opinion,
        link=reverse("dossier_detail", args=[row.dossier_id]),
    )
    _trail("dossier.opening_granted" if is_granted else "dossier.opening_refused", row, by=by)
    return row


@transaction.atomic
def close_opening(opening: DossierOpening, *, by: User, now: dt.datetime | None = None) -> DossierOpening:
    """Close the volume again before its time runs out."""
    row = _locked(opening)
    rules.check_may_close_opening(by, row)
    row.closed_at = now or timezone.now()
    row.save(update_fields=["closed_at"])
    _trail("dossier.closed_again", row, by=by)
    return row


@transaction.atomic
def read_dossier(dossier: Dossier, *, by: User, file: str, what: str = "", now: dt.datetime | None = None) -> None:
    """Whoever opens a filed volume has the head's approval and stands in the list of readings and in the trail."""
    now = now or timezone.now()
    rules.check_may_read(by, dossier, at=now)
    if dossier.state != DossierState.LOCKED:
        return
    opening = rules.opening_for(by, dossier, at=now)
    DossierReading.objects.create(dossier=dossier, opening=opening, file=file, what=what[:120], read_by=by, read_at=now)
    record(
        "dossier.opened",
        by=by,
        target=dossier.task,
        confidential=_is_kept(dossier),
        archive_number=dossier.archive_number,
        file=file,
    )


def read_content(task: Task, *, by: User, what: str = "") -> None:
    """Before a page, a paper or a piece of evidence of a check is shown: of a filed one, only as its volume is read."""
    dossier = Dossier.objects.filter(task=task, state=DossierState.LOCKED).select_related("task__drawn__draw").first()
    if dossier is not None:
        read_dossier(dossier, by=by, file=DossierReading.File.CONTENT, what=what)


def read_paper(user: User, document: IssuedDocument) -> None:
    """A paper of a check or of a case, opened at the desk; asked by the documents room."""
    task = task_of_paper(document)
    if task is not None:
        read_content(task, by=user, what=f"{document.title} {document.number or ''}".strip())


def _locked(opening: DossierOpening) -> DossierOpening:
    rows = DossierOpening.objects.select_for_update(of=("self",))
    return rows.select_related("dossier__task__drawn__draw", "asked_by").get(pk=opening.pk)


def _trail(action: str, opening: DossierOpening, *, by: User) -> None:
    dossier = opening.dossier
    record(action, by=by, target=dossier.task, confidential=_is_kept(dossier), archive_number=dossier.archive_number)


def _is_kept(dossier: Dossier) -> bool:
    return names_are_kept(dossier.task.drawn.draw, dossier.task)
