"""The course of a draw holds against its own database role: no result without its texts, no change without its word."""

from __future__ import annotations

import psycopg
import pytest

from draws.models import Contribution, Draw
from tests.factories import draws as make

FORGED = (
    "INSERT INTO draws_drawing (sealed_id, seed, result, outcome_salts, envelopes, drawn_at)"
    " VALUES ('{draw}', repeat('a', 64), '{{\"drawn\": [], \"blocked\": null}}', '{{}}', '[]', now())"
)
TEXT = (
    "INSERT INTO draws_contribution (sealed_id, source_id, text, given_at)"
    " SELECT draw_id, id, '骰子', now() FROM draws_drawsource WHERE draw_id = '{draw}' AND position = {position}"
)
AMENDED = (
    "INSERT INTO draws_amendment (drawing_id, number, entry, made_by_id, approved_by_id, made_at)"
    ' SELECT id, 1, \'{{"kind": "expert_invited", "reason": "x"}}\', drafted_by_id, approved_by_id, now()'
    " FROM draws_draw WHERE id = '{draw}'"
)


def refused(connection, *statements: str, says: str) -> None:
    """The statements in one transaction: refused at one of them, or when it ends."""
    with pytest.raises(psycopg.Error, match=says):
        connection.execute(f"BEGIN; {'; '.join(statements)}; COMMIT")
    connection.execute("ROLLBACK")


def test_a_result_is_not_made_up_before_the_texts_are_in(app_role_connection):
    draw = make.make_sealed(make.make_county())
    refused(app_role_connection, FORGED.format(draw=draw.pk), says="not every source has contributed")
    every_text = [TEXT.format(draw=draw.pk, position=position) for position in (1, 2)]
    refused(app_role_connection, *every_text, FORGED.format(draw=draw.pk), says="the seed does not follow")
    for state in ("drawn", "blocked"):
        refused(app_role_connection, f"UPDATE draws_draw SET state = '{state}'", says="by its result alone")
    assert not Contribution.objects.exists()


def test_nothing_is_added_to_a_sealed_draw(app_role_connection):
    county = make.make_county()
    draw = make.make_sealed(county, mode="covert", cleared_people=[county.head])
    cleared = "INSERT INTO draws_draw_cleared_people (draw_id, user_id) VALUES ('{}', {})"
    leaf = "INSERT INTO draws_poolleaf (sealed_id, credit_code, leaf, seal) VALUES ('{}', '9', '{{}}', 'x')"
    refused(app_role_connection, cleared.format(draw.pk, county.witness.pk), says="its parts do not change")
    refused(app_role_connection, leaf.format(draw.pk), says="nothing is added")


def test_a_drawn_draw_takes_no_text_no_unasked_change_and_no_new_word(app_role_connection):
    draw = make.make_drawn(make.make_county())
    refused(app_role_connection, TEXT.format(draw=draw.pk, position=1), says="between the sealing and the draw")
    refused(app_role_connection, FORGED.format(draw=draw.pk), says="once, while it is sealed")
    refused(app_role_connection, AMENDED.format(draw=draw.pk), says="has its approved request")
    refused(app_role_connection, "UPDATE draws_draw SET void_reason = '另一个原因'", says="has ended")


def test_one_person_does_not_void_a_sealed_draw(app_role_connection):
    county = make.make_county()
    make.make_sealed(county)
    alone = "UPDATE draws_draw SET state = 'void', void_reason = 'x', voided_at = now(), voided_by_id = {}"
    asked = "UPDATE draws_draw SET void_reason = 'x', void_asked_at = now(), void_asked_by_id = {}"
    for people in (county.approver, county.head, county.clerk):
        refused(app_role_connection, alone.format(people.pk), says="another, an approver, has agreed")
    asker = asked.format(county.approver.pk)
    refused(app_role_connection, asker, alone.format(county.approver.pk), says="has agreed|is_voided_by_two")
    assert Draw.objects.get().state == "sealed"
