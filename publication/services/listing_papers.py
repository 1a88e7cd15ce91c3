"""What the three papers of a listing say: 告知书, 决定书, 移出决定书. Values are plain JSON."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from publication.models import Listing, ListingDelivery
from shuangsuiji.lib.models import DeadlineRule
from shuangsuiji.lib.text import as_sentence

ORDINANCE = "《安全生产严重失信主体名单管理办法》（应急管理部令第11号）"


def notice_context(listing: Listing, *, rule: DeadlineRule) -> dict:
    """告知书: facts, ground, what is intended, the right to state a case and for how long after it is received."""
    return _letter(
        listing,
        paragraphs=[
            f"经查，你单位存在以下行为：{as_sentence(listing.facts)}",
            (
                f"上述行为属于{listing.get_ground_display()}，{_authority(listing)}已作出行政处罚决定"
                f"（{listing.penalty_number}，{_cn(listing.penalty_on)}）。依照{ORDINANCE}的规定，本机关拟将你单位列入安全生产严重失信主体名单，"
                "并向社会公布。"
            ),
            (
                f"你单位有权陈述、申辩。请自收到本告知书之日起{_length(rule)}内以书面或者口头方式向本机关提出；逾期不提出的，"
                "视为放弃陈述、申辩的权利。"
            ),
        ],
    )


def decision_context(listing: Listing) -> dict:
    """决定书: facts, hearing, decision, term, remedies."""
    heard = (
        f"本机关于{_cn(listing.stated_on)}收到你单位的陈述、申辩并进行了复核。"
        if listing.stated_on
        else "你单位在规定期限内未提出陈述、申辩。"
    )
    return _letter(
        listing,
        paragraphs=[
            f"你单位存在以下行为：{as_sentence(listing.facts)}",
            (
                f"上述行为已由{_authority(listing)}作出行政处罚决定（{listing.penalty_number}，{_cn(listing.penalty_on)}）。"
                f"{_cn(served_on(listing))}，本机关向你单位送达了列入告知书。{heard}"
            ),
            (
                f"{as_sentence(listing.decision_reason)}依照{ORDINANCE}的规定，本机关决定将你单位列入安全生产严重失信主体名单，"
                "管理期限自公布之日起计算；管理期限、可以申请提前移出的日期以公布的内容为准。"
            ),
            "如不服本决定，可以自收到本决定书之日起六十日内申请行政复议，或者六个月内依法提起行政诉讼。",
        ],
    )


def removal_context(listing: Listing) -> dict:
    """移出决定书: what was applied for, why it is granted."""
    return _letter(
        listing,
        paragraphs=[
            (
                f"你单位于{_cn(listing.listed_on)}列入安全生产严重失信主体名单，{_cn(listing.asked_on)}申请提前移出，"
                f"理由是：{as_sentence(listing.ask_reason)}"
            ),
            (
                f"经审查，{as_sentence(listing.answer)}依照{ORDINANCE}的规定，本机关决定自{_cn(listing.removed_on)}起将你单位移出"
                "安全生产严重失信主体名单，停止公布相关信息。"
            ),
        ],
    )


def revocation_context(listing: Listing) -> dict:
    """撤销列入决定书: which decision, why it is revoked, from when."""
    decision = listing.decision
    named = f"《{decision.title}》（{decision.number}）" if decision else "列入决定"
    return _letter(
        listing,
        paragraphs=[
            (
                f"本机关于{_cn(decision.issued_on if decision else None)}作出{named}，"
                "决定将你单位列入安全生产严重失信主体名单。"
            ),
            (
                f"{as_sentence(listing.revoked_reason)}本机关决定撤销上述决定，自{_cn(listing.removed_on)}起将你单位移出"
                "安全生产严重失信主体名单，停止公布相关信息。"
            ),
        ],
    )


def served_on(listing: Listing) -> dt.date | None:
    """The day on which the 告知书 reached the enterprise."""
    served = listing.deliveries.filter(paper=ListingDelivery.Paper.NOTICE).first()
    return served.delivered_on if served else listing.notified_on


def _authority(listing: Listing) -> str:
    return listing.penalty_authority or "本机关"


def _length(rule: DeadlineRule) -> str:
    units = {"natural": "日", "working": "个工作日", "month": "个月"}
    return f"{rule.amount}{units[rule.unit]}"


def _letter(listing: Listing, *, paragraphs: list[str]) -> dict:
    enterprise = listing.enterprise
    return {
        "addressee": enterprise.name,
        "credit_code": enterprise.credit_code,
        "listing_number": listing.number,
        "paragraphs": paragraphs,
        "contact": {
            "name": settings.BUREAU_CONTACT,
            "phone": settings.BUREAU_PHONE,
            "address": settings.BUREAU_ADDRESS,
        },
    }


def _cn(day: dt.date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
