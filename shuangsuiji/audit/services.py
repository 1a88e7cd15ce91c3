"""Writing the trail. The lock is held to the commit, so call this last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone
from structlog.contextvars import get_contextvars

from shuangsuiji.audit.chain import GENESIS, day_text, event_hash
from shuangsuiji.audit.models import AuditEvent, ChainHead, DayLeaf
from shuangsuiji.lib.page_cache import note_change

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
    head = ChainHead.objects.first()
    event = AuditEvent(
        sequence=head.sequence + 1 if head else 1,
        previous_hash=head.hash if head else GENESIS,
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


def tell_page_cache(*, instance: AuditEvent, created: bool, **_signal) -> None:
    """A recorded change makes every kept page old. Signing in and out changes no page, and strangers can cause it."""
    if created and not instance.action.startswith("account."):
        note_change(instance.hash)


@transaction.atomic
def note_days_before(today: date) -> list[DayLeaf]:
    """Write the leaf of each day that is over and has none yet; days without events have none. Repeating adds nothing.

    The chain's lock keeps another worker, and further events, from coming in between. What was recorded
    after a day's leaf was written belongs to the next day that is written, whatever its clock says.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    last = DayLeaf.objects.order_by("-on").first()
    after, previous = (last.last_sequence, last.digest) if last else (0, GENESIS)
    rows = AuditEvent.objects.filter(sequence__gt=after).order_by("sequence").values_list("sequence", "hash", "at")
    noted = []
    for on, events in groupby(
        _dated(rows.iterator(), since=last.on + timedelta(days=1) if last else date.min), key=itemgetter(0)
    ):
        if on >= today:
            break
        links = [(sequence, link) for _, sequence, link in events]
        digest = hashlib.sha256(day_text(on=on, previous=previous, links=links).encode()).hexdigest()
        leaf = DayLeaf(on=on, first_sequence=links[0][0], last_sequence=links[-1][0], head=links[-1][1])
        leaf.previous_digest, leaf.digest = previous, digest
        leaf.save(force_insert=True)
        noted.append(leaf)
        previous = digest
    return noted


def _dated(rows: Iterable[tuple[int, str, datetime]], *, since: date) -> Iterator[tuple[date, int, str]]:
    """Each link with its day. The chain's order decides: a clock that was set back opens no day anew."""
    on = since
    for sequence, link, at in rows:
        on = max(on, timezone.localdate(at))
        yield on, sequence, link
