"""A button pressed: the service is called, and what it refuses stands on the page it came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from shuangsuiji.lib.errors import Refusal


def act(request: HttpRequest, action: Callable[[], object], *, said: str, back: tuple) -> HttpResponse:
    """Call, say so, and go back to the page `back` (an address name with its arguments)."""
    try:
        action()
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, said)
    name, *arguments = back
    return redirect(name, *arguments)


def act_on_form(
    request: HttpRequest,
    form: Any,
    action: Callable[..., object],
    *,
    said: str,
    back: tuple,
    again: Callable[[Any], HttpResponse],
) -> HttpResponse:
    """The same with the values of a form; refused or incomplete, `again` shows the page with what was typed."""
    if not form.is_valid():
        return again(form)
    try:
        action(**form.cleaned_data)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.add_refusal(refusal)
        return again(form)
    messages.success(request, said)
    name, *arguments = back
    return redirect(name, *arguments)
