"""What happened to a draw, in order: for the desk and, without names, for the ledger."""

from __future__ import annotations

from typing import Any

from draws.models import Contribution, Draw, Drawing
from draws.states import DrawState

Event = dict[str, Any]


def draw_timeline(draw: Draw, drawing: Drawing | None) -> list[Event]:
    """For the desk: from the draft on."""
    events: list[Event] = [{"title": "起草", "at": draw.drafted_at, "text": draw.drafted_by.name, "state": "done"}]
    if draw.returned_reason and draw.state == DrawState.DRAFT:
        events.append({"title": "退回", "text": draw.returned_reason, "state": "void"})
    events.append(_or_todo("提交", draw.submitted_at, draw.drafted_by.name))
    events.append(_or_todo("批准", draw.approved_at, draw.approved_by.name if draw.approved_by else ""))
    return [*_open_ended(events, draw), *ledger_timeline(draw, drawing)]


def _open_ended(events: list[Event], draw: Draw) -> list[Event]:
    """A void draw has nothing left to do."""
    return [event for event in events if event["state"] != "todo"] if draw.state == DrawState.VOID else events


def _or_todo(title: str, at: Any, text: str) -> Event:
    return {"title": title, "at": at, "text": text if at else "", "state": "done" if at else "todo"}


def ledger_timeline(draw: Draw, drawing: Drawing | None) -> list[Event]:
    """For everybody: 封存 → 来源到齐 → 抽取, amendments, and the end of a void draw."""
    events: list[Event] = []
    sealed = draw.sealed if draw.number else None
    if sealed:
        events.append({"title": "封存", "at": sealed.sealed_at, "hash": sealed.sealed_hash, "state": "final"})
        events.append(_sources_event(draw, drawing))
    elif draw.state != DrawState.VOID:
        events.append({"title": "封存", "state": "todo"})
    if drawing:
        events.append(_drawn_event(draw, drawing))
        events += _later_events(drawing)
    elif draw.state == DrawState.VOID:
        events.append({"title": "作废", "at": draw.voided_at, "text": _void_text(draw), "state": "void"})
    else:
        events.append({"title": "抽取", "state": "todo"})
    return events


def _void_text(draw: Draw) -> str:
    return f"{draw.void_reason}（{draw.voided_by.name}批准）" if draw.voided_by else draw.void_reason


def _sources_event(draw: Draw, drawing: Drawing | None) -> Event:
    given = Contribution.objects.filter(sealed=draw.pk)
    count, total = given.count(), draw.sources.count()
    if count == total:
        return {
            "title": "来源到齐",
            "at": drawing.drawn_at if drawing else None,
            "text": f"{total} 个来源",
            "state": "done",
        }
    state = "void" if draw.state == DrawState.VOID else "now"
    return {"title": "等待来源", "text": f"{total} 个来源中已到 {count} 个", "state": state}


def _drawn_event(draw: Draw, drawing: Drawing) -> Event:
    result = drawing.result
    text = f"抽中 {len(result['drawn'])} 家"
    if result["blocked"]:
        text += (
            f"，执法人员需要 {result['blocked']['need']} 人次，最多只能排 {result['blocked']['have']} 人次，抽取受阻"
        )
    return {"title": "抽取", "at": drawing.drawn_at, "text": text, "state": "now" if result["blocked"] else "done"}


def _later_events(drawing: Drawing) -> list[Event]:
    amendments = [
        {"title": f"变更 {one.number}", "at": one.made_at, "text": one.entry["reason"], "state": "done"}
        for one in drawing.amendments.order_by("number")
    ]
    if not drawing.envelopes:
        return amendments
    opened = drawing.openings.count()
    state = "done" if opened >= len(drawing.envelopes) else "now"
    text = f"{len(drawing.envelopes)} 个信封已拆 {opened} 个"
    return [*amendments, {"title": "信封拆封", "text": text, "state": state}]
