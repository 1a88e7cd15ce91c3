"""The trail cannot be changed, and where it was, the first bad row is named."""

import contextlib
import io

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.audit.selectors import chain_fault
from shuangsuiji.audit.services import record
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def write(count=3):
    by = UserFactory()
    return [record("test.happened", by=by, target=("thing", str(n), f"第{n}件"), n=n) for n in range(count)]


def tamper(sql, *params):
    """As the table's owner with its triggers switched off: what an intruder with the server could do."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER ALL")
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_auditevent ENABLE TRIGGER ALL")


def test_a_whole_chain_verifies():
    write()
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    assert "审计链完好：3 行" in out.getvalue()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_auditevent SET actor_name = '别人'", "DELETE FROM audit_auditevent", "TRUNCATE audit_auditevent"],
)
@pytest.mark.owner
def test_rows_are_neither_changed_nor_deleted_nor_truncated(statement):
    write()
    refused = pytest.raises(DatabaseError, match=r"kept for ever|Cannot")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.count() == 3


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("UPDATE audit_auditevent SET actor_name = '别人' WHERE sequence = 2", "内容被改动"),
        ("UPDATE audit_auditevent SET detail = '{\"n\": 9}' WHERE sequence = 2", "内容被改动"),
        ("UPDATE audit_auditevent SET at = at + interval '1 second' WHERE sequence = 2", "内容被改动"),
        ("UPDATE audit_auditevent SET previous_hash = hash WHERE sequence = 2", "与上一行接不上"),
        ("DELETE FROM audit_auditevent WHERE sequence = 2", "这一行不见了"),
    ],
)
@pytest.mark.owner
def test_it_names_the_first_bad_row(sql, reason):
    write()
    tamper(sql)
    assert chain_fault() == (2, reason)
    with pytest.raises(CommandError, match="第 2 行"):
        call_command("verify_audit")


@pytest.mark.owner
def test_rows_taken_off_the_end_are_missed_now_and_after_more_were_written():
    write()
    tamper("DELETE FROM audit_auditevent WHERE sequence = 3")
    assert chain_fault() == (3, "这一行不见了")
    write(2)
    assert chain_fault() == (3, "这一行不见了")


def test_the_head_moves_with_the_next_event_only():
    write()
    for statement in (
        "UPDATE audit_chainhead SET sequence = sequence - 1",
        "UPDATE audit_chainhead SET sequence = sequence + 1",
        "DELETE FROM audit_chainhead",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert chain_fault() is None


def test_an_event_that_does_not_follow_the_head_is_refused():
    write()
    forged = AuditEvent(sequence=9, at=timezone.now(), action="test.forged", previous_hash="0" * 64, hash="1" * 64)
    with pytest.raises(DatabaseError, match="does not follow"), transaction.atomic():
        forged.save(force_insert=True)


def test_a_row_is_written_in_the_transaction_of_what_it_tells():
    with contextlib.suppress(RuntimeError), transaction.atomic():
        record("test.happened", by=None)
        raise RuntimeError
    assert not AuditEvent.objects.exists()


def test_a_confidential_row_keeps_the_key_and_drops_the_label():
    row = record("test.happened", by=None, target=("draw", "SLYJ-2026-0001", "示范化工有限公司"), confidential=True)
    assert row.target_label == "SLYJ-2026-0001"
    assert chain_fault() is None


def test_floats_have_no_place_in_the_trail():
    with pytest.raises(ValueError, match="floats"):
        record("test.happened", by=None, share=0.5)


@pytest.mark.parametrize("statement", ["UPDATE audit_auditevent SET action = 'x'", "TRUNCATE audit_auditevent"])
def test_the_application_role_may_not_change_it_either(app_role_connection, statement):
    with transaction.atomic():
        record("test.happened", by=None)
    with pytest.raises(psycopg.Error):
        app_role_connection.execute(statement)
