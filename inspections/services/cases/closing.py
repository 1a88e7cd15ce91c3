"""移送 and 结案: a case leaves the house, or is closed when everything in it is done."""

from __future__ import annotations

from inspections.documents import cases as papers
from inspections.documents.cases import opinion_of
from inspections.documents.money import plain
from inspections.policies import cases as rules
from inspections.services.cases import clock
from inspections.services.cases.engine import Act, Taken
from inspections.services.cases.fields import LINES, ROWS, Field
from inspections.services.cases.money import account_of
from inspections.states import CaseState


def _transferred(taken: Taken) -> None:
    clock.cancel_for(taken.case, clock.DECIDE, reason="案件已移送", by=taken.by)


def _close(taken: Taken) -> None:
    taken.case.closed_on = taken.on


def _closing_opinions(taken: Taken) -> dict:
    asked = taken.case.steps.filter(act="closing_asked").select_related("by").order_by("-at", "-id")[0]
    account = account_of(taken.case, on=taken.on)
    return {
        "undertaker": opinion_of(asked.fields["text"], by=asked.by, on=asked.on),
        "approval": opinion_of(taken.fields["opinion"], by=taken.by, on=taken.on),
        "account": {
            "fine": plain(account.fine),
            "surcharge": plain(account.surcharge),
            "paid": plain(account.paid),
        },
        "asked": asked.fields,
    }


ACTS = (
    Act(
        "transfer",
        "案件移送书",
        rules.check_may_transfer,
        fields=(
            Field("to", "受移送机关"),
            Field("reason", "移送理由和依据", LINES, most=2000),
            Field(
                "materials", "移送材料", ROWS, columns=("材料名称", "份数"), hint="每行一件：材料名称｜份数", most=4000
            ),
        ),
        kinds=lambda case: (papers.TRANSFER,),
        to=CaseState.TRANSFERRED,
        settle=_transferred,
        group="移送",
    ),
    Act(
        "closing_asked",
        "提请结案",
        rules.check_may_ask_to_close,
        fields=(
            Field("execution", "执行情况", LINES, most=2000),
            Field("text", "承办人意见", LINES, initial="案件已办理完毕，建议结案。", most=1000),
        ),
        group="结案",
    ),
    Act(
        "close",
        "批准结案",
        rules.check_may_close,
        fields=(Field("opinion", "审批意见", initial="同意结案。"),),
        kinds=lambda case: (papers.CLOSING,),
        to=CaseState.CLOSED,
        prepare=_close,
        opinions=_closing_opinions,
        group="结案",
    ),
)
