"""Who may keep the register of enterprises, and what it will not take."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from enterprises.hooks import hanging_work
from enterprises.models import Enterprise
from enterprises.states import VALID_STATE_TRANSITIONS
from shuangsuiji.accounts.models import Role
from shuangsuiji.accounts.policies import check_role
from shuangsuiji.lib import credit_code
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.plausible import check_has_come, check_phone

READERS = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.INSPECTOR, Role.LEADER, Role.SUPERVISOR)
"""The desk without its administrators, who cannot act in the business."""
CONTACT_READERS = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.INSPECTOR)

RISK_REASON = "风险等级变更要写明原因，例如“2026年度评估，新增涉爆粉尘作业”：请填写后再保存。"
MOST_EXPERTS = 9
_INDUSTRY = re.compile(r"[A-T]?[0-9]{2,4}")
_BELOW_NOUGHT = re.compile(r"[^0-9]*[-−－–—负]\s*[0-9]")


def check_may_edit(by) -> None:
    """The inspection office keeps the register; the system itself may fill it."""
    if by is not None:
        check_role(by, Role.CLERK)


def check_may_read_contact(by) -> None:
    """A person's name and number are for those who must reach the enterprise."""
    check_role(by, *CONTACT_READERS)


def check_code_is_free(code: str) -> str:
    """The normalised code, which is right and stands in the register no more than once."""
    code = credit_code.check(code)
    taken = Enterprise.objects.filter(credit_code=code).first()
    if taken is not None:
        raise Refusal(f"该统一社会信用代码已登记为“{taken.name}”：请直接修改那一条。", field="credit_code")
    return code


def check_not_merged(enterprise: Enterprise) -> None:
    """What was merged away is kept as it was; all that comes belongs to the one that stays."""
    if (kept := enterprise.merged_into) is not None:
        raise Refusal(merged_sentence(kept.name, code=kept.credit_code))


def merged_sentence(name: str, *, code: str) -> str:
    """Where to go with what was merged away."""
    return f"这一条已并入“{name}”（{code}），不再修改：请在那一条上办理。"


def check_can_become(enterprise: Enterprise, state: str) -> None:
    """Closed and moved enterprises come back only as active; a merged one does not come back."""
    check_not_merged(enterprise)
    if state not in VALID_STATE_TRANSITIONS[enterprise.state]:
        wanted = Enterprise.State(state).label
        raise Refusal(f"“{enterprise.get_state_display()}”不能直接改为“{wanted}”：请先改为“正常经营”。", field="state")


def check_permit_days(starts_on: datetime.date | None, expires_on: datetime.date | None) -> None:
    """A permit ends on or after the day it begins."""
    if starts_on and expires_on and expires_on < starts_on:
        raise Refusal("许可的有效期至早于有效期自：请改正后再保存。", field="expires_on")


def check_listing_reason(reason: str, *, special_list: object) -> None:
    """Nobody is put on a special list without a reason."""
    if not reason.strip():
        raise Refusal(f"没有写列入“{special_list}”的原因：请写明。", field="reason")


def check_leaving_reason(reason: str, *, field: str = "reason") -> None:
    """Nobody is taken off without one either."""
    if not reason.strip():
        raise Refusal("没有写移出名单的原因：请写明。", field=field)


def check_leaving_day(ends_on: datetime.date, *, starts_on: datetime.date, today: datetime.date) -> None:
    """A listing ends on or after the day it began, and not before that day has come."""
    if ends_on < starts_on:
        raise Refusal(f"移出日期早于列入日期（{starts_on}）：请改正。", field="ends_on")
    if ends_on > today:
        raise Refusal("移出日期还没有到：请到了那一天再办。", field="ends_on")


def check_not_listed(special_list: object, *, until: datetime.date | None, standing: datetime.date | None) -> None:
    """Another listing may only lie before the one that stands: one at a time."""
    if standing and (until is None or until > standing):
        raise Refusal(
            f"从 {standing} 起已在“{special_list}”名单上，同时只能有一次在列："
            f"请先移出；要改那一次的，列入日期填 {standing}。",
            field="starts_on",
        )


