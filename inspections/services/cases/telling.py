"""Who learns that a case has come to them. Of what is kept secret, only its own officers learn, and only the number."""

from __future__ import annotations

from django.urls import reverse

from inspections.models import Case
from inspections.policies import names_are_kept
from shuangsuiji.accounts.models import Role
from shuangsuiji.notifications.services import notify, notify_role


def tell_deciders(case: Case, what: str) -> None:
    """Approvers and the head: it is for them to file, to review, to decide."""
    if names_are_kept(case.task.drawn.draw, case.task):
        return
    for role in (Role.APPROVER, Role.HEAD):
        notify_role(role, **_message(case, what, to=role))


def tell_handlers(case: Case, what: str) -> None:
    """The officers in charge: it came back to them."""
    rows = case.handlers.filter(left_on=None, inspector__account__isnull=False).select_related("inspector__account")
    users = [row.inspector.account for row in rows.order_by("position", "id") if row.inspector.account]
    notify(users=users, **_message(case, what, to="handlers"))


def _message(case: Case, what: str, *, to: str) -> dict:
    """Keyed by how far the case has come, so what was returned and comes again is told again."""
    return {
        "key": f"case:{case.pk}:{case.steps.count()}:{to}",
        "subject": f"案件 {case.number} {what}",
        "body": "请办理。",
        "link": reverse("case_detail", args=[case.pk]),
    }
