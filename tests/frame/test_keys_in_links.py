"""Links and receipt numbers are keys: no log holds one, and whoever tries one after the other is stopped."""

import logging

import pytest
from django.urls import get_resolver

from shuangsuiji.logs import mask_keys

pytestmark = pytest.mark.django_db
SECRET = "Zx9-secret_token.of-somebody"


def token_routes(patterns=None, before=""):
    """Every address whose view is opened by a key in it, with the key filled in."""
    for one in patterns if patterns is not None else get_resolver().url_patterns:
        route = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from token_routes(one.url_patterns, route)
        elif getattr(getattr(one.callback, "access", None), "kind", "") == "token":
            yield "/" + route.replace("<str:token>", SECRET).replace("<str:number>", SECRET)


def test_there_are_such_routes():
    routes = list(token_routes())
    assert len(routes) >= 9
    assert all(SECRET in route for route in routes)


@pytest.mark.parametrize("route", list(token_routes()))
def test_a_log_line_holds_no_key(route):
    for line in (f"GET {route}", f"Not Found: {route}", f'"POST https://check.invalid{route}?a=1"'):
        masked = mask_keys(None, "info", {"event": line, "request": line, "code": 404})
        assert SECRET not in str(masked)
        assert masked["code"] == 404


def test_the_desk_keeps_its_addresses():
    line = "GET /desk/documents/0a/ /desk/letters/17/"
    assert mask_keys(None, "info", {"event": line})["event"] == line


def test_the_formatter_of_every_handler_masks(settings):
    processors = settings.LOGGING["formatters"]["lines"]["processors"]
    assert mask_keys in processors
    assert logging.getLogger().handlers


def test_whoever_tries_one_after_the_other_is_stopped(client, settings):
    settings.MOST_WRONG_LINKS = 3
    for number in range(3):
        assert client.get(f"/letter/wrong-{number}/", REMOTE_ADDR="10.9.8.7").status_code == 404
    stopped = client.get("/letter/wrong-4/", REMOTE_ADDR="10.9.8.7")
    assert (stopped.status_code, stopped.headers["Retry-After"]) == (429, "600")
    assert client.post("/feedback/status/", {"number": "x"}, REMOTE_ADDR="10.9.8.7").status_code == 429
    assert client.get("/letter/wrong-5/", REMOTE_ADDR="10.9.8.6").status_code == 404


def test_wrong_receipts_count_too(client, settings):
    settings.MOST_WRONG_LINKS = 2
    for _ in range(2):
        page = client.post("/feedback/status/", {"number": "FK2026-7Q4M-9KXD-2HTW"}, REMOTE_ADDR="10.9.8.5")
        assert page.status_code == 422
    assert client.get("/feedback/receipt/FK2026-7Q4M-9KXD-2HTX/", REMOTE_ADDR="10.9.8.5").status_code == 429
