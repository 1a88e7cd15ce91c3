"""The bell in the desk's head."""

from __future__ import annotations

from django.utils.functional import SimpleLazyObject

from shuangsuiji.notifications.selectors import unread_count


def inbox(request) -> dict:
    """`unread_count`, asked of the database only where a page shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread_count": 0}
    return {"unread_count": SimpleLazyObject(lambda: unread_count(user))}
