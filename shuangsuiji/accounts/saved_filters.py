"""Filters of lists that people keep: saving, taking away, and which are offered where."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

from shuangsuiji.accounts.models import SavedFilter, User
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.text import tidy

MOST_OF_A_LIST = 30
_NOT_KEPT = ("page", "as")


def offered_filters(user: User, *, list_name: str) -> QuerySet[SavedFilter]:
    """One's own filters of a list and those that others share, by name."""
    rows = SavedFilter.objects.filter(Q(owner=user) | Q(is_shared=True), list_name=list_name)
    return rows.select_related("owner").order_by("name", "id")


@transaction.atomic
def save_filter(*, list_name: str, query: str, name: str, is_shared: bool, by: User) -> SavedFilter:
    """Keep the filter of a list under a name; the same name of one's own is written over."""
    name = tidy(name)
    if not name or len(name) > 40:
        raise Refusal("请给这个筛选起一个名称，最多 40 个字。", field="name")
    conditions = kept_conditions(query)
    if not conditions:
        raise Refusal("还没有筛选条件：请先筛选，再保存。", field="query")
    if len(conditions) > 1000:
        raise Refusal("筛选条件太长，不能保存：请减少条件。", field="query")
    list_address(list_name)
    own = SavedFilter.objects.filter(owner=by, list_name=list_name)
    if own.exclude(name=name).count() >= MOST_OF_A_LIST:
        raise Refusal(f"一个列表最多保存 {MOST_OF_A_LIST} 个筛选：请先删去不用的。")
    values = {"query": conditions, "is_shared": is_shared}
    return SavedFilter.objects.update_or_create(owner=by, list_name=list_name, name=name, defaults=values)[0]


@transaction.atomic
def remove_filter(pk: int, *, by: User) -> None:
    """Take one's own filter away; gone already, nothing happens."""
    SavedFilter.objects.filter(pk=pk, owner=by).delete()


def kept_conditions(query: str) -> str:
    """What of an address makes the filter: no page, nothing empty."""
    given = QueryDict(query.removeprefix("?"), mutable=True)
    for name in list(given):
        if name in _NOT_KEPT or not any(given.getlist(name)):
            del given[name]
    return given.urlencode()


def list_address(list_name: str) -> str:
    """Where the list stands; one that does not exist is refused."""
    try:
        return reverse(list_name)
    except NoReverseMatch:
        raise Refusal("没有这个列表：请从列表页保存筛选。", status=404) from None
