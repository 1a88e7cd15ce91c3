"""Who is told about a draw: a role of the desk, or, where names are kept, only those named for it."""

from __future__ import annotations

from django.urls import reverse

from draws.models import Draw
from shuangsuiji.accounts.models import User
from shuangsuiji.notifications.services import notify, notify_role


def tell_role(draw: Draw, role: str, *, key: str, subject: str, page: str = "draw_detail") -> None:
    """A message with a link to one of the draw's pages; nobody gets one who could not open it."""
    link = reverse(page, args=[draw.pk])
    if draw.is_announced:
        notify_role(role, key=key, subject=subject, link=link)
        return
    named = {draw.drafted_by_id, draw.approved_by_id, *draw.cleared_people.values_list("pk", flat=True)}
    people = User.objects.filter(pk__in=named - {None}, roles__role=role, is_active=True)
    notify(key=key, users=list(people.order_by("pk")), subject=subject, link=link)
