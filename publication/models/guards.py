"""Triggers of this room: steps that a table of states does not know."""

from __future__ import annotations

from collections.abc import Mapping

import pgtrigger


def step_guard(name: str, table: Mapping[str, tuple[str, ...]]) -> pgtrigger.Trigger:
    """Refuse every change of `state` that the table does not hold."""
    steps = ", ".join(f"'{here!s}>{there!s}'" for here, ends in table.items() for there in ends)
    return pgtrigger.Trigger(
        name=f"{name}_state_step",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition("OLD.state IS DISTINCT FROM NEW.state"),
        func=f"""
            IF NOT (OLD.state || '>' || NEW.state = ANY (ARRAY[{steps}])) THEN
                RAISE EXCEPTION '{name} %: no step from % to %', OLD.id, OLD.state, NEW.state;
            END IF;
            RETURN NEW;
        """,
    )
