"""The outbox to the provincial platform: rows in the transaction of what they tell, delivery one at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from publication import platform
from publication.models import PlatformPush, Publication
from publication.states import PUBLIC_STATES, TRACE_STATES
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role
from shuangsuiji.audit.services import record
from shuangsuiji.lib.doorbell import ring
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify_role

PUSH_TASK = "publication.tasks.push_due"
MOST_ATTEMPTS = 12
log = structlog.get_logger(__name__)


def queue_push(publication: Publication) -> None:
    """Put what a publication has become into the outbox, once for each state; nothing without a platform."""
    if not platform.is_configured() or publication.published_at is None:
        return
    if publication.state not in (*PUBLIC_STATES, *TRACE_STATES):
        return
    _, is_new = PlatformPush.objects.get_or_create(
        publication=publication, publication_state=publication.state, defaults={"not_before": timezone.now()}
    )
    if is_new:
        ring(PUSH_TASK)


def push_next(*, now: datetime) -> bool:
    """Deliver the oldest row that is due; False when none is.

    The row stays locked while the platform is spoken to. A worker killed after the platform's yes and
    before the commit sends it once more, with the same Idempotency-Key.
    """
    with transaction.atomic():
        push = (
            PlatformPush.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("publication")
            .filter(state=PlatformPush.State.WAITING, not_before__lte=now)
            .order_by("not_before", "id")
            .first()
        )
        if push is None or not platform.is_configured():
            return False
        push.attempt_count += 1
        try:
            platform.deliver(push, timestamp=int(now.timestamp()))
        except (OSError, platform.NotTakenError) as error:
            _note_failure(push, error, now=now)
        else:
            push.state, push.sent_at, push.last_error = PlatformPush.State.SENT, timezone.now(), ""
        push.save()
    return True


def _note_failure(push: PlatformPush, error: Exception, *, now: datetime) -> None:
    push.last_error = f"{type(error).__name__}: {error}"[:300]
    push.not_before = now + timedelta(seconds=min(30 * 2**push.attempt_count, 6 * 3600))
    if push.attempt_count >= MOST_ATTEMPTS:
        push.state = PlatformPush.State.DEAD
        notify_role(
            Role.CLERK,
            key=f"push.dead:{push.pk}:{push.created_at:%Y%m%d}",
            subject="一份公开信息多次推送省平台失败，请查看原因",
            link="/desk/platform/",
        )
    log.warning("push_not_taken", push=str(push.pk), attempt=push.attempt_count)


@transaction.atomic
def push_again(push: PlatformPush, *, by: User) -> None:
    """Put a dead row back into the outbox."""
    check_role(by, Role.CLERK)
    if not platform.is_configured():
        raise Refusal("还没有设置省平台的地址：请部署本系统的管理员在服务器的运行设置里填写，重新启动后再推送。")
    revived = PlatformPush.objects.filter(pk=push.pk, state=PlatformPush.State.DEAD).update(
        state=PlatformPush.State.WAITING, attempt_count=0, not_before=timezone.now()
    )
    if revived:
        ring(PUSH_TASK)
        record("push.sent_again", by=by, target=("push", str(push.pk), ""))
