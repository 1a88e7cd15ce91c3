"""Triggers that hold what a published plan says, whoever writes the SQL."""

from __future__ import annotations

import pgtrigger

from draws.states import VALID_PLAN_TRANSITIONS

MAY_CHANGE_AFTER_PUBLISHING = ("state", "closed_at")


def plan_guards() -> list[pgtrigger.Trigger]:
    """A plan moves only along its table; published, its words and figures stand; it is never deleted then."""
    steps = ", ".join(f"'{here}>{there}'" for here, ends in VALID_PLAN_TRANSITIONS.items() for there in ends)
    kept = ", ".join(f"'{column}'" for column in MAY_CHANGE_AFTER_PUBLISHING)
    return [
        pgtrigger.Trigger(
            name="plan_state_step",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition("OLD.state IS DISTINCT FROM NEW.state"),
            func=f"""
                IF NOT (OLD.state || '>' || NEW.state = ANY (ARRAY[{steps}])) THEN
                    RAISE EXCEPTION 'plan %: no step from % to %', OLD.id, OLD.state, NEW.state;
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="published_plan_stands",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition("OLD.published_at IS NOT NULL"),
            # A generated column is still empty in NEW before the row is written.
            func=f"""
                IF to_jsonb(NEW) - ARRAY[{kept}, 'capacity_days']
                    IS DISTINCT FROM to_jsonb(OLD) - ARRAY[{kept}, 'capacity_days'] THEN
                    RAISE EXCEPTION 'plan % is published and does not change', OLD.id;
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="published_plan_kept",
            when=pgtrigger.Before,
            operation=pgtrigger.Delete,
            condition=pgtrigger.Condition("OLD.published_at IS NOT NULL"),
            func="RAISE EXCEPTION 'plan % is published and is kept', OLD.id;",
        ),
    ]


def plan_part_guards(name: str) -> list[pgtrigger.Trigger]:
    """Lines and units of a published plan: none comes, none goes, none changes."""
    refusal = """
        IF EXISTS (SELECT 1 FROM draws_plan WHERE id = {row}.plan_id AND published_at IS NOT NULL) THEN
            RAISE EXCEPTION 'the plan is published: its parts do not change';
        END IF;
    """
    rows = {pgtrigger.Insert: ("NEW",), pgtrigger.Update: ("OLD", "NEW"), pgtrigger.Delete: ("OLD",)}
    words = {pgtrigger.Insert: "added", pgtrigger.Update: "changed", pgtrigger.Delete: "removed"}
    return [
        pgtrigger.Trigger(
            name=f"{name}_{words[operation]}",
            when=pgtrigger.Before,
            operation=operation,
            func="".join(refusal.format(row=row) for row in named) + f"RETURN {named[-1]};",
        )
        for operation, named in rows.items()
    ]
