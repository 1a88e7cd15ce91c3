"""Enterprises named by their codes, as workbooks do: many in one query."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from enterprises.models import Enterprise
from shuangsuiji.imports.copying import listed

NOT_REGISTERED = "名录里没有这个代码的企业：请对照营业执照核对代码，或先在“检查对象”里登记这家企业。"


def enterprises_by_code(codes: Collection[str]) -> dict[str, Enterprise]:
    """The enterprises that have these codes. One query."""
    rows = Enterprise.objects.filter(credit_code__in=listed(codes)).select_related("merged_into").order_by("pk")
    return {row.credit_code: row for row in rows.only("credit_code", "name", "known_as", "merged_into__credit_code")}


def code_faults(codes: Collection[str], *, found: Mapping[str, Enterprise]) -> dict[str, str]:
    """What is wrong with each of these codes where nothing can be entered under it, as a sentence with its remedy."""
    merged = {code: row.merged_into.credit_code for code, row in found.items() if row.merged_into}
    faults = {code: f"这一条已经并入 {kept}：请改填 {kept}。" for code, kept in merged.items()}
    return faults | {code: NOT_REGISTERED for code in codes if code not in found}


def unregistered(codes: Collection[str]) -> dict[str, str]:
    """The same for codes alone. One query."""
    return code_faults(codes, found=enterprises_by_code(codes))
