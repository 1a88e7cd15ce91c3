"""A person says which field an enterprise belongs to; a suggestion alone puts nobody into a pool."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import F

from enterprises.models import Enterprise, RiskClass
from enterprises.policies import RISK_REASON, check_may_edit
from enterprises.services.locking import changes_register
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.authorship import explain
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField

LISTED_AT_MOST = 500
"""So many codes are named in one audit row; a bulk step works on one page, not on a register."""


@changes_register
def confirm_fields(pks: Collection[int], *, by: User | None) -> int:
    """Take the suggestion of each of these enterprises as its field; returns how many.

    Those without a suggestion, or classified already, stay as they are. Audited with the codes.
    """
    check_may_edit(by)
    waiting = Enterprise.objects.filter(pk__in=pks, field=None, suggested_field__isnull=False)
    return _classify(waiting, by=by, action="enterprise.fields_confirmed", values={"field": F("suggested_field")})


@changes_register
def set_field(pks: Collection[int], *, field: SupervisedField, by: User | None) -> int:
    """Put these enterprises into one field, whatever was suggested; returns how many changed. Audited."""
    check_may_edit(by)
    others = Enterprise.objects.filter(pk__in=pks).exclude(field=field)
    return _classify(others, by=by, action="enterprise.field_set", values={"field": field}, field=field.code)


@changes_register
def set_risk_class(pks: Collection[int], *, risk_class: str, by: User | None, reason: str = "") -> int:
    """Put these enterprises into one risk class; returns how many changed. Audited.

    Where one of them had another class before, a reason is asked for; it stays in the history of each.
    """
    check_may_edit(by)
    if risk_class not in RiskClass.values:
        raise Refusal("请选择风险等级 A、B、C 或 D。", field="risk_class")
    others = Enterprise.objects.filter(pk__in=pks).exclude(risk_class=risk_class)
    if others.exclude(risk_class="").exists() and not reason.strip():
        raise Refusal(RISK_REASON, field="reason")
    if reason.strip():
        explain(reason=reason.strip())
    values = {"risk_class": risk_class}
    return _classify(others, by=by, action="enterprise.risk_class_set", values=values, risk_class=risk_class)


def _classify(rows, *, by: User | None, action: str, values: dict[str, Any], **detail: Any) -> int:
    locked = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", "credit_code"))
    if len(locked) > LISTED_AT_MOST:
        raise Refusal(f"一次最多处理 {LISTED_AT_MOST} 家：请缩小范围后分几次办理。")
    if locked:
        Enterprise.objects.filter(pk__in=[pk for pk, _ in locked]).update(**values)
        record(
            action,
            by=by,
            target=("enterprises.enterprise", "", "检查对象"),
            codes=[code for _, code in locked],
            **detail,
        )
    return len(locked)
