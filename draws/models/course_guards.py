"""Triggers that hold the course of a draw: a result comes of its sealed texts, once, and a change of an approval.

The services refuse first and with better sentences; these stand where no service does.
"""

from __future__ import annotations

import pgtrigger

_NOW = "pg_current_xact_id()::text::bigint"

_SEED = """
    SELECT encode(sha256(string_agg(int4send(octet_length(part)) || part, ''::bytea ORDER BY place)), 'hex')
    INTO expected
    FROM (
        SELECT place, convert_to(word, 'UTF8') AS part
        FROM draws_sealeddraw AS sealed, unnest(ARRAY[
            'shuangsuiji-draw/1', 'seed', sealed.number::text, sealed.sealed_hash::text, sealed.secret::text
        ]) WITH ORDINALITY AS head (word, place)
        WHERE sealed.draw_id = NEW.sealed_id
        UNION ALL
        SELECT 4 + 2 * turn + half, convert_to(normalize(CASE half WHEN 0 THEN name ELSE text END, NFC), 'UTF8')
        FROM (
            SELECT row_number() OVER (ORDER BY source.position, source.id) AS turn, source.name, given.text
            FROM draws_drawsource AS source JOIN draws_contribution AS given ON given.source_id = source.id
            WHERE source.draw_id = NEW.sealed_id
        ) AS texts, generate_series(0, 1) AS half
    ) AS parts;
"""
"""Protocol §2, in the order of the sources."""


def _before_insert(name: str, func: str, **more) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name, operation=pgtrigger.Insert, when=pgtrigger.Before, func=f"{func} RETURN NEW;", **more
    )


