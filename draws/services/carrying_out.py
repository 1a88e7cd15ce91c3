"""Carrying a draw out: the seed, the result, and the result as rows. One transaction, once."""

from __future__ import annotations

import datetime
import json
import secrets
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from draws.engine import (
    check_leaves,
    check_secret,
    derive_seed,
    draw_enterprises,
    draw_people_and_items,
    seal_envelopes,
)
from draws.models import (
    Contribution,
    Draw,
    Drawing,
    DrawnEnterprise,
    DrawnItem,
    DrawnSeat,
    Item,
    SealedDraw,
)
from draws.selectors.integrity import outcome_sha256
from draws.selectors.ledger import leaves_of
from draws.services.after_drawing import after_drawing
from draws.services.telling import tell_role
from draws.states import DrawState
from enterprises.models import Enterprise
from inspectors.models import Expert, Inspector
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record

Entry = Mapping[str, Any]


class BrokenSealError(Exception):
    """What is stored no longer fits its hash: somebody has been at the database."""


def carry_out(draw: Draw, *, by: User | None, now: datetime.datetime) -> Drawing:
    """Draw: in order the seed, the result, the envelopes, the rows, the state, the rooms above, the trail.

    The caller holds the draw's lock and has seen that every source is there.
    """
    sealed = draw.sealed
    content = checked_content(sealed)
    seed, result = _result(sealed, content)
    envelopes, salts = _envelopes(draw, result)
    drawing = Drawing.objects.create(
        sealed=sealed, seed=seed, result=result, outcome_salts=salts, envelopes=envelopes, drawn_at=now
    )
    write_rows(draw, result["drawn"], unfilled={one["enterprise"]: one["missing"] for one in result["unfilled"]})
    draw.state = DrawState.BLOCKED if result["blocked"] else DrawState.DRAWN
    draw.save(update_fields=["state"])
    if draw.state == DrawState.DRAWN:
        after_drawing(draw, by=by)
    _tell(draw)
    record(
        f"draw.{draw.state}",
        by=by,
        target=draw,
        confidential=draw.is_covert,
        number=draw.number,
        outcome_sha256=outcome_sha256(drawing),
    )
    return drawing


def checked_content(sealed: SealedDraw) -> dict[str, Any]:
    """The sealed record as stored, after its hash and the secret's commitment were compared."""
    if sha256(sealed.record.encode()).hexdigest() != sealed.sealed_hash:
        raise BrokenSealError(sealed.number)
    content = json.loads(sealed.record)
    check_secret(sealed.number, sealed.secret, commitment=content["secret_commitment"])
    return content


def _result(sealed: SealedDraw, content: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    given = Contribution.objects.filter(sealed=sealed).select_related("source")
    texts = [{"source": one.source.name, "text": one.text} for one in given]
    seed = derive_seed(
        sealed.number,
        sealed_hash=sealed.sealed_hash,
        secret=sealed.secret,
        sources=content["sources"],
        contributions=texts,
    )
    picks = draw_enterprises(content, seed=seed)
    drawn = [pick.enterprise for pick in picks]
    leaves = leaves_of(sealed, drawn)
    seals = {one["id"]: one["seal"] for one in content["enterprises"]}
    check_leaves(sealed.number, list(leaves.values()), seals=seals)
    return seed.hex(), draw_people_and_items(content, seed=seed, picks=picks, leaves=leaves)


def _envelopes(draw: Draw, result: Entry) -> tuple[list[str], dict[str, str]]:
    if draw.is_announced:
        return [], {}
    salts = {one["enterprise"]: secrets.token_hex(32) for one in result["drawn"]}
    envelopes, _ = seal_envelopes(draw.number or "", result["drawn"], salts=salts)
    return envelopes, salts


def write_rows(draw: Draw, entries: Sequence[Entry], *, unfilled: Mapping[str, int]) -> list[DrawnEnterprise]:
    """The result as rows, for lists and joins; the ledger's JSON stays the source."""
    start = draw.drawn.count()
    codes = [entry["enterprise"] for entry in entries]
    enterprises = {one.credit_code: one for one in Enterprise.objects.filter(credit_code__in=codes)}
    rows = DrawnEnterprise.objects.bulk_create(
        DrawnEnterprise(
            draw=draw,
            enterprise=enterprises[entry["enterprise"]],
            position=position,
            stratum=entry["stratum"],
            ticket=entry["ticket"],
            expert_missing_count=unfilled.get(entry["enterprise"], 0),
        )
        for position, entry in enumerate(entries, start=start + 1)
    )
    pairs = list(zip(rows, entries, strict=True))
    DrawnSeat.objects.bulk_create(seats_of(pairs))
    items = sealed_items(draw)
    DrawnItem.objects.bulk_create(
        DrawnItem(drawn=row, item=items[code]) for row, entry in pairs for code in entry["items"]
    )
    return rows


def sealed_items(draw: Draw) -> dict[str, Item]:
    """The versions of the items that this draw was sealed with, by code."""
    return {one.item.code: one.item for one in draw.sealed.items.select_related("item")}


def seats_of(pairs: Sequence[tuple[DrawnEnterprise, Entry]]) -> list[DrawnSeat]:
    """The seats of these entries; officers and experts are each numbered from 1."""
    officer_keys = {key for _, entry in pairs for key in entry["inspectors"]}
    expert_keys = {key for _, entry in pairs for key in entry["experts"]}
    officers = {one.certificate_number: one for one in Inspector.objects.filter(certificate_number__in=officer_keys)}
    experts = {one.number: one for one in Expert.objects.filter(number__in=expert_keys)}
    return [
        *[
            DrawnSeat(drawn=row, seat=seat, inspector=officers[key], account_id=officers[key].account_id)
            for row, entry in pairs
            for seat, key in enumerate(entry["inspectors"], start=1)
        ],
        *[
            DrawnSeat(drawn=row, seat=seat, expert=experts[key])
            for row, entry in pairs
            for seat, key in enumerate(entry["experts"], start=1)
        ],
    ]


def _tell(draw: Draw) -> None:
    words = "抽取完成" if draw.state == DrawState.DRAWN else "抽取受阻，执法人员排不满"
    tell_role(draw, Role.CLERK, key=f"draw.{draw.state}:{draw.pk}", subject=f"{words}：{draw.number}")
