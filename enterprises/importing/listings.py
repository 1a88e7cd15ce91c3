"""How special lists are read from a workbook: who is put on one, and who is taken off."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils import timezone

from enterprises.importing.beside import CODE, NAME_NOTE, BesideImporter, as_day
from enterprises.models import ListMembership, SpecialList
from enterprises.policies import (
    check_leaving_day,
    check_leaving_reason,
    check_listed_on,
    check_listing_reason,
    check_not_listed,
)
from enterprises.selectors.facts import standing_since
from enterprises.services.listing import check_may_begin, follow_key_list
from shuangsuiji.imports import columns as cells
from shuangsuiji.imports import words
from shuangsuiji.imports.columns import Column
from shuangsuiji.imports.registry import Values
from shuangsuiji.lib.errors import Refusal


class ListingImporter(BesideImporter):
    """专项名单: a listing is known by enterprise, list and first day. Without a day the standing one is meant."""

    register = "listings"
    label = "专项名单"
    unit = "条"
    key = "starts_on"
    within = {CODE: "enterprise__credit_code", "list_name": "special_list__name"}
    model = ListMembership
    own = ("starts_on", "reason", "ends_on", "end_reason")
    instructions = (
        "每行一家企业在一个名单上的一次列入；带 * 的列必须填写。企业须已在检查对象名录里。",
        "列入：填名单、列入日期和列入原因。移出：填名单、移出日期和移出原因，列入日期可以留空，指现在在列的那一次。",
        "以信用代码、名单和列入日期一起识别。同一名单上同时只能有一次在列；先导入移出，再导入重新列入。",
        "已经移出的一次不能再改。“重点检查单位”名单与名录里的同名一项是一回事，跟着变。",
        NAME_NOTE,
    )

    def __init__(self) -> None:
        super().__init__()
        self.lists = dict(SpecialList.objects.order_by("position", "code").values_list("name", "id"))
        self.standing: dict[tuple[str, str], str] = {}
        """The first day of each listing that stands, by code and list; of those that the file begins too."""
        names = tuple(self.lists)
        name = Column(
            "list_name",
            "名单",
            words.named(names, what="名单", also=_usual_names()),
            ("专项名单", "名单名称"),
            is_required=True,
            choices=names,
        )
        self.columns = (*self.naming(), name, *_days_and_reasons())

    def related(self) -> tuple[str, ...]:
        return ("enterprise", "special_list")

    def look_up(self, codes: Collection[str]) -> Mapping[str, str]:
        """The same, and which listings of these enterprises stand. Two queries."""
        self._read_standing(codes)
        return super().look_up(codes)

    def _read_standing(self, codes: Collection[str]) -> None:
        self.standing |= {pair: day.isoformat() for pair, day in standing_since(codes).items()}

    def key_of(self, values: Values) -> str:
        return super().key_of(self._with_day(values))

    def _with_day(self, values: Values) -> Values:
        """A row that ends a listing and does not say which means the one that stands."""
        standing = self.standing.get((values.get(CODE, ""), values.get("list_name", "")))
        is_ending = "ends_on" in values and "starts_on" not in values
        return {**values, "starts_on": standing} if is_ending and standing else values

    def _values(self, row: Any) -> Values:
        return {**super()._values(row), "list_name": row.special_list.name}

    def complete(self, values: Values, *, present: Values | None) -> Values:
        """With the day on which the listing it means began."""
        whole = super().complete(self._with_day(values), present=present)
        if not whole.get("ends_on") and present is None:
            self.standing[values[CODE], values["list_name"]] = whole["starts_on"]
        return whole

    def check(self, whole: Values, *, present: Values | None) -> None:
        """Reasons for both ends, days in their order, one standing listing at a time; what has ended stays."""
        starts_on, ends_on = as_day(whole.get("starts_on")), as_day(whole.get("ends_on"))
        if starts_on is None:
            raise Refusal("没有写列入日期，现在也不在这个名单上：请填写列入日期。", field="starts_on")
        check_listed_on(starts_on)
        check_listing_reason(whole.get("reason", ""), special_list=whole["list_name"])
        if ends_on:
            check_leaving_reason(whole.get("end_reason", ""), field="end_reason")
            check_leaving_day(ends_on, starts_on=starts_on, today=timezone.localdate())
        elif whole.get("end_reason"):
            raise Refusal("写了移出原因，没有移出日期：请补上移出日期。", field="ends_on")
        _check_not_ended(whole, present=present)
        standing = as_day(self.standing.get((whole[CODE], whole["list_name"])))
        if present is None and standing != starts_on:
            check_not_listed(whole["list_name"], until=ends_on, standing=standing)

    def stored(self, values: Values) -> Values:
        return {**values, "special_list_id": self.lists[values["list_name"]]}

    def create_many(self, rows: Sequence[Values]) -> None:
        """Once more, now that nobody else can write: nobody stands twice on a list."""
        check_may_begin([(values[CODE], values["list_name"]) for values in rows if not values.get("ends_on")])
        super().create_many(rows)

    def follow(self, codes: Collection[str]) -> None:
        """Pools look at the register's own 重点检查单位."""
        follow_key_list(codes)


def _usual_names() -> dict[str, str]:
    """重点, as the list of enterprises marks those on the register's own list."""
    key = SpecialList.objects.filter(code=SpecialList.KEY).order_by("pk").values_list("name", flat=True)
    return {word: name for name in key for word in ("重点", "重点单位")}


def _check_not_ended(whole: Values, *, present: Values | None) -> None:
    if present and present["ends_on"] and any(whole.get(name) != present[name] for name in ListingImporter.own):
        raise Refusal(
            f"这一次列入已经在 {present['ends_on']} 移出，不能再改：请从文件里删去这一行；重新列入的，填新的列入日期。",
            field="starts_on",
        )


def _days_and_reasons() -> tuple[Column, ...]:
    meant = "移出时可留空，指现在在列的那一次。"
    return (
        Column("starts_on", "列入日期", cells.day, ("列入时间", "列入名单日期"), hint=meant, example="2026-04-01"),
        Column("reason", "列入原因", cells.short_text(200), ("列入理由", "原因", "列入事由"), example="年度计划"),
        Column("ends_on", "移出日期", cells.day, ("移出时间", "移除日期"), hint="还在名单上的留空。"),
        Column(
            "end_reason", "移出原因", cells.short_text(200), ("移出理由", "移除原因"), hint="填了移出日期的必须填写。"
        ),
    )