def _at_the_end(name: str, func: str) -> pgtrigger.Trigger:
    """Asked when the transaction ends: what it left must agree."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        func=f"{func} RETURN NULL;",
    )


def seal_guards() -> list[pgtrigger.Trigger]:
    """An approved draw is sealed, once, and one of its sources at least is nobody who made it."""
    return [
        _before_insert(
            "sealed_from_approved",
            """
            IF NOT EXISTS (
                SELECT 1 FROM draws_draw WHERE id = NEW.draw_id AND state = 'approved' AND number IS NULL
            ) THEN
                RAISE EXCEPTION 'only an approved draw is sealed';
            END IF;
            IF NOT EXISTS (
                SELECT 1 FROM draws_drawsource AS source JOIN draws_draw AS draw ON draw.id = source.draw_id
                WHERE draw.id = NEW.draw_id AND (source.kind <> 'account'
                    OR source.user_id NOT IN (draw.drafted_by_id, draw.approved_by_id, NEW.sealed_by_id))
            ) THEN
                RAISE EXCEPTION 'a draw has a source that is neither its drafter nor its approver';
            END IF;
            """,
        ),
        _at_the_end(
            "sealed_with_its_draw",
            """
            IF NOT EXISTS (SELECT 1 FROM draws_draw WHERE id = NEW.draw_id AND number = NEW.number) THEN
                RAISE EXCEPTION 'a seal and its draw bear one number';
            END IF;
            """,
        ),
    ]


def sealed_part_guard(name: str) -> pgtrigger.Trigger:
    """What a seal consists of is written with it: nothing is added to a draw that has its number."""
    return pgtrigger.Trigger(
        name=f"{name}_with_the_seal",
        operation=pgtrigger.Insert,
        when=pgtrigger.After,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(new="added"),
        func="""
            IF EXISTS (
                SELECT 1 FROM draws_draw WHERE number IS NOT NULL AND id IN (SELECT DISTINCT sealed_id FROM added)
            ) THEN
                RAISE EXCEPTION 'the draw is sealed: nothing is added to it';
            END IF;
            RETURN NULL;
        """,
    )


def contribution_guard() -> pgtrigger.Trigger:
    """A text is taken for a sealed draw, from a source of its own."""
    return _before_insert(
        "contributed_while_sealed",
        """
        IF NOT EXISTS (
            SELECT 1 FROM draws_draw AS draw JOIN draws_drawsource AS source ON source.draw_id = draw.id
            WHERE draw.id = NEW.sealed_id AND source.id = NEW.source_id AND draw.state = 'sealed'
        ) OR EXISTS (SELECT 1 FROM draws_drawing WHERE sealed_id = NEW.sealed_id) THEN
            RAISE EXCEPTION 'texts are taken between the sealing and the draw';
        END IF;
        """,
    )


def drawing_guards() -> list[pgtrigger.Trigger]:
    """A result comes when the last text is in, by the seed that follows from them, and ends the sealed state."""
    return [
        _before_insert(
            "drawn_when_complete",
            f"""
            NEW.made_in := {_NOW};
            IF NOT EXISTS (SELECT 1 FROM draws_draw WHERE id = NEW.sealed_id AND state = 'sealed') THEN
                RAISE EXCEPTION 'a draw is carried out once, while it is sealed';
            END IF;
            IF EXISTS (
                SELECT 1 FROM draws_drawsource AS source WHERE draw_id = NEW.sealed_id
                AND NOT EXISTS (SELECT 1 FROM draws_contribution WHERE source_id = source.id)
            ) THEN
                RAISE EXCEPTION 'not every source has contributed';
            END IF;
            {_SEED}
            IF NEW.seed IS DISTINCT FROM expected THEN
                RAISE EXCEPTION 'the seed does not follow from the seal and the texts';
            END IF;
            IF NOT (NEW.result ? 'drawn' AND NEW.result ? 'blocked') THEN
                RAISE EXCEPTION 'a result names who was drawn and whether the draw is blocked';
            END IF;
            """,  # noqa: S608
            declare=[("expected", "TEXT")],
        ),
        _at_the_end(
            "drawing_ends_the_seal",
            """
            IF NOT EXISTS (SELECT 1 FROM draws_draw WHERE id = NEW.sealed_id AND state IN ('drawn', 'blocked')) THEN
                RAISE EXCEPTION 'a draw with a result is drawn or blocked';
            END IF;
            """,
        ),
    ]


def amendment_guards() -> list[pgtrigger.Trigger]:
    """Numbered without a gap, after the draw, and each with the request that somebody else approved."""
    return [
        _before_insert(
            "amended_after_drawing",
            f"""
            NEW.made_in := {_NOW};
            IF NOT EXISTS (
                SELECT 1 FROM draws_draw WHERE id = NEW.drawing_id AND state IN ('drawn', 'blocked')
            ) OR NEW.number <> 1 + (SELECT count(*) FROM draws_amendment WHERE drawing_id = NEW.drawing_id) THEN
                RAISE EXCEPTION 'amendments follow a result, one after the other';
            END IF;
            """,  # noqa: S608
        ),
        _at_the_end(
            "amended_as_approved",
            """
            IF NOT EXISTS (
                SELECT 1 FROM draws_amendmentrequest WHERE amendment_id = NEW.id AND draw_id = NEW.drawing_id
                AND state = 'approved' AND kind = NEW.entry ->> 'kind' AND reason = NEW.entry ->> 'reason'
                AND asked_by_id = NEW.made_by_id AND decided_by_id = NEW.approved_by_id
            ) THEN
                RAISE EXCEPTION 'an amendment has its approved request';
            END IF;
            """,
        ),
    ]


def request_guards() -> list[pgtrigger.Trigger]:
    """What was asked for stands as asked, and a decision as decided."""
    kept = "ARRAY['state', 'decided_by_id', 'decided_at', 'amendment_id', 'refusal']"
    return [
        pgtrigger.Trigger(
            name="request_stands",
            operation=pgtrigger.Update,
            when=pgtrigger.Before,
            func=f"""
                IF OLD.state <> 'asked' OR to_jsonb(NEW) - {kept} IS DISTINCT FROM to_jsonb(OLD) - {kept} THEN
                    RAISE EXCEPTION 'a request stands as it was asked and decided';
                END IF;
                RETURN NEW;
            """,
        ),
    ]


def step_guard() -> pgtrigger.Trigger:
    """A step of a draw has what it follows from: its seal, its result, the added people, or two who void it."""
    return pgtrigger.Trigger(
        name="draw_step_has_its_ground",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition("OLD.state IS DISTINCT FROM NEW.state"),
        func=f"""
            IF NEW.state = 'sealed' AND NOT EXISTS (
                SELECT 1 FROM draws_sealeddraw WHERE draw_id = NEW.id AND number = NEW.number
            ) THEN
                RAISE EXCEPTION 'a sealed draw has its seal';
            END IF;
            IF OLD.state = 'sealed' AND NEW.state IN ('drawn', 'blocked') AND NOT EXISTS (
                SELECT 1 FROM draws_drawing WHERE sealed_id = NEW.id AND made_in = {_NOW}
                AND (result -> 'blocked' = 'null'::jsonb) = (NEW.state = 'drawn')
            ) THEN
                RAISE EXCEPTION 'a draw is % by its result alone', NEW.state;
            END IF;
            IF OLD.state = 'blocked' AND NEW.state = 'drawn' AND NOT EXISTS (
                SELECT 1 FROM draws_amendment WHERE drawing_id = NEW.id AND made_in = {_NOW}
                AND entry ->> 'kind' = 'people_added' AND entry -> 'blocked' = 'null'::jsonb
            ) THEN
                RAISE EXCEPTION 'a blocked draw goes on when people were added';
            END IF;
            IF NEW.state = 'void' AND (NEW.voided_by_id = NEW.drafted_by_id
                OR NEW.number IS NOT NULL
                AND (OLD.void_asked_by_id IS NULL OR OLD.void_asked_by_id = NEW.voided_by_id)
                OR NOT EXISTS (
                    SELECT 1 FROM accounts_userrole WHERE user_id = NEW.voided_by_id AND role = 'approver'
                )
            ) THEN
                RAISE EXCEPTION 'a sealed draw is void when one has asked and another, an approver, has agreed';
            END IF;
            RETURN NEW;
        """,  # noqa: S608
    )


def made_now_guard() -> pgtrigger.Trigger:
    """The transaction that writes a batch is the one that is noted, whatever the statement says."""
    return _before_insert("draw_made_in", f"NEW.made_in := {_NOW};")
