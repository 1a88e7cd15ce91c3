"""Issuing, replacing and checking documents."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import Error

from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.documents import checks
from shuangsuiji.documents.files import keep_file, path_of
from shuangsuiji.documents.models import IssuedDocument, NumberSeries
from shuangsuiji.documents.registry import DocumentKind, kinds, register_kind
from shuangsuiji.documents.services import document_path, issue_document, render_draft, replace_document
from shuangsuiji.lib.errors import Refusal
from tests.factories import documents as samples

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 4, 1)


def _issue(**changes) -> IssuedDocument:
    given = {
        "subject": ("task", "1"),
        "context": samples.RECEIPT,
        "by": None,
        "issued_on": DAY,
    }
    return issue_document("notice", **{**given, **changes})


def test_an_issued_document_has_number_file_hash_and_trail(notice_kind):
    document = _issue()

    content = document_path(document).read_bytes()
    event = AuditEvent.objects.get(action="document.issued")
    assert document.number == "示应急公告〔2026〕1号"
    assert content.startswith(b"%PDF-1.7")
    assert document.sha256 == hashlib.sha256(content).hexdigest() == event.detail["sha256"]
    assert document.file_name == f"documents/{document.sha256[:2]}/{document.sha256}.pdf"
    assert (document.byte_count, document.page_count) == (len(content), 1)
    assert document.context["number"] == document.number
    assert document.context["check_link"].endswith(f"/documents/{document.token}/")


def test_a_confidential_document_leaves_no_title_in_the_trail(notice_kind):
    document = _issue(confidential=True, context={**samples.RECEIPT, "title": "示范化工有限公司检查通知"})

    event = AuditEvent.objects.get(action="document.issued")
    assert "示范化工" not in f"{event.target_label}{event.detail}"
    assert event.target_key == str(document.pk)


def test_a_document_that_cannot_be_rendered_takes_no_number(notice_kind):
    with pytest.raises(KeyError):
        _issue(context={**samples.RECEIPT, "deliveries": _Broken()})

    assert not IssuedDocument.objects.exists()
    assert not NumberSeries.objects.filter(last_serial__gt=0).exists()


class _Broken:
    def __iter__(self):
        raise KeyError("broken context")


def test_an_issued_document_cannot_be_changed_or_deleted(notice_kind):
    document = _issue()

    for statement in ("UPDATE documents_issueddocument SET title = 'x'", "DELETE FROM documents_issueddocument"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    document.refresh_from_db()
    assert document.title == "双随机抽查公告"


def test_a_replacement_names_the_old_one_and_the_old_one_stays(notice_kind):
    old = _issue()

    new = replace_document(old, context=samples.RECEIPT, by=None, issued_on=DAY, reason="检查时间有误。")

    assert (new.replaces, new.number) == (old, "示应急公告〔2026〕2号")
    assert new.context["replaces_number"] == old.number
    assert document_path(old).exists()


def test_a_document_is_replaced_once_and_with_a_reason(notice_kind):
    old = _issue()
    with pytest.raises(Refusal):
        replace_document(old, context=samples.RECEIPT, by=None, issued_on=DAY, reason=" ")
    replace_document(old, context=samples.RECEIPT, by=None, issued_on=DAY, reason="更正。")

    with pytest.raises(Refusal, match="已被新文书替代"):
        replace_document(old, context=samples.RECEIPT, by=None, issued_on=DAY, reason="再更正。")


def test_a_draft_leaves_no_trace(notice_kind):
    rendered = render_draft("notice", context=samples.RECEIPT)

    assert rendered.page_count == 1
    assert not IssuedDocument.objects.exists()
    assert not NumberSeries.objects.exists()


def test_the_same_bytes_are_stored_once():
    assert keep_file(b"paper") == keep_file(b"paper")


def test_a_half_written_file_is_written_again():
    name = keep_file(b"paper")
    path_of(name).chmod(0o600)
    path_of(name).write_bytes(b"pa")

    assert path_of(keep_file(b"paper")).read_bytes() == b"paper"


def test_a_name_that_leads_out_is_refused():
    with pytest.raises(ValueError, match="leads out"):
        path_of("documents/../../secret")


def test_verification_names_changed_and_missing_files(notice_kind, capsys):
    changed, missing, whole = (_issue(context={**samples.RECEIPT, "remarks": word}) for word in "甲乙丙")
    document_path(changed).chmod(0o600)
    document_path(changed).write_bytes(b"%PDF-1.7 forged")
    document_path(missing).unlink()

    with pytest.raises(CommandError, match="2 份"):
        call_command("verify_documents")

    told = capsys.readouterr().err
    assert f"{changed.number}：{changed.file_name} 内容已变" in told
    assert f"{missing.number}：{missing.file_name} 文件不存在" in told
    assert whole.number not in told


def test_verification_is_content_with_whole_files(notice_kind, capsys):
    _issue()

    call_command("verify_documents")

    assert "1 份文书全部相符" in capsys.readouterr().out


def test_two_kinds_cannot_share_a_code_or_a_mark(notice_kind):
    register_kind(notice_kind)
    with pytest.raises(ImproperlyConfigured):
        register_kind(DocumentKind("other", "另一种", "公告", "documents/order.html", chained=False))
    with pytest.raises(ImproperlyConfigured):
        register_kind(DocumentKind("notice", "另一种", "另", "documents/order.html", chained=False))
    assert kinds() == (notice_kind,)


def test_the_missing_subsetter_is_said_at_the_start(monkeypatch):
    assert checks.check_subsetter(None) == []
    monkeypatch.setattr(checks, "SUBSETTER", "libnot-there.so.0")

    assert [warning.id for warning in checks.check_subsetter(None)] == ["documents.W001"]


def test_every_template_says_its_context(settings):
    folder = settings.BASE_DIR / "templates" / "documents"
    silent = [path.name for path in folder.glob("*.html") if "{% comment %}" not in path.read_text()]

    assert silent == []
    assert {f"{name}.html" for name in samples.SAMPLES} <= {path.name for path in folder.glob("*.html")}
