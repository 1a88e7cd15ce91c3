"""Who may do what in a penalty case, and when. One function a rule; the page's task list asks the same ones."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from inspections.models import Case, Dossier, Task
from inspections.policies.penalties import hearing_is_due
from inspections.policies.visits import OFFICE, check_may_see, is_officer, may_see_task
from inspections.policies.withdrawing import deadline_subject, is_withdrawn, standing_steps, withdrawn_papers
from inspections.states import VALID_CASE_TRANSITIONS, CaseState, DossierState, TaskState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role, check_somebody_else, has_role
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import Deadline

SUBJECT_KIND = "case"
BEFORE_DECISION = (CaseState.PROPOSED, CaseState.OPEN, CaseState.REPORTED, CaseState.REVIEWED, CaseState.TOLD)
UNDER_WAY = (*BEFORE_DECISION, CaseState.DECIDED, CaseState.FULFILLED)
SPOT_FINE_UNIT, SPOT_FINE_PERSON = 3000, 200
"""行政处罚法（2021）第五十一条: what may be decided on the spot, in yuan."""

DECISION_KINDS = ("penalty_unit", "penalty_person", "penalty_spot", "no_penalty")
"""What ends a case before the party; never rewritten."""

SERVED = (
    "inquiry_notice",
    "preservation",
    "preservation_outcome",
    "penalty_notice",
    "hearing_notice",
    "hearing_meeting",
    "notice_withdrawal",
    "penalty_unit",
    "penalty_person",
    "penalty_spot",
    "no_penalty",
    "reminder",
    "recusal_decision",
)
"""Kinds that must reach the party; each needs its 送达回执 before the volume is filed."""

SERVED_OF_CHECK = ("inspection_notice", "handling", "order", "reinspection")
"""Papers of the check itself whose service may be registered with a receipt."""


def is_handler(user: User, case: Case) -> bool:
    """Whether this account belongs to an officer in charge now."""
    return case.handlers.filter(left_on=None, inspector__account=user).exists()


def may_see_case(user: User, case: Case) -> bool:
    """Whoever may see the check, and whoever handles the case."""
    return may_see_task(user, case.task) or is_handler(user, case)


def has_step(case: Case, *acts: str) -> bool:
    """Whether one of these acts was done in the case and still counts: what a withdrawn notice led to does not."""
    return standing_steps(case).filter(act__in=acts).exists()


def last_document(case: Case, *kinds: str) -> IssuedDocument | None:
    """The newest document of these kinds that still counts in the case."""
    step = (
        standing_steps(case).filter(document__kind__in=kinds).select_related("document").order_by("-at", "-id").first()
    )
    return step.document if step else None


def deadline_of(case: Case, rule_code: str) -> Deadline | None:
    """The case's deadline under a rule; of what a notice begins, that of the notice that stands."""
    kind, key = deadline_subject(case, rule_code)
    rows = Deadline.objects.filter(subject_kind=kind, subject_key=key, rule__code=rule_code)
    return rows.order_by("-id").first()


def check_case_step(case: Case, *, to: CaseState) -> None:
    """A case moves only along its table."""
    if to not in VALID_CASE_TRANSITIONS[case.state]:
        raise Refusal(
            f"案件 {case.number} 现为“{case.get_state_display()}”，不能变为“{to.label}”。请刷新页面，按当前状态办理。"
        )


def _in_state(case: Case, *states: CaseState) -> None:
    if case.state not in states:
        wanted = "、".join(f"“{state.label}”" for state in states)
        raise Refusal(f"案件 {case.number} 现为“{case.get_state_display()}”，这一步在{wanted}时办理。")


def check_is_handler(user: User, case: Case) -> None:
    """An officer in charge now."""
    if not is_handler(user, case):
        raise Refusal("这一步由案件承办人办理。", status=403)


def check_is_handler_or_clerk(user: User, case: Case) -> None:
    """An officer in charge, or the office."""
    if not is_handler(user, case):
        check_role(user, Role.CLERK)


def _not_handler(user: User, case: Case) -> None:
    if is_handler(user, case):
        raise Refusal("案件承办人不能审核、决定自己承办的案件，请由其他人办理。", status=403)


def _once(case: Case, act: str, sentence: str) -> None:
    if has_step(case, act):
        raise Refusal(sentence)


