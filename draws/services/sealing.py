"""Sealing: the pool, the people and the rules are fixed for ever, before any randomness."""

from __future__ import annotations

import datetime
import json
import secrets
from collections.abc import Callable, Iterator
from hashlib import sha256
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
    leaf_sealer,
    phrase,
)
from draws.models import Draw, FilterStep, PoolLeaf, SealedDraw, SealedItem
from draws.policies import (
    check_may_seal,
    check_pool_is_as_approved,
    check_scarcity_is_known,
    check_sources_independent,
)
from draws.selectors.approved_pool import pool_changes
from draws.selectors.drafting import draft_problems, rule_sentences
from draws.selectors.fixed import fixed_sha256
from draws.selectors.note import internal_note
from draws.selectors.preparation import Candidate, Preparation, prepare
from draws.selectors.range import funnel, removed_by_filter
from draws.selectors.rehearsal import scarcity_of
from draws.services.drafting import follow_shares, locked
from draws.states import DrawState
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.numbering import take_serial
from shuangsuiji.lib.errors import Refusal

LEDGER_SERIES = "ledger"
SealedRow = tuple[Candidate, bytes, str]
"""An enterprise with its leaf as canonical JSON and its seal: each leaf is written out once."""


@transaction.atomic
def seal_draw(
    draw: Draw,
    *,
    by: User,
    now: datetime.datetime | None = None,
    token_hex: Callable[[int], str] = secrets.token_hex,
) -> SealedDraw:
    """Seal an approved draw: from here on its number stands in the ledger, whatever becomes of it.

    In order: the pool and everybody's exclusions are read, the ledger number is taken under
    its lock, leaves are salted and sealed, the secret is drawn and committed to, the record
    is fixed under its hash. Sealing again returns the first seal. The view asks for the
    person's password before it calls this.
    """
    draw, now = locked(draw), now or timezone.now()
    if draw.number and draw.state != DrawState.VOID:
        return draw.sealed
    today = timezone.localdate(now)
    check_may_seal(by, draw, today=today)
    follow_shares(draw)
    if problems := draft_problems(draw, now=now):
        raise Refusal(f"名录库或日期有了变化，现在不能封存：{problems[0].sentence}")
    check_sources_independent(draw, sealed_by=by)
    preparation = prepare(draw, today=today)
    check_pool_is_as_approved(pool_changes(draw, preparation))
    check_scarcity_is_known(draw, scarcity_of(preparation))
    number = f"{settings.BUREAU_CODE}-{today.year}-{take_serial(LEDGER_SERIES, year=today.year):04d}"
    sealed = _write(preparation, number=number, by=by, now=now, token_hex=token_hex)
    draw.state, draw.number = DrawState.SEALED, number
    draw.save(update_fields=["state", "number"])
    record(
        "draw.sealed",
        by=by,
        target=draw,
        confidential=draw.is_covert,
        number=number,
        sealed_hash=sealed.sealed_hash,
        fixed=fixed_sha256(SealedDraw.objects.select_related("draw").get(pk=sealed.pk)),
    )
    return sealed


def _write(
    preparation: Preparation, *, number: str, by: User, now: datetime.datetime, token_hex: Callable[[int], str]
) -> SealedDraw:
    secret = token_hex(32)
    rows = list(_sealed_rows(preparation, number=number, token_hex=token_hex))
    content = canonical_json(_content(preparation, rows, number=number, secret=secret, by=by, now=now))
    sealed = SealedDraw.objects.create(
        draw=preparation.draw,
        number=number,
        record=content.decode(),
        sealed_hash=sha256(content).hexdigest(),
        secret=secret,
        internal_note=internal_note(preparation),
        sealed_by=by,
        sealed_at=now,
    )
    _copy_leaves(sealed, rows)
    _point_at_items(sealed, preparation)
    _keep_filters(sealed, preparation.draw)
    return sealed


def _point_at_items(sealed: SealedDraw, preparation: Preparation) -> None:
    """The versions in force now are the ones this draw is about, for ever."""
    SealedItem.objects.bulk_create(SealedItem(sealed=sealed, item_id=item.pk) for item in preparation.items)


def _keep_filters(sealed: SealedDraw, draw: Draw) -> None:
    FilterStep.objects.bulk_create(
        FilterStep(
            sealed=sealed, position=position, label=one.label[:500], removed_count=len(one.codes), codes=one.codes
        )
        for position, one in enumerate(removed_by_filter(draw), start=1)
    )


def _sealed_rows(preparation: Preparation, *, number: str, token_hex: Callable[[int], str]) -> Iterator[SealedRow]:
    seal = leaf_sealer(number)
    for candidate in preparation.candidates:
        leaf = canonical_json(preparation.leaf(candidate, salt=token_hex(32)))
        yield candidate, leaf, seal(leaf)


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


def _copy_leaves(sealed: SealedDraw, rows: list[SealedRow]) -> None:
    """By COPY: a province's pool has 10^5 leaves."""
    table = connection.ops.quote_name(PoolLeaf._meta.db_table)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} (sealed_id, credit_code, leaf, seal) FROM STDIN") as copy,
    ):
        for candidate, leaf, seal in rows:
            copy.write_row((sealed.pk, candidate.credit_code, leaf.decode(), seal))
