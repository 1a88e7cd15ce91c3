"""通知即检查: no public notice; the enterprise gets its letter when its visit is made known."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from draws.services import open_envelope
from inspections.models import Task
from inspections.services import mark_noticed
from publication.models import Letter
from publication.policies import check_may_notify_enterprise
from publication.services.letter_rows import ISSUE_TASK, new_letter
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.doorbell import ring


@transaction.atomic
def notify_enterprise(task: Task, *, by: User, now: dt.datetime | None = None) -> Letter:
    """Make the visit known to its enterprise: in order the task goes on, its envelope opens, its letter waits.

    The job issues and e-mails the letter. Asked again, the letter that is there is returned.
    """
    now = now or timezone.now()
    task = Task.objects.select_for_update(of=("self",)).select_related("drawn__draw", "enterprise").get(pk=task.pk)
    standing = Letter.objects.filter(task=task).first()
    if standing is not None:
        return standing
    check_may_notify_enterprise(task, by=by)
    mark_noticed([task], by=by)
    open_envelope(task.drawn, by=by, now=now)
    letter = new_letter(task)
    letter.save(force_insert=True)
    ring(ISSUE_TASK)
    record("letter.created", by=by, target=letter)
    return letter
