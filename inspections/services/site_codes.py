"""扫码入企: officers show a code, the enterprise scans it and reads who came for what; it ends by itself."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from inspections.models import SiteCode, Task
from inspections.policies import names_are_kept
from inspections.policies.site import check_may_show_code
from inspections.services.lifecycle import locked_task
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record

HOURS = 12


@transaction.atomic
def show_code(task: Task, *, by: User, now: dt.datetime | None = None) -> SiteCode:
    """The code of this visit: the one that still runs, else a new one for twelve hours."""
    now = now or timezone.now()
    task = locked_task(task.pk)
    check_may_show_code(by, task, today=timezone.localtime(now).date())
    running = task.site_codes.filter(revoked_at=None, expires_at__gt=now).order_by("-made_at").first()
    if running:
        return running
    code = SiteCode.objects.create(
        task=task,
        token=secrets.token_urlsafe(32),
        made_by=by,
        made_at=now,
        expires_at=now + dt.timedelta(hours=HOURS),
    )
    record("site_code.shown", by=by, target=task, confidential=names_are_kept(task.drawn.draw, task))
    return code


@transaction.atomic
def revoke_code(task: Task, *, by: User, now: dt.datetime | None = None) -> None:
    """Stop the codes of a visit at once; the next shown is a new one."""
    now = now or timezone.now()
    task = locked_task(task.pk)
    check_may_show_code(by, task, today=timezone.localtime(now).date())
    if task.site_codes.filter(revoked_at=None).update(revoked_at=now):
        record("site_code.revoked", by=by, target=task, confidential=names_are_kept(task.drawn.draw, task))


def code_link(code: SiteCode) -> str:
    """The address in the QR code."""
    return f"{settings.BASE_URL}/visit/{code.token}/"


def scanned(token: str, *, now: dt.datetime | None = None) -> SiteCode | None:
    """The running code with this token, its scan counted; None when there is none or it has ended."""
    now = now or timezone.now()
    code = SiteCode.objects.filter(token=token, revoked_at=None, expires_at__gt=now).first()
    if code is None:
        return None
    SiteCode.objects.filter(pk=code.pk).update(scan_count=F("scan_count") + 1)
    SiteCode.objects.filter(pk=code.pk, first_scanned_at=None).update(first_scanned_at=now)
    return code
