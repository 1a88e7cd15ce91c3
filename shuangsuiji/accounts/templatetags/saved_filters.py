"""The saved filters of the list that is shown."""

from __future__ import annotations

from typing import Any

from django import template

from shuangsuiji.accounts.access import opens_for
from shuangsuiji.accounts.saved_filters import kept_conditions, offered_filters

register = template.Library()


@register.inclusion_tag("components/saved_filters.html", takes_context=True)
def saved_filters(context: Any) -> dict[str, Any]:
    """Those one may choose, and a form to keep the present one; nothing outside a list of the desk."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if match is None or match.kwargs or not getattr(request.user, "is_authenticated", False):
        return {"is_offered": False}
    present = kept_conditions(request.GET.urlencode())
    return {
        "is_offered": True,
        "list_name": match.url_name,
        "path": request.path,
        "present": present,
        "filters": list(offered_filters(request.user, list_name=match.url_name)),
        "user": request.user,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.simple_tag(takes_context=True)
def may_open(context: Any, address: str) -> bool:
    """Whether the page's reader has a role for this address: nobody is offered what would be refused."""
    return opens_for(context["request"].user, address)
