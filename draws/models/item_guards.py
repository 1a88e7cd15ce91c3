"""Triggers that hold what the public list says, and that keep an unpublished item out of every draw."""

from __future__ import annotations

import pgtrigger

from draws.states import VALID_EDITION_TRANSITIONS


def edition_guards() -> list[pgtrigger.Trigger]:
    """An edition moves along its table; published, only the day on which it ends is still to come."""
    steps = ", ".join(f"'{here}>{there}'" for here, ends in VALID_EDITION_TRANSITIONS.items() for there in ends)
    return [
        pgtrigger.Trigger(
            name="edition_state_step",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition("OLD.state IS DISTINCT FROM NEW.state"),
            func=f"""
                IF NOT (OLD.state || '>' || NEW.state = ANY (ARRAY[{steps}])) THEN
                    RAISE EXCEPTION 'edition %: no step from % to %', OLD.number, OLD.state, NEW.state;
                END IF;
                RETURN NEW;
            """,
        ),
        _stands("published_edition_stands", held="OLD.state = 'published'", free=("in_force_to",)),
        _kept("published_edition_kept", held="OLD.state = 'published'"),
    ]


def item_guards() -> list[pgtrigger.Trigger]:
    """A published version keeps its words; the day on which it is withdrawn is set later."""
    free = ("withdrawn_on", "leaves_with_id", "updated_at")
    return [
        _stands("published_item_stands", held="OLD.published_on IS NOT NULL", free=free),
        _kept("published_item_kept", held="OLD.published_on IS NOT NULL"),
    ]


def _stands(name: str, *, held: str, free: tuple[str, ...]) -> pgtrigger.Trigger:
    columns = ", ".join(f"'{column}'" for column in free)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(held),
        func=f"""
            IF to_jsonb(NEW) - ARRAY[{columns}] IS DISTINCT FROM to_jsonb(OLD) - ARRAY[{columns}] THEN
                RAISE EXCEPTION '% is published: a change is a new version', TG_TABLE_NAME;
            END IF;
            RETURN NEW;
        """,
    )


def _kept(name: str, *, held: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        condition=pgtrigger.Condition(held),
        func="RAISE EXCEPTION '% is published and is kept', TG_TABLE_NAME;",
    )


def sub_item_guards() -> list[pgtrigger.Trigger]:
    """Sub-items of a published version, or of an edition that somebody else looks at: none comes, goes or changes."""
    refusal = """
        IF EXISTS (SELECT 1 FROM draws_item WHERE id = {row}.item_id AND published_on IS NOT NULL) THEN
            RAISE EXCEPTION 'the item is published: its sub-items do not change';
        END IF;
        IF EXISTS (SELECT 1 FROM draws_item AS item JOIN draws_itemedition AS edition ON edition.id = item.edition_id
                   WHERE item.id = {row}.item_id AND edition.state IN ('submitted', 'approved')) THEN
            RAISE EXCEPTION 'the edition was handed in: its sub-items do not change';
        END IF;
    """
    rows = {pgtrigger.Insert: ("NEW",), pgtrigger.Update: ("OLD", "NEW"), pgtrigger.Delete: ("OLD",)}
    words = {pgtrigger.Insert: "added", pgtrigger.Update: "changed", pgtrigger.Delete: "removed"}
    return [
        pgtrigger.Trigger(
            name=f"sub_item_{words[operation]}",
            when=pgtrigger.Before,
            operation=operation,
            func="".join(refusal.format(row=row) for row in named) + f"RETURN {named[-1]};",
        )
        for operation, named in rows.items()
    ]


def only_published(name: str) -> pgtrigger.Trigger:
    """国办发〔2024〕54号: what is not published may not be checked, and so enters no draw."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            IF NOT EXISTS (SELECT 1 FROM draws_item WHERE id = NEW.item_id AND published_on IS NOT NULL) THEN
                RAISE EXCEPTION 'item % is not published and enters no draw', NEW.item_id;
            END IF;
            RETURN NEW;
        """,
    )
