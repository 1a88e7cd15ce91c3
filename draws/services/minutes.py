"""抽取记录: the minutes of a draw as a document, made from what is fixed and nothing else."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from draws.models import Draw
from draws.policies import may_see_names, names_are_public
from draws.selectors.amendment_words import ChangeWords, amendment_lines
from draws.selectors.draws import result_rows
from draws.selectors.entry import filter_step
from draws.states import DrawState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role
from shuangsuiji.audit.services import record
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.services import issue_document
from shuangsuiji.lib.errors import Refusal

MINUTES = "draw_minutes"
SUBJECT = "draw"


def minutes_of(draw: Draw) -> IssuedDocument | None:
    """The minutes of a draw, if they were made."""
    rows = IssuedDocument.objects.filter(kind=MINUTES, subject_kind=SUBJECT, subject_key=str(draw.pk))
    return rows.order_by("issued_at").last()


@transaction.atomic
def issue_minutes(draw: Draw, *, by: User, now: datetime.datetime | None = None) -> IssuedDocument:
    """Make the minutes of a drawn or blocked draw; made once, asked again the first stands."""
    draw, now = Draw.objects.select_for_update(of=("self",)).get(pk=draw.pk), now or timezone.now()
    check_role(by, Role.CLERK)
    if draw.state not in (DrawState.DRAWN, DrawState.BLOCKED):
        raise Refusal("抽取完成之后才能制作抽取记录。")
    if not may_see_names(by, draw):
        raise Refusal("这次暗查的名单只有知情人员可以看，抽取记录由他们制作。", status=403)
    if made := minutes_of(draw):
        return made
    document = issue_document(
        MINUTES,
        subject=(SUBJECT, str(draw.pk)),
        context=minutes_context(draw),
        by=by,
        issued_on=timezone.localdate(now),
        confidential=not names_are_public(draw),
        qr_link=settings.BASE_URL + reverse("ledger_entry", args=[draw.number]),
    )
    record("draw.minutes_issued", by=by, target=draw, confidential=draw.is_covert, number=draw.number)
    return document


def minutes_context(draw: Draw) -> dict[str, Any]:
    """The minutes' content: times, hashes, rules, sources with their texts, and the result."""
    sealed, drawing = draw.sealed, draw.sealed.drawing
    content = json.loads(sealed.record)
    return {
        "draw": {
            "number": draw.number,
            "title": draw.title,
            "mode_label": draw.get_mode_display(),
            "officer_mode_label": draw.get_officer_mode_display(),
        },
        "held_at": _iso(drawing.drawn_at),
        "place": "",
        "host": "",
        "recorder": sealed.sealed_by.name,
        "sealed_at": _iso(sealed.sealed_at),
        "sealed_hash": sealed.sealed_hash,
        "pool_count": len(content["enterprises"]),
        "rules": content["about"]["rules"],
        "funnel": [{"label": label, "count": count} for label, count in map(filter_step, content["about"]["filters"])],
        "strata": _strata(content, drawing.result),
        "sources": _sources(draw),
        "seed": drawing.seed,
        "drawn_at": _iso(drawing.drawn_at),
        "enterprises": [_enterprise(row) for row in result_rows(draw)],
        "recusals": [],
        "amendments": [_amendment(one) for one in amendment_lines(drawing)],
        "witnesses": [{"name": source.name, "organisation": ""} for source in draw.sources.all()],
        "remarks": "",
        "is_rehearsal": False,
    }


def _amendment(change: ChangeWords) -> str:
    return f"{change.kind}（{change.reason}，{change.approved_by}批准）：{'；'.join(change.lines)}"


def _iso(moment: datetime.datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _strata(content: dict[str, Any], result: dict[str, Any]) -> list[dict[str, Any]]:
    pool = Counter(one["stratum"] for one in content["enterprises"])
    drawn = Counter(one["stratum"] for one in result["drawn"])
    return [{"name": one["id"], "pool": pool[one["id"]], "drawn": drawn[one["id"]]} for one in content["strata"]]


def _sources(draw: Draw) -> list[dict[str, str]]:
    rows = draw.sealed.contributions.select_related("source").order_by("source__position", "id")
    return [{"name": row.source.name, "given_at": _iso(row.given_at), "text": row.text} for row in rows]


def _enterprise(row: Any) -> dict[str, Any]:
    return {
        "position": row.position,
        "name": row.name,
        "credit_code": row.credit_code,
        "stratum": row.stratum,
        "officers": [f"{name}（主办）" if seat == 0 else name for seat, name in enumerate(row.officers)],
        "experts": list(row.experts),
        "items": list(row.items),
    }
