"""What the database refuses the application's role, put in place after every migration.

Three doors stand open behind triggers as they are installed: the library's switch to ignore them is a session
setting anybody may set; a temporary table shadows the one a trigger asks; and the rights to change a row are given
for every table alike. Here the switch works for the tables' owner alone, a trigger looks into the temporary schema
last, and of a table that is only added to the right to change or delete is taken back.
"""

from __future__ import annotations

from collections.abc import Iterator

import pgtrigger
from django.db import connections
from pgtrigger import registry

from shuangsuiji.audit.checks import register_check

SWITCH = "public._pgtrigger_should_ignore(name)"
_SWITCH_BODY = """
    DECLARE
        asked TEXT := current_setting('pgtrigger.ignore', true);
    BEGIN
        IF asked IS NULL OR asked = '' THEN
            RETURN FALSE;
        END IF;
        IF NOT EXISTS (
            SELECT 1 FROM pg_proc
            WHERE oid = 'public._pgtrigger_should_ignore(name)'::regprocedure
                AND pg_has_role(session_user, proowner, 'USAGE')
        ) THEN
            RETURN FALSE;
        END IF;
        RETURN trigger_name = ANY (asked::TEXT[]);
    END;
"""
_SWITCH = f"""
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN AS $${_SWITCH_BODY}$$
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
"""
_UNPINNED = """
    SELECT oid::regprocedure::text FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND starts_with(proname, 'pgtrigger_') AND proconfig IS NULL
    ORDER BY 1
"""
_GRANTS = """
    SELECT relname, privilege_type, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END
    FROM pg_class, aclexplode(relacl)
    WHERE relnamespace = 'public'::regnamespace AND relname = ANY (%s) AND grantee <> relowner
    ORDER BY 1, 2, 3
"""
_RUNNING = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"


def refused_rights() -> dict[str, frozenset[str]]:
    """By table: what nobody but its owner may do to it, as its protecting triggers say."""
    rights: dict[str, set[str]] = {}
    for model, trigger in registry.registered():
        if isinstance(trigger, pgtrigger.Protect) and trigger.condition is None:
            kept = rights.setdefault(model._meta.db_table, {"TRUNCATE"})
            kept.update(str(trigger.operation).split(" OR "))
    return {table: frozenset(kept) for table, kept in rights.items()}


def excess_grants(using: str) -> list[tuple[str, str, str]]:
    """(table, right, role) of every right that must not be: the default privileges give it with each new table."""
    refused = refused_rights()
    with connections[using].cursor() as cursor:
        cursor.execute(_GRANTS, [list(refused)])
        return [row for row in cursor.fetchall() if row[1] in refused[row[0]]]


def enforce(using: str) -> None:
    """Close the three doors. Called as the tables' owner; repeating changes nothing."""
    with connections[using].cursor() as cursor:
        cursor.execute(_SWITCH)
        cursor.execute(_UNPINNED)
        for (function,) in cursor.fetchall():
            cursor.execute(f"ALTER FUNCTION {function} SET search_path = pg_catalog, public, pg_temp")
        for table, right, role in excess_grants(using):
            cursor.execute(f'REVOKE {right} ON "{table}" FROM {role}')


@register_check("数据库的保护")
def enforcement_faults(using: str = "default") -> Iterator[str]:
    """Triggers that are gone or switched off, the switch replaced, rights given back."""
    with connections[using].cursor() as cursor:
        cursor.execute(_RUNNING)
        running = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT prosrc FROM pg_proc WHERE oid = %s::regprocedure", [SWITCH])
        [(switch,)] = cursor.fetchall()
        cursor.execute(_UNPINNED)
        unpinned = [name for (name,) in cursor.fetchall()]
    for model, trigger in registry.registered():
        if trigger.get_pgid(model) not in running:
            yield f"表 {model._meta.db_table} 的触发器 {trigger.name} 不在或已停用。"
    if switch != _SWITCH_BODY:
        yield "停用触发器的开关被换过，应用账号可能绕过触发器。请以属主账号运行 manage.py migrate。"
    yield from (f"触发器函数 {name} 没有固定查找路径。请以属主账号运行 manage.py migrate。" for name in unpinned)
    for table, right, role in excess_grants(using):
        yield f"账号 {role} 在表 {table} 上有不该有的 {right} 权限。请以属主账号运行 manage.py migrate。"
