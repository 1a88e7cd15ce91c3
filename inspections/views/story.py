"""What happened to a check, as the timeline of its page."""

from __future__ import annotations

from django.urls import reverse

from inspections.models import Task
from inspections.selectors import documents_of, orders_of
from shuangsuiji.documents.models import IssuedDocument


def story_of(task: Task) -> list[dict]:
    """Events in order; what has not happened yet stands there as still to come."""
    papers = {document.kind: document for document in documents_of(task)}
    events = [_drawn(task), *_before(task, papers), *_visit(task), *_orders(task), _public(task), _filed(task)]
    return _with_now([event for event in events if event])


def _event(title: str, at=None, *, text: str = "", document: IssuedDocument | None = None, url: str = "") -> dict:
    event = {"title": title, "at": at, "text": text, "state": "done" if at else "todo"}
    if document:
        event.update(url=reverse("document_file", args=[document.pk]), url_label=document.number or document.title)
    elif url:
        event["url"] = url
    return event


def _drawn(task: Task) -> dict:
    return _event("抽取并派发", task.created_at, text=f"台账号 {task.drawn.draw.number}，第 {task.drawn.position} 签。")


def _before(task: Task, papers: dict[str, IssuedDocument]) -> list[dict]:
    notice, scheme = papers.get("inspection_notice"), getattr(task, "scheme", None)
    approved = scheme.approved_at if scheme else None
    told = "" if not task.is_covert else "暗查：检查前不公告、不通知。"
    first = _event("公告并通知企业", notice.issued_at if notice else None, document=notice)
    if task.is_covert:
        first = {**_event("保密派发", task.created_at), "text": told}
    text = f"审批人 {scheme.approved_by.name}" if approved else ""
    return [first, _event("现场检查方案批准", approved, text=text, document=scheme.document if scheme else None)]


def _visit(task: Task) -> list[dict]:
    record = getattr(task, "record", None)
    if record is None:
        return [_event("现场检查"), _event("检查记录审核")]
    sent = f"{record.submitted_by.name}提交" if record.submitted_by else ""
    checked = f"{record.approved_by.name}审核" if record.approved_by else ""
    return [
        _event("开始检查", record.opened_at, text=record.place),
        _event("提交检查记录", record.submitted_at, text=sent),
        _event("检查记录审核", record.approved_at, text=checked, document=record.document),
    ]


def _orders(task: Task) -> list[dict]:
    events = []
    for order in orders_of(task):
        events.append(_event("责令限期整改", order.issued_at, document=order.document))
        looked = getattr(order, "reinspection", None)
        events.append(
            _event("整改复查", looked.made_at if looked else None, document=looked.document if looked else None)
        )
    return events


def _public(task: Task) -> dict:
    return _event("检查结果公开", task.results_public_at)


def _filed(task: Task) -> dict:
    dossier = getattr(task, "dossier", None)
    filed = dossier.locked_at if dossier else None
    event = _event("案卷归档", filed, text=f"归档号 {dossier.archive_number}" if filed else "")
    return {**event, "state": "final"} if filed else event


def _with_now(events: list[dict]) -> list[dict]:
    """The first event that has not happened is the one people are at; results may come early."""
    for event in events:
        if event["state"] == "todo":
            event["state"] = "now"
            break
    return events
