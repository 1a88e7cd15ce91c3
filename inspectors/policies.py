"""Who may keep the lists of officers and experts, and what they will not take."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from inspectors.models import Expert, Inspector, PersonState
from inspectors.states import VALID_STATE_TRANSITIONS
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role, has_role
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.plausible import check_phone
from shuangsuiji.lib.text import plain_number

READERS = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.INSPECTOR, Role.LEADER, Role.SUPERVISOR)
PHONE_READERS = (Role.CLERK, Role.APPROVER, Role.HEAD)
CERTIFICATE_WARNING_DAYS = 60
FEWEST_VISITS, MOST_VISITS = 1, 99


def check_may_edit(by: User | None) -> None:
    """The inspection office keeps both lists; the system itself may fill them."""
    if by is not None:
        check_role(by, Role.CLERK)


def check_may_evaluate(by: User | None) -> None:
    """Whoever was on the visit with the expert, or the office."""
    if by is not None:
        check_role(by, Role.INSPECTOR, Role.CLERK)


def check_may_declare(person: Inspector | Expert, *, by: User | None) -> None:
    """An officer speaks for themselves; the office enters what is handed in on paper."""
    own = isinstance(person, Inspector) and by is not None and person.account_id == by.pk
    if not own:
        check_may_edit(by)


def may_see_interests(person: Inspector | Expert, *, user: User) -> bool:
    """What somebody declared about their family and money is for those who decide on it, and for themselves."""
    own = isinstance(person, Inspector) and person.account_id == user.pk
    return own or has_role(user, Role.CLERK, Role.APPROVER, Role.HEAD, Role.SUPERVISOR)


def check_may_read_phone(by: User) -> None:
    """Private numbers are for those who send people out."""
    check_role(by, *PHONE_READERS)


def check_certificate(expires_on: datetime.date, *, today: datetime.date) -> None:
    """Nobody enters the list with a certificate that has run out."""
    if expires_on < today:
        day = f"{expires_on:%Y-%m-%d}"
        raise Refusal(f"执法证已于 {day} 到期，不能登记：请换发新证后填写新的有效期。", field="certificate_expires_on")


def check_entered(values: Mapping[str, Any]) -> None:
    """What a form or a service newly writes of a person; a workbook's cells are held against the same rules."""
    check_phone(values.get("phone") or "")
    limit = values.get("visit_limit")
    if limit is not None and not FEWEST_VISITS <= limit <= MOST_VISITS:
        raise Refusal(f"每批最多家数应在 {FEWEST_VISITS} 至 {MOST_VISITS} 之间：请改正。", field="visit_limit")


def check_number_is_free(number: str) -> str:
    """The certificate number in its one spelling, which stands in the list once."""
    number = plain_number(number)
    taken = Inspector.objects.filter(certificate_number__iexact=number).first()
    if taken is not None:
        raise Refusal(
            f"执法证号 {number} 已登记在{taken.name}名下：请核对证号，或直接修改那一条。", field="certificate_number"
        )
    return number


def check_expert_number_is_free(number: str) -> str:
    """The expert's number in its one spelling, which stands in the list once."""
    number = plain_number(number)
    taken = Expert.objects.filter(number__iexact=number).first()
    if taken is not None:
        raise Refusal(f"专家编号 {number} 已登记在{taken.name}名下：请核对编号，或直接修改那一条。", field="number")
    return number


def check_can_become(person: Inspector | Expert, state: str) -> None:
    """Somebody who left comes back only as active."""
    if state not in VALID_STATE_TRANSITIONS[person.state]:
        wanted = PersonState(state).label
        raise Refusal(f"“{person.get_state_display()}”不能直接改为“{wanted}”：请先改为“在岗”。", field="state")


def check_account(account: User, *, inspector: Inspector) -> None:
    """An account belongs to one officer, and must be able to act as one."""
    other = Inspector.objects.filter(account=account).exclude(pk=inspector.pk).first()
    if other is not None:
        raise Refusal(f"账号“{account.username}”已关联{other.name}：请选择别的账号。", field="account")
    if not account.is_active:
        raise Refusal(f"账号“{account.username}”已停用：请先启用，或选择别的账号。", field="account")
    if not has_role(account, Role.INSPECTOR):
        raise Refusal(f"账号“{account.username}”没有执法人员角色：请先由安全管理员授予。", field="account")
