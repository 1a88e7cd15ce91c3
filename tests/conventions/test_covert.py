"""Kept names (暗查 and 通知即检查): at no address, for nobody who was not named for the draw, until they are opened.

The test does not know which pages there are: it walks every address with everything that exists
of the draw in the place of each part, as a stranger and as one person of each role who was not
named. What stands in the register is no secret, so a page about an enterprise is compared with
the same page about one that was not drawn: they must read the same.
"""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from draws.models import DrawnEnterprise
from draws.services import open_envelope
from enterprises.models import Enterprise
from inspections.models import Task
from publication.models import Publication
from publication.services import approve_publication, draft_result, publish_publication
from shuangsuiji.accounts.models import Role
from shuangsuiji.notifications.models import Message
from tests.factories import draws as make
from tests.factories.accounts import person_with
from tests.factories.inspections import Check, make_rendered
from tests.support.paper import speak

TITLE = "夜间作业专项之不可外传"
BACKEND = "django.contrib.auth.backends.ModelBackend"
# Pages that change what they show every second, or that hand out a file of this very program.
SKIPPED = {"metrics", "verify_program"}
STRANGER = "a stranger"

# The sequences are moved on, which is the owner's to do.
pytestmark = [pytest.mark.paper, pytest.mark.owner]


@dataclass
class Secret:
    """A draw with kept names and one check done to its volume, and what must not be read.

    A 通知即检查 draw has its title in the public record; its names are kept like those of a covert one.
    """

    check: Check
    titles: list[str] = field(default_factory=list)
    drawn: list[Enterprise] = field(default_factory=list)
    undrawn: list[Enterprise] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """Whatever tells of it."""
        return [*self.titles, *self.names, *(one.credit_code for one in self.drawn)]

    @property
    def names(self) -> list[str]:
        return [one.name for one in self.drawn]

    @property
    def most_rows(self) -> int:
        """Of each model; the rule is one for both modes, so the second is asked with fewer."""
        return 4 if self.check.draw.is_covert else 2

    @property
    def peers(self) -> list[Enterprise]:
        """Who might as well have been drawn: not drawn, of a stratum that was."""
        strata = {(one.field_id, one.risk_class) for one in self.drawn}
        return [one for one in self.undrawn if (one.field_id, one.risk_class) in strata]

    def twins(self) -> tuple[Enterprise, Enterprise]:
        """A drawn enterprise and one that was not, alike in everything that the register says."""
        return next(
            (one, other)
            for one, other in itertools.product(self.drawn, self.undrawn)
            if all(getattr(one, name) == getattr(other, name) for name in ("field_id", "township_id", "risk_class"))
            and one.expert_count_wanted == other.expert_count_wanted
        )


