"""Small pages of the frame. Their doors are declared where the addresses stand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.defaults import page_not_found

from shuangsuiji.lib import specimens
from shuangsuiji.lib.context import CONTRASTS, SIZES
from shuangsuiji.lib.middleware import works_at_desk

YEAR = 365 * 24 * 3600


def display_settings(request: HttpRequest) -> HttpResponse:
    """Keep a visitor's type size and contrast, and go back to the page they came from."""
    back = request.GET.get("next", "/")
    local = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = HttpResponseRedirect(back if local else "/")
    for name, choices in (("size", SIZES), ("contrast", CONTRASTS)):
        if request.GET.get(name) in choices:
            response.set_cookie(name, request.GET[name], max_age=YEAR, samesite="Lax")
    return response


def component_page(request: HttpRequest) -> HttpResponse:
    """Every component once, for those who build pages and those who look after them."""
    return render(request, "components/page.html", specimens.components())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing at this address: staff who are signed in stay at the desk, all others get the public page.

    One page for whatever is missing, kept secret or mistyped; it repeats nothing of the address.
    """
    if not works_at_desk(request):
        return page_not_found(request, exception)
    response = render(request, "errors/not_found_desk.html", status=404)
    response.headers["Cache-Control"] = "private, no-store"
    return response
