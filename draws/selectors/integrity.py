"""Comparing the ledger with itself and with the trail: who changed a row behind the program is found out.

A result can be made up anew by somebody who holds the database and the secret, and would verify.
What cannot be made up is the trail: it holds the hash of every seal, result and amendment, its rows
are chained, and the head of the chain is published every day.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from unicodedata import normalize

from draws.engine import ProtocolError, canonical_json, check_leaf, seal_leaf, verify_record
from draws.models import Amendment, Draw, Drawing, SealedDraw
from draws.selectors.fixed import PARTS, fixed_sha256
from draws.selectors.ledger import contributions, full_record, standing_of
from draws.states import DrawState
from shuangsuiji.audit.checks import register_check
from shuangsuiji.audit.models import AuditEvent

KIND = "draws.draw"
Said = dict[str, list[dict[str, Any]]]


def outcome_sha256(drawing: Drawing) -> str:
    """The hash of what a drawing fixed: every text, the seed, the result and its envelopes."""
    fixed = {
        "contributions": contributions(drawing.sealed.draw),
        "seed": drawing.seed,
        "result": drawing.result,
        "envelopes": drawing.envelopes,
        "salts": drawing.outcome_salts,
    }
    return sha256(canonical_json(fixed)).hexdigest()


def entry_sha256(amendment: Amendment) -> str:
    """The hash of an amendment as it stands in the ledger."""
    return sha256(canonical_json(amendment.entry)).hexdigest()


@register_check("抽取台账")
def ledger_faults() -> Iterator[str]:
    """Every place at which the ledger, its rows and the trail do not agree, as Chinese sentences.

    Recomputes every draw: seconds for each hundred thousand enterprises.
    """
    sealed = {row.draw_id: row for row in SealedDraw.objects.select_related("draw__approved_by").order_by("number")}
    for key, number in _sealed_by_the_trail():
        if key not in {str(pk) for pk in sealed}:
            yield f"{number} 的封存记录不见了。"
    for row in sealed.values():
        yield from (f"{row.number} {sentence}" for sentence in _faults_of(row))


def _sealed_by_the_trail() -> Iterator[tuple[str, str]]:
    rows = AuditEvent.objects.filter(target_kind=KIND, action="draw.sealed").order_by("sequence")
    yield from ((key, detail.get("number", key)) for key, detail in rows.values_list("target_key", "detail"))


def _faults_of(sealed: SealedDraw) -> Iterator[str]:
    said = _said_of(sealed.draw)
    try:
        yield from _seal_faults(sealed, said)
        yield from _leaf_faults(sealed)
    except (ValueError, KeyError, TypeError) as broken:
        yield f"的封存记录读不出来：{broken}。"
        return
    drawing = Drawing.objects.filter(sealed=sealed).select_related("sealed__draw").first()
    told = said.get("draw.drawn", []) + said.get("draw.blocked", [])
    if drawing is None:
        if told:
            yield "的抽取结果不见了。"
        return
    yield from _outcome_faults(drawing, told)
    yield from _amendment_faults(drawing, said.get("draw.amended", []))
    yield from _record_faults(drawing)


def _said_of(draw: Draw) -> Said:
    rows = AuditEvent.objects.filter(target_kind=KIND, target_key=str(draw.pk)).order_by("sequence")
    said: Said = {}
    for action, detail in rows.values_list("action", "detail"):
        said.setdefault(action, []).append(detail)
    return said


def _seal_faults(sealed: SealedDraw, said: Said) -> Iterator[str]:
    found = sha256(sealed.record.encode()).hexdigest()
    if found != sealed.sealed_hash:
        yield "的封存记录与封存指纹不符。"
    if sealed.sealed_hash not in {one.get("sealed_hash") for one in said.get("draw.sealed", [])}:
        yield "的封存指纹与审计记录不符。"
    yield from _fixed_faults(sealed, said)
    yield from _draw_faults(sealed.draw, json.loads(sealed.record))
    yield from _state_faults(sealed.draw, said)


def _fixed_faults(sealed: SealedDraw, said: Said) -> Iterator[str]:
    """Rules, people, note and filter lists against what the trail noted at the sealing."""
    told = next((one["fixed"] for one in said.get("draw.sealed", []) if "fixed" in one), None)
    if told is None:
        return
    try:
        now = fixed_sha256(sealed)
    except ValueError:
        now = {}
    yield from (f"的{words}与封存时审计记录的不符。" for name, words in PARTS.items() if told[name] != now.get(name))


def _draw_faults(draw: Draw, content: dict[str, Any]) -> Iterator[str]:
    """The draw's own row against the sealed record, which is public and hashed."""
    about = content["about"]
    period = f"{draw.visits_from.isoformat()} 至 {draw.visits_to.isoformat()}"
    approver = draw.approved_by.name if draw.approved_by else ""
    pairs = [
        ("台账号", draw.number, content["draw"]),
        ("公开方式", draw.mode, content["mode"]),
        ("抽取期限", draw.carry_out_by.isoformat(), about["carry_out_by"]),
        ("审批人", approver, about["approved_by"]),
    ]
    if content["mode"] != Draw.Mode.COVERT:
        # A covert draw's own title and dates do not stand in its record.
        pairs += [("名称", normalize("NFC", draw.title), about["title"]), ("检查时间", period, about["period"])]
    for word, row, sealed in pairs:
        if row != sealed:
            yield f"的{word}与封存记录不符：应为“{sealed}”，实为“{row}”。"


