"""送达: a document reached somebody; the receipt is issued, and what runs from that day begins to run."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.documents import RECEIPT
from inspections.documents.cases import handlers_of, party_facts, receipt_context
from inspections.models import Case, Delivery, Task
from inspections.policies import cases as rules
from inspections.policies import names_are_kept
from inspections.selectors import officers_of, subject_of
from inspections.services.cases import clock
from inspections.services.cases.dates import check_moment
from inspections.services.cases.engine import locked_case
from inspections.services.cases.register import DECISION_CODES
from inspections.services.lifecycle import locked_task
from inspections.services.scans import keep_scan, read_scan
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.pdf import render_pdf
from shuangsuiji.documents.services import issue_document
from shuangsuiji.lib.errors import Refusal

SIGNED_FOR = (Delivery.Way.DIRECT, Delivery.Way.LEFT)
"""Ways in which somebody signs a receipt, or a scene is photographed; both are shown by a photo or scan."""


@transaction.atomic
def deliver_document(
    document: IssuedDocument,
    *,
    task: Task,
    case: Case | None = None,
    by: User,
    delivered_at: dt.datetime,
    way: str,
    place: str,
    receiver: str,
    refusal_reason: str = "",
    witness: str = "",
    late_reason: str = "",
    proof: Any = None,
    now: dt.datetime | None = None,
) -> Delivery:
    """Register that a document was served, and issue its 送达回执; the proof is kept as the receipt's scan.

    Served twice is refused. A document left behind (留置送达, 民事诉讼法 by way of 行政处罚法 §61) names
    the reason of the refusal and the witness. Handed over or left, it needs a photo or scan of the
    signed receipt or of the scene.
    """
    now = now or timezone.now()
    checked = read_scan(proof, field="proof") if proof else None
    task = locked_task(task.pk)
    case = locked_case(case.pk) if case else None
    document = IssuedDocument.objects.get(pk=document.pk)
    rules.check_may_deliver(by, document, task=task, case=case)
    said = {"refusal_reason": refusal_reason, "witness": witness, "late_reason": late_reason}
    given = {"delivered_at": delivered_at, "way": way, "place": place, "receiver": receiver, **said}
    _check_delivery(document, given, has_proof=checked is not None, now=now)
    receipt = _receipt(document, task=task, case=case, given=given, by=by, now=now)
    delivery = Delivery.objects.create(
        task=task,
        case=case,
        document=document,
        receipt=receipt,
        recorded_by=by,
        recorded_at=now,
        **given,
    )
    if checked is not None:
        keep_scan(checked, task=task, document=receipt, by=by, now=now)
    if case is not None:
        _start_clocks(case, document, on=timezone.localtime(delivered_at).date(), by=by)
    record(
        "document.delivered",
        by=by,
        target=case or task,
        confidential=names_are_kept(task.drawn.draw, task),
        document=document.number or document.kind,
        way=way,
    )
    return delivery


def _check_delivery(document: IssuedDocument, given: dict, *, has_proof: bool, now: dt.datetime) -> None:
    if given["delivered_at"] > now:
        raise Refusal("送达时间不能晚于现在。", field="delivered_at")
    if timezone.localtime(given["delivered_at"]).date() < document.issued_on:
        raise Refusal(f"送达日期不能早于文书日期 {document.issued_on:%Y-%m-%d}。", field="delivered_at")
    if given["way"] == Delivery.Way.LEFT and not (given["refusal_reason"] and given["witness"]):
        raise Refusal("留置送达须写明拒收事由和见证人。", field="refusal_reason")
    if given["way"] in SIGNED_FOR and not has_proof:
        raise Refusal("请上传收件人签名的送达回执的照片或扫描件（留置送达的，上传现场照片）。", field="proof")
    late = given["late_reason"]
    check_moment(given["delivered_at"], after=None, field="delivered_at", now=now, late_reason=late)


def receipt_to_sign(document: IssuedDocument, *, task: Task, case: Case | None) -> bytes:
    """The 送达回执 of a document as it is taken along to be signed: no number yet, place and time left open."""
    given = {"receiver": "", "place": "", "delivered_at": None, "way": ""}
    context = _receipt_context(document, task=task, case=case, given=given)
    return render_pdf(RECEIPT.template, {"kind_name": RECEIPT.name, **context}).content


def _receipt(
    document: IssuedDocument, *, task: Task, case: Case | None, given: dict, by: User, now: dt.datetime
) -> IssuedDocument:
    context = _receipt_context(document, task=task, case=case, given=given)
    return issue_document(
        RECEIPT.code,
        subject=(rules.SUBJECT_KIND, str(case.pk)) if case else subject_of(task),
        chain=subject_of(task),
        context=context,
        by=by,
        issued_on=timezone.localtime(now).date(),
        confidential=names_are_kept(task.drawn.draw, task),
    )


def _receipt_context(document: IssuedDocument, *, task: Task, case: Case | None, given: dict) -> dict:
    party = party_facts(case) if case else {"name": task.enterprise.name, "address": task.enterprise.address}
    deliverers = [one["name"] for one in (handlers_of(case) if case else officers_of(task))]
    way = Delivery.Way(given["way"]).label if given["way"] else ""
    return receipt_context(document, party=party, delivery={**given, "way": way}, deliverers=deliverers)


def _start_clocks(case: Case, document: IssuedDocument, *, on: dt.date, by: User) -> None:
    """What the law counts from service: statement, hearing, payment, appeal, demand."""
    if document.kind in DECISION_CODES:
        clock.keep_for(case, clock.DELIVER, on=on, by=by)
        clock.open_for(case, clock.APPEAL_REVIEW, start_on=on, by=by)
        clock.open_for(case, clock.APPEAL_COURT, start_on=on, by=by)
        if case.fine:
            clock.open_for(case, clock.PAY, start_on=on, by=by)
    elif document.kind == "penalty_notice":
        clock.open_for(case, clock.STATEMENT, start_on=on, by=by)
    elif document.kind == "hearing_notice":
        clock.open_for(case, clock.HEARING_REQUEST, start_on=on, by=by)
    elif document.kind == "hearing_meeting":
        clock.keep_for(case, clock.HEARING_NOTICE, on=on, by=by)
    elif document.kind == "reminder":
        clock.open_for(case, clock.DEMAND, start_on=on, by=by)
