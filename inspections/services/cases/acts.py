"""All acts of a penalty case, in the order in which a case goes."""

from __future__ import annotations

from inspections.models import CaseStep
from inspections.services.cases import closing, decision, evidence, filing, hearing, money, withdrawing
from inspections.services.cases.engine import Act
from shuangsuiji.documents.models import IssuedDocument

ACTS: tuple[Act, ...] = (
    *filing.ACTS[:2],
    *evidence.ACTS,
    *filing.ACTS[2:],
    *hearing.ACTS,
    *withdrawing.ACTS,
    *decision.ACTS,
    *money.ACTS,
    *closing.ACTS,
)
_BY_CODE = {act.code: act for act in ACTS}
_OTHER_LABELS = {"proposed": "提请立案", "paid": "登记缴款", "recusal_decided": "回避决定", "replaced": "更正文书"}


def act_of(code: str) -> Act | None:
    """The act with this code."""
    return _BY_CODE.get(code)


def act_behind(document: IssuedDocument) -> Act | None:
    """The act that makes papers like this one; of a replacement, the act of the first."""
    while document.replaces is not None:
        document = document.replaces
    step = getattr(document, "case_step", None)
    return _BY_CODE.get(step.act) if step else None


def label_of(step: CaseStep) -> str:
    """What a step is called on the timeline."""
    act = _BY_CODE.get(step.act)
    return act.label if act else _OTHER_LABELS.get(step.act, step.act)