def _state_faults(draw: Draw, said: Said) -> Iterator[str]:
    """The state follows from what the trail tells of this draw."""
    voided = said.get("draw.voided", [])
    if draw.state == DrawState.VOID and not voided:
        yield "标为作废，审计记录里没有作废。"
    elif draw.state == DrawState.VOID and _reason_sha256(draw) not in {one.get("reason_sha256") for one in voided}:
        yield "的作废原因与审计记录不符。"
    elif voided and draw.state != DrawState.VOID:
        yield f"审计记录里已经作废，现在却是“{draw.get_state_display()}”。"
    elif draw.state == DrawState.SEALED and {"draw.drawn", "draw.blocked"} & said.keys():
        yield "审计记录里已经抽取，现在却是“已封存”。"


def _reason_sha256(draw: Draw) -> str:
    return sha256(draw.void_reason.encode()).hexdigest()


def _leaf_faults(sealed: SealedDraw) -> Iterator[str]:
    """The seals of the record are what counts: hashed, and told to everybody before the draw."""
    seals = {one["id"]: one["seal"] for one in json.loads(sealed.record)["enterprises"]}
    for row in sealed.leaves.order_by("credit_code").iterator(chunk_size=2000):
        seal = seals.pop(row.credit_code, None)
        if seal != row.seal or _seal_of(sealed.number, row.leaf) != seal:
            yield f"候选名单里 {row.credit_code} 的封条不符。"
    if seals:
        yield f"候选名单里不见了 {len(seals)} 家，第一家是 {min(seals)}。"


def _seal_of(number: str, leaf: dict[str, Any]) -> str:
    try:
        check_leaf(leaf, "leaf")
    except ProtocolError:
        return ""
    return seal_leaf(number, leaf)


def _outcome_faults(drawing: Drawing, told: list[dict[str, Any]]) -> Iterator[str]:
    if not told:
        yield "有抽取结果，审计记录里没有抽取。"
    elif outcome_sha256(drawing) not in {one.get("outcome_sha256") for one in told}:
        yield "的投入、种子或结果与审计记录不符。"


def _amendment_faults(drawing: Drawing, told: list[dict[str, Any]]) -> Iterator[str]:
    kept = {one.number: entry_sha256(one) for one in drawing.amendments.order_by("number")}
    said = {one["amendment"]: one.get("entry_sha256") for one in told}
    for number in sorted(kept.keys() | said.keys()):
        if number not in kept:
            yield f"的变更 {number} 不见了。"
        elif kept[number] != said.get(number):
            yield f"的变更 {number} 与审计记录不符。"


def _record_faults(drawing: Drawing) -> Iterator[str]:
    try:
        verification = verify_record(full_record(drawing.sealed.draw))
    except (ValueError, KeyError, TypeError, ProtocolError) as broken:
        yield f"的公开记录读不出来：{broken}。"
        return
    if not verification.passed:
        yield f"重算不符：{verification.line}"
    elif sorted(_rows_of(drawing.sealed.draw)) != sorted(_rows_by_standing(drawing)):
        yield "的抽中企业、人员或事项各行与台账不符。"


def _rows_of(draw: Draw) -> Iterator[tuple[str, tuple[str, ...]]]:
    rows = draw.drawn.filter(is_standing=True).select_related("enterprise")
    for row in rows.prefetch_related("seats__inspector", "seats__expert", "items__item"):
        people = [seat.inspector.certificate_number for seat in row.seats.all() if seat.inspector]
        experts = [seat.expert.number for seat in row.seats.all() if seat.expert]
        items = [one.item.code for one in row.items.all()]
        yield row.enterprise.credit_code, (*sorted(people), "|", *sorted(experts), "|", *sorted(items))


def _rows_by_standing(drawing: Drawing) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in standing_of(drawing).entries:
        parts = (sorted(entry[name]) for name in ("inspectors", "experts", "items"))
        people, experts, items = parts
        yield entry["enterprise"], (*people, "|", *experts, "|", *items)
