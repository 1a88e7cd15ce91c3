"""Every view says who may open it; a test walks all addresses and asks.

Exactly one of these stands on each view. What is declared here is the door only: the
service behind it asks its own policy again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers

from shuangsuiji.accounts.models import Role
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.guessing import check_not_guessing, note_miss


@dataclass(frozen=True)
class Access:
    """The declared answer of a view: `public`, `token` or `desk`, and its roles."""

    kind: str
    roles: frozenset[str] = frozenset()


def _declare(view: Callable, access: Access) -> Callable:
    view.access = access  # type: ignore[attr-defined]
    return view


def public_page(view: Callable) -> Callable:
    """Anyone may open it. A page looks as the visitor's two cookies say (type size, contrast): caches are told."""

    @wraps(view)
    def shown(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response

    return _declare(shown, Access("public"))


def token_page(view: Callable) -> Callable:
    """Whoever holds the link in the address may open it; the view checks the token, and misses are counted.

    What is done there counts as done by the outsider who holds the link, so that nobody signed in does it.
    """

    @wraps(view)
    def watched(request, *args, **kwargs):
        check_not_guessing(request)
        _check_is_outsider(request)
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            note_miss(request)
            raise
        if response.status_code == 404:
            note_miss(request)
        return response

    return _declare(watched, Access("token"))


def _check_is_outsider(request) -> None:
    if request.method not in ("GET", "HEAD", "OPTIONS") and request.user.is_authenticated:
        raise Refusal(
            f"您正以“{request.user.name}”登录工作台，不能代替收到链接的人填写。请由本人在自己的手机或电脑上打开链接；"
            "代为登记的，请在工作台办理。",
            status=403,
        )


def opens_for(user, address: str) -> bool:
    """Whether this person has a role for the page at this address; an address that is no page of ours is not judged."""
    try:
        access = getattr(resolve(urlsplit(address).path).func, "access", None)
    except Resolver404:
        return True
    return access is None or not access.roles or has_role(user, *access.roles)


def desk_page(*roles: Role) -> Callable[[Callable], Callable]:
    """Signed-in people with one of `roles` may open it; with none named, all of them."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if roles and not has_role(request.user, *roles):
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        return _declare(guarded, Access("desk", frozenset(str(role) for role in roles)))

    return decorate
