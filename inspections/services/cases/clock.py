"""The deadlines of a case: every one a row under a dated rule with its legal source."""

from __future__ import annotations

import datetime as dt

from inspections.models import Case
from inspections.policies import names_are_kept
from inspections.policies.withdrawing import deadline_subject
from shuangsuiji.accounts.models import User
from shuangsuiji.lib.deadlines import cancel_deadline, keep_deadline, open_deadline
from shuangsuiji.lib.models import Deadline

FILE = "case.file"
PRESERVE = "evidence.preserve"
STATEMENT = "statement.request"
HEARING_REQUEST, HEARING_NOTICE = "hearing.request", "hearing.notice"
DECIDE, DELIVER, PUBLISH, WITHDRAW = "penalty.decide", "penalty.deliver", "penalty.publish", "penalty.withdraw"
PAY, DEMAND, ENFORCE = "penalty.pay", "enforcement.demand", "enforcement.apply"
APPEAL_REVIEW, APPEAL_COURT = "appeal.review", "appeal.court"

_WHAT = {
    FILE: "立案",
    PRESERVE: "对先行登记保存的证据作出处理",
    STATEMENT: "当事人陈述申辩",
    HEARING_REQUEST: "当事人要求听证",
    HEARING_NOTICE: "送达听证会通知书",
    DECIDE: "作出处罚决定",
    DELIVER: "送达处罚决定书",
    PUBLISH: "公开处罚信息",
    WITHDRAW: "撤回已公开的处罚信息",
    PAY: "当事人缴纳罚款",
    DEMAND: "催告后履行",
    ENFORCE: "申请法院强制执行",
    APPEAL_REVIEW: "当事人申请行政复议",
    APPEAL_COURT: "当事人提起行政诉讼",
}


def open_for(case: Case, rule_code: str, *, start_on: dt.date, by: User) -> Deadline:
    """Open the case's deadline under a rule, counted from `start_on`."""
    kind, key = deadline_subject(case, rule_code)
    return open_deadline(
        rule_code,
        subject_kind=kind,
        subject_key=key,
        label=f"案件 {case.number} {_WHAT[rule_code]}",
        start_on=start_on,
        by=by,
        is_confidential=names_are_kept(case.task.drawn.draw, case.task),
    )


def keep_for(case: Case, rule_code: str, *, on: dt.date, by: User) -> None:
    """Note that the duty was done; nothing where no such deadline runs."""
    kind, key = deadline_subject(case, rule_code)
    keep_deadline(rule_code, subject_kind=kind, subject_key=key, on=on, by=by)


def cancel_for(case: Case, *rule_codes: str, reason: str, by: User) -> None:
    """The duties fell away, with the reason."""
    for code in rule_codes:
        kind, key = deadline_subject(case, code)
        cancel_deadline(code, subject_kind=kind, subject_key=key, reason=reason, by=by)
