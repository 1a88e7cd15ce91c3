"""Whoever signs in and whatever they send: what was sealed and drawn stays, to the byte."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.core import serializers
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from draws.models import Amendment, Contribution, Draw, Drawing, DrawnEnterprise, DrawnSeat, PoolLeaf, SealedDraw
from shuangsuiji.accounts.models import Role
from tests.factories import draws as make
from tests.factories.accounts import person_with

pytestmark = pytest.mark.django_db
KEPT = (SealedDraw, PoolLeaf, Contribution, Drawing, DrawnEnterprise, DrawnSeat, Amendment)
WORDS = ("1", "basics", "strata", "person_replaced", "enterprise_replaced", "people_added")
SENT = {
    **dict.fromkeys(("reason", "note", "text", "opinion", "title"), "重新抽取一次"),
    "password": "wrong",
    "confirm": "on",
    "state": "draft",
    "number": "",
    "mode": "announced",
    "take": "1",
}


def fixed(draw: Draw) -> str:
    """Every row that is fixed, and where the draw stands, as text."""
    rows = itertools.chain.from_iterable(model.objects.order_by("pk") for model in KEPT)
    row = Draw.objects.get(pk=draw.pk)
    return f"{row.state} {row.number} {row.mode} {serializers.serialize('json', rows)}"


def routes(patterns: list, before: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names of the addresses that draws answer, with the names of their parts."""
    for one in patterns:
        parts = (*before, *one.pattern.regex.groupindex)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, parts)
        elif isinstance(one, URLPattern) and one.name and one.callback.__module__.startswith("draws."):
            yield one.name, parts


def addresses(draw: Draw) -> list[str]:
    found = set()
    for name, parts in routes(get_resolver().url_patterns):
        for values in itertools.product((draw.pk, draw.number), *[WORDS] * (len(parts) - 1)):
            with suppress(NoReverseMatch):
                found.add(reverse(name, kwargs=dict(zip(parts, values, strict=False))))
    return sorted(found)


def everybody(county: make.County) -> list[Client]:
    people = [*(person_with(role) for role in Role), county.clerk, county.approver, county.head]
    clients = [Client(raise_request_exception=False) for _ in people]
    for client, person in zip(clients, people, strict=True):
        client.force_login(person)
    return [Client(), *clients]


@pytest.mark.timeout(600)
def test_no_address_changes_deletes_or_repeats_a_drawn_draw():
    county = make.make_county()
    draw = make.make_drawn(county)
    before, paths = fixed(draw), addresses(draw)
    assert len(paths) > 30
    answers = [one.post(path, SENT).status_code for one in everybody(county) for path in paths]
    assert fixed(draw) == before
    assert max(answers) < 500
