"""A sealed draw, its result and its amendments: nobody changes them by SQL unnoticed, and mostly nobody can at all."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from pgtrigger import registry

from draws.engine import run_draw, verify_record
from draws.models import Amendment, Draw, SealedDraw
from draws.selectors.integrity import ledger_faults
from draws.selectors.ledger import contributions, full_record
from draws.services import approve_amendment, ask_amendment, open_envelope
from tests.factories import draws as make

# Whoever tampers here has the rights of the tables' owner.
pytestmark = pytest.mark.owner

LEDGER = (
    "draws_sealeddraw",
    "draws_poolleaf",
    "draws_sealeditem",
    "draws_filterstep",
    "draws_contribution",
    "draws_drawing",
    "draws_amendment",
    "draws_opening",
    "draws_drawnenterprise",
    "draws_drawnseat",
    "draws_drawnitem",
    "draws_drawstratum",
    "draws_drawsource",
    "draws_draw_cleared_people",
)
# One harmless-looking column of each table.
COLUMNS = {
    "draws_sealeddraw": "record = record || ' '",
    "draws_sealeditem": "item_id = (SELECT max(id) FROM draws_item)",
    "draws_poolleaf": "seal = repeat('0', 64)",
    "draws_contribution": "text = '别的内容'",
    "draws_drawing": "seed = repeat('0', 64)",
    "draws_amendment": "number = number + 1",
    "draws_opening": "opened_at = now()",
    "draws_drawnenterprise": "is_standing = false",
    "draws_drawnseat": "seat = seat + 1",
    "draws_drawnitem": "item_id = (SELECT max(id) FROM draws_item)",
    "draws_drawstratum": "take = take + 1",
    "draws_drawsource": "name = name || '二'",
    "draws_draw_cleared_people": "user_id = (SELECT max(id) FROM accounts_user)",
}

HEAD = "(SELECT id FROM accounts_user WHERE username = 'head')"
FIRST_LEAF = "WHERE id = (SELECT min(id) FROM draws_poolleaf)"
ANOTHER_OFFICER = """
    UPDATE draws_drawnseat seat SET inspector_id = (
        SELECT min(id) FROM inspectors_inspector officer WHERE officer.id NOT IN (
            SELECT inspector_id FROM draws_drawnseat WHERE drawn_id = seat.drawn_id AND inspector_id IS NOT NULL
        )
    ) WHERE seat = 1 AND inspector_id IS NOT NULL
