"""The watch over deadlines: a word before, and louder after, on the desk and by e-mail."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction

from shuangsuiji.accounts.models import Role, User
from shuangsuiji.lib.models import Deadline
from shuangsuiji.notifications.services import notify_role, queue_email


@transaction.atomic
def tell_about_deadlines(*, today: dt.date) -> None:
    """Warn clerk and approver from the warning day on; tell the leading group what was missed.

    Each deadline is told once per kind and due day, however often this runs.
    """
    open_ones = Deadline.objects.filter(kept_on=None, cancelled_at=None, warn_on__lte=today)
    for deadline in open_ones.filter(due_on__gte=today).order_by("due_on", "id"):
        subject = f"期限将至：{_named(deadline)}，{_cn(deadline.due_on)}前"
        _tell((Role.CLERK, Role.APPROVER), deadline, moment="warned", subject=subject)
    for deadline in open_ones.filter(due_on__lt=today).order_by("due_on", "id"):
        subject = f"期限已过：{_named(deadline)}，应于{_cn(deadline.due_on)}前完成"
        _tell((Role.CLERK, Role.APPROVER, Role.HEAD, Role.LEADER), deadline, moment="missed", subject=subject)
        _mail_leaders(deadline, subject=subject)


def _named(deadline: Deadline) -> str:
    return deadline.subject_key if deadline.is_confidential else deadline.label


def _cn(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _tell(roles: tuple[Role, ...], deadline: Deadline, *, moment: str, subject: str) -> None:
    key = f"deadline.{moment}:{deadline.pk}:{deadline.due_on:%Y%m%d}"  # once a person, however many roles they hold
    for role in roles:
        notify_role(role, key=key, subject=subject, link="/desk/deadlines/")


def _mail_leaders(deadline: Deadline, *, subject: str) -> None:
    """The leading group seldom opens the desk: what was missed comes to them, once, where an address is known."""
    leaders = User.objects.filter(is_active=True, roles__role__in=[Role.HEAD, Role.LEADER]).exclude(email="")
    for user in leaders.distinct().order_by("pk"):
        queue_email(
            key=f"deadline.missed:{deadline.pk}:{deadline.due_on:%Y%m%d}:mail:{user.pk}",
            address=user.email,
            subject=subject,
            template="messages/deadline.txt",
            context={"named": _named(deadline), "rule": deadline.rule, "due_on": deadline.due_on, "user": user},
            link=f"{settings.BASE_URL}/desk/deadlines/",
            subject_kind="deadline",
            subject_key=str(deadline.pk),
        )
