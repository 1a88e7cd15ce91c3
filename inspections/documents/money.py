"""Sums as official papers write them: 人民币伍仟元整."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def in_words(amount: Decimal) -> str:
    """The sum in capital numerals: 10500.60 → 壹万零伍佰元陆角整; 0 → 零元整. Up to 9999 亿."""
    cents = int((amount * 100).to_integral_value())
    yuan, rest = divmod(cents, 100)
    tenths, hundredths = divmod(rest, 10)
    text = f"{_whole(yuan)}元" if yuan or not rest else ""
    if tenths:
        text += f"{_DIGITS[tenths]}角"
    elif hundredths and yuan:
        text += "零"
    return text + (f"{_DIGITS[hundredths]}分" if hundredths else "整")


def _whole(number: int) -> str:
    """50030 → 伍万零叁拾: a gap of zeros is one 零, none at the end."""
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            continue
        needs_zero = bool(text) and (group < 1000 or groups[place + 1] == 0)
        text += ("零" if needs_zero else "") + _four(group) + _GROUPS[place]
    return text or _DIGITS[0]


def _four(group: int) -> str:
    text = ""
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            text += _DIGITS[digit] + _PLACES[place]
        elif text and group % 10**place:
            text += "" if text.endswith("零") else "零"
    return text


def plain(amount: Decimal) -> str:
    """5000.00 → 5000; 12.50 → 12.50: no point where there are no cents."""
    return str(int(amount)) if amount == amount.to_integral_value() else f"{amount:.2f}"