# 立案


def check_may_propose_case(user: User, task: Task) -> None:
    """After the record was reviewed and before the volume is locked; own officers or the office."""
    check_may_see(user, task)
    if not is_officer(user, task):
        check_role(user, Role.CLERK)
    if task.state not in (TaskState.ORDERED, TaskState.REINSPECTED, TaskState.CLOSED):
        raise Refusal(
            f"任务 {task.number} 现为“{task.get_state_display()}”，现场检查记录审核之后、案卷归档之前才能立案。"
        )
    dossier = getattr(task, "dossier", None)
    if dossier is not None and dossier.state == DossierState.LOCKED:
        raise Refusal(f"案卷 {dossier.archive_number} 已经归档，不能再立案。")


def check_may_file(user: User, case: Case) -> None:
    """行政处罚法 §54: filed while it is proposed."""
    check_who_files(user, case)
    _in_state(case, CaseState.PROPOSED)


def check_who_files(user: User, case: Case) -> None:
    """An approver or the head, never who proposed it."""
    check_role(user, Role.APPROVER, Role.HEAD)
    check_somebody_else(user, drafted_by=case.proposed_by)


# 调查取证


def check_may_investigate(user: User, case: Case) -> None:
    """Officers in charge take evidence until the investigation is reported; two of them (§42)."""
    check_is_handler(user, case)
    _in_state(case, CaseState.OPEN)
    check_two_handlers(case)


def check_two_handlers(case: Case) -> None:
    """行政处罚法 §42: not fewer than two officers with certificates."""
    if case.handlers.filter(left_on=None).count() < 2:
        raise Refusal("承办人少于两名，不能调查取证。回避后请先补足承办人。")


def check_may_settle_preservation(user: User, case: Case) -> None:
    """What was preserved is dealt with once for each notice, in seven working days (§56)."""
    check_is_handler(user, case)
    if not is_something_preserved(case):
        raise Refusal("没有尚未处理的先行登记保存。")
    _in_state(case, *UNDER_WAY)


def is_something_preserved(case: Case) -> bool:
    """Whether evidence is preserved whose fate nobody has decided."""
    kept, settled = (case.steps.filter(act=act).count() for act in ("preservation", "preservation_outcome"))
    return kept > settled


def check_may_report(user: User, case: Case) -> None:
    """The investigation is over; nothing preserved may be left undecided."""
    check_may_investigate(user, case)
    if case.procedure == Case.Procedure.SPOT:
        raise Refusal("当场处罚的案件不办理呈批。")
    if is_something_preserved(case):
        raise Refusal("先行登记保存的证据还没有作出处理决定，请先处理。")


def check_may_review_case(user: User, case: Case) -> None:
    """行政处罚法 §58: the legal review of what was reported."""
    check_who_reviews(user, case)
    _in_state(case, CaseState.REPORTED)


def check_who_reviews(user: User, case: Case) -> None:
    """An approver who neither handles the case nor had a say in its beginning."""
    check_role(user, Role.APPROVER)
    _not_handler(user, case)
    if user.pk in (case.proposed_by_id, case.filed_by_id):
        raise Refusal(
            "提请立案和批准立案的人不能做本案的法制审核（行政处罚法第五十八条），请由另一位审批负责人审核。", status=403
        )


# 告知、听证、集体讨论


def discussion_is_due(case: Case) -> bool:
    """行政处罚法 §57: grave cases, and all that are important enough for a hearing."""
    return case.is_grave or hearing_is_due(case)


def check_may_tell(user: User, case: Case) -> None:
    """The head approves what is to be imposed; the party is told (§44)."""
    check_who_tells(user, case)
    _in_state(case, CaseState.REVIEWED)


def check_who_tells(user: User, case: Case) -> None:
    """The head, as far as the case is not their own."""
    check_who_decides(user, case)
    _not_handler(user, case)


def check_who_decides(user: User, case: Case) -> None:
    """The head."""
    check_role(user, Role.HEAD)


def check_may_withdraw_notice(user: User, case: Case) -> None:
    """An approver or the head takes a notice back until the decision; never who handles the case."""
    check_role(user, Role.APPROVER, Role.HEAD)
    _in_state(case, CaseState.TOLD)
    _not_handler(user, case)


