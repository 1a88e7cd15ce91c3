"""What happened to a check, as the timeline of its page."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from inspections.models import Order, RectificationReport, Revisit, Task
from inspections.selectors import documents_of, orders_of
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.audit.selectors import events_of
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.templatetags.words import cn_date


def story_of(task: Task, *, is_shut: bool = False) -> list[dict]:
    """Events in order; what has not happened yet stands there as still to come. A filed check leads to no paper."""
    papers = {document.kind: document for document in documents_of(task)}
    events = [_drawn(task), *_before(task, papers), *_visit(task), *_orders(task), _public(task), _filed(task)]
    told = [event for event in events if event]
    for event in _besides(task):
        told.insert(_place(told, event["at"]), event)
    if is_shut:
        told = [{key: value for key, value in event.items() if key != "url"} for event in told]
    return _with_now(told)


def _event(title: str, at=None, *, text: str = "", document: IssuedDocument | None = None, url: str = "") -> dict:
    event = {"title": title, "at": at, "text": text, "state": "done" if at else "todo"}
    if document:
        event.update(url=reverse("document_file", args=[document.pk]), url_label=document.number or document.title)
    elif url:
        event["url"] = url
    return event


def _besides(task: Task) -> list[dict]:
    """What the trail knows and no paper tells: the day was changed, the notice withdrawn and published anew."""
    told = {"task.visit_moved": _moved, "task.notice_taken_back": _taken_back, "task.noticed": _announced_anew}
    rows = list(events_of(task._meta.label_lower, str(task.pk)).filter(action__in=told).order_by("sequence"))
    first = next((row for row in rows if row.action == "task.noticed"), None)
    return [told[row.action](row) for row in rows if row is not first]


def _moved(row: AuditEvent) -> dict:
    before, after = (_day_text(row.detail[name]) for name in ("before", "after"))
    text = f"{before}改为{after}，{row.actor_name}办理，原因：{row.detail['reason']}"
    return _event("检查日期改动", row.at, text=text)


def _day_text(day: str) -> str:
    return cn_date(dt.date.fromisoformat(day)) if day else "未定"


def _taken_back(row: AuditEvent) -> dict:
    return _event("检查公告撤回", row.at, text="检查退回“已派发”，重新公告之后才能开始。")


def _announced_anew(row: AuditEvent) -> dict:
    return _event("重新公告", row.at)


def _place(events: list[dict], at: dt.datetime) -> int:
    """After the last event that had happened by then."""
    return max((n for n, event in enumerate(events, 1) if event["at"] and event["at"] <= at), default=0)


def _drawn(task: Task) -> dict:
    draw = task.drawn.draw
    if draw.is_named:
        return _event("派发", task.created_at, text=f"{draw.source_words}。")
    return _event("抽取并派发", task.created_at, text=f"台账号 {draw.number}，第 {task.drawn.position} 签。")


def _before(task: Task, papers: dict[str, IssuedDocument]) -> list[dict]:
    notice, scheme = papers.get("inspection_notice"), getattr(task, "scheme", None)
    approved = scheme.approved_at if scheme else None
    told = "" if not task.is_covert else "暗查：检查前不公告、不通知。"
    first = _event("公告并通知企业", notice.issued_at if notice else None, document=notice)
    if task.is_covert:
        first = {**_event("保密派发", task.created_at), "text": told}
    text = f"审批人 {scheme.approved_by.name}" if approved else ""
    last = _event("现场检查方案批准", approved, text=text, document=scheme.document if scheme else None)
    if scheme is None and hasattr(task, "record"):
        return [*_approval(task), first] if first["at"] else _approval(task)
    return [first, *_approval(task), last]


def _approval(task: Task) -> list[dict]:
    """行政检查审批, before the visit as a rule; begun at once, it says why it comes afterwards."""
    approval = getattr(task, "approval", None)
    if approval is None:
        return []
    title = "行政检查审批（事后补办）" if approval.is_afterwards else "行政检查审批"
    return [_event(title, approval.approved_at, text=approval.afterwards_reason, document=approval.document)]


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
        *(_event("现场处理措施决定", one.decided_at, document=one.document) for one in _handlings(task)),
    ]


def _handlings(task: Task):
    return task.handlings.select_related("document").order_by("decided_at", "id")


def _orders(task: Task) -> list[dict]:
    events = []
    for order in orders_of(task):
        events.append(_event("责令限期整改", order.issued_at, document=order.document))
        looked = getattr(order, "reinspection", None)
        events += _reported(order)
        if looked:
            events.append(_event("整改复查", looked.made_at, document=looked.document))
        else:
            events.append(_event("整改复查", text=_waiting(order)))
    return events


def _waiting(order: Order) -> str:
    """A re-inspection that was submitted and not approved yet, in words."""
    revisit = Revisit.objects.filter(order=order, submitted_at__isnull=False).select_related("submitted_by").first()
    return f"{revisit.submitted_by.name}已提交复查记录，等待审核" if revisit and revisit.submitted_by else ""


def _reported(order: Order) -> list[dict]:
    """The enterprise's first word that something was put right."""
    first = RectificationReport.objects.filter(order_point__order=order).order_by("reported_at", "id").first()
    if first is None:
        return []
    url = reverse("task_rectification", args=[order.task_id])
    return [_event("企业填报整改情况", first.reported_at, text=f"填报人 {first.reporter_name}", url=url)]


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