@pytest.fixture
def _quiet() -> Iterator[None]:
    """Thousands of answers, and no log of them."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(params=["covert", "notified"])
def secret(db, request, settings, monkeypatch, _quiet) -> Secret:
    speak(monkeypatch)
    # The walk tries one key after the other, and must not be stopped for it.
    settings.MOST_WRONG_LINKS = 10**6
    with connection.cursor() as cursor:
        # Keys that are no other number on any page.
        cursor.execute("SELECT setval(pg_get_serial_sequence('enterprises_enterprise', 'id'), 7770000)")
    county = make.make_county(enterprise_count=36)
    check = make_rendered(county=county, mode=request.param, title=TITLE, failed=1, photos=1)
    drawn = [row.enterprise for row in DrawnEnterprise.objects.select_related("enterprise").order_by("position")]
    undrawn = list(Enterprise.objects.exclude(pk__in=[one.pk for one in drawn]).order_by("pk"))
    return Secret(check, [TITLE] if request.param == "covert" else [], drawn, undrawn)


# Walking.


@dataclass(frozen=True)
class Route:
    """One address: its name, the names of its parts, and the app that answers."""

    name: str
    parts: tuple[str, ...]
    app: str


def routes(patterns: list[URLPattern | URLResolver], before: tuple[str, ...] = ()) -> Iterator[Route]:
    for one in patterns:
        parts = (*before, *one.pattern.regex.groupindex)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, parts)
        elif one.name and one.name not in SKIPPED:
            yield Route(one.name, parts, one.callback.__module__.removeprefix("shuangsuiji.").split(".")[0])


def things_by_app(secret: Secret) -> dict[str, list[object]]:
    """By app, the keys, numbers and links of its rows: whatever may stand in its addresses."""
    found: dict[str, list[object]] = {}
    for model in apps.get_models():
        names = [one.name for one in model._meta.fields if one.name in ("slug", "token", "number", "code")]
        rows = model._default_manager.order_by("pk")
        if model is Enterprise:
            rows = rows.filter(pk__in=[one.pk for one in secret.twins()])
        values = itertools.chain(*rows.values_list("pk", *names)[: secret.most_rows])
        found.setdefault(model._meta.app_label, []).extend(value for value in values if value)
    return found


def paths_of(route: Route, things: list[object]) -> Iterator[str]:
    """The addresses of a route, with everything of its app in the place of its first part."""
    firsts = list(dict.fromkeys([*things, *EXTRA])) if route.parts else [None]
    for values in itertools.product(firsts, *[EXTRA] * (len(route.parts) - 1)):
        with suppress(NoReverseMatch):
            yield reverse(route.name, kwargs=dict(zip(route.parts, values, strict=False)))


EXTRA = ("enterprises", "inspectors", "range", "strata", "person_replaced", "xlsx", "csv", "notice", "result", "1")


@pytest.fixture
def all_paths(secret) -> list[str]:
    things = things_by_app(secret)
    found = routes(get_resolver().url_patterns)
    return sorted({path for route in found for path in paths_of(route, things.get(route.app, []))})


def text_of(client: Client, path: str, **query: str) -> str:
    return answer_of(client, path, **query)[1]


def answer_of(client: Client, path: str, **query: str) -> tuple[int, str]:
    """The status, and all that the answer says."""
    answer = client.get(path, query)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, body.decode(errors="replace") + answer.headers.get("Content-Disposition", "")


def told(text: str, secret: Secret) -> list[str]:
    """What a page tells of the draw. A page that holds every one of the same strata sets nobody apart."""
    found = [title for title in secret.titles if title in text]
    for kind in ("name", "credit_code"):
        drawn, peers = ([getattr(one, kind) for one in group] for group in (secret.drawn, secret.peers))
        if not all(word in text for word in peers):
            found += [word for word in drawn if word in text]
    return found


def is_about(path: str, one: Enterprise) -> bool:
    return re.search(rf"/desk/(\w+/)*enterprises?/{one.pk}/", path) is not None


def readers(secret: Secret) -> Iterator[tuple[str, Client]]:
    """A stranger and one of each role; the rule is one for both modes, so the second is asked by a few."""
    yield STRANGER, Client()
    for role in Role if secret.check.draw.is_covert else (Role.CLERK, Role.SUPERVISOR):
        client = Client()
        client.force_login(person_with(role), backend=BACKEND)
        yield str(role), client


def found_paths(secret: Secret, paths: list[str]) -> list[str]:
    """Those at which there is something: not even to who was named for it does the rest show any thing."""
    client = Client()
    client.force_login(secret.check.clerk, backend=BACKEND)
    return [path for path in paths if answer_of(client, path)[0] not in (404, 405)]


def leaks(secret: Secret, paths: list[str]) -> list[str]:
    """Every page that tells, to whom, and what; the first reader, a stranger, asks for what is not there as well."""
    found, something = [], found_paths(secret, paths)
    for who, client in readers(secret):
        for path in paths if who == STRANGER else something:
            if any(is_about(path, one) for one in secret.drawn):
                continue
            found += [f"{path} tells {who}: {word}" for word in told(text_of(client, path), secret)]
    return found


# The specification.


@pytest.mark.timeout(900)
def test_no_address_tells_a_name_to_anybody_who_was_not_named_for_it(secret, all_paths):
    assert len(all_paths) > 150
    assert leaks(secret, all_paths) == []


def test_the_people_named_for_it_do_find_the_names_at_the_same_addresses(secret, all_paths):
    client = Client()
    client.force_login(secret.check.clerk, backend=BACKEND)
    near = [path for path in all_paths if path.startswith(("/desk/draws/", "/desk/tasks/"))]
    telling = [path for path in near if told(text_of(client, path), secret)]
    assert {f"/desk/draws/{secret.check.draw.pk}/", "/desk/tasks/"} <= set(telling)
    assert len(telling) > 8


def same_but_for_itself(text: str, one: Enterprise) -> str:
    """A page about an enterprise without what belongs to that enterprise alone."""
    text = re.sub(r'(csrfmiddlewaretoken" value=|nonce=|"X-CSRFToken": ?)"[^"]*"', "", text)
    text = re.sub(r"\d{1,2}:\d\d(:\d\d(\.\d+)?)?", "", text)
    text = re.sub(r"sha256-[\w+/=]+|[0-9a-f-]{32,}", "", text)
    # The marks of what a form shows: keyed hashes of its own values.
    text = re.sub(r"&quot;[0-9a-f]{16}&quot;", "", text)
    for word in (one.name, quote(one.name), one.credit_code, one.name_key, one.name_initials):
        text = text.replace(word, "○") if word else text
    return text.replace(str(one.pk), "○")


def about(one: Enterprise, *, instead_of: Enterprise, paths: list[str]) -> list[str]:
    return [re.sub(rf"(enterprises?)/{instead_of.pk}/", rf"\1/{one.pk}/", path) for path in paths]


@pytest.mark.timeout(600)
def test_a_page_about_a_drawn_enterprise_reads_like_one_about_any_other(secret, all_paths):
    drawn, other = secret.twins()
    pages = [path for path in all_paths if is_about(path, drawn)]
    searches = [reverse(name) for name in ("desk_search", "search", "enterprise_list", "ledger")]
    assert pages
    for _who, client in readers(secret):
        for path, twin in zip(pages, about(other, instead_of=drawn, paths=pages), strict=True):
            assert same_but_for_itself(text_of(client, path), drawn) == same_but_for_itself(
                text_of(client, twin), other
            ), path
        for path in searches:
            assert same_but_for_itself(text_of(client, path, q=drawn.name), drawn) == same_but_for_itself(
                text_of(client, path, q=other.name), other
            ), path


def test_no_message_to_others_and_no_file_name_tells_a_name(secret):
    cleared = {secret.check.clerk.pk, secret.check.approver.pk, secret.check.lead.pk, secret.check.second.pk}
    letters = Message.objects.exclude(user__in=cleared)
    told_words = [word for one in letters for word in secret.words if word in f"{one.subject}{one.body}"]
    names = [str(path) for path in Path(settings.DATA_DIR).rglob("*")]
    assert told_words == []
    assert [path for path in names for word in secret.words if word in path] == []


def test_no_log_line_tells_a_name(caplog, capfd, db):
    with caplog.at_level("DEBUG"):
        county = make.make_county(enterprise_count=36)
        make_rendered(county=county, mode="covert", title=TITLE, failed=1, photos=1)
    drawn = DrawnEnterprise.objects.values_list("enterprise__name", "enterprise__credit_code")
    lines = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    written = "\n".join([*lines, *capfd.readouterr()])
    assert [word for pair in drawn for word in pair if word in written] == []


def test_an_error_page_tells_no_name(secret, monkeypatch):
    from draws.views import ledger

    def fail(*_args, **_more):
        raise RuntimeError(f"broken while handling {secret.names[0]}")

    monkeypatch.setattr(ledger, "ledger_counts", fail)
    answer = Client(raise_request_exception=False).get(reverse("ledger"))
    assert answer.status_code == 500
    assert told(answer.content.decode(), secret) == []


@pytest.mark.timeout(600)
def test_after_opening_the_same_search_finds_every_name_in_public(secret, all_paths):
    for row in DrawnEnterprise.objects.all():
        open_envelope(row, by=secret.check.clerk)
    stranger = Client()
    found = {word for path in all_paths for word in told(text_of(stranger, path), secret)}
    assert set(secret.names) <= found


def test_after_its_result_is_published_the_checked_enterprise_is_found_by_search(secret):
    task = secret.check.fresh()
    result = draft_result(task, by=secret.check.clerk)
    approve_publication(result, by=secret.check.approver)
    publish_publication(result.pk, now=timezone.now())
    assert task.enterprise.name in text_of(Client(), reverse("search"), q=task.enterprise.name)
    others = [row.enterprise.name for row in DrawnEnterprise.objects.exclude(enterprise=task.enterprise)]
    assert [
        name for name in others if name in text_of(Client(), reverse("ledger_entry", args=[secret.check.draw.number]))
    ] == []


def test_the_walk_would_notice_a_page_that_tells(secret):
    assert told(f"今日检查：{secret.names[0]}", secret) == [secret.names[0]]
    assert Task.objects.count() == len(secret.drawn)
    assert not Publication.objects.exists()
