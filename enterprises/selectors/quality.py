"""What is wanting in the register, and which rows lack it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from enterprises.models import NAME_NOT_SOUNDED, DuplicatePair, Enterprise, Permit
from enterprises.selectors.facts import PERMIT_WARNING_DAYS
from shuangsuiji.lib.models import TownshipAlias
from shuangsuiji.lib.quality import Finding

_ACTIVE = Q(state=Enterprise.State.ACTIVE)
GAPS: dict[str, tuple[str, Q]] = {
    "unclassified": ("没有分类", _ACTIVE & (Q(field=None) | Q(risk_class=""))),
    "contact": ("没有联系方式", _ACTIVE & Q(contact_phone="", contact_email="")),
    "place": ("没有确定乡镇", _ACTIVE & Q(township=None)),
    "sounds": ("名称改过、检索还没有更新", NAME_NOT_SOUNDED),
    "unchecked": ("从未检查", _ACTIVE & Q(field__isnull=False, last_checked_on=None) & ~Q(risk_class="")),
}
"""Each gap by its code in the address: its label and its condition."""
PERMITS = "permits"
GAP_CHOICES = [*((code, label) for code, (label, _) in GAPS.items()), (PERMITS, "许可到期或将到期")]


def with_gap(rows: QuerySet[Enterprise], gap: str, *, today: datetime.date) -> QuerySet[Enterprise]:
    """The rows that have this gap."""
    if gap != PERMITS:
        return rows.filter(GAPS[gap][1])
    until = today + datetime.timedelta(days=PERMIT_WARNING_DAYS)
    ending = Permit.objects.filter(enterprise=OuterRef("pk"), is_withdrawn=False, expires_on__lte=until)
    return rows.filter(_ACTIVE, Exists(ending))


def open_pairs() -> QuerySet[DuplicatePair]:
    """Suspicions nobody has settled, the likeliest first."""
    rows = DuplicatePair.objects.filter(dismissed_at=None)
    rows = rows.select_related("first__township", "first__field", "second__township", "second__field")
    return rows.order_by("-similarity", "first_id", "second_id")


def quality(today: datetime.date) -> Iterator[Finding]:
    """The gaps of the register with their counts. Four queries."""
    counts = Enterprise.objects.aggregate(**{code: Count("pk", filter=gap) for code, (_, gap) in GAPS.items()})
    remedies = {
        "unclassified": ("监管领域或风险等级未定的，不会进入抽取范围：在列表中勾选后确认建议或批量设定。", "late"),
        "contact": ("公告和告知书送达不到：补登联系电话或电子邮箱，也可用工作簿成批导入。", "due"),
        "place": (
            "地址里没有写乡镇、写了不止一个，或者写的是外县：核对地址后选定乡镇，旧地名请补到“词表与对照”的乡镇旧称中；确已迁出的改为“迁出”。",
            "due",
        ),
        "sounds": ("名称被直接改库，拼音和曾用名还是旧的：后台每十分钟自动补齐；一直不消失时请找系统管理员。", "due"),
        "unchecked": ("分类齐全但从未检查：编制年度计划时优先考虑。", "open"),
    }
    listing = reverse("enterprise_list")
    for code, (remedy, tone) in remedies.items():
        yield Finding(f"企业{GAPS[code][0]}", counts[code], f"{listing}?gap={code}", remedy, tone)
    permits = with_gap(Enterprise.objects.order_by(), PERMITS, today=today).count()
    remedy = f"许可已过期或 {PERMIT_WARNING_DAYS} 天内到期：提醒企业换证，换证后更新有效期。"
    yield Finding("企业许可到期或将到期", permits, f"{listing}?gap={PERMITS}", remedy)
    aliases = TownshipAlias.objects.filter(is_confirmed=False).count()
    remedy = "没有核实的旧地名不会用来判断企业所在乡镇：查对区划沿革后勾选“已核实”。"
    yield Finding("乡镇旧称待核实", aliases, reverse("word_list_of", args=["aliases"]), remedy)
    pairs, remedy = open_pairs().count(), "同一企业可能登记了两条：逐对核对，合并或排除。"
    yield Finding("疑似重复的企业", pairs, reverse("duplicate_list"), remedy)
