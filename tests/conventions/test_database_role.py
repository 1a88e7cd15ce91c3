"""The application's database role cannot talk any trigger into looking away, whatever it sets, makes or is given."""

from __future__ import annotations

import psycopg
import pytest
from django.apps import apps
from django.db import connection, models
from pgtrigger import registry

from shuangsuiji.audit.enforcing import enforce, enforcement_faults, excess_grants, refused_rights
from shuangsuiji.embedded import postgres
from tests.factories import draws as make

SWITCH_OF_THE_LIBRARY = """
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN AS $$
    BEGIN RETURN trigger_name = ANY (current_setting('pgtrigger.ignore', true)::TEXT[]); END; $$ LANGUAGE plpgsql
"""


def test_no_trigger_listens_to_the_applications_switch(app_role_connection):
    names = [trigger.get_pgid(model) for model, trigger in registry.registered()]
    app_role_connection.execute("SELECT set_config('pgtrigger.ignore', %s, false)", ["{" + ",".join(names) + "}"])
    asked = "SELECT name FROM unnest(%s::name[]) AS name WHERE public._pgtrigger_should_ignore(name)"
    assert app_role_connection.execute(asked, [names]).fetchall() == []


def test_the_role_has_no_right_to_change_what_is_kept(app_role_connection):
    rights = [(f'"{table}"', right) for table, refused in refused_rights().items() for right in sorted(refused)]
    asked = "SELECT has_table_privilege(%s, %s, %s)"
    had = [(t, r) for t, r in rights if app_role_connection.execute(asked, [postgres.APP, t, r]).fetchone() != (False,)]
    assert had == []
    assert ('"draws_drawing"', "DELETE") in rights
    assert ('"audit_auditevent"', "UPDATE") in rights


def test_whatever_may_be_deleted_takes_along_only_what_may_be_deleted():
    kept = {table for table, refused in refused_rights().items() if "DELETE" in refused}
    cascading = [
        f"{model.__name__} → {relation.related_model.__name__}"
        for model in apps.get_models()
        if model._meta.db_table not in kept
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and getattr(relation, "on_delete", None) is models.CASCADE
        if relation.related_model._meta.db_table in kept
    ]
    assert cascading == []


def test_the_role_cannot_put_the_switch_back(app_role_connection):
    for statement in (
        SWITCH_OF_THE_LIBRARY,
        "SET session_replication_role = replica",
        "ALTER TABLE draws_drawing DISABLE TRIGGER USER",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app_role_connection.execute(statement)


def test_a_temporary_table_deceives_no_trigger(app_role_connection):
    make.make_sealed(make.make_county())
    app_role_connection.execute("CREATE TEMPORARY TABLE draws_draw (id uuid, number text)")
    with pytest.raises(psycopg.Error, match="the draw is sealed"):
        app_role_connection.execute("UPDATE draws_drawstratum SET take = take + 1")


@pytest.mark.django_db
def test_everything_is_in_place_after_migrating():
    assert list(enforcement_faults()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (SWITCH_OF_THE_LIBRARY, "停用触发器的开关被换过"),
        (f"GRANT DELETE ON draws_drawing TO {postgres.APP}", "表 draws_drawing 上有不该有的 DELETE 权限"),
        ("ALTER TABLE draws_drawing DISABLE TRIGGER USER", "表 draws_drawing 的触发器"),
    ],
)
@pytest.mark.owner
def test_what_was_taken_away_is_named_and_put_back(statement, named):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found = list(enforcement_faults())
        assert found
        assert all(named in sentence for sentence in found)
        cursor.execute("ALTER TABLE draws_drawing ENABLE TRIGGER USER")
    enforce("default")
    assert (list(enforcement_faults()), excess_grants("default")) == ([], [])
