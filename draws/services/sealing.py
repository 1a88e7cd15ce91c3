"""Sealing: the pool, the people and the rules are fixed for ever, before any randomness."""

from __future__ import annotations

import datetime
import json
import secrets
from collections.abc import Callable, Iterator
from typing import Any
from unicodedata import normalize

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from draws.engine import (
    ProtocolError,
    build_sealed_record,
    canonical_json,
    commit,
    phrase,
    seal_leaf,
    sealed_hash,
)
from draws.models import Draw, DrawSource, PoolLeaf, SealedDraw
from draws.policies import check_may_seal
from draws.selectors.drafting import draft_problems, rule_sentences
from draws.selectors.preparation import Candidate, Preparation, prepare
from draws.selectors.range import funnel
from draws.selectors.rehearsal import scarce_enterprises
from draws.services.drafting import locked
from draws.states import DrawState
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.numbering import take_serial
from shuangsuiji.lib.errors import Refusal

LEDGER_SERIES = "ledger"
SealedRow = tuple[Candidate, dict[str, Any], str]


@transaction.atomic
def seal_draw(
    draw: Draw,
    *,
    by: User,
    now: datetime.datetime | None = None,
    token_hex: Callable[[int], str] = secrets.token_hex,
) -> SealedDraw:
    """Seal an approved draw: from here on its number stands in the ledger, whatever becomes of it.

    In order: the pool and everybody's exclusions are read, the links of witnesses are made,
    the ledger number is taken under its lock, leaves are salted and sealed, the secret is
    drawn and committed to, the record is fixed under its hash. Sealing again returns the
    first seal. The view asks for the person's password before it calls this.
    """
    draw, now = locked(draw), now or timezone.now()
    if draw.number and draw.state != DrawState.VOID:
        return draw.sealed
    today = timezone.localdate(now)
    check_may_seal(by, draw, today=today)
    if problems := draft_problems(draw, today=today):
        raise Refusal(f"名录库或日期有了变化，现在不能封存：{problems[0].sentence}")
    preparation = prepare(draw, today=today)
    _give_links(draw)
    number = f"{settings.BUREAU_CODE}-{today.year}-{take_serial(LEDGER_SERIES, year=today.year):04d}"
    sealed = _write(preparation, number=number, by=by, now=now, token_hex=token_hex)
    draw.state, draw.number = DrawState.SEALED, number
    draw.save(update_fields=["state", "number"])
    record(
        "draw.sealed", by=by, target=draw, confidential=draw.is_covert, number=number, sealed_hash=sealed.sealed_hash
    )
    return sealed


def _give_links(draw: Draw) -> None:
    for source in draw.sources.filter(kind=DrawSource.Kind.LINK):
        source.token = secrets.token_urlsafe(32)
        source.save(update_fields=["token"])


def _write(
    preparation: Preparation, *, number: str, by: User, now: datetime.datetime, token_hex: Callable[[int], str]
) -> SealedDraw:
    secret = token_hex(32)
    rows = list(_sealed_rows(preparation, number=number, token_hex=token_hex))
    content = _content(preparation, rows, number=number, secret=secret, by=by, now=now)
    sealed = SealedDraw.objects.create(
        draw=preparation.draw,
        number=number,
        record=canonical_json(content).decode(),
        sealed_hash=sealed_hash(content),
        secret=secret,
        internal_note=internal_note(preparation),
        sealed_by=by,
        sealed_at=now,
    )
    _copy_leaves(sealed, rows)
    return sealed


def _sealed_rows(preparation: Preparation, *, number: str, token_hex: Callable[[int], str]) -> Iterator[SealedRow]:
    for candidate in preparation.candidates:
        leaf = preparation.leaf(candidate, salt=token_hex(32))
        yield candidate, leaf, seal_leaf(number, leaf)


def _content(
    preparation: Preparation,
    rows: list[SealedRow],
    *,
    number: str,
    secret: str,
    by: User,
    now: datetime.datetime,
) -> dict[str, Any]:
    draw = preparation.draw
    try:
        return build_sealed_record(
            number,
            mode=draw.mode,
            about=_about(draw, number=number, by=by, now=now),
            strata=preparation.stratum_rows(),
            enterprises=[
                {"id": candidate.credit_code, "stratum": preparation.stratum_of(candidate), "seal": seal}
                for candidate, _, seal in rows
            ],
            per_enterprise=draw.inspectors_per_enterprise,
            inspectors=preparation.officers.limits,
            experts=preparation.experts.limits,
            item_groups=preparation.group_rows(),
            items=[{"id": item.code, "group": item.group} for item in preparation.items],
            secret_commitment=commit(number, secret),
            sources=[normalize("NFC", source.name) for source in draw.sources.all()],
        )
    except ProtocolError as error:
        raise Refusal(f"名录库里有不合规范的内容，不能封存（{phrase(error)}）。请改正后再封存。") from error


def _about(draw: Draw, *, number: str, by: User, now: datetime.datetime) -> dict[str, Any]:
    """For the reader; a covert draw's own title and dates stay inside."""
    covert = draw.is_covert
    about = {
        "title": number if covert else draw.title,
        "plan": str(draw.plan) if draw.plan else "",
        "period": "公开前不公布" if covert else f"{draw.visits_from.isoformat()} 至 {draw.visits_to.isoformat()}",
        "mode": draw.get_mode_display(),
        "carry_out_by": draw.carry_out_by.isoformat(),
        "filters": [f"{step.label}：{step.count} 家" for step in funnel(draw)],
        "rules": [sentence for sentence in rule_sentences(draw) if sentence],
        "drafted_by": draw.drafted_by.name,
        "approved_by": draw.approved_by.name if draw.approved_by else "",
        "approved_at": timezone.localtime(draw.approved_at).isoformat(timespec="seconds"),
        "sealed_by": by.name,
        "sealed_at": timezone.localtime(now).isoformat(timespec="seconds"),
    }
    return json.loads(normalize("NFC", json.dumps(about, ensure_ascii=False)))


def internal_note(preparation: Preparation) -> dict[str, Any]:
    """Who was left out and why, in words, for the bureau's own file; nothing of it is published."""
    draw = preparation.draw
    return {
        "funnel": [[step.label, step.count] for step in funnel(draw)],
        "officers_left_out": [list(row) for row in preparation.officers.left_out],
        "experts_left_out": [list(row) for row in preparation.experts.left_out],
        "recused_officers": {code: sorted(keys) for code, keys in preparation.recused_officers.items()},
        "recused_experts": {code: sorted(keys) for code, keys in preparation.recused_experts.items()},
        "officer_mode": draw.officer_mode,
        "scarce": [[row.candidate.credit_code, row.eligible_count] for row in scarce_enterprises(preparation)],
    }


def _copy_leaves(sealed: SealedDraw, rows: list[SealedRow]) -> None:
    """By COPY: a province's pool has 10^5 leaves."""
    table = connection.ops.quote_name(PoolLeaf._meta.db_table)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} (sealed_id, credit_code, leaf, seal) FROM STDIN") as copy,
    ):
        for candidate, leaf, seal in rows:
            copy.write_row((sealed.pk, candidate.credit_code, canonical_json(leaf).decode(), seal))
