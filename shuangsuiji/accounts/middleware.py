"""Sessions end after idleness and after a working day; a first password must be changed."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
_SEEN_EVERY_SECONDS = 60


def session_has_ended(session, *, now: float) -> bool:
    """Whether a session is past its idle or its absolute limit. Times are Unix seconds."""
    signed_in_at = session.get(SIGNED_IN_AT, now)
    seen_at = session.get(SEEN_AT, now)
    return now - seen_at > settings.SESSION_IDLE_SECONDS or now - signed_in_at > settings.SESSION_ABSOLUTE_SECONDS


class SessionLimitMiddleware:
    """Signs a person out whose session is past its limits."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            now = time.time()
            if session_has_ended(request.session, now=now):
                logout(request)
                request.session["ended"] = True
            else:
                self._note_presence(request.session, now=now)
        return self.get_response(request)

    @staticmethod
    def _note_presence(session, *, now: float) -> None:
        session.setdefault(SIGNED_IN_AT, now)
        if now - session.get(SEEN_AT, 0) > _SEEN_EVERY_SECONDS:
            session[SEEN_AT] = now


class PasswordChangeMiddleware:
    """Nobody works with a password that somebody else has set."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_change(request):
            messages.warning(request, "首次登录或密码重置后，请先设置您自己的密码。")
            return redirect("password_change")
        return self.get_response(request)

    @staticmethod
    def _must_change(request: HttpRequest) -> bool:
        if not request.path.startswith("/desk/") or not request.user.is_authenticated:
            return False
        if not request.user.must_change_password:
            return False
        return request.path not in {reverse("password_change"), reverse("logout")}
