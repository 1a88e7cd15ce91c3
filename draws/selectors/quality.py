"""What is wanting in the catalogue of items."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse

from draws.models import Item, SubItem
from draws.selectors.items import in_force
from shuangsuiji.lib.quality import Finding

STALE_DAYS = 365
"""The list is to be kept current: what nobody has published anew for a year is looked at again."""


def stale(today: datetime.date) -> Q:
    """Items in force that nobody has published anew for a year."""
    return in_force(today) & Q(published_on__lt=today - datetime.timedelta(days=STALE_DAYS))


def unsure() -> Q:
    """Items with a sub-item whose basis is still to be compared."""
    rows = SubItem.objects.filter(is_basis_confirmed=False, item__withdrawn_on=None)
    return Q(pk__in=rows.order_by().values("item"))


def quality(today: datetime.date) -> Iterator[Finding]:
    """Items nobody has looked at for a year, drafts in hand, bases nobody is sure of. One query."""
    counts = Item.objects.aggregate(
        stale=Count("pk", filter=stale(today)),
        drafts=Count("pk", filter=Q(published_on=None)),
        unsure=Count("pk", filter=unsure()),
    )
    listing = reverse("item_desk_list")
    remedy = "公布已满一年：对照现行法律法规复核一遍，改动的公布新版本，废止的停用。"
    yield Finding("一年未更新的事项", counts["stale"], f"{listing}?gap=stale", remedy)
    remedy = "没有公布的事项不能用于抽取：核对后公布，或删除草稿。"
    yield Finding("尚未公布的事项", counts["drafts"], f"{listing}?standing=unpublished", remedy, "open")
    remedy = "有检查内容的法律依据标为“待核”：查对条文后确认。"
    yield Finding("依据待核的事项", counts["unsure"], f"{listing}?gap=unsure", remedy)
