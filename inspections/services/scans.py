"""签字扫描件: the sheet as it was signed, added beside the paper it shows; the receipt of a payment likewise."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.models import Case, Payment, SignedScan, Task
from inspections.policies import names_are_kept
from inspections.policies.scans import check_may_add_scan
from inspections.services.lifecycle import locked_task
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.files import keep_file
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.uploads import CheckedUpload, check_scan

FOLDER = "scans"
MOST_SCANS = 20


def add_scan(
    document: IssuedDocument,
    *,
    task: Task,
    case: Case | None = None,
    by: User,
    file: Any,
    now: dt.datetime | None = None,
) -> SignedScan:
    """Add a photo or scan of a signed paper. The same bytes again return the first."""
    checked = read_scan(file, field="file")
    with transaction.atomic():
        task = locked_task(task.pk)
        check_may_add_scan(by, task=task, case=case)
        known = document.scans.filter(sha256=checked.sha256).first()
        if known:
            return known
        if document.scans.count() >= MOST_SCANS:
            raise Refusal(f"一份文书最多附 {MOST_SCANS} 件扫描件。", field="file")
        return keep_scan(checked, task=task, document=document, by=by, now=now or timezone.now())


def read_scan(file: Any, *, field: str) -> CheckedUpload:
    """A photo or a PDF, by content; a refusal stands beside the field."""
    try:
        return check_scan(file)
    except Refusal as refusal:
        raise Refusal(refusal.sentence, field=field) from refusal


def keep_scan(
    checked: CheckedUpload,
    *,
    task: Task,
    by: User,
    now: dt.datetime,
    document: IssuedDocument | None = None,
    payment: Payment | None = None,
) -> SignedScan:
    """Write a scan that was checked, inside the caller's transaction."""
    scan = SignedScan.objects.create(
        task=task,
        document=document,
        payment=payment,
        sha256=checked.sha256,
        file_name=keep_file(checked.content, folder=FOLDER, suffix=checked.suffix),
        media_type=checked.media_type,
        byte_count=len(checked.content),
        added_by=by,
        added_at=now,
    )
    kept = names_are_kept(task.drawn.draw, task)
    what = (document.number or document.kind) if document else "payment"
    record("scan.added", by=by, target=task, confidential=kept, paper=what, sha256=scan.sha256)
    return scan
