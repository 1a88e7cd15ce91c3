"""现场检查记录."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from inspections.documents.signing import drawings, set_aside_rows
from inspections.documents.words import day, enterprise_facts, moment
from inspections.models import ItemResult, Signature, SiteRecord, Task
from inspections.selectors import (
    evidence_of,
    experts_of,
    measurements_of,
    officers_of,
    opinions_of,
    results_of,
    set_aside_of,
)
from shuangsuiji.documents.registry import DocumentKind, register_kind

SITE_RECORD = register_kind(
    DocumentKind("site_record", "现场检查记录", "检记", "documents/site_record.html", chained=True)
)


def _result_row(result: ItemResult) -> dict:
    item = result.drawn_item.item
    return {
        "code": item.code,
        "name": item.name,
        "legal_basis": result.basis or item.legal_basis,
        "sub_items": result.answered_subs,
        "place": result.place,
        "responsible": result.responsible,
        "result": result.result,
        "result_label": result.get_result_display(),
        "seen": result.seen,
        "hazard_label": result.get_hazard_display() if result.hazard else "",
        "rectify_by": day(result.rectify_by),
    }


def _measurement_rows(task: Task) -> list[dict]:
    return [
        {
            "name": one.name,
            "place": one.place,
            "value": one.reading,
            "instrument": one.instrument,
            "item": one.drawn_item.item.code if one.drawn_item else "",
        }
        for one in measurements_of(task)
    ]


def _opinion_rows(task: Task) -> list[dict]:
    rows = opinions_of(task)
    return [{"expert": one.expert.name, "opinion": one.opinion, "on": day(one.given_on)} for one in rows]


def record_context(record: SiteRecord, *, signatures: Sequence[Signature] = ()) -> dict:
    """现场检查记录: place, from–to, the line about certificates, a result per item, measurements, signatures.

    The server's time of beginning and, where the phone told them, its time and place stand beside the words.
    """
    task = record.task
    return {
        "enterprise": enterprise_facts(task),
        "place": record.place,
        "started_at": moment(record.started_at),
        "ended_at": moment(record.ended_at),
        "time_reason": record.time_reason,
        "opened_at": moment(record.opened_at),
        "submitted_at": moment(record.submitted_at),
        "device": _device(record),
        "representative": {
            "name": record.representative_name,
            "post": record.representative_post,
            "phone": record.representative_phone,
        },
        "officers": officers_of(task),
        "experts": experts_of(task),
        "certificates_shown": record.certificates_shown,
        "results": [_result_row(result) for result in results_of(record)],
        "measurements": _measurement_rows(task),
        "opinions": _opinion_rows(task),
        "findings": record.findings,
        "evidence_count": evidence_of(task).filter(revisit=None).count(),
        "set_aside": set_aside_rows(set_aside_of(task).filter(revisit=None)),
        "signature": record.signature,
        "refusal_reason": record.refusal_reason,
        "witness": "",
        "signatures": drawings(signatures),
        "recorded_on": day(timezone.localtime(record.submitted_at).date())
        if signatures and record.submitted_at
        else "",
    }


def _device(record: SiteRecord) -> dict:
    place = ""
    if record.latitude is not None and record.longitude is not None:
        place = f"北纬 {record.latitude}，东经 {record.longitude}"
        place += f"（±{record.accuracy} 米）" if record.accuracy else ""
    return {"at": moment(record.device_opened_at), "place": place}
