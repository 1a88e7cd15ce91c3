"""What the page of a case shows: what may be done, what was done."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from draws.policies import allows
from inspections.models import Case, CaseStep
from inspections.policies.withdrawing import WITHDRAWAL
from inspections.services.cases import ACTS, Act, label_of
from inspections.states import CaseState
from shuangsuiji.accounts.models import User
from shuangsuiji.lib.templatetags.words import cn_date


def _url(case: Case, act: Act) -> str:
    return reverse("case_act", args=[case.pk, act.code])


def to_do(case: Case, *, user: User, besides: str = "") -> list[dict]:
    """Every step this person may take now, and those already taken, as a task list by group."""
    done: dict[str, list[CaseStep]] = {}
    for step in case.steps.order_by("at", "id"):
        done.setdefault(step.act, []).append(step)
    rows = [_row(case, act, steps=done.get(act.code, []), user=user) for act in ACTS]
    return [row for row in rows if row and row.get("url") != besides]


def _row(case: Case, act: Act, *, steps: list[CaseStep], user: User) -> dict:
    may = allows(act.rule, user, case)
    if not may and not steps:
        return {}
    row: dict = {"label": act.label, "group": act.group}
    if may:
        row.update(url=_url(case, act), status="可以办理", tone="open")
    if steps:
        # Several papers of one act are several rows with one time.
        times = len({step.at for step in steps})
        row.update(status=f"已办 {times} 次" if times > 1 else "已办", tone="done")
        row["hint"] = cn_date(steps[-1].on)
    return row


def timeline_of(case: Case, steps) -> list[dict]:
    """What happened, in order, with what is still to come marked as now."""
    events = [_event(step) for step in steps]
    if case.state not in (CaseState.CLOSED, CaseState.REFUSED):
        events.append({"title": case.get_state_display(), "state": "now"})
    elif events:
        events[-1]["state"] = "final"
    return events


def _event(step: CaseStep) -> dict:
    event: dict[str, Any] = {"title": label_of(step), "at": step.at, "state": "done", "text": f"{step.by.name}办理"}
    if step.act == "paid":
        event["text"] = f"{step.by.name}登记：{step.fields['amount']} 元，尚欠 {step.fields['outstanding']} 元"
    if step.act == WITHDRAWAL:
        event["text"] += f"：{step.fields['reason']}"
    document = step.document
    if document:
        delivery = getattr(document, "delivery", None)
        event["url"] = reverse("document_file", args=[document.pk])
        event["url_label"] = " ".join(filter(None, [document.title, document.number]))
        if delivery:
            event["text"] += f"；{cn_date(delivery.delivered_at)}{delivery.get_way_display()}"
    return event
