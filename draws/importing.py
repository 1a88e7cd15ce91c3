"""How the catalogue of items reads a workbook: one row a sub-item."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from draws.models import Item, ItemGroup, SubItem
from shuangsuiji.imports import columns as cells
from shuangsuiji.imports.columns import Column
from shuangsuiji.imports.registry import Importer, Values, register_importer
from shuangsuiji.lib.models import SupervisedField

_OF_ITEM = ("group_name", "item_code", "item_name", "item_basis", "fields")
_OF_SUB_ITEM = ("text", "legal_basis", "is_basis_confirmed", "method", "evidence", "consequence")


@register_importer
class ItemImporter(Importer):
    """随机抽查事项清单, found by the sub-item's code. A published item stays published; a new one is not."""

    register = "items"
    label = "事项清单"
    unit = "项"
    key = "code"
    model = SubItem
    list_url_name = "item_desk_list"
    instructions = (
        "每行一个检查子项；同一事项的几个子项各占一行，类别、事项编码、事项名称每行都要填写。",
        "以子项编码识别：已在清单中的更新所填各列，没有的新增。留空的单元格不改动原有内容。",
        "导入不等于公布：新事项须在事项清单中逐项公布后才能抽取。依据没有把握的，“依据已核实”填“否”。",
    )

    def __init__(self) -> None:
        self.groups = {group.name: group for group in ItemGroup.objects.order_by("code")}
        self.fields = {field.name: field for field in SupervisedField.objects.order_by("position", "code")}
        self.columns = (*self._item_columns(), *_sub_item_columns())

    def _item_columns(self) -> tuple[Column, ...]:
        parse_group = cells.named(
            self.groups, what="类别", also={group.code: name for name, group in self.groups.items()}
        )
        parse_fields = cells.several_named(self.fields, what="监管领域")
        return (
            Column("group_name", "类别", parse_group, ("事项类别",), is_required=True, choices=tuple(self.groups)),
            Column("item_code", "事项编码", cells.short_text(10), ("编码",), is_required=True, example="1.01"),
            Column("item_name", "检查事项", cells.short_text(120), ("事项名称", "抽查事项"), is_required=True),
            Column("item_basis", "事项依据", cells.short_text(300), is_required=True),
            Column("fields", "适用领域", parse_fields, ("适用行业",), hint="可填多个，用“、”隔开；留空表示全部领域。"),
        )

    def present(self, keys: Collection[str]) -> Mapping[str, Values]:
        rows = SubItem.objects.filter(code__in=keys).select_related("item__group").prefetch_related("item__fields")
        return {row.code: _values(row) for row in rows}

    def create_many(self, rows: Sequence[Values]) -> None:
        for values in rows:
            item = self._kept_item(values)
            SubItem.objects.create(item=item, code=values["code"], **_chosen(values, _OF_SUB_ITEM))

    def update_many(self, rows: Mapping[str, Values]) -> None:
        for code, values in rows.items():
            sub_item = SubItem.objects.select_related("item__group").get(code=code)
            if set(values) & set(_OF_ITEM):
                whole = _values(sub_item) | values
                sub_item.item = self._kept_item(whole)
            for name, value in _chosen(values, _OF_SUB_ITEM).items():
                setattr(sub_item, name, value)
            sub_item.save()

    def _kept_item(self, values: Values) -> Item:
        """The item of a row, entered or put right; rows of one item say the same of it."""
        kept = {
            "group": self.groups[values["group_name"]],
            "name": values["item_name"],
            "legal_basis": values["item_basis"],
        }
        item, _ = Item.objects.update_or_create(code=values["item_code"], defaults=kept)
        if "fields" in values:
            item.fields.set(self.fields[name] for name in values["fields"])
        return item


def _chosen(values: Values, names: Sequence[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _values(row: SubItem) -> Values:
    item = row.item
    return {
        "code": row.code,
        "group_name": item.group.name,
        "item_code": item.code,
        "item_name": item.name,
        "item_basis": item.legal_basis,
        "fields": sorted(field.name for field in item.fields.all()),
        **{name: getattr(row, name) for name in _OF_SUB_ITEM},
    }


def _sub_item_columns() -> tuple[Column, ...]:
    return (
        Column("code", "子项编码", cells.short_text(14), is_required=True, example="1.01.01"),
        Column("text", "检查内容", cells.short_text(300), ("检查子项",), is_required=True),
        Column("legal_basis", "依据", cells.short_text(300), ("法律依据", "检查依据"), is_required=True),
        Column("is_basis_confirmed", "依据已核实", cells.yes_or_no, hint="没有把握的填“否”。", choices=("是", "否")),
        Column("method", "检查方式", cells.short_text(100), ("检查方法",)),
        Column("evidence", "取证要求", cells.short_text(200)),
        Column("consequence", "不合格的处置", cells.short_text(200), ("处置", "处理措施")),
    )
