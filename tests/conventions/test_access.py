"""Every address says who may open it, and keeps to it: address × role × method."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path, re_path, resolve
from django.urls.resolvers import RegexPattern

from shuangsuiji.accounts.access import Access, desk_page
from shuangsuiji.accounts.models import Role, User
from tests.factories.accounts import person_with

METHODS = ("get", "post", "put", "patch", "delete")
# Something of the right shape for each kind of part; nothing of the kind exists.
PLACEHOLDERS = {
    "int": "999999",
    "str": "none",
    "slug": "none",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "path": "none",
}


@dataclass(frozen=True)
class Address:
    """One address: a sample path, its view, its name."""

    sample: str
    view: Callable
    name: str | None

    @property
    def access(self) -> Access | None:
        return getattr(self.view, "access", None)


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[Address]:
    """All addresses below, with every part filled in."""
    for pattern in patterns:
        here = prefix + _sample(pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        else:
            yield Address(here, pattern.callback, pattern.name)


def _sample(pattern: URLPattern | URLResolver) -> str:
    text = str(pattern.pattern)
    if isinstance(pattern.pattern, RegexPattern):
        return re.sub(r"\(\?P<\w+>([^()]*)\)", _regex_sample, text).removeprefix("^").removesuffix("$")
    for name, converter in pattern.pattern.converters.items():
        kind = next((kind for kind in PLACEHOLDERS if type(converter).__name__.lower().startswith(kind)), "int")
        text = text.replace(f"<{kind}:{name}>", PLACEHOLDERS[kind]).replace(f"<{name}>", PLACEHOLDERS["str"])
    return text


def _regex_sample(group: re.Match[str]) -> str:
    known = [value for value in PLACEHOLDERS.values() if re.fullmatch(group[1], value)]
    return (known or group[1].split("|"))[0]


def undeclared(found: list[Address]) -> list[str]:
    """Addresses whose view says nothing."""
    return [one.sample for one in found if not isinstance(one.access, Access)]


class Door:
    """Asks the view behind an address itself, without the rooms before it: for the methods no page is built for."""

    def __init__(self, user: User) -> None:
        self.user, self.requests = user, RequestFactory()

    def __getattr__(self, method: str) -> Callable[[str], HttpResponse]:
        return lambda sample: self._ask(getattr(self.requests, method)(sample))

    def _ask(self, request: HttpRequest) -> HttpResponse:
        request.user, match = self.user, resolve(request.path_info)
        try:
            return match.func(request, *match.args, **match.kwargs)
        except PermissionDenied:
            return HttpResponse(status=403)


def let_in(found: list[Address], client: Client, door: Client | Door, *, roles: frozenset[str]) -> list[str]:
    """Desk addresses that answer other than no to somebody who holds none of their roles."""
    wrong = []
    for one in found:
        if one.access is None or one.access.kind != "desk" or not one.access.roles or roles & one.access.roles:
            continue
        for method in METHODS:
            status = getattr(client if method == "get" else door, method)(one.sample).status_code
            if status != 403:
                wrong.append(f"{method.upper()} {one.sample} answers {status} to {','.join(sorted(roles))}")
    return wrong


def not_sent_to_login(found: list[Address], client: Client) -> list[str]:
    """Desk addresses that do not ask a stranger to sign in."""
    wrong = []
    for one in found:
        if one.access is None or one.access.kind != "desk":
            continue
        for method in METHODS:
            response = getattr(client, method)(one.sample)
            if response.status_code != 302 or "/login/" not in response["Location"]:
                wrong.append(f"{method.upper()} {one.sample} answers {response.status_code}")
    return wrong


@pytest.fixture(scope="module")
def all_addresses() -> list[Address]:
    return list(addresses(get_resolver().url_patterns))


def test_every_address_declares_who_may_open_it(all_addresses):
    assert undeclared(all_addresses) == []


def test_no_two_addresses_share_a_name(all_addresses):
    names = [one.name for one in all_addresses if one.name]
    assert sorted(names) == sorted(set(names))
    assert [one.sample for one in all_addresses if not one.name] == []


def test_the_desk_lies_under_desk(all_addresses):
    assert [
        one.sample for one in all_addresses if one.access and one.access.kind == "desk" and "/desk/" not in one.sample
    ] == []


@pytest.mark.django_db
def test_a_stranger_is_sent_to_the_login(all_addresses, client):
    assert not_sent_to_login(all_addresses, client) == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_a_role_opens_only_its_own_addresses(all_addresses, client, role):
    person = person_with(Role(role))
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert let_in(all_addresses, client, Door(person), roles=frozenset({role})) == []


def test_a_sample_of_a_regular_expression_matches_it():
    (one,) = addresses([re_path(r"^draws/(?P<pk>[0-9a-f]{8}-[0-9a-f-]{27})/(?P<step>range|items)/$", careless)])
    assert one.sample == "/draws/00000000-0000-4000-8000-000000000000/range/"


# The same checks, on addresses that are wrong.


def careless(request, **parts):
    return HttpResponse("come in")


def test_an_address_without_declaration_is_reported():
    found = list(addresses([path("open/<int:pk>/", careless), path("shut/", desk_page()(careless))]))
    assert undeclared(found) == ["/open/999999/"]


class Everywhere:
    """A client to whom every address answers yes."""

    def __getattr__(self, method: str) -> Callable[[str], HttpResponse]:
        return lambda sample: HttpResponse("come in")


def test_a_door_that_stands_open_is_reported():
    found = list(addresses([path("desk/x/", desk_page(Role.HEAD)(careless))]))
    assert len(let_in(found, Everywhere(), Everywhere(), roles=frozenset({"clerk"}))) == len(METHODS)
    assert len(not_sent_to_login(found, Everywhere())) == len(METHODS)


@pytest.mark.django_db
def test_the_door_itself_says_no_to_the_wrong_role_and_yes_to_the_right_one():
    address = next(one for one in addresses(get_resolver().url_patterns) if one.name == "audit_list")
    assert Door(person_with(Role.CLERK)).get(address.sample).status_code == 403
    assert Door(person_with(Role.AUDITADMIN)).get(address.sample).status_code == 200
