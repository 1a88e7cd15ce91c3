"""立案: proposed from a check, filed or refused; the on-the-spot case; the end of the investigation and its review."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from inspections.documents.cases import FILING, LEGAL_REVIEW, opinion_of
from inspections.models import Case, CaseHandler, CaseStep, Task
from inspections.policies import cases as rules
from inspections.policies.penalties import Penalty, check_whole
from inspections.policies.withdrawing import check_no_harsher_for_speaking
from inspections.selectors import lead_name
from inspections.services.cases import clock
from inspections.services.cases.engine import Act, Taken, is_kept
from inspections.services.cases.fields import LINES, MANY, ROWS, YES, Field
from inspections.services.cases.imposing import BUILT, PENALTY_PARTS, impose
from inspections.services.cases.telling import tell_deciders, tell_handlers
from inspections.services.lifecycle import locked_task
from inspections.states import CaseState
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal

CAUSE_SOURCE = "“双随机、一公开”执法检查发现"


@transaction.atomic
def propose_case(task: Task, *, by: User, values: dict, now: dt.datetime | None = None) -> Case:
    """Propose a case on what a check found; its officers take charge of it.

    The days for filing run from the day on which it was found. A case for the on-the-spot procedure
    needs no filing (行政处罚法 §51, §54) and is open at once.
    """
    now = now or timezone.now()
    task = locked_task(task.pk)
    rules.check_may_propose_case(by, task)
    _check_values(task, values, today=timezone.localtime(now).date())
    is_spot = values["procedure"] == Case.Procedure.SPOT
    case = Case(
        task=task,
        number=f"{task.number}-案{task.cases.count() + 1}",
        proposed_by=by,
        proposed_at=now,
        **{"source": CAUSE_SOURCE, **values},
    )
    if case.party_kind == Case.PartyKind.UNIT:
        case.party_name = task.enterprise.name
    case.save()
    _appoint(case)
    clock.open_for(case, clock.FILE, start_on=case.found_on, by=by)
    CaseStep.objects.create(
        case=case, act="proposed", on=timezone.localtime(now).date(), at=now, by=by, fields={"cause": case.cause}
    )
    if is_spot:
        case.state = CaseState.OPEN
        case.save(update_fields=["state"])
        clock.keep_for(case, clock.FILE, on=timezone.localtime(now).date(), by=by)
    else:
        tell_deciders(case, "待立案审批")
    record("case.proposed", by=by, target=case, confidential=is_kept(case), procedure=case.procedure)
    return case


def _check_values(task: Task, values: dict, *, today: dt.date) -> None:
    if values["found_on"] > today:
        raise Refusal("发现日期不能晚于今天。", field="found_on")
    if task.visited_on and values["found_on"] < task.visited_on:
        raise Refusal(f"发现日期不能早于检查日期 {task.visited_on:%Y-%m-%d}。", field="found_on")
    if values["party_kind"] == Case.PartyKind.PERSON and not values.get("party_name"):
        raise Refusal("当事人是个人的，请填写姓名。", field="party_name")


def _appoint(case: Case) -> None:
    seats = case.task.drawn.seats.filter(inspector__isnull=False).order_by("seat", "id")
    CaseHandler.objects.bulk_create(
        CaseHandler(case=case, inspector=seat.inspector, position=number) for number, seat in enumerate(seats, start=1)
    )


def _file(taken: Taken) -> None:
    taken.case.filed_on, taken.case.filed_by = taken.on, taken.by


def _filed(taken: Taken) -> None:
    """§60: ninety days to decide run from the filing."""
    clock.keep_for(taken.case, clock.FILE, on=taken.on, by=taken.by)
    clock.open_for(taken.case, clock.DECIDE, start_on=taken.on, by=taken.by)
    tell_handlers(taken.case, "已批准立案，请调查取证")


def _filing_opinions(taken: Taken) -> dict:
    case = taken.case
    asked = timezone.localtime(case.proposed_at).date()
    undertaker = opinion_of("建议立案调查。", by=case.proposed_by, on=asked)
    return {
        "undertaker": {**undertaker, "name": lead_name(case.task) or case.proposed_by.name},
        "approval": opinion_of(taken.fields["opinion"], by=taken.by, on=taken.on),
    }


def _not_filed(taken: Taken) -> None:
    clock.keep_for(taken.case, clock.FILE, on=taken.on, by=taken.by)
    tell_handlers(taken.case, "不予立案")


def _report(taken: Taken) -> None:
    """What is proposed, in its parts."""
    impose(taken.case, Penalty.of(taken.fields))
    taken.case.is_grave, taken.case.facts = taken.fields["is_grave"], taken.fields["facts"]


def _check_report(taken: Taken) -> None:
    penalty = Penalty.of(taken.fields)
    check_whole(penalty)
    check_no_harsher_for_speaking(taken.case, penalty)


def _check_points(taken: Taken) -> None:
    """A review is passed on every point; one that does not apply says why. Otherwise the report goes back."""
    passed, without = set(taken.fields["points"]), set(taken.fields["not_applicable"])
    missing = [label for code, label in REVIEWED_POINTS if code not in passed | without]
    if missing:
        raise Refusal(
            f"审核通过须逐项符合，下列各项没有勾选：{'；'.join(missing)}。不符合的请退回补充调查。", field="points"
        )
    if passed & without:
        raise Refusal("同一项不能既符合又不适用。", field="not_applicable")
    if without and not taken.fields["not_applicable_reason"]:
        raise Refusal("有不适用的审核内容，请写明理由。", field="not_applicable_reason")


def _reported(taken: Taken) -> None:
    tell_deciders(taken.case, "待法制审核")


def _reviewed(taken: Taken) -> None:
    tell_deciders(taken.case, "法制审核已通过，请审批并告知")


def _returned(taken: Taken) -> None:
    tell_handlers(taken.case, "已退回，请补充调查")


def _report_initial(case: Case) -> dict:
    last = case.steps.filter(act="report").order_by("-at", "-id").first()
    return {**last.fields, "evidence": _row_text(last.fields["evidence"])} if last else {"facts": case.facts}


def _row_text(rows: list[dict]) -> str:
    return "\n".join("｜".join(row["cells"]) for row in rows)


REVIEWED_POINTS = (
    ("body", "本机关有管辖权，执法人员具备资格"),
    ("facts", "事实清楚，证据合法充分"),
    ("law", "适用法律、法规、规章准确，裁量适当"),
    ("procedure", "程序合法"),
    ("papers", "文书完备规范"),
    ("crime", "不涉嫌犯罪、不需要移送"),
)

ACTS = (
    Act(
        "file",
        "批准立案",
        rules.check_may_file,
        fields=(Field("opinion", "审批意见", initial="同意立案。"),),
        kinds=lambda case: (FILING,),
        to=CaseState.OPEN,
        prepare=_file,
        settle=_filed,
        opinions=_filing_opinions,
        warning="立案后 90 日内须作出处罚决定。批准立案的人不能再做本案的法制审核。",
        group="立案",
    ),
    Act(
        "refuse",
        "不予立案",
        rules.check_may_file,
        fields=(Field("reason", "不予立案的理由", LINES, most=1000),),
        to=CaseState.REFUSED,
        settle=_not_filed,
        group="立案",
    ),
    Act(
        "report",
        "调查终结，提请审核",
        rules.check_may_report,
        fields=(
            Field("facts", "认定的违法事实", LINES, most=4000),
            Field(
                "evidence",
                "证据",
                ROWS,
                columns=("证据名称", "证明内容"),
                hint="每行一件：证据名称｜证明内容",
                most=4000,
            ),
            Field("party_view", "当事人的申辩意见", LINES, is_required=False, most=2000),
            Field("discretion", "裁量理由", LINES, most=1000),
            Field("penalty_kinds", "拟处罚种类", MANY, choices=tuple(Case.PenaltyKind.choices), hint=BUILT),
            *PENALTY_PARTS,
            Field("is_grave", "情节复杂或者重大违法，须集体讨论", YES, is_required=False),
        ),
        to=CaseState.REPORTED,
        check=_check_report,
        prepare=_report,
        settle=_reported,
        initial=_report_initial,
        group="调查取证",
    ),
    Act(
        "review",
        "法制审核通过",
        rules.check_may_review_case,
        fields=(
            Field("points", "审核内容", MANY, choices=REVIEWED_POINTS, hint="有一项不符合的，请退回补充调查。"),
            Field("not_applicable", "不适用的审核内容", MANY, is_required=False, choices=REVIEWED_POINTS),
            Field("not_applicable_reason", "不适用的理由", is_required=False),
            Field("opinion", "审核意见", LINES, initial="同意承办人意见。", most=1000),
        ),
        kinds=lambda case: (LEGAL_REVIEW,),
        to=CaseState.REVIEWED,
        check=_check_points,
        settle=_reviewed,
        opinions=lambda taken: {"review": opinion_of(taken.fields["opinion"], by=taken.by, on=taken.on)},
        group="审核",
    ),
    Act(
        "return",
        "退回补充调查",
        rules.check_may_review_case,
        fields=(Field("reason", "退回意见", LINES, most=1000),),
        to=CaseState.OPEN,
        settle=_returned,
        group="审核",
    ),
)
