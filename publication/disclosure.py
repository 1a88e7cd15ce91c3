"""What the public may be shown, field by field, in one place.

政府信息公开条例 and 个人信息保护法: an enterprise's name and credit code, item, result, date,
and an officer's name and certificate number. Never phones, homes, identity numbers,
contact persons, or who complained. What is not written here does not leave the house.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable

from django.utils import timezone

from draws.models import Draw, DrawnEnterprise
from enterprises.models import Enterprise
from inspections.models import ItemResult, Task
from publication.models import Publication
from shuangsuiji.lib.credit_code import is_individual_business


def public_enterprise(enterprise: Enterprise) -> dict:
    """Name, code and place. The code of a 个体工商户 may identify a person: its middle is masked."""
    code = enterprise.credit_code
    if is_individual_business(code):
        code = f"{code[:8]}********{code[-2:]}"
    return {
        "name": enterprise.name,
        "credit_code": code,
        "township": enterprise.township.name if enterprise.township else "",
        "field": enterprise.field.name if enterprise.field else "",
    }


def public_officers(drawn: DrawnEnterprise) -> list[dict]:
    """Name and certificate number of each officer, in seat order."""
    seats = [seat for seat in drawn.seats.all() if seat.inspector_id]
    return [{"name": s.inspector.name, "certificate_number": s.inspector.certificate_number} for s in seats]


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
        "draw_number": draw.number,
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
        "draw_number": task.drawn.draw.number,
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