def check_risk_reason(enterprise: Enterprise, *, reason: str) -> None:
    """The first class needs no reason; another one does."""
    if enterprise.risk_class and not reason.strip():
        raise Refusal(RISK_REASON, field="reason")


def check_industry_code(code: str) -> None:
    """Two to four digits of GB/T 4754, the letter of the section before them or not."""
    if code and not _INDUSTRY.fullmatch(code):
        raise Refusal(
            "行业代码应为 2 至 4 位数字（可带门类字母，例如 C2614）：请按国民经济行业分类填写。", field="industry_code"
        )


def check_registered_on(day: datetime.date | None) -> None:
    """An enterprise is registered by now."""
    check_has_come(day, what="注册日期", field="registered_on")


def check_capital(words: str) -> None:
    """500万元, 1,000(万元人民币), words: but no debt."""
    if _BELOW_NOUGHT.match(words):
        raise Refusal("注册资金不能是负数：请按营业执照填写，例如 500万元；不清楚的留空。", field="capital")


def check_experts_wanted(count: int | None) -> None:
    """A visit takes a few experts along."""
    if count is not None and count > MOST_EXPERTS:
        raise Refusal(f"需要专家数最多 {MOST_EXPERTS} 人：请改正，一般为 0。", field="expert_count_wanted")


def check_entered(values: Mapping[str, Any]) -> None:
    """What a form or a service newly writes of an enterprise; a workbook's cells are held against the same rules."""
    check_industry_code(values.get("industry_code") or "")
    check_registered_on(values.get("registered_on"))
    check_capital(values.get("capital") or "")
    check_experts_wanted(values.get("expert_count_wanted"))
    check_phone(values.get("contact_phone") or "", field="contact_phone")


def check_decided_on(day: datetime.date | None) -> None:
    """A penalty that is noted was decided."""
    check_has_come(day, what="决定日期", field="decided_on")


def check_listed_on(day: datetime.date | None, *, field: str = "starts_on") -> None:
    """A listing begins by today: it counts from its first day."""
    check_has_come(day, what="列入日期", field=field)


def check_same_penalty(noted: Mapping[str, Any], *, said: Mapping[str, Any]) -> None:
    """What is noted of a decision, its day and source, stays; it may come from a case of our own."""
    for field in ("decided_on", "source"):
        if str(noted[field]) != str(said[field]):
            raise Refusal(
                f"这份决定书已经登记为“{noted[field]}”，不再改动：请核对文号，不是这一份的改正文号。", field=field
            )


def check_can_correct_code(enterprise: Enterprise) -> None:
    """Sealed and public records name an enterprise by its code: they cannot be rewritten."""
    check_not_merged(enterprise)
    if hanging_work(enterprise):
        # Which and how many is not said, as in a merge.
        raise Refusal(
            f"“{enterprise.name}”名下有抽取、检查、回避或公示等关联记录，代码已写进封存的记录，不能更正："
            "请按新代码另行登记，把这一条改为“注销关闭”。",
            field="credit_code",
        )


def check_can_merge(kept: Enterprise, *, gone: Enterprise) -> None:
    """Two living rows; nothing may hang on the one that goes that was drawn, visited or published under its code."""
    if kept.pk == gone.pk:
        raise Refusal("请选择两家不同的企业。", field="gone")
    for one in (kept, gone):
        if one.merged_into_id is not None:
            raise Refusal(f"“{one.name}”（{one.credit_code}）已并入别家：请改用并入后的那一条。", field="gone")
    if hanging_work(gone):
        # Which and how many is not said: a covert draw would be given away to whoever is not cleared for it.
        raise Refusal(
            f"“{gone.name}”名下有抽取、检查、回避或公示等关联记录，不能并入别家：{_way_out(kept, gone=gone)}。",
            field="gone",
        )


def _way_out(kept: Enterprise, *, gone: Enterprise) -> str:
    if hanging_work(kept):
        return "两家都有关联记录，封存的记录不能改写，请把停用的一家改为“注销关闭”，并排除这条疑点"
    return f"请对调，保留“{gone.name}”这一条"
