"""告知、陈述申辩、听证、集体讨论: what the party may say before anything is decided."""

from __future__ import annotations

import datetime as dt

from inspections.documents import cases as papers
from inspections.documents.cases import opinion_of
from inspections.models import Case
from inspections.policies import cases as rules
from inspections.policies.penalties import hearing_is_due
from inspections.selectors.cases import standing_step
from inspections.services.cases import clock
from inspections.services.cases.dates import notice_served, party_heard
from inspections.services.cases.engine import Act, Taken
from inspections.services.cases.evidence import REFUSAL, SIGNATURE, check_signature, check_span
from inspections.services.cases.fields import APPOINTMENT, CHOICE, LINES, MINUTE, ROWS, Field
from inspections.services.cases.telling import tell_handlers
from inspections.states import CaseState
from shuangsuiji.accounts.models import User
from shuangsuiji.documents.registry import DocumentKind
from shuangsuiji.lib.deadlines import due_on, earliest_event_on
from shuangsuiji.lib.errors import Refusal

LEAST_PRESENT = 3
"""A discussion of fewer is none; the bureau's own rule."""

CARRIED_OVER = ("place", "chair", "clerk")
"""What the record of a hearing takes over from its announcement."""


def _told_kinds(case: Case) -> tuple[DocumentKind, ...]:
    """The approval sheet, the notice, and the offer of a hearing where one is due (§63)."""
    hearing = (papers.HEARING_NOTICE,) if hearing_is_due(case) else ()
    return (papers.PENALTY_NOTICE, papers.CASE_REPORT, *hearing)


def _tell(taken: Taken) -> None:
    """What the party was told binds: the decision may be milder, never harsher (§45)."""
    case = taken.case
    case.told_kinds, case.told_fine, case.told_terms = case.penalty_kinds, case.fine, case.penalty_terms


def _told(taken: Taken) -> None:
    tell_handlers(taken.case, "已批准告知，请送达告知书")


def _told_opinions(taken: Taken) -> dict:
    reported = standing_step(taken.case, "report")
    reviewed = standing_step(taken.case, "review", kind=papers.LEGAL_REVIEW.code)
    assert reported, "a case is told after it was reported"  # nosec B101
    assert reviewed, "a case is told after it was reviewed"  # nosec B101
    return {
        "undertaker": opinion_of(f"建议给予{taken.case.penalty_text}的行政处罚。", by=reported.by, on=reported.on),
        "review": opinion_of(reviewed.fields["opinion"], by=reviewed.by, on=reviewed.on),
        "approval": opinion_of(taken.fields["opinion"], by=taken.by, on=taken.on),
        "report": reported.fields,
    }


def _heard(taken: Taken) -> None:
    clock.keep_for(taken.case, clock.STATEMENT, on=taken.on, by=taken.by)


def _hearing_asked(taken: Taken) -> None:
    clock.keep_for(taken.case, clock.HEARING_REQUEST, on=taken.on, by=taken.by)


def _check_request_in_time(taken: Taken) -> None:
    deadline = rules.deadline_of(taken.case, clock.HEARING_REQUEST)
    if deadline is not None and taken.on > deadline.due_on:
        raise Refusal(f"要求听证的期限 {deadline.due_on:%Y-%m-%d} 已经届满。")


def _check_hearing_day(taken: Taken) -> None:
    """§64: the party is told seven working days before the hearing."""
    held_on = taken.fields["held_at"].date()
    latest = due_on(clock.HEARING_NOTICE, start_on=held_on)
    if latest < taken.on:
        first = earliest_event_on(clock.HEARING_NOTICE, acted_on=taken.on)
        raise Refusal(
            f"听证会须在举行的七个工作日前通知当事人：今天通知的，最早可以定在 {first:%Y-%m-%d}。", field="held_at"
        )


def _hearing_set(taken: Taken) -> None:
    clock.open_for(taken.case, clock.HEARING_NOTICE, start_on=taken.fields["held_at"].date(), by=taken.by)


def _announced(case: Case) -> dict:
    """What the newest 听证会通知书 says of the hearing; nothing before there is one."""
    notice = rules.last_document(case, papers.HEARING_MEETING.code)
    return notice.context["f"] if notice else {}


def _check_held(taken: Taken) -> None:
    """A hearing is held when it was announced for; put off it may be, put forward not."""
    check_span(taken)
    announced = dt.datetime.fromisoformat(_announced(taken.case)["held_at"])
    if taken.fields["starts_at"] < announced:
        raise Refusal(f"听证会通知的时间是 {announced:%Y-%m-%d %H:%M}，不能提前举行。", field="starts_at")


def _record_initial(case: Case) -> dict:
    """The record begins with what was announced."""
    told = _announced(case)
    if not told:
        return {}
    return {"starts_at": dt.datetime.fromisoformat(told["held_at"]), **{key: told[key] for key in CARRIED_OVER}}


def _drop(taken: Taken) -> None:
    case = taken.case
    case.fine, case.penalty_kinds, case.penalty_terms, case.penalty_text = case.fine * 0, [], {}, ""


def _check_discussion(taken: Taken) -> None:
    """行政处罚法 §57: the leading members together; each is named once with an opinion, the chair among them."""
    people = [[part.strip() for part in row["cells"]] for row in taken.fields["present"]]
    names = [name for name, *_ in people if name]
    if len(set(names)) < LEAST_PRESENT or len(set(names)) < len(people):
        raise Refusal(f"集体讨论至少 {LEAST_PRESENT} 人出席，每人一行写明姓名，不能重复。", field="present")
    silent = [name for name, _post, opinion in people if not opinion]
    if silent:
        raise Refusal(f"请写明每位出席人员的意见：{'、'.join(silent)}没有意见。", field="present")
    if taken.fields["host"] not in names:
        raise Refusal("主持人须是出席人员之一。", field="host")


