"""撤回告知: a wrong notice is taken back with the reason; the party learns of it, and the case goes on anew."""

from __future__ import annotations

from inspections.documents.cases import NOTICE_WITHDRAWAL, PENALTY_NOTICE
from inspections.models import Case
from inspections.policies import cases as rules
from inspections.policies.withdrawing import NEW_FACTS, WITHDRAWAL
from inspections.services.cases import clock
from inspections.services.cases.engine import Act, Taken
from inspections.services.cases.fields import CHOICE, LINES, Field
from inspections.services.cases.telling import tell_handlers
from inspections.states import CaseState
from shuangsuiji.documents.registry import DocumentKind

CAUSES = (
    ("words", "告知书有错误"),
    ("law", "适用法律或者裁量有误"),
    (NEW_FACTS, "查明新的事实或者证据"),
)


def _kinds(case: Case) -> tuple[DocumentKind, ...]:
    """Whom the notice has reached, the withdrawal must reach as well."""
    notice = rules.last_document(case, PENALTY_NOTICE.code)
    return (NOTICE_WITHDRAWAL,) if notice is not None and hasattr(notice, "delivery") else ()


def _withdraw(taken: Taken) -> None:
    """What was told binds no longer, and nothing runs from it."""
    case = taken.case
    case.told_kinds = case.told_fine = case.told_terms = None
    open_rights = (clock.STATEMENT, clock.HEARING_REQUEST, clock.HEARING_NOTICE)
    clock.cancel_for(case, *open_rights, reason="行政处罚告知书已撤回", by=taken.by)


def _withdrawn(taken: Taken) -> None:
    tell_handlers(taken.case, "告知书已撤回，请重新调查终结、提请审核")


ACTS = (
    Act(
        WITHDRAWAL,
        "撤回告知书",
        rules.check_may_withdraw_notice,
        fields=(
            Field("cause", "撤回的原因", CHOICE, choices=CAUSES),
            Field("reason", "理由", LINES, hint="写明错在哪里；理由印在给当事人的通知书上。", most=1000),
        ),
        kinds=_kinds,
        to=CaseState.OPEN,
        prepare=_withdraw,
        settle=_withdrawn,
        warning="告知书留在案卷内，注明已撤回；案件回到调查取证，重新审核后另行告知，陈述申辩的期限重新起算。"
        "当事人已经陈述申辩的，除查明新的事实或者证据外，重新告知不得加重处罚。",
        group="告知",
    ),
)
