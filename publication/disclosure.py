"""What the public may be shown, field by field, in one place.

政府信息公开条例 and 个人信息保护法: an enterprise's name and credit code, item, result, date,
and an officer's name and certificate number. Never phones, homes, identity numbers,
contact persons, or who complained. What is not written here does not leave the house:
`SHOWN` names every field of every kind, and whatever else a content may hold stays inside.
"""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from draws.models import Draw, DrawnEnterprise
from enterprises.models import Enterprise
from inspections.models import ItemResult, Task
from inspectors.models import Inspector
from publication.models import Publication
from publication.states import TERM_IS_OVER, PublicationState
from shuangsuiji.lib.editing import content_mark
from shuangsuiji.lib.public_names import public_code, public_name

VALUE = None
"""A single value: a word, a number, a yes or no."""

_ENTERPRISE = dict.fromkeys(("name", "credit_code", "township", "field"), VALUE)
_OFFICERS = [dict.fromkeys(("name", "certificate_number"), VALUE)]
_CHECK = {"draw_number": VALUE, "task_number": VALUE, "enterprise": _ENTERPRISE, "visited_on": VALUE}
_RESULT = ("code", "name", "legal_basis", "result", "result_label", "hazard_label", "rectify_by")
_HAZARD = ("code", "name", "legal_basis", "hazard_label", "rectify_by")
_ITEM = {
    **dict.fromkeys(("code", "name", "legal_basis", "method"), VALUE),
    "fields": [VALUE],
    "sub_items": [{"code": VALUE, "text": VALUE}],
}
_ORDER = {
    **dict.fromkeys(("number", "issued_on", "reinspected_on", "reinspection_number"), VALUE),
    "points": [dict.fromkeys(("code", "name", "hazard_label", "rectify_by", "is_passed", "outcome_label"), VALUE)],
}
_LISTING = {"listing_number": VALUE, "enterprise": _ENTERPRISE, "decision_number": VALUE, "decided_on": VALUE}

SHOWN: dict[str, dict[str, Any]] = {
    Publication.Kind.NOTICE: {
        **dict.fromkeys(("draw_number", "visits_from", "visits_to"), VALUE),
        "enterprises": [{**_ENTERPRISE, "visit_on": VALUE, "items": [VALUE]}],
        "requirements": [VALUE],
    },
    Publication.Kind.RESULT: {
        **_CHECK,
        "officers": _OFFICERS,
        "results": [dict.fromkeys(_RESULT, VALUE)],
        "counts": dict.fromkeys(("passed", "failed", "absent"), VALUE),
        "major_count": VALUE,
        "outcome": VALUE,
    },
    Publication.Kind.HANDLING: {
        **_CHECK,
        "officers": _OFFICERS,
        "orders": [_ORDER],
        "open_count": VALUE,
        "outcome": VALUE,
    },
    Publication.Kind.EXPOSURE: {
        **_CHECK,
        "ground": VALUE,
        "ground_label": VALUE,
        "as_of": VALUE,
        "hazards": [dict.fromkeys((*_HAZARD, "is_concealed", "state_label"), VALUE)],
        "order_numbers": [VALUE],
    },
    Publication.Kind.LISTING: {
        **_LISTING,
        **dict.fromkeys(("ground", "ground_label", "penalty_number", "penalty_on", "penalty_authority"), VALUE),
    },
    Publication.Kind.REMOVAL: {**_LISTING, "listed_on": VALUE, "removed_on": VALUE, "is_revoked": VALUE},
    Publication.Kind.ITEMS: {
        "on": VALUE,
        "item_count": VALUE,
        "groups": [{"code": VALUE, "name": VALUE, "items": [_ITEM]}],
    },
    Publication.Kind.OFFICERS: {
        "on": VALUE,
        "officer_count": VALUE,
        "officers": [
            dict.fromkeys(("name", "certificate_number", "certificate_expires_on", "department"), VALUE),
        ],
    },
    Publication.Kind.STATISTICS: {
        **dict.fromkeys(("period", "period_name", "first_day", "last_day"), VALUE),
        "figures": [dict.fromkeys(("code", "label", "value"), VALUE)],
        "by_field": [dict.fromkeys(("field", "checked", "failed"), VALUE)],
        "deadlines": [dict.fromkeys(("name", "due", "missed"), VALUE)],
    },
    Publication.Kind.PLAN: {
        "facts": [{"label": VALUE, "value": VALUE}],
        "tables": [{"caption": VALUE, "head": [VALUE], "rows": [[VALUE]]}],
        "paragraphs": [VALUE],
    },
}
"""Kind → the shape of what its public content may hold."""


