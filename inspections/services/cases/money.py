"""罚款的履行: what is due with the surcharge, what was paid, the reminder."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.documents import cases as papers
from inspections.documents.money import in_words, plain
from inspections.models import Case, CaseStep, Payment
from inspections.policies import cases as rules
from inspections.services.cases import clock
from inspections.services.cases.dates import After, check_moment, decided
from inspections.services.cases.engine import Act, Taken, is_kept, locked_case
from inspections.services.cases.fields import CHOICE, DAY, LINES, Field
from inspections.services.cases.surcharge import surcharge
from inspections.services.scans import keep_scan, read_scan
from inspections.states import CaseState
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal

FOR_EVER = dt.date(9999, 12, 31)


@dataclass(frozen=True)
class Account:
    """What a case owes on a day, in yuan. `due_on` is None before the decision is served."""

    fine: Decimal
    surcharge: Decimal
    paid: Decimal
    due_on: dt.date | None

    @property
    def outstanding(self) -> Decimal:
        """Fine and surcharge less what was paid, never below nothing."""
        return max(self.fine + self.surcharge - self.paid, Decimal(0))

    @property
    def is_fine_paid(self) -> bool:
        """Whether the fine itself is covered."""
        return self.paid >= self.fine


def account_of(case: Case, *, on: dt.date) -> Account:
    """The account at the end of a day; the surcharge is counted anew each time and stored nowhere."""
    payments = list(case.payments.filter(paid_on__lte=on).order_by("paid_on", "id").values_list("paid_on", "amount"))
    deadline = rules.deadline_of(case, clock.PAY)
    extra = Decimal(0)
    if deadline is not None and deadline.cancelled_at is None:
        extra = surcharge(case.fine, due_on=deadline.due_on, on=on, payments=payments, pauses=pauses_of(case))
    paid = sum((amount for _, amount in payments), Decimal(0))
    return Account(case.fine, extra, paid, deadline.due_on if deadline else None)


def pauses_of(case: Case) -> list[tuple[dt.date, dt.date]]:
    """Spans of reconsideration and lawsuit; one that has not ended has no last day yet."""
    steps = case.steps.filter(act__in=("appeal_begun", "appeal_ended")).order_by("at", "id")
    spans: list[tuple[dt.date, dt.date]] = []
    for step in steps:
        day = dt.date.fromisoformat(step.fields["on"])
        if step.act == "appeal_begun":
            spans.append((day, FOR_EVER))
        elif spans:
            spans[-1] = (spans[-1][0], day)
    return spans


@transaction.atomic
def register_payment(
    case: Case,
    *,
    by: User,
    amount: Decimal,
    paid_on: dt.date,
    receipt_number: str,
    late_reason: str = "",
    receipt: Any = None,
    now: dt.datetime | None = None,
) -> Payment:
    """Register money received. The fine covered, its deadline is kept; nothing outstanding, the case is fulfilled.

    A receipt number counts once; the same one again is refused. `receipt` is a photo or scan of the receipt.
    """
    now = now or timezone.now()
    checked = read_scan(receipt, field="receipt") if receipt else None
    row = locked_case(case.pk)
    rules.check_may_register_payment(by, row)
    _check_payment(row, amount=amount, paid_on=paid_on, receipt_number=receipt_number, now=now)
    check_moment(paid_on, after=decided(row), field="paid_on", now=now, late_reason=late_reason)
    payment = Payment.objects.create(
        case=row, amount=amount, paid_on=paid_on, receipt_number=receipt_number, recorded_by=by, recorded_at=now
    )
    account = account_of(row, on=paid_on)
    CaseStep.objects.create(
        case=row,
        act="paid",
        on=paid_on,
        at=now,
        by=by,
        fields={"amount": str(amount), "outstanding": str(account.outstanding), "late_reason": late_reason},
    )
    if checked is not None:
        keep_scan(checked, task=row.task, payment=payment, by=by, now=now)
    if account.is_fine_paid:
        clock.keep_for(row, clock.PAY, on=paid_on, by=by)
    if account.outstanding == 0:
        _settle(row, on=paid_on, by=by)
    record("case.paid", by=by, target=row, confidential=is_kept(row), amount=str(amount))
    return payment


def _check_payment(case: Case, *, amount: Decimal, paid_on: dt.date, receipt_number: str, now: dt.datetime) -> None:
    if amount <= 0:
        raise Refusal("缴款金额须大于零。", field="amount")
    if paid_on > timezone.localtime(now).date():
        raise Refusal("缴款日期不能晚于今天。", field="paid_on")
    if Payment.objects.filter(receipt_number=receipt_number).exists():
        raise Refusal(f"票据号 {receipt_number} 已经登记过。", field="receipt_number")
    owed = account_of(case, on=paid_on).outstanding
    if amount > owed:
        raise Refusal(f"到 {paid_on:%Y-%m-%d} 应缴 {plain(owed)} 元，登记的金额多于应缴数，请核对。", field="amount")


def _settle(case: Case, *, on: dt.date, by: User) -> None:
    """Nothing is owed: demand and enforcement fall away; other kinds of penalty the officers report as done."""
    clock.cancel_for(case, clock.DEMAND, clock.ENFORCE, reason="罚款及加处罚款已缴清", by=by)
    others = set(case.penalty_kinds) - {Case.PenaltyKind.FINE, Case.PenaltyKind.WARNING}
    if not others and case.state == CaseState.DECIDED:
        case.state = CaseState.FULFILLED
        case.save(update_fields=["state"])


def _reminder_opinions(taken: Taken) -> dict:
    account = account_of(taken.case, on=taken.on)
    return {
        "account": {
            "fine": plain(account.fine),
            "surcharge": plain(account.surcharge),
            "paid": plain(account.paid),
            "outstanding": plain(account.outstanding),
            "outstanding_words": in_words(account.outstanding),
            "due_on": account.due_on.isoformat() if account.due_on else "",
        }
    }


def _reminded(taken: Taken) -> None:
    """行政强制法 §53: three months to apply to the court, from the day the ways to appeal ended."""
    court = rules.deadline_of(taken.case, clock.APPEAL_COURT)
    if court is not None:
        clock.open_for(taken.case, clock.ENFORCE, start_on=court.due_on, by=taken.by)


def _appealed(taken: Taken) -> None:
    code = clock.APPEAL_REVIEW if taken.fields["way"] == "review" else clock.APPEAL_COURT
    clock.keep_for(taken.case, code, on=taken.fields["on"], by=taken.by)


def _begun(case: Case) -> After | None:
    step = case.steps.filter(act="appeal_begun").order_by("-at", "-id").first()
    return After(dt.date.fromisoformat(step.fields["on"]), "受理复议或者诉讼的日期") if step else None


ACTS = (
    Act(
        "remind",
        "催告书",
        rules.check_may_remind,
        fields=(
            Field("pay_to", "缴款方式", LINES, is_required=False, most=300),
            Field("contact", "联系人和电话", is_required=False),
        ),
        kinds=lambda case: (papers.REMINDER,),
        opinions=_reminder_opinions,
        settle=_reminded,
        group="履行",
    ),
    Act(
        "fulfil",
        "登记其他处罚已履行",
        rules.check_may_fulfil,
        fields=(Field("text", "履行情况", LINES, most=1000),),
        to=CaseState.FULFILLED,
        group="履行",
    ),
    Act(
        "appeal_begun",
        "登记行政复议或者诉讼",
        rules.check_may_register_appeal,
        fields=(
            Field("way", "途径", CHOICE, choices=(("review", "行政复议"), ("court", "行政诉讼"))),
            Field("on", "受理日期", DAY),
            Field("number", "受理文号", is_required=False),
        ),
        moment="on",
        after=decided,
        settle=_appealed,
        warning="复议、诉讼期间不计算加处罚款（行政处罚法第七十三条）。",
        group="履行",
    ),
    Act(
        "appeal_ended",
        "登记复议或者诉讼结果",
        rules.check_may_end_appeal,
        fields=(
            Field("on", "终结日期", DAY),
            Field(
                "outcome",
                "结果",
                CHOICE,
                choices=(("upheld", "维持"), ("withdrawn", "撤回申请"), ("changed", "变更"), ("revoked", "撤销")),
            ),
            Field("number", "文号", is_required=False),
        ),
        moment="on",
        after=_begun,
        group="履行",
    ),
)
