"""The papers of a penalty case: their kinds, and what every one of them may say of the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.utils import timezone

from inspections.documents.money import in_words, plain
from inspections.documents.words import day, enterprise_facts
from inspections.models import Case, CaseStep
from inspections.states import CaseState
from shuangsuiji.accounts.models import User
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.registry import DocumentKind, register_kind


def _kind(code: str, name: str, mark: str) -> DocumentKind:
    return register_kind(DocumentKind(code, name, mark, f"documents/{code}.html", chained=bool(mark)))


FILING = _kind("case_filing", "立案审批表", "立")
INQUIRY_NOTICE = _kind("inquiry_notice", "询问通知书", "询")
INQUIRY_RECORD = _kind("inquiry_record", "询问笔录", "")
SURVEY_RECORD = _kind("survey_record", "勘验笔录", "勘")
SAMPLING = _kind("sampling", "抽样取证凭证", "抽")
PRESERVATION = _kind("preservation", "先行登记保存证据通知书", "先保")
PRESERVATION_OUTCOME = _kind("preservation_outcome", "先行登记保存证据处理决定书", "先处")
CASE_REPORT = _kind("case_report", "案件处理呈批表", "呈")
LEGAL_REVIEW = _kind("legal_review", "法制审核意见书", "法审")
PENALTY_NOTICE = _kind("penalty_notice", "行政处罚告知书", "罚告")
STATEMENT = _kind("statement_record", "当事人陈述申辩笔录", "")
HEARING_NOTICE = _kind("hearing_notice", "听证告知书", "听告")
HEARING_MEETING = _kind("hearing_meeting", "听证会通知书", "听通")
HEARING_RECORD = _kind("hearing_record", "听证笔录", "")
NOTICE_WITHDRAWAL = _kind("notice_withdrawal", "撤回行政处罚告知书通知书", "罚撤")
DISCUSSION = _kind("discussion_record", "案件集体讨论记录", "")
PENALTY_UNIT = _kind("penalty_unit", "行政处罚决定书（单位）", "罚")
PENALTY_PERSON = _kind("penalty_person", "行政处罚决定书（个人）", "罚个")
PENALTY_SPOT = _kind("penalty_spot", "行政（当场）处罚决定书", "罚当")
NO_PENALTY = _kind("no_penalty", "不予行政处罚决定书", "不罚")
REMINDER = _kind("reminder", "行政决定履行催告书", "催")
TRANSFER = _kind("case_transfer", "案件移送书", "移")
CLOSING = _kind("case_closing", "结案审批表", "结")
RECUSAL_DECISION = _kind("recusal_decision", "回避决定书", "避")

DECISIONS = (PENALTY_UNIT, PENALTY_PERSON, PENALTY_SPOT)


def decision_kind(case: Case) -> DocumentKind:
    """Which form the decision takes."""
    if case.procedure == Case.Procedure.SPOT:
        return PENALTY_SPOT
    return PENALTY_UNIT if case.party_kind == Case.PartyKind.UNIT else PENALTY_PERSON


def opinion_of(text: str, *, by: User, on: dt.date) -> dict:
    """An opinion with name and date, as the boxes of an approval form hold it."""
    return {"opinion": text, "name": by.name, "on": day(on)}


def party_facts(case: Case) -> dict:
    """The party: the enterprise itself, or a person of it. Identity numbers are written in by hand, never stored."""
    one = case.task.enterprise
    if case.party_kind == Case.PartyKind.UNIT:
        return {
            "is_unit": True,
            "name": case.party_name,
            "address": one.address,
            "representative": one.representative,
            "credit_code": one.credit_code,
            "phone": one.contact_phone,
            "post": "",
            "unit": "",
        }
    return {
        "is_unit": False,
        "name": case.party_name,
        "address": case.party_address,
        "representative": "",
        "credit_code": "",
        "phone": "",
        "post": case.party_post,
        "unit": one.name,
    }


def case_context(case: Case, *, fields: Mapping, opinions: Mapping | None = None) -> dict:
    """What every paper of the case may say. `fields` is what the form of the step asked for, as JSON values."""
    return {
        "enterprise": enterprise_facts(case.task),
        "party": party_facts(case),
        "case": {
            "number": case.number,
            "name": f"{case.party_name}{case.cause}案",
            "cause": case.cause,
            "source": case.source,
            "facts": case.facts,
            "broken": case.provisions_broken,
            "applied": case.provisions_applied,
            "found_on": day(case.found_on),
            "filed_on": day(case.filed_on),
            "decided_on": day(case.decided_on),
            "procedure": case.get_procedure_display(),
        },
        "officers": handlers_of(case),
        "penalty": penalty_facts(case),
        "papers": _papers(case),
        "f": dict(fields),
        "opinions": {"undertaker": {}, "review": {}, "approval": {}, **(opinions or {})},
        "contact": {"phone": settings.BUREAU_PHONE, "address": settings.BUREAU_ADDRESS},
        "appeal": {},
    }


def handlers_of(case: Case) -> list[dict]:
    """Name and certificate number of the officers in charge now, in order."""
    rows = case.handlers.filter(left_on=None).select_related("inspector").order_by("position", "id")
    return [{"name": row.inspector.name, "certificate_number": row.inspector.certificate_number} for row in rows]


def penalty_facts(case: Case) -> dict:
    """What is imposed, in words and figures."""
    return {
        "kinds": [str(Case.PenaltyKind(code).label) for code in case.penalty_kinds],
        "fine": plain(case.fine) if case.fine else "",
        "fine_words": in_words(case.fine) if case.fine else "",
        "text": case.penalty_text,
    }


def _papers(case: Case) -> dict[str, dict]:
    """The last paper of each kind in the case: number and date, for those that follow it."""
    steps = CaseStep.objects.filter(case=case, document__isnull=False).select_related("document").order_by("at", "id")
    return {
        step.document.kind: {"number": step.document.number or "", "on": day(step.document.issued_on)}
        for step in steps
        if step.document
    }


def receipt_context(document, *, party: Mapping, delivery: Mapping, deliverers: list[str]) -> dict:
    """送达回执 for one document; a refusal stands in the remarks with its witness, a late entry with its reason."""
    refused, late = delivery.get("refusal_reason"), delivery.get("late_reason")
    said = [f"拒收事由：{refused}；见证人：{delivery.get('witness', '')}" if refused else ""]
    said.append(f"迟延登记的原因：{late}" if late else "")
    remarks = "；".join(filter(None, said))
    at = delivery["delivered_at"]
    return {
        "recipient": {"name": party["name"], "address": party["address"]},
        "deliveries": [
            {
                "name": document.title,
                "number": document.number or "",
                "receiver": delivery["receiver"],
                "place": delivery["place"],
                "delivered_at": timezone.localtime(at).isoformat(timespec="minutes") if at else "",
                "way": delivery["way"],
                "deliverers": deliverers,
            }
        ],
        "blank_rows": [],
        "remarks": remarks,
    }


def penalty_decision_of(enterprise_id: int, *, number: str) -> IssuedDocument | None:
    """The bureau's own decision against an enterprise by its number, unless it was replaced or revoked."""
    cases = Case.objects.filter(task__enterprise=enterprise_id).exclude(state=CaseState.REVOKED)
    keys = [str(pk) for pk in cases.values_list("pk", flat=True)]
    rows = IssuedDocument.objects.filter(
        subject_kind="case",
        subject_key__in=keys,
        kind__in=[one.code for one in (PENALTY_UNIT, PENALTY_PERSON, PENALTY_SPOT)],
    )
    return rows.filter(number=number, replaced_by=None).first()