def shown_content(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """A content with everything left out that `SHOWN` does not name."""
    found = _within(content, SHOWN[kind])
    return found if isinstance(found, dict) else {}


def _within(value: Any, shape: Any) -> Any:
    if isinstance(shape, dict):
        return (
            {name: _within(value[name], shape[name]) for name in shape if name in value}
            if isinstance(value, Mapping)
            else {}
        )
    if isinstance(shape, list):
        return [_within(one, shape[0]) for one in value] if isinstance(value, list) else []
    return value if value is None or isinstance(value, str | int | float | bool) else ""


def as_shown(publication: Publication) -> Publication:
    """The publication with its public content only, for a page; never saved."""
    shown = copy.copy(publication)
    shown.content = shown_content(publication.kind, publication.content)
    return shown


def public_enterprise(enterprise: Enterprise) -> dict:
    """Name, code and place; those of an 个体工商户 are masked (see `lib.public_names`)."""
    code = enterprise.credit_code
    return {
        "name": public_name(enterprise.name, credit_code=code, operator=enterprise.representative),
        "credit_code": public_code(code),
        "township": enterprise.township.name if enterprise.township else "",
        "field": enterprise.field.name if enterprise.field else "",
    }


def public_officers(drawn: DrawnEnterprise) -> list[dict]:
    """Name and certificate number of each officer, in seat order."""
    seats = [seat for seat in drawn.seats.all() if seat.inspector_id]
    return [{"name": s.inspector.name, "certificate_number": s.inspector.certificate_number} for s in seats]


def public_officer(officer: Inspector) -> dict:
    """An officer as the list of officers names them: never a phone, a photo or an account."""
    return {
        "name": officer.name,
        "certificate_number": officer.certificate_number,
        "certificate_expires_on": officer.certificate_expires_on.isoformat(),
        "department": officer.department.name,
    }


def _item_names(drawn: DrawnEnterprise) -> list[str]:
    return [f"{entry.item.code} {entry.item.name}" for entry in drawn.items.all()]


def notice_content(draw: Draw, *, tasks: Iterable[Task]) -> dict:
    """对象、检查内容、检查时间 of an advance notice (mission plan 三(四)4); requirements stand beside."""
    rows = [
        {
            **public_enterprise(task.enterprise),
            "visit_on": task.visit_on.isoformat() if task.visit_on else "",
            "items": _item_names(task.drawn),
        }
        for task in tasks
    ]
    return {
        "draw_number": draw.ledger_number,
        "visits_from": draw.visits_from.isoformat(),
        "visits_to": draw.visits_to.isoformat(),
        "enterprises": rows,
        "requirements": [line.strip() for line in draw.requirements.splitlines() if line.strip()],
    }


def _result_row(result: ItemResult) -> dict:
    item = result.drawn_item.item
    return {
        "code": item.code,
        "name": item.name,
        "legal_basis": item.legal_basis,
        "result": result.result,
        "result_label": result.get_result_display(),
        "hazard_label": result.get_hazard_display() if result.hazard else "",
        "rectify_by": result.rectify_by.isoformat() if result.rectify_by else "",
    }


def result_content(task: Task) -> dict:
    """Each item's result, hazards by grade with their deadline, and who checked. No free text from the site."""
    results = task.record.results.select_related("drawn_item__item")
    rows = [_result_row(result) for result in results]
    return {
        "draw_number": task.drawn.draw.ledger_number,
        "task_number": task.number,
        "enterprise": public_enterprise(task.enterprise),
        "visited_on": task.visited_on.isoformat() if task.visited_on else "",
        "officers": public_officers(task.drawn),
        "results": rows,
        "counts": {code: sum(row["result"] == code for row in rows) for code in ItemResult.Result.values},
        "major_count": sum(row["hazard_label"] == ItemResult.Hazard.MAJOR.label for row in rows),
        "outcome": _outcome(rows),
    }


def _outcome(rows: list[dict]) -> str:
    failed = [row for row in rows if row["result"] == ItemResult.Result.FAILED]
    if not failed:
        return "未发现问题"
    return "责令限期整改" if any(row["rectify_by"] for row in failed) else "发现问题，已依法处理"


def content_hash(publication: Publication, *, published_at: dt.datetime) -> str:
    """SHA-256 over the canonical JSON of what the public reads; the page tells how to repeat it."""
    return hashlib.sha256(canonical_text(publication, published_at=published_at).encode()).hexdigest()


def canonical_text(publication: Publication, *, published_at: dt.datetime) -> str:
    """The exact text behind the hash: sorted keys, no blanks, UTF-8."""
    covered = {
        "kind": publication.kind,
        "title": publication.title,
        "number": publication.number or "",
        "introduction": publication.introduction,
        "content": publication.content,
        "version": publication.version,
        "published_at": timezone.localtime(published_at).isoformat(timespec="seconds"),
    }
    return json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sentence_of_end(publication: Publication) -> str:
    """When and why a text that once was public went; never its words."""
    assert publication.ended_at, "what has ended has its time"
    on = timezone.localdate(publication.ended_at)
    how = f"{on.year}年{on.month}月{on.day}日{how_it_ended(publication)}"
    return f"这份公开信息已于{how}，原因：{publication.end_reason.rstrip('。') or '未注明'}。内容不再提供。"


def how_it_ended(publication: Publication) -> str:
    """撤回, 到期, or 停止公开 for what was superseded or lost its ground before its term."""
    if publication.state == PublicationState.WITHDRAWN:
        return "撤回"
    return "到期" if publication.end_reason == TERM_IS_OVER else "停止公开"


def text_mark(publication: Publication) -> str:
    """What an approver looks at."""
    return content_mark(
        [publication.title, publication.introduction, publication.content, publication.correction_reason]
    )
