"""Reading a document at the desk, and confirming one to whoever holds it."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from django.urls import reverse

from shuangsuiji.accounts.models import Role
from shuangsuiji.documents.policies import register_visibility
from shuangsuiji.documents.services import issue_document, replace_document
from tests.factories.accounts import UserFactory
from tests.factories.documents import RECEIPT

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 4, 1)
SECRET = "示范化工有限公司"
TASK, ANOTHER = "7b7c5e0a-0000-4000-8000-000000000001", "7b7c5e0a-0000-4000-8000-000000000002"


def _issue(kind="notice", **changes):
    given = {
        "subject": ("task", TASK),
        "context": {**RECEIPT, "title": f"{SECRET}检查通知"},
        "by": None,
        "issued_on": DAY,
        "chain": ("task", TASK),
    }
    return issue_document(kind, **{**given, **changes})


def _signed_in(client, *roles):
    client.force_login(UserFactory(roles=list(roles)), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _file(client, document, *, name="document_file"):
    """The answer, its file read to the end, which closes it."""
    key = document.pk if name == "document_file" else document.token
    response = client.get(reverse(name, args=[key]))
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    return response


@pytest.mark.parametrize("role", [Role.CLERK, Role.APPROVER, Role.HEAD, Role.SUPERVISOR, Role.INSPECTOR])
def test_the_desk_reads_the_very_bytes_that_were_issued(client, notice_kind, role):
    document = _issue()

    response = _file(_signed_in(client, role), document)

    assert hashlib.sha256(response.body).hexdigest() == document.sha256
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert response["Content-Disposition"].startswith("inline")
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("role", [Role.SYSADMIN, Role.SECADMIN, Role.AUDITADMIN, Role.LEADER])
def test_administrators_read_no_documents(client, notice_kind, role):
    assert _file(_signed_in(client, role), _issue()).status_code == 403


def test_nobody_reads_without_signing_in(client, notice_kind):
    assert _file(client, _issue()).status_code == 302


def test_the_app_that_owns_the_subject_decides(client, notice_kind):
    register_visibility("task", lambda user, key: key == ANOTHER)
    refused, allowed = _issue(subject=("task", TASK)), _issue(subject=("task", ANOTHER), confidential=True)
    _signed_in(client, Role.INSPECTOR)

    assert [_file(client, refused).status_code, _file(client, allowed).status_code] == [403, 200]


def test_a_confidential_document_without_a_rule_is_its_issuers_alone(client, notice_kind):
    issuer = UserFactory(roles=[Role.CLERK])
    document = _issue(by=issuer, confidential=True)

    assert _file(_signed_in(client, Role.HEAD), document).status_code == 403
    client.force_login(issuer, backend="django.contrib.auth.backends.ModelBackend")
    assert _file(client, document).status_code == 200


def test_the_check_page_confirms_kind_number_date_and_hash(client, notice_kind):
    document = _issue()

    page = client.get(reverse("document_check", args=[document.token])).content.decode()

    assert "本文书真实有效。" in page
    assert "双随机抽查公告" in page
    assert "示应急公告〔2026〕1号" in page
    assert "2026年4月1日" in page
    assert f'data-check-document="{document.sha256}"' in page
    assert reverse("document_public_file", args=[document.token]) in page


def test_the_check_page_of_a_confidential_document_does_not_leak(client, notice_kind):
    document = _issue(confidential=True)

    page = client.get(reverse("document_check", args=[document.token])).content.decode()

    assert SECRET in document.title
    assert SECRET not in page
    assert _file(client, document, name="document_public_file").status_code == 404


def test_a_replaced_document_names_its_successor(client, notice_kind):
    old = _issue()
    new = replace_document(old, context=RECEIPT, by=None, issued_on=DAY, reason="更正。")

    page = client.get(reverse("document_check", args=[old.token])).content.decode()

    assert "本文书已被替代。" in page
    assert new.number in page
    assert "本文书真实有效。" not in page


def test_a_guessed_token_gets_a_sentence(client, notice_kind):
    response = client.get(reverse("document_check", args=["x" * 43]))

    assert response.status_code == 404
    assert "不对应本机关签发的任何文书" in response.content.decode()


def test_only_public_kinds_are_handed_out(client, notice_kind, letter_kind):
    public, letter = _issue(), _issue("letter")

    answers = [_file(client, each, name="document_public_file").status_code for each in (public, letter)]

    assert answers == [200, 404]
