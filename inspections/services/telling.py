"""Messages to the officers of a task: by its number, never by the name of an enterprise."""

from __future__ import annotations

from django.urls import reverse

from inspections.models import Task
from shuangsuiji.notifications.services import notify


def tell_officers(task: Task, *, key: str, subject: str, body: str = "", page: str = "task_detail") -> None:
    """Put a message on the desks of the task's officers who have an account; it leads to a page of the task."""
    seats = task.drawn.seats.filter(inspector__account__isnull=False).select_related("inspector__account")
    accounts = [seat.inspector.account for seat in seats.order_by("seat", "id") if seat.inspector]
    users = [account for account in accounts if account is not None]
    notify(key=key, users=users, subject=subject, body=body, link=reverse(page, args=[task.pk]))
