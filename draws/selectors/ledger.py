"""The public ledger: every sealed draw, and exactly as much of it as may be shown."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet

from draws.engine import Standing, apply_amendment, canonical_json, standing_after_draw
from draws.engine import public_record as engine_record
from draws.engine.drawing import Drawing as EngineDrawing
from draws.models import Amendment, Draw, Drawing, Opening, PoolLeaf, SealedDraw
from draws.policies import has_result, names_are_public
from draws.selectors.modes import announced
from draws.states import DrawState
from shuangsuiji.lib.deadlines import RESULTS_AFTER_VISIT, due_on
from shuangsuiji.lib.errors import Refusal


def ledger_entries() -> QuerySet[SealedDraw]:
    """Every sealed draw, newest first, with the number of its amendments; never the leaves or the secret."""
    return (
        SealedDraw.objects.select_related("draw")
        .defer("record", "secret", "internal_note")
        .annotate(amendment_count=Count("drawing__amendments"), drawn_at=F("drawing__drawn_at"))
        .order_by("-number")
    )


@dataclass(frozen=True)
class LedgerCounts:
    """What stands on the front of the ledger."""

    sealed: int
    drawn: int
    voided: int
    voided_after_result: int
    amended: int
    blocked: int


def ledger_counts() -> LedgerCounts:
    """How many draws were sealed, drawn, voided, amended, and are blocked. One query."""
    changed = Exists(Amendment.objects.filter(drawing=OuterRef("pk")))
    found = SealedDraw.objects.aggregate(
        sealed=Count("pk"),
        drawn=Count("pk", filter=Q(draw__state=DrawState.DRAWN)),
        voided=Count("pk", filter=Q(draw__state=DrawState.VOID)),
        voided_after_result=Count("pk", filter=Q(draw__state=DrawState.VOID, drawing__isnull=False)),
        blocked=Count("pk", filter=Q(draw__state=DrawState.BLOCKED)),
    )
    amended = SealedDraw.objects.filter(changed).count()
    return LedgerCounts(amended=amended, **found)


@dataclass(frozen=True)
class OverdueCounts:
    """Draws that did not happen, or were not opened, by their day."""

    undrawn: int
    unopened: int


def overdue_counts(*, today: datetime.date) -> OverdueCounts:
    """Over the whole ledger, not one page of it; only draws that can be late at all are looked at."""
    waiting = Q(state=DrawState.SEALED, carry_out_by__lt=today) | Q(state=DrawState.BLOCKED, visits_from__lt=today)
    closed = Draw.objects.filter(state=DrawState.DRAWN, visits_to__lt=today).exclude(announced())
    late = closed.exclude(number=None).select_related("sealed__drawing").order_by("number")
    return OverdueCounts(
        undrawn=Draw.objects.filter(waiting, number__isnull=False).count(),
        unopened=sum(bool(overdue_sentence(draw, today=today)) for draw in _perhaps_unopened(late)),
    )


def _perhaps_unopened(draws: QuerySet[Draw]) -> QuerySet[Draw]:
    """Those with fewer openings than envelopes; an enterprise brought in by an amendment opens one more."""
    envelopes = Func(F("sealed__drawing__envelopes"), function="jsonb_array_length", output_field=IntegerField())
    counted = draws.annotate(
        opened_total=Count("sealed__drawing__openings", distinct=True),
        amended_total=Count("sealed__drawing__amendments", distinct=True),
        envelope_total=envelopes,
    )
    return counted.filter(opened_total__lt=F("envelope_total") + F("amended_total"))


def public_title(draw: Draw) -> str:
    """A covert draw is called by its number in public."""
    return f"暗查 {draw.number}" if draw.is_covert else draw.title


def overdue_sentence(draw: Draw, *, today: datetime.date) -> str:
    """Why a sealed draw is late, in words; empty when it is not."""
    if draw.state == DrawState.SEALED and today > draw.carry_out_by:
        return f"逾期：应在 {draw.carry_out_by:%Y-%m-%d} 前抽取，至今没有结果。"
    if draw.state == DrawState.BLOCKED and today > draw.visits_from:
        return "逾期：受阻后到检查开始日仍未补足执法人员。"
    if draw.state == DrawState.DRAWN and not draw.is_announced and today > _open_by(draw):
        return "" if names_are_public(draw) else f"逾期：应在 {_open_by(draw):%Y-%m-%d} 前公开全部结果。"
    return ""


def _open_by(draw: Draw) -> datetime.date:
    try:
        return due_on(RESULTS_AFTER_VISIT, start_on=draw.visits_to)
    except Refusal:
        # A year without calendar: the loud warning stands elsewhere, the ledger stays open.
        return draw.visits_to + datetime.timedelta(days=14)


def sealed_json(sealed: SealedDraw) -> bytes:
    """The sealed record, byte for byte what its hash covers."""
    return sealed.record.encode()


def drawing_of(draw: Draw) -> Drawing | None:
    """The result of a draw, if there is one."""
    return Drawing.objects.filter(sealed__draw=draw).select_related("sealed").first()


def envelopes_record(draw: Draw) -> dict[str, Any]:
    """The envelopes of a confidential draw with those opened so far."""
    drawing = draw.sealed.drawing
    opened = set(drawing.openings.values_list("credit_code", flat=True))
    return {
        "draw": draw.number,
        "sealed_hash": draw.sealed.sealed_hash,
        "envelopes": drawing.envelopes,
        "openings": [one for one in outcomes(drawing) if one["enterprise"] in opened],
    }


def outcomes(drawing: Drawing) -> list[dict[str, Any]]:
    """Every drawn entry with the salt of its envelope. Confidential until opened."""
    salts = drawing.outcome_salts
    return [{**one, "salt": salts[one["enterprise"]]} for one in drawing.result["drawn"]] if salts else []


def public_record(draw: Draw) -> dict[str, Any]:
    """The whole public record (protocol §8), amendments and openings included.

    Raises `Refusal` (404) with a sentence while there is none or it is still confidential.
    """
    if not has_result(draw):
        raise Refusal("这次抽取还没有结果，抽取完成后这里提供完整记录。现在可以下载封存记录。", status=404)
    if not names_are_public(draw):
        raise Refusal(
            "这次抽取的名单尚未公开，全部结果公开后这里提供完整记录。现在可以下载封存记录和信封。", status=404
        )
    return full_record(draw)


def full_record(draw: Draw) -> dict[str, Any]:
    """The record of a draw with a result, whole. Confidential until `names_are_public`."""
    drawing = draw.sealed.drawing
    given = {
        "sealed": json.loads(draw.sealed.record),
        "secret": draw.sealed.secret,
        "contributions": contributions(draw),
        "leaves": list(drawn_leaves(drawing).values()),
    }
    made = EngineDrawing(drawing.seed, draw.sealed.sealed_hash, drawing.result)
    return engine_record(
        given,
        drawing=made,
        amendments=[one.entry for one in drawing.amendments.order_by("number")],
        openings=None if draw.is_announced else outcomes(drawing),
    )


def record_json(draw: Draw) -> bytes:
    """The public record as canonical JSON, so that it is the same file for everybody."""
    return canonical_json(public_record(draw))


def contributions(draw: Draw) -> list[dict[str, str]]:
    """The texts in the order of the sources. Call it only when all are in."""
    rows = draw.sealed.contributions.select_related("source").order_by("source__position", "source_id")
    return [{"source": row.source.name, "text": row.text} for row in rows]


def leaves_of(sealed: SealedDraw, codes: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The leaves of these enterprises, by enterprise."""
    rows = PoolLeaf.objects.filter(sealed=sealed, credit_code__in=codes)
    return {row.credit_code: row.leaf for row in rows}


def drawn_leaves(drawing: Drawing) -> dict[str, dict[str, Any]]:
    """The leaves of the drawn enterprises, by enterprise."""
    return leaves_of(drawing.sealed, [one["enterprise"] for one in drawing.result["drawn"]])


def standing_of(drawing: Drawing) -> Standing:
    """How the draw stands now: the result with every amendment worked in."""
    standing = standing_after_draw(
        json.loads(drawing.sealed.record),
        seed=bytes.fromhex(drawing.seed),
        result=drawing.result,
        leaves=drawn_leaves(drawing),
    )
    for amendment in drawing.amendments.order_by("number"):
        standing = apply_amendment(standing, amendment.entry)
    return standing


def opened_count(draw: Draw) -> int:
    """How many envelopes of a draw have been opened."""
    return Opening.objects.filter(drawing__sealed__draw=draw).count()
