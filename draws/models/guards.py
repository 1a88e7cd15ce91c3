"""Triggers that hold what a sealed draw is, whoever writes the SQL.

The services refuse first and with better sentences; these stand where no service does.
"""

from __future__ import annotations

import pgtrigger

from draws.models.course_guards import made_now_guard, step_guard
from draws.states import VALID_STATE_TRANSITIONS

ASKED_TO_VOID = ("void_asked_by_id", "void_asked_at", "void_reason")
MAY_CHANGE_AFTER_SEALING = ("state", "voided_at", "voided_by_id", *ASKED_TO_VOID)


def _steps() -> str:
    """Every step of the table as `'draft>submitted', …` for SQL."""
    steps = [f"{here}>{there}" for here, ends in VALID_STATE_TRANSITIONS.items() for there in ends]
    return ", ".join(f"'{step}'" for step in steps)


def draw_guards() -> list[pgtrigger.Trigger]:
    """A draw moves only along its table; sealed, nothing else of it moves; it is never deleted once submitted.

    Drawn or void, nothing moves at all.
    """
    kept = ", ".join(f"'{column}'" for column in MAY_CHANGE_AFTER_SEALING)
    return [
        made_now_guard(),
        step_guard(),
        pgtrigger.Trigger(
            name="draw_state_step",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition("OLD.state IS DISTINCT FROM NEW.state"),
            func=f"""
                IF NOT (OLD.state || '>' || NEW.state = ANY (ARRAY[{_steps()}])) THEN
                    RAISE EXCEPTION 'draw %: no step from % to %', OLD.id, OLD.state, NEW.state;
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="sealed_draw_stands",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition("OLD.number IS NOT NULL"),
            func=f"""
                IF to_jsonb(NEW) - ARRAY[{kept}] IS DISTINCT FROM to_jsonb(OLD) - ARRAY[{kept}] THEN
                    RAISE EXCEPTION 'draw % is sealed and does not change', OLD.number;
                END IF;
                IF OLD.state IN ('drawn', 'void') AND NEW IS DISTINCT FROM OLD THEN
                    RAISE EXCEPTION 'draw % has ended and does not change', OLD.number;
                END IF;
                IF NEW.state = 'void' AND NEW.void_reason <> OLD.void_reason THEN
                    RAISE EXCEPTION 'draw % is void for the reason that was asked', OLD.number;
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="draw_kept",
            when=pgtrigger.Before,
            operation=pgtrigger.Delete,
            condition=pgtrigger.Condition("OLD.number IS NOT NULL OR OLD.state <> 'draft'"),
            func="RAISE EXCEPTION 'draw % is never deleted', OLD.id;",
        ),
        _keep_table("draw"),
    ]


def part_guards(name: str) -> list[pgtrigger.Trigger]:
    """Strata and sources of a sealed draw: none comes, none goes, none changes."""
    refusal = """
        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = {row}.draw_id AND number IS NOT NULL) THEN
            RAISE EXCEPTION 'the draw is sealed: its parts do not change';
        END IF;
    """
    rows = {pgtrigger.Insert: ("NEW",), pgtrigger.Update: ("OLD", "NEW"), pgtrigger.Delete: ("OLD",)}
    words = {pgtrigger.Insert: "added", pgtrigger.Update: "changed", pgtrigger.Delete: "removed"}
    guards = [
        pgtrigger.Trigger(
            name=f"{name}_{words[operation]}",
            when=pgtrigger.Before,
            operation=operation,
            func="".join(refusal.format(row=row) for row in named) + f"RETURN {named[-1]};",
        )
        for operation, named in rows.items()
    ]
    return [*guards, _keep_table(name)]


def _keep_table(name: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"{name}_keep_table",
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
    )
