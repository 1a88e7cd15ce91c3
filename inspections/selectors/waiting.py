"""What waits for somebody's hand in a check: schemes, records, re-inspections, measures taken on site."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from inspections.models import Task
from inspections.policies import BEFORE_VISIT
from inspections.selectors.reading import tasks_visible_to
from shuangsuiji.accounts.models import User

_APPROVALS = (
    ("现场处理措施待审批", Q(handling_drafts__isnull=False, handling_drafts__settled_at__isnull=True)),
    ("审批检查方案", Q(state__in=BEFORE_VISIT, scheme__reviewed_at__isnull=False, scheme__approved_at__isnull=True)),
    ("审核检查记录", Q(record__submitted_at__isnull=False, record__approved_at__isnull=True)),
    (
        "审核复查记录",
        Q(orders__revisit__submitted_at__isnull=False, orders__revisit__approved_at__isnull=True),
    ),
)


def waiting_for_approver(user: User, *, most: int) -> Iterator[tuple[str, Task]]:
    """What an approver has before them, each kind's first ones, in words and with its task."""
    seen = tasks_visible_to(user)
    for words, condition in _APPROVALS:
        rows = seen.filter(condition).distinct().select_related("enterprise")
        for task in rows.order_by("visit_on", "number")[:most]:
            yield words, task


def schemes_to_review(user: User) -> QuerySet[Task]:
    """Schemes drawn up by others and reviewed by nobody yet."""
    rows = tasks_visible_to(user).filter(state__in=BEFORE_VISIT, scheme__isnull=False, scheme__reviewed_at=None)
    return rows.exclude(scheme__drafted_by=user).select_related("enterprise").order_by("visit_on", "number")
