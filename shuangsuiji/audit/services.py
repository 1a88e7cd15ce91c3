"""Writing the trail. The lock is held to the commit, so call this last."""

from __future__ import annotations

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone
from structlog.contextvars import get_contextvars

from shuangsuiji.audit.chain import GENESIS, event_hash
from shuangsuiji.audit.models import AuditEvent

_CHAIN_LOCK = 7_201_116


def record(
    action: str,
    *,
    by=None,
    target: models.Model | tuple[str, str, str] | None = None,
    confidential: bool = False,
    **detail,
) -> AuditEvent:
    """Append one event to the chain, inside the caller's transaction.

    `target` is a row or (kind, key, label). A confidential event keeps the key and drops
    the label. `detail` holds JSON values without floats, and no names of persons.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("audit rows are written in the transaction of what they tell")
    kind, key, label = _target(target)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    last = AuditEvent.objects.order_by("-sequence").values("sequence", "hash").first()
    event = AuditEvent(
        sequence=last["sequence"] + 1 if last else 1,
        previous_hash=last["hash"] if last else GENESIS,
        at=timezone.now(),
        actor_key=str(by.pk) if by else "",
        actor_name=by.name if by else "系统",
        action=action,
        target_kind=kind,
        target_key=key,
        target_label=key if confidential else label[:200],
        is_confidential=confidential,
        detail=json.loads(json.dumps(detail, cls=DjangoJSONEncoder), parse_float=_no_float),
        request_id=str(get_contextvars().get("request_id", "")),
    )
    event.hash = event_hash(event)
    event.save(force_insert=True)
    return event


def _target(target: models.Model | tuple[str, str, str] | None) -> tuple[str, str, str]:
    if target is None:
        return "", "", ""
    if isinstance(target, models.Model):
        return target._meta.label_lower, str(target.pk), str(target)
    return target


def _no_float(text: str) -> None:
    raise ValueError(f"audit detail holds no floats: {text}")


def record_happening(*, action: str, by, target: models.Model, detail: dict, **_signal) -> None:
    """Write down what a room below this one announced (see `lib.events`)."""
    record(action, by=by, target=target, **detail)