def check_may_take_statement(user: User, case: Case) -> None:
    """The party's statement, once the notice was served (§45)."""
    check_is_handler(user, case)
    _in_state(case, CaseState.TOLD)
    check_served(case, "penalty_notice", name="行政处罚告知书")


def check_may_waive_statement(user: User, case: Case) -> None:
    """The party says that it will not state a case."""
    check_may_take_statement(user, case)
    if has_step(case, "statement_record", "statement_waived"):
        raise Refusal("当事人的陈述申辩情况已经登记。")


def check_may_request_hearing(user: User, case: Case) -> None:
    """Within five working days of the hearing notice (§64)."""
    check_is_handler_or_clerk(user, case)
    _in_state(case, CaseState.TOLD)
    if not hearing_is_due(case):
        raise Refusal("本案不属于应当告知听证权利的情形。")
    check_served(case, "hearing_notice", name="听证告知书")
    _once(case, "hearing_request", "当事人的听证申请已经登记。")
    _once(case, "hearing_waived", "当事人已经放弃听证。")


def check_may_arrange_hearing(user: User, case: Case) -> None:
    """A requested hearing is set; §64 asks for a chair who did not investigate."""
    check_who_arranges(user, case)
    _in_state(case, CaseState.TOLD)
    if not has_step(case, "hearing_request"):
        raise Refusal("当事人没有要求听证。")
    _once(case, "hearing_meeting", "听证会已经通知。")


def check_who_arranges(user: User, case: Case) -> None:
    """The office or the approver."""
    check_role(user, Role.CLERK, Role.APPROVER)


def check_may_record_hearing(user: User, case: Case) -> None:
    """The record of a hearing that was announced and served."""
    check_who_arranges(user, case)
    _in_state(case, CaseState.TOLD)
    check_served(case, "hearing_meeting", name="听证会通知书")
    _once(case, "hearing_record", "听证笔录已经登记。")


def check_may_discuss(user: User, case: Case) -> None:
    """The leading members discuss before the decision (§57), when the party has been heard."""
    check_who_discusses(user, case)
    _in_state(case, CaseState.TOLD)
    _once(case, "discussion_record", "集体讨论记录已经登记。")
    check_heard(case)


def check_who_discusses(user: User, case: Case) -> None:
    """The office writes the discussion down, or the head."""
    check_role(user, Role.CLERK, Role.HEAD)


# 决定


def check_may_decide(user: User, case: Case) -> None:
    """The head decides, after everything that the party and the law may ask for has been done."""
    check_role(user, Role.HEAD)
    _in_state(case, CaseState.TOLD)
    _not_handler(user, case)
    check_recusals_settled(case)
    check_heard(case)
    if discussion_is_due(case) and not has_step(case, "discussion_record"):
        raise Refusal("本案情节复杂、重大或者处罚较重，须先经集体讨论（行政处罚法第五十七条），请先登记集体讨论记录。")


def check_heard(case: Case) -> None:
    """Statement and hearing: made, waived, or their time has run out."""
    check_served(case, "penalty_notice", name="行政处罚告知书")
    if not is_statement_settled(case):
        raise Refusal("当事人陈述申辩的期限还没有届满，也没有登记陈述申辩或者放弃，暂不能决定。")
    if not hearing_is_due(case):
        return
    check_served(case, "hearing_notice", name="听证告知书")
    if has_step(case, "hearing_request") and not has_step(case, "hearing_record"):
        raise Refusal("当事人要求听证，听证结束并登记听证笔录之后才能决定。")
    if not is_hearing_settled(case):
        raise Refusal("当事人要求听证的期限还没有届满，暂不能决定。")


def is_statement_settled(case: Case) -> bool:
    """Whether the party stated its case, waived it, or let its days go by."""
    return has_step(case, "statement_record", "statement_waived") or _has_run_out(case, "statement.request")


def is_hearing_settled(case: Case) -> bool:
    """Whether the party asked for a hearing, waived it, or let its days go by."""
    return has_step(case, "hearing_request", "hearing_waived") or _has_run_out(case, "hearing.request")


def check_recusals_settled(case: Case) -> None:
    """行政处罚法 §43: the head answers a request before deciding; work does not stop meanwhile."""
    if case.recusals.filter(decided_at=None).exists():
        raise Refusal("还有回避申请没有决定，请先作出回避决定。")


