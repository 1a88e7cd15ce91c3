"""What is wanting in the lists of people."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse

from inspectors.models import Expert, PersonState
from inspectors.selectors import register_counts
from shuangsuiji.lib.quality import Finding


def quality(today: datetime.date) -> Iterator[Finding]:
    """Certificates that run out, experts that cannot be matched or kept away. Two queries."""
    officers = register_counts(today=today)
    listing = reverse("inspector_list")
    remedy = "检查当日已过期的不参加抽取：换证后更新有效期；已调离的改为“已调离”。"
    yield Finding("执法证已过期", officers["expired"], f"{listing}?certificate=expired", remedy, "late")
    remedy = "提前 60 天提醒：请尽快换证，换证后更新有效期。"
    yield Finding("执法证 60 天内到期", officers["expiring"], f"{listing}?certificate=expiring", remedy)
    active = Q(state=PersonState.ACTIVE)
    experts = Expert.objects.aggregate(
        nameless=Count("pk", filter=active & Q(employer="")),
        unreachable=Count("pk", filter=active & Q(phone="", email="")),
    )
    listing = reverse("expert_list")
    remedy = "没有工作单位就无法审查回避：请补登工作单位和主管部门。"
    yield Finding("专家没有工作单位", experts["nameless"], f"{listing}?gap=employer", remedy, "late")
    remedy = "抽中后通知不到：请补登电话或电子邮箱。"
    yield Finding("专家没有联系方式", experts["unreachable"], f"{listing}?gap=contact", remedy)
