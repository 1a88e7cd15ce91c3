"""Whose turn it is in a case: the one next step, who takes it, and why not yet or not by the person who looks."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from draws.policies import refusal_of
from inspections.models import Case
from inspections.policies import cases as rules
from inspections.policies.penalties import hearing_is_due
from inspections.services.cases import act_of
from inspections.states import CaseState
from shuangsuiji.accounts.models import User
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.templatetags.words import cn_date

OFFICE, HEAD, PARTY = "经办人", "主要负责人", "当事人"
_WHO = {
    "file": "审批负责人或者主要负责人（提请人除外）",
    "review": "审批负责人（没有提请、批准立案，也不承办本案的）",
    "tell": HEAD,
    "hearing_meeting": "经办人或者审批负责人",
    "hearing_record": "经办人或者审批负责人",
    "discussion_record": "经办人或者主要负责人",
    "decide": HEAD,
    "close": HEAD,
}
_SIMPLE = {CaseState.PROPOSED: "file", CaseState.REPORTED: "review", CaseState.REVIEWED: "tell"}
_ENDING = (CaseState.FULFILLED, CaseState.DROPPED, CaseState.TRANSFERRED, CaseState.REVOKED)
_DECISIONS = ("penalty_unit", "penalty_person", "penalty_spot")


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next and whose turn it is; with a sentence why it cannot be done yet or by this person."""

    label: str
    whose: str
    url: str = ""
    refusal: str = ""
    hint: str = ""


def next_step(case: Case, *, user: User) -> NextStep | None:
    """What comes next in this state; None when the case is over and its volume is not this case's to make."""
    state = CaseState(case.state)
    if state in _SIMPLE:
        return _act(case, _SIMPLE[state], user=user)
    if state == CaseState.OPEN:
        return _investigation(case, user=user)
    if state == CaseState.TOLD:
        return _heard_and_decided(case, user=user)
    if state == CaseState.DECIDED:
        return _after_decision(case, user=user)
    if state in _ENDING:
        return _ending(case, user=user)
    return _volume(case) if state == CaseState.CLOSED else None


def _investigation(case: Case, *, user: User) -> NextStep:
    withdrawals = [paper for paper in rules.undelivered(case) if paper.kind == "notice_withdrawal"]
    if withdrawals:
        return _service(case, withdrawals[0], user=user)
    return _act(case, "decide_on_spot" if case.procedure == Case.Procedure.SPOT else "report", user=user)


def _heard_and_decided(case: Case, *, user: User) -> NextStep:
    """Served, heard, discussed, decided: the first of these that is not done."""
    unserved = [paper for paper in rules.undelivered(case) if paper.kind in ("penalty_notice", "hearing_notice")]
    if unserved:
        return _service(case, unserved[0], user=user)
    return _party_speaks(case) or _hearing(case, user=user) or _decision(case, user=user)


def _party_speaks(case: Case) -> NextStep | None:
    """What the party may still say keeps everybody waiting, until its day."""
    if not rules.is_statement_settled(case):
        return _wait(case, "statement.request", "陈述申辩", hint="提出或者放弃的，由承办人登记。")
    if hearing_is_due(case) and not rules.is_hearing_settled(case):
        return _wait(case, "hearing.request", "要求听证", hint="要求或者放弃的，由承办人或者经办人登记。")
    return None


def _hearing(case: Case, *, user: User) -> NextStep | None:
    if not rules.has_step(case, "hearing_request") or rules.has_step(case, "hearing_record"):
        return None
    if not rules.has_step(case, "hearing_meeting"):
        return _act(case, "hearing_meeting", user=user)
    meeting = rules.last_document(case, "hearing_meeting")
    if meeting is not None and not hasattr(meeting, "delivery"):
        return _service(case, meeting, user=user)
    return _act(case, "hearing_record", user=user)


def _decision(case: Case, *, user: User) -> NextStep:
    is_discussed = rules.has_step(case, "discussion_record") or not rules.discussion_is_due(case)
    return _act(case, "decide" if is_discussed else "discussion_record", user=user)


def _after_decision(case: Case, *, user: User) -> NextStep:
    document = rules.last_document(case, *_DECISIONS)
    if document is not None and not hasattr(document, "delivery"):
        return _service(case, document, user=user)
    pay = rules.deadline_of(case, "penalty.pay")
    if case.fine and (pay is None or pay.kept_on is None):
        refusal = refusal_of(rules.check_may_register_payment, user, case)
        until = f"当事人缴款（到{cn_date(pay.due_on)}）之后的{OFFICE}" if pay else OFFICE
        return NextStep("登记缴款", until, reverse("case_payment", args=[case.pk]), refusal)
    return _act(case, "fulfil", user=user)


def _ending(case: Case, *, user: User) -> NextStep:
    unserved = rules.undelivered(case)
    if unserved:
        return _service(case, unserved[0], user=user)
    return _act(case, "close" if rules.has_step(case, "closing_asked") else "closing_asked", user=user)


def _volume(case: Case) -> NextStep | None:
    dossier = getattr(case.task, "dossier", None)
    return NextStep("组卷和归档", OFFICE, reverse("dossier_detail", args=[dossier.pk])) if dossier else None


def _wait(case: Case, rule_code: str, what: str, *, hint: str) -> NextStep:
    deadline = rules.deadline_of(case, rule_code)
    until = f"，到{cn_date(deadline.due_on)}为止" if deadline else ""
    return NextStep(f"等待当事人{what}{until}", PARTY, hint=hint)


def _service(case: Case, paper: IssuedDocument, *, user: User) -> NextStep:
    refusal = refusal_of(rules.check_may_deliver, user, paper, task=case.task, case=case)
    url = reverse("case_delivery", args=[case.pk, paper.pk])
    return NextStep(f"登记{paper.title}送达", f"{_handlers(case)}或者{OFFICE}", url, refusal)


def _act(case: Case, code: str, *, user: User) -> NextStep:
    act = act_of(code)
    if act is None:
        raise Refusal("没有这一步。", status=404)
    url = reverse("case_act", args=[case.pk, code])
    return NextStep(act.label, _WHO.get(code) or _handlers(case), url, refusal_of(act.rule, user, case))


def _handlers(case: Case) -> str:
    rows = case.handlers.filter(left_on=None).select_related("inspector").order_by("position", "id")
    return f"承办人{'、'.join(row.inspector.name for row in rows)}"