"""


def amended(county) -> Draw:
    """A covert draw with an enterprise replaced and an envelope opened: every table of the ledger has a row."""
    draw = make.make_drawn(county, mode="covert", cleared_people=[county.head])
    row = draw.drawn.select_related("enterprise").order_by("position").first()
    wanted = {"enterprise": row.enterprise.credit_code}
    request = ask_amendment(draw, by=county.clerk, kind="enterprise_replaced", reason="已注销", **wanted)
    approve_amendment(request, by=county.head)
    open_envelope(draw.drawn.filter(is_standing=True).order_by("position").first(), by=None)
    return draw


# What the application's own role may do: nothing.


@pytest.mark.parametrize("table", LEDGER)
@pytest.mark.parametrize("how", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_application_role_changes_no_row_of_the_ledger(app_role_connection, table, how):
    amended(make.make_county())
    before = app_role_connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    statement = {
        "UPDATE": f"UPDATE {table} SET {COLUMNS.get(table, 'id = id')}",
        "DELETE": f"DELETE FROM {table}",
        "TRUNCATE": f"TRUNCATE {table} CASCADE",
    }[how]
    assert before != (0,)
    with pytest.raises(psycopg.Error):
        app_role_connection.execute(statement)
    assert app_role_connection.execute(f"SELECT count(*) FROM {table}").fetchone() == before


def test_the_application_role_neither_deletes_nor_renames_nor_runs_a_draw_again(app_role_connection):
    draw = amended(make.make_county())
    for statement in (
        "DELETE FROM draws_draw",
        "TRUNCATE draws_draw CASCADE",
        "UPDATE draws_draw SET number = 'SLYJ-2026-9999'",
        "UPDATE draws_draw SET title = '另一次'",
        "UPDATE draws_draw SET state = 'sealed'",
        "UPDATE draws_draw SET state = 'void', void_reason = '重来', voided_at = now(), voided_by_id = drafted_by_id",
    ):
        with pytest.raises(psycopg.Error):
            app_role_connection.execute(statement)
    assert Draw.objects.get(pk=draw.pk).state == "drawn"


def test_the_application_role_seats_nobody_beside_the_ledger(app_role_connection):
    amended(make.make_county())
    with pytest.raises(psycopg.Error, match="only with a result or an amendment"):
        app_role_connection.execute(
            "INSERT INTO draws_drawnseat (drawn_id, seat, inspector_id) "
            "SELECT min(drawn_id), 9, (SELECT max(id) FROM inspectors_inspector) FROM draws_drawnseat"
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE draws_sealeddraw SET secret = repeat('0', 64)",
        "DELETE FROM draws_drawing",
        "DELETE FROM audit_auditevent WHERE sequence = (SELECT max(sequence) FROM audit_auditevent)",
        "UPDATE draws_draw SET state = 'sealed'",
        "UPDATE draws_draw SET title = '另一次'",
        "UPDATE draws_drawnseat SET seat = seat + 1",
    ],
)
def test_asking_the_triggers_to_look_away_does_not_help(app_role_connection, statement):
    amended(make.make_county())
    names = ",".join(trigger.get_pgid(model) for model, trigger in registry.registered())
    app_role_connection.execute("SELECT set_config('pgtrigger.ignore', %s, false)", [f"{{{names}}}"])
    with pytest.raises(psycopg.Error):
        app_role_connection.execute(statement)


# What a superuser with the triggers switched off may do is found and named.


@pytest.fixture
def draw(db) -> Draw:
    return amended(make.make_county())


@contextmanager
def without_triggers(*tables: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def tamper(statement: str, *parameters: object) -> None:
    with without_triggers(*LEDGER, "draws_draw", "draws_amendmentrequest"), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def test_a_whole_ledger_has_no_fault(draw):
    assert list(ledger_faults()) == []
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    assert "审计链完好" in out.getvalue()


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE draws_sealeddraw SET record = replace(record, ':2', ':3')", "封存记录与封存指纹不符"),
        ("UPDATE draws_sealeddraw SET secret = repeat('0', 64)", "密钥与封存时的承诺值相符"),
        (f"UPDATE draws_poolleaf SET leaf = jsonb_set(leaf, '{{experts_wanted}}', '3') {FIRST_LEAF}", "的封条不符"),
        ("DELETE FROM draws_poolleaf WHERE id = (SELECT max(id) FROM draws_poolleaf)", "候选名单里不见了 1 家"),
        ("UPDATE draws_contribution SET text = '别的内容' WHERE id = (SELECT min(id) FROM draws_contribution)", "投入"),
        ("UPDATE draws_drawing SET seed = repeat('0', 64)", "投入、种子或结果与审计记录不符"),
        ("UPDATE draws_drawing SET result = jsonb_set(result, '{drawn,0,items}', '[]')", "result.drawn[0].items"),
        ("UPDATE draws_amendment SET entry = jsonb_set(entry, '{reason}', '\"别的原因\"')", "变更 1 与审计记录不符"),
        ("DELETE FROM draws_drawnitem WHERE id = (SELECT max(id) FROM draws_drawnitem)", "各行与台账不符"),
        ("UPDATE draws_drawnenterprise SET is_standing = true", "各行与台账不符"),
        (ANOTHER_OFFICER, "各行与台账不符"),
        ("UPDATE draws_draw SET carry_out_by = carry_out_by + 9", "抽取期限与封存记录不符"),
        ("UPDATE draws_draw SET visits_to = visits_to + 9", "审批或知情人员与封存时审计记录的不符"),
        ("UPDATE draws_draw SET title = '另一次'", "抽取的名称"),
        (
            f"UPDATE draws_draw SET approved_by_id = {HEAD}",
            "审批人与封存",
        ),
        ("UPDATE draws_draw SET mode = 'announced'", "公开方式与封存记录不符：应为“covert”，实为“announced”"),
        ("UPDATE draws_filterstep SET label = label || '。' WHERE position = 1", "的筛除名单与封存时"),
        ("UPDATE draws_sealeddraw SET internal_note = '{}'", "的内部说明与封存时"),
        ("DELETE FROM draws_draw_cleared_people", "知情人员与封存时"),
    ],
)
def test_what_was_changed_is_named(draw, statement, named):
    tamper(statement)
    found = list(ledger_faults())
    assert [sentence for sentence in found if draw.number in sentence and named in sentence], found
    with pytest.raises(CommandError, match="抽取台账"):
        call_command("verify_audit")


def test_an_amendment_taken_out_is_missed(draw):
    tamper("UPDATE draws_amendmentrequest SET amendment_id = NULL")
    tamper("DELETE FROM draws_amendment")
    assert not Amendment.objects.exists()
    assert f"{draw.number} 的变更 1 不见了。" in list(ledger_faults())


def test_a_result_made_up_anew_is_found_although_it_verifies(db):
    """Somebody with the database and the secret draws again with another text until the result pleases."""

    draw = make.make_drawn(make.make_county())
    tamper("UPDATE draws_contribution SET text = '再来一次' WHERE id = (SELECT min(id) FROM draws_contribution)")
    seed, result = drawn_again(draw)
    tamper("UPDATE draws_drawing SET seed = %s, result = %s", seed, json.dumps(result))
    assert verify_record(full_record(Draw.objects.get())).passed
    assert f"{draw.number} 的投入、种子或结果与审计记录不符。" in list(ledger_faults())


def drawn_again(draw: Draw) -> tuple[str, dict]:
    """What the engine makes of the sealed record and the texts as they stand now."""
    leaves = [row.leaf for row in draw.sealed.leaves.order_by("credit_code")]
    sealed = json.loads(draw.sealed.record)
    made = run_draw(
        {"sealed": sealed, "secret": draw.sealed.secret, "contributions": contributions(draw), "leaves": leaves}
    )
    return made.seed, made.result


def test_a_draw_taken_out_whole_is_missed(db):
    draw = make.make_sealed(make.make_county())
    parts = [one.related_model._meta.db_table for one in SealedDraw._meta.related_objects]
    for table in (*parts, "draws_sealeddraw"):
        tamper(f"DELETE FROM {table}")
    assert list(ledger_faults()) == [f"{draw.number} 的封存记录不见了。"]


def test_a_void_draw_is_in_order_and_a_made_up_void_is_not(db):
    county = make.make_county()
    make.make_void(make.make_sealed(county), county=county)
    other = make.make_sealed(county)
    assert list(ledger_faults()) == []
    tamper(
        "UPDATE draws_draw SET state = 'void', void_reason = '不合意', voided_at = now(), voided_by_id = drafted_by_id"
        " WHERE number = %s",
        other.number,
    )
    assert list(ledger_faults()) == [f"{other.number} 标为作废，审计记录里没有作废。"]


def test_a_covert_draw_stays_covert_whatever_its_row_says_since(client, draw):
    name = draw.drawn.filter(is_standing=True).order_by("-position").first().enterprise.name
    tamper("UPDATE draws_draw SET mode = 'announced'")
    page = client.get(reverse("ledger_entry", args=[draw.number])).content.decode()
    assert (name in page, "名单尚未公开" in page) == (False, True)
    assert client.get(reverse("ledger_record", args=[draw.number])).status_code == 404


def test_a_broken_record_leaves_the_pages_standing(client, draw):
    tamper("UPDATE draws_drawing SET result = '{}'")
    tamper("UPDATE draws_sealeddraw SET internal_note = '{}'")
    assert "记录与封存不一致，见审计" in client.get(reverse("ledger_entry", args=[draw.number])).content.decode()
    assert client.get(reverse("ledger")).status_code == 200
    assert [line for line in ledger_faults() if "不符" in line]


def test_a_wiped_note_does_not_take_the_desk_page_with_it(client, draw):
    tamper("UPDATE draws_sealeddraw SET internal_note = '{}'")
    client.force_login(draw.drafted_by)
    assert client.get(reverse("draw_detail", args=[draw.pk])).status_code == 200