def check_may_decide_on_spot(user: User, case: Case) -> None:
    """行政处罚法 §51: simple procedure, decided by the officers on the spot."""
    check_is_handler(user, case)
    if case.procedure != Case.Procedure.SPOT:
        raise Refusal("普通程序的案件不能当场决定。")
    _in_state(case, CaseState.OPEN)
    check_two_handlers(case)
    check_recusals_settled(case)


def check_spot_fine(case: Case, *, fine) -> None:
    """Up to 3000 yuan for a unit, 200 for a person."""
    limit = SPOT_FINE_UNIT if case.party_kind == Case.PartyKind.UNIT else SPOT_FINE_PERSON
    if fine > limit:
        raise Refusal(
            f"当场处罚对{case.get_party_kind_display()}的罚款不得超过 {limit} 元（行政处罚法第五十一条），"
            "超过的按普通程序立案。",
            field="fine",
        )


def check_may_drop(user: User, case: Case) -> None:
    """No penalty is imposed (§33, §57)."""
    check_role(user, Role.HEAD)
    _in_state(case, CaseState.REVIEWED, CaseState.TOLD)
    check_recusals_settled(case)


def check_may_transfer(user: User, case: Case) -> None:
    """A case that belongs to somebody else, or is a crime (§27)."""
    check_role(user, Role.HEAD)
    _in_state(case, CaseState.OPEN)


# 送达、履行、结案


def check_volume_open(task: Task) -> None:
    """Nothing is added to a check or its cases once their volume is filed."""
    dossier = Dossier.objects.filter(task=task, state=DossierState.LOCKED).first()
    if dossier is not None:
        raise Refusal(f"案卷 {dossier.archive_number} 已经归档，不能再增加或者改动。")


def check_served(case: Case, *kinds: str, name: str) -> None:
    """The last document of this kind has reached the party."""
    document = last_document(case, *kinds)
    if document is None:
        raise Refusal(f"还没有签发{name}。")
    if not hasattr(document, "delivery"):
        raise Refusal(f"{name}还没有送达，请先登记送达。")


def check_registers_deliveries(user: User, *, task: Task, case: Case | None) -> None:
    """Officers or the office register what was served, until the volume is filed."""
    if not is_officer(user, task) and not (case is not None and is_handler(user, case)):
        check_role(user, Role.CLERK)
    check_volume_open(task)


def check_may_deliver(user: User, document: IssuedDocument, *, task: Task, case: Case | None) -> None:
    """Whoever registers deliveries registers that this document was served; once."""
    check_registers_deliveries(user, task=task, case=case)
    if hasattr(document, "delivery"):
        raise Refusal(f"{document} 已经登记送达，不用重复办理。")
    if case is not None and is_withdrawn(case, document):
        raise Refusal(f"{document} 已经随告知书撤回，不再送达。")


def check_may_register_payment(user: User, case: Case) -> None:
    """Money against a decision that was served."""
    check_role(user, Role.CLERK)
    _in_state(case, CaseState.DECIDED)
    if not case.fine:
        raise Refusal("本案没有罚款。")
    check_served(case, "penalty_unit", "penalty_person", "penalty_spot", name="行政处罚决定书")


def check_may_remind(user: User, case: Case, *, today: dt.date | None = None) -> None:
    """催告: the last day to pay is over and something is unpaid."""
    check_is_handler_or_clerk(user, case)
    _in_state(case, CaseState.DECIDED)
    pay = deadline_of(case, "penalty.pay")
    if pay is None or pay.kept_on:
        raise Refusal("没有逾期未缴的罚款，不需要催告。")
    if (today or timezone.localdate()) <= pay.due_on:
        raise Refusal(f"缴款期限是 {pay.due_on:%Y-%m-%d}，期满未缴才能催告。")


def check_may_register_appeal(user: User, case: Case) -> None:
    """复议 or 诉讼 begun; one at a time."""
    check_role(user, Role.CLERK, Role.APPROVER)
    _in_state(case, CaseState.DECIDED, CaseState.FULFILLED)
    if case.steps.filter(act="appeal_begun").count() > case.steps.filter(act="appeal_ended").count():
        raise Refusal("已经登记了复议或者诉讼，尚未终结。")