def _dropped(taken: Taken) -> None:
    _ended(taken.case, by=taken.by, taken=taken)


def _ended(case: Case, *, by: User, taken: Taken) -> None:
    clock.keep_for(case, clock.DECIDE, on=taken.on, by=by)
    clock.cancel_for(case, clock.STATEMENT, clock.HEARING_REQUEST, clock.HEARING_NOTICE, reason="案件不予处罚", by=by)


ACTS = (
    Act(
        "tell",
        "审批拟处罚意见并告知当事人",
        rules.check_may_tell,
        fields=(Field("opinion", "审批意见", initial="同意拟处罚意见，依法告知当事人。"),),
        kinds=_told_kinds,
        to=CaseState.TOLD,
        prepare=_tell,
        settle=_told,
        opinions=_told_opinions,
        warning="同时签发行政处罚告知书和案件处理呈批表；依法应当告知听证的，一并签发听证告知书。决定不得重于告知的内容。",
        group="告知",
    ),
    Act(
        "statement_record",
        "陈述申辩笔录",
        rules.check_may_take_statement,
        fields=(
            Field("starts_at", "时间", MINUTE),
            Field("place", "地点"),
            Field("person", "陈述申辩人"),
            Field("post", "职务", is_required=False),
            Field("phone", "电话", is_required=False),
            Field("text", "陈述申辩内容", LINES, most=10_000),
            Field("considered", "复核和采纳情况", LINES, most=2000),
            SIGNATURE,
            REFUSAL,
        ),
        kinds=lambda case: (papers.STATEMENT,),
        moment="starts_at",
        after=notice_served,
        check=check_signature,
        settle=_heard,
        group="陈述申辩",
    ),
    Act(
        "statement_waived",
        "登记放弃陈述申辩",
        rules.check_may_waive_statement,
        fields=(Field("how", "放弃的方式", hint="例如：在告知书上书面注明放弃。"),),
        settle=_heard,
        group="陈述申辩",
    ),
    Act(
        "hearing_request",
        "登记听证申请",
        rules.check_may_request_hearing,
        fields=(Field("how", "申请方式和内容", LINES, most=1000),),
        check=_check_request_in_time,
        settle=_hearing_asked,
        group="听证",
    ),
    Act(
        "hearing_waived",
        "登记放弃听证",
        rules.check_may_request_hearing,
        fields=(Field("how", "放弃的方式"),),
        settle=_hearing_asked,
        group="听证",
    ),
    Act(
        "hearing_meeting",
        "听证会通知书",
        rules.check_may_arrange_hearing,
        fields=(
            Field("held_at", "听证时间", APPOINTMENT),
            Field("place", "听证地点"),
            Field("chair", "听证主持人", hint="不得由本案调查人员担任。"),
            Field("is_open", "是否公开", CHOICE, choices=(("open", "公开举行"), ("closed", "不公开举行"))),
            Field("clerk", "记录员"),
        ),
        kinds=lambda case: (papers.HEARING_MEETING,),
        check=_check_hearing_day,
        settle=_hearing_set,
        again=_hearing_set,
        group="听证",
    ),
    Act(
        "hearing_record",
        "听证笔录",
        rules.check_may_record_hearing,
        fields=(
            Field("starts_at", "开始时间", MINUTE),
            Field("ends_at", "结束时间", MINUTE),
            Field("place", "地点"),
            Field("chair", "听证主持人"),
            Field("clerk", "记录员"),
            Field("present", "参加人", LINES, most=1000),
            Field("text", "听证记录", LINES, most=20_000),
            Field("opinion", "听证主持人意见", LINES, most=2000),
            SIGNATURE,
            REFUSAL,
        ),
        kinds=lambda case: (papers.HEARING_RECORD,),
        moment="starts_at",
        check=_check_held,
        initial=_record_initial,
        group="听证",
    ),
    Act(
        "discussion_record",
        "案件集体讨论记录",
        rules.check_may_discuss,
        fields=(
            Field("starts_at", "讨论时间", MINUTE),
            Field("place", "地点"),
            Field("host", "主持人", hint="须是出席人员之一。"),
            Field("reporter", "汇报人"),
            Field("recorder", "记录人"),
            Field(
                "present",
                "出席人员和意见",
                ROWS,
                columns=("姓名", "职务", "意见"),
                hint=f"每人一行：姓名｜职务｜意见；不少于 {LEAST_PRESENT} 人。",
                most=4000,
            ),
            Field("text", "讨论内容", LINES, most=10_000),
            Field("conclusion", "讨论决定", LINES, most=2000),
        ),
        kinds=lambda case: (papers.DISCUSSION,),
        moment="starts_at",
        after=party_heard,
        check=_check_discussion,
        group="集体讨论",
    ),
    Act(
        "drop",
        "不予行政处罚",
        rules.check_may_drop,
        fields=(
            Field("reason", "事实和理由", LINES, most=4000),
            Field("basis", "依据", LINES, hint="例如：《中华人民共和国行政处罚法》第三十三条第一款", most=500),
        ),
        kinds=lambda case: (papers.NO_PENALTY,),
        to=CaseState.DROPPED,
        prepare=_drop,
        settle=_dropped,
        group="决定",
    ),
)
