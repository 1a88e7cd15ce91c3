"""Persons and numbers that are shown in part only."""

from __future__ import annotations

from shuangsuiji.lib.credit_code import mask_person_name

WITHHELD = "（已登记，此处不显示）"
LONG_NUMBER = 11


def mask_phone(value: str | None) -> str:
    """138****0000; short numbers keep their last two digits only."""
    text = (value or "").strip()
    if len(text) >= LONG_NUMBER:
        return f"{text[:3]}****{text[-4:]}"
    return f"****{text[-2:]}" if text else ""


def masked(name: str, value: str | None, *, withheld: str = WITHHELD) -> str:
    """A private column's value, enough to know it by: 138****0000, 王某某; of an e-mail only that it is there.

    `withheld` says where it is: in the register, if nothing else is said.
    """
    if not value:
        return ""
    if name.endswith("phone"):
        return mask_phone(value)
    return withheld if name.endswith("email") else mask_person_name(value)
