"""Triggers: steps that the table does not know, and volumes that are locked."""

from __future__ import annotations

import pgtrigger

from inspections.states import VALID_CASE_TRANSITIONS, VALID_DOSSIER_TRANSITIONS, VALID_STATE_TRANSITIONS


def _steps(table: dict[str, tuple[str, ...]]) -> str:
    """Every step of a table as `'ready>on_site', …` for SQL."""
    steps = [f"{here!s}>{there!s}" for here, ends in table.items() for there in ends]
    return ", ".join(f"'{step}'" for step in steps)


def _step_guard(name: str, table: dict[str, tuple[str, ...]]) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"{name}_state_step",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition("OLD.state IS DISTINCT FROM NEW.state"),
        func=f"""
            IF NOT (OLD.state || '>' || NEW.state = ANY (ARRAY[{_steps(table)}])) THEN
                RAISE EXCEPTION '{name} %: no step from % to %', OLD.id, OLD.state, NEW.state;
            END IF;
            RETURN NEW;
        """,
    )


def task_guards() -> list[pgtrigger.Trigger]:
    """A task moves only along its table and is never deleted."""
    return [
        _step_guard("task", VALID_STATE_TRANSITIONS),
        pgtrigger.Protect(name="task_kept", operation=pgtrigger.Delete),
        *filed_guards("task", path_to_task="{row}.id", against=("changed",)),
    ]


def case_guards() -> list[pgtrigger.Trigger]:
    """A case moves only along its table, is never deleted, and stands still once its volume is locked."""
    return [
        _step_guard("case", VALID_CASE_TRANSITIONS),
        pgtrigger.Protect(name="case_kept", operation=pgtrigger.Delete),
        *filed_guards("case", path_to_task="{row}.task_id", against=("added", "changed")),
    ]


def dossier_guards() -> list[pgtrigger.Trigger]:
    """A locked volume refuses every change, a volume is never deleted."""
    return [
        _step_guard("dossier", VALID_DOSSIER_TRANSITIONS),
        pgtrigger.Trigger(
            name="locked_dossier_stands",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition("OLD.state = 'locked'"),
            func="RAISE EXCEPTION 'dossier % is locked and does not change', OLD.archive_number;",
        ),
        pgtrigger.Protect(name="dossier_kept", operation=pgtrigger.Delete),
        pgtrigger.Trigger(
            name="dossier_keep_table",
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
        ),
    ]


def filed_guards(
    name: str, *, path_to_task: str, against: tuple[str, ...] = ("added", "changed", "removed")
) -> list[pgtrigger.Trigger]:
    """What belongs to a locked volume: nothing is added, changed or taken out.

    `path_to_task` is SQL for the task's id, with {row} for OLD or NEW; `against` names the guards wanted.
    """
    refusal = """
        IF EXISTS (
            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = ({path})
        ) THEN
            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';
        END IF;
    """
    rows = {
        "added": (pgtrigger.Insert, "NEW"),
        "changed": (pgtrigger.Update, "OLD"),
        "removed": (pgtrigger.Delete, "OLD"),
    }
    return [
        pgtrigger.Trigger(
            name=f"{name}_{word}_after_locking",
            when=pgtrigger.Before,
            operation=operation,
            func=refusal.format(path=path_to_task.format(row=row)) + f"RETURN {'OLD' if word == 'removed' else 'NEW'};",
        )
        for word, (operation, row) in rows.items()
        if word in against
    ]
