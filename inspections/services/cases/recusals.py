"""回避: asked for by an officer or the party, decided by the head; work goes on meanwhile (行政处罚法 §43)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from inspections.documents.cases import RECUSAL_DECISION, case_context
from inspections.models import Case, CaseHandler, CaseRecusal, CaseStep
from inspections.policies import cases as rules
from inspections.services.cases.engine import is_kept, issue_for, locked_case
from inspectors.models import Inspector
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify_role


@transaction.atomic
def ask_case_recusal(
    case: Case, *, by: User, inspector: Inspector, side: str, reason: str, now: dt.datetime | None = None
) -> CaseRecusal:
    """Register the request; the head is told. The officer stays in charge until it is decided."""
    now = now or timezone.now()
    row = locked_case(case.pk)
    rules.check_may_ask_recusal(by, row)
    if not row.handlers.filter(inspector=inspector, left_on=None).exists():
        raise Refusal("只能对本案现任承办人申请回避。", field="inspector")
    if side == CaseRecusal.Side.OFFICER and inspector.account_id != by.pk:
        raise Refusal("执法人员只能为自己申请回避；当事人申请的，请选择“当事人”。", field="side")
    if row.recusals.filter(inspector=inspector, decided_at=None).exists():
        raise Refusal("已有一份对该承办人的回避申请尚未决定。", field="inspector")
    asked = CaseRecusal.objects.create(
        case=row, inspector=inspector, side=side, reason=reason, asked_by=by, asked_at=now
    )
    if not is_kept(row):
        notify_role(
            Role.HEAD,
            key=f"case.recusal:{asked.pk}",
            subject=f"案件 {row.number} 有回避申请待决定",
            link=reverse("case_detail", args=[row.pk]),
        )
    record("case.recusal_asked", by=by, target=row, confidential=is_kept(row), side=side)
    return asked


@transaction.atomic
def decide_case_recusal(
    recusal: CaseRecusal,
    *,
    by: User,
    is_granted: bool,
    opinion: str,
    replacement: Inspector | None = None,
    now: dt.datetime | None = None,
) -> CaseRecusal:
    """Grant or refuse. Granted, the officer leaves the case this day and another takes over; 回避决定书 is issued."""
    now = now or timezone.now()
    case = locked_case(recusal.case_id)
    asked = CaseRecusal.objects.select_for_update(of=("self",)).select_related("inspector").get(pk=recusal.pk)
    rules.check_may_decide_recusal(by, case)
    if asked.decided_at:
        raise Refusal("这份回避申请已经决定。")
    on = timezone.localtime(now).date()
    if is_granted:
        _check_replacement(case, replacement, on=on)
        _replace(case, asked, replacement=replacement, on=on)
    asked.is_granted, asked.opinion, asked.decided_by, asked.decided_at = is_granted, opinion, by, now
    asked.replacement = replacement if is_granted else None
    asked.save()
    _issue(case, asked, by=by, on=on, now=now)
    record("case.recusal_decided", by=by, target=case, confidential=is_kept(case), granted=is_granted)
    return asked


def _check_replacement(case: Case, replacement: Inspector | None, *, on: dt.date) -> None:
    if replacement is None:
        raise Refusal("准许回避的，请指定接办的执法人员。", field="replacement")
    if replacement.certificate_expires_on < on:
        raise Refusal("接办人的执法证已经过期，请另行指定。", field="replacement")
    if case.handlers.filter(inspector=replacement).exists():
        raise Refusal("接办人已经是或者曾经是本案承办人，请另行指定。", field="replacement")


def _replace(case: Case, asked: CaseRecusal, *, replacement: Inspector | None, on: dt.date) -> None:
    assert replacement, "checked before"
    case.handlers.filter(inspector=asked.inspector, left_on=None).update(left_on=on)
    last = case.handlers.aggregate(last=Max("position"))["last"] or 0
    CaseHandler.objects.create(case=case, inspector=replacement, position=last + 1)


def _issue(case: Case, asked: CaseRecusal, *, by: User, on: dt.date, now: dt.datetime) -> None:
    fields = {
        "person": asked.inspector.name,
        "certificate_number": asked.inspector.certificate_number,
        "side": asked.get_side_display(),
        "asked_on": timezone.localtime(asked.asked_at).date().isoformat(),
        "reason": asked.reason,
        "is_granted": bool(asked.is_granted),
        "opinion": asked.opinion,
        "replacement": asked.replacement.name if asked.replacement else "",
    }
    document = issue_for(case, RECUSAL_DECISION, context=case_context(case, fields=fields), by=by, on=on)
    CaseStep.objects.create(case=case, act="recusal_decided", on=on, at=now, by=by, fields=fields, document=document)
