"""Random input on every public question, and the API against its own document: no fault of ours."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shuangsuiji.wsgi import application
from tests.factories.publication import make_listed, make_public_result, make_published_notice

ANYTHING = st.text(max_size=70) | st.sampled_from(
    [
        "化工",
        "%",
        "_",
        "\\",
        "' OR 1=1 --",
        "0" * 70,
        "-1",
        "1e9",
        "9999-99-99",
        "2026-02-30",
        "0001-01-01",
        "９９",
        "😀",
    ]
)
QUESTIONS = {
    "/": ("page",),
    "/notices/": ("q", "township", "field", "since", "until", "page"),
    "/results/": ("q", "township", "field", "since", "until", "page"),
    "/search/": ("q", "column", "township", "field", "since", "until", "page"),
    "/officers/": ("q",),
    "/statistics/": ("by", "year"),
    "/sitemap-publications.xml": ("p",),
    "/plans/": ("year",),
    "/items/": ("field", "q"),
    "/ledger/": ("page",),
}


class RandomQuestions(TestCase):
    """Every list and search of the public site."""

    @classmethod
    def setUpTestData(cls):
        make_published_notice()

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(sorted(QUESTIONS)), st.data())
    def test_a_random_question_gets_an_answer(self, address, data):
        names = data.draw(st.lists(st.sampled_from(QUESTIONS[address]), unique=True))
        query = {name: data.draw(ANYTHING) for name in names}
        assert Client().get(address, query).status_code < 500

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.sampled_from(["/notices/{}/", "/results/{}/", "/authenticity/{}/", "/authenticity/days/{}.txt"])
        | st.sampled_from(["/open-data/{}.csv", "/feedback/receipt/{}/", "/api/v1/publications/{}", "/ledger/{}/"]),
        st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
    )
    def test_a_random_address_gets_an_answer(self, address, part):
        from urllib.parse import quote

        assert Client().get(address.format(quote(part, safe=""))).status_code < 500


@pytest.fixture
def open_connection():
    """The bare application would close the test's transaction with each request; Django's own client does this too."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def api_schema(db, open_connection):
    """The document as it is served, with something to read behind it."""
    make_public_result()
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def test_the_api_answers_as_its_document_says(api_schema):
    asked = [one.ok() for one in api_schema.get_all_operations()]
    assert asked
    for operation in asked:

        @given(case=operation.as_strategy())
        @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
        def ask(case):
            case.call_and_validate(checks=CHECKS)

        ask()


def test_listings_answer_too(db):
    make_listed()
    assert Client().get("/api/v1/publications", {"kind": "listing"}).json()["rows"]
