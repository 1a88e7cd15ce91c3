"""The sentence of a penalty, built from its parts: figure and words come from one place."""

from __future__ import annotations

from decimal import Decimal

from inspections.documents.money import in_words, plain
from inspections.models import Case
from inspections.policies.penalties import Penalty

Kind = Case.PenaltyKind


def penalty_sentence(penalty: Penalty) -> str:
    """警告、罚款人民币贰万元整（￥20000元）: every kind with what it says, in the order of the law."""
    return "、".join(_phrase(Kind(kind), penalty) for kind in penalty.kinds)


def _phrase(kind: Case.PenaltyKind, penalty: Penalty) -> str:
    phrases = {
        Kind.FINE: f"罚款{_money(penalty.fine)}",
        Kind.CONFISCATION: f"没收违法所得{_money(penalty.confiscated)}",
        Kind.GOODS: f"没收非法财物（{penalty.goods}）",
        Kind.WITHHOLDING: f"暂扣{penalty.permit}{penalty.months}个月",
        Kind.DOWNGRADE: f"降低{penalty.permit}的资质等级",
        Kind.REVOCATION: f"吊销{penalty.permit}",
        Kind.RESTRICTION: f"限制开展{penalty.scope}的生产经营活动",
        Kind.SUSPENSION: f"责令{penalty.scope}停产停业整顿{f'{penalty.days}日' if penalty.days else ''}",
        Kind.CLOSURE: f"责令关闭{penalty.scope}",
    }
    return phrases.get(kind, str(kind.label))


def _money(amount: Decimal) -> str:
    return f"人民币{in_words(amount)}（￥{plain(amount)}元）"