def check_may_end_appeal(user: User, case: Case) -> None:
    """The outcome of 复议 or 诉讼."""
    check_role(user, Role.CLERK, Role.APPROVER)
    if case.steps.filter(act="appeal_begun").count() <= case.steps.filter(act="appeal_ended").count():
        raise Refusal("没有进行中的复议或者诉讼。")


def check_may_fulfil(user: User, case: Case) -> None:
    """Performed otherwise than by payment; a fine must have been paid before."""
    check_is_handler(user, case)
    _in_state(case, CaseState.DECIDED)
    check_served(case, "penalty_unit", "penalty_person", "penalty_spot", name="行政处罚决定书")
    pay = deadline_of(case, "penalty.pay")
    if case.fine and (pay is None or pay.kept_on is None):
        raise Refusal("罚款还没有缴清，请先登记缴款。")


def check_may_publish_penalty(user: User, case: Case) -> None:
    """安全生产法 §78: the decision is public within seven working days."""
    check_role(user, Role.CLERK)
    if case.decided_on is None or case.state == CaseState.REVOKED:
        raise Refusal("还没有处罚决定，或者决定已被撤销。")
    _once(case, "published", "处罚信息公开已经登记。")


def check_may_revoke(user: User, case: Case) -> None:
    """The decision falls: by reconsideration, by court, or corrected by the bureau itself."""
    check_role(user, Role.HEAD)
    _in_state(case, CaseState.DECIDED, CaseState.FULFILLED)


def check_may_withdraw_publication(user: User, case: Case) -> None:
    """行政处罚法 §48: what was public is taken back within three working days, with the reason."""
    check_role(user, Role.CLERK)
    _in_state(case, CaseState.REVOKED)
    if not has_step(case, "published"):
        raise Refusal("处罚信息没有公开过，不需要撤回。")
    _once(case, "withdrawn", "撤回已经登记。")


def check_may_ask_to_close(user: User, case: Case) -> None:
    """The officer in charge reports the case as done; every served document has its receipt."""
    check_is_handler(user, case)
    check_case_step(case, to=CaseState.CLOSED)
    _once(case, "closing_asked", "结案已经提请，请等待审批。")
    missing = undelivered(case)
    if missing:
        names = "、".join(str(document) for document in missing)
        raise Refusal(f"下列文书没有送达回执：{names}。请先登记送达。")
    if case.state == CaseState.REVOKED and has_step(case, "published") and not has_step(case, "withdrawn"):
        raise Refusal("已公开的处罚信息还没有撤回，请先撤回并登记。")


def check_may_close(user: User, case: Case) -> None:
    """The head closes what was reported as done."""
    check_role(user, Role.HEAD)
    check_case_step(case, to=CaseState.CLOSED)
    if not has_step(case, "closing_asked"):
        raise Refusal("承办人还没有提请结案。")


def undelivered(case: Case) -> list[IssuedDocument]:
    """Documents of the case that must reach the party and have no receipt."""
    rows = IssuedDocument.objects.filter(case_step__case=case, kind__in=SERVED, delivery=None, replaced_by=None)
    return list(rows.exclude(pk__in=withdrawn_papers(case).values("pk")).order_by("issued_at", "id"))


# 回避


def check_may_ask_recusal(user: User, case: Case) -> None:
    """An officer in charge for themselves, or the office for the party (§43)."""
    if not is_handler(user, case):
        check_role(user, Role.CLERK, Role.APPROVER)
    _in_state(case, *BEFORE_DECISION)


def check_may_decide_recusal(user: User, case: Case) -> None:
    """The head decides."""
    check_role(user, Role.HEAD)
    if not case.recusals.filter(decided_at=None).exists():
        raise Refusal("没有尚未决定的回避申请。")


def may_see_case_document(user: User, key: str) -> bool:
    """Documents of a case go with it; asked by the documents room for subjects of kind `case`."""
    case = Case.objects.select_related("task__drawn__draw").filter(pk=key).first()
    return case is not None and has_role(user, *OFFICE, Role.INSPECTOR) and may_see_case(user, case)


def _has_run_out(case: Case, rule_code: str) -> bool:
    deadline = deadline_of(case, rule_code)
    return deadline is not None and deadline.due_on < timezone.localdate()
