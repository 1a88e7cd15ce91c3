"""How the catalogue of items reads a workbook: one row a sub-item."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from draws.item_words import ItemWords, words_of
from draws.models import Item, ItemEdition, ItemGroup, SubItem
from draws.models.items import IN_HAND
from draws.policies import check_sub_item_code
from draws.services.items import create_item, discard_item, revise_item
from draws.states import EditionState
from shuangsuiji.accounts.models import Department
from shuangsuiji.imports import columns as cells
from shuangsuiji.imports import words
from shuangsuiji.imports.columns import Column
from shuangsuiji.imports.registry import Importer, Values, register_importer
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField
from shuangsuiji.lib.selectors import field_words

_OF_SUB_ITEM = ("text", "legal_basis", "is_basis_confirmed", "method", "evidence", "consequence")


@register_importer
class ItemImporter(Importer):
    """随机抽查事项清单, found by the sub-item's code. What changes is a version in hand; nothing is published by it."""

    register = "items"
    label = "事项清单"
    unit = "项"
    group = "抽查事项"
    key = "code"
    model = SubItem
    list_url_name = "item_desk_list"
    instructions = (
        "每行一个检查子项；同一事项的几个子项各占一行，类别、事项编码、事项名称每行都要填写。",
        "以子项编码识别：已在清单中的更新所填各列，没有的新增。留空的单元格不改动原有内容。",
        "同一事项的各行，事项各列要写得一样。改已有的事项，写在它已有子项的行里；新增的子项照清单的写法填。",
        "导入不等于公布：新增和改动都进入编制中的下一版清单，经另一人批准、公布后才能抽取。",
        "依据没有把握的，“依据已核实”填“否”。协作部门自己的事项，“所属部门”填部门名称。",
    )

    def __init__(self) -> None:
        self.groups = {group.name: group for group in ItemGroup.objects.order_by("code")}
        self.fields = {field.name: field for field in SupervisedField.objects.order_by("position", "code")}
        self.departments = {one.name: one for one in Department.objects.order_by("code")}
        self.columns = (*self._item_columns(), *_sub_item_columns())
        self.words = ItemWords({})

    def _item_columns(self) -> tuple[Column, ...]:
        parse_group = words.named(
            self.groups, what="类别", also={group.code: name for name, group in self.groups.items()}
        )
        parse_fields = words.several_named(self.fields, what="监管领域", also=field_words(), blank=("全部", "全部领域"))
        plain = words.plain_names(self.departments)
        parse_department = words.named(self.departments, what="部门", also=plain, blank=("本机关",))
        return (
            Column("group_name", "类别", parse_group, ("事项类别",), is_required=True, choices=tuple(self.groups)),
            Column("item_code", "事项编码", cells.code_text(10), ("编码",), is_required=True, example="1.01"),
            Column("item_name", "检查事项", cells.public_text(120), ("事项名称", "抽查事项"), is_required=True),
            Column("item_basis", "事项依据", cells.public_text(300), is_required=True),
            Column("fields", "适用领域", parse_fields, ("适用行业",), hint="可填多个，用“、”隔开；留空表示全部领域。"),
            Column("department", "所属部门", parse_department, hint="留空为本机关。", choices=tuple(self.departments)),
        )

    def present(self, keys: Collection[str]) -> Mapping[str, Values]:
        self.words.kept = {item.code: _item_values(item) for item in _with_names(_newest())}
        rows = SubItem.objects.filter(code__in=keys, item__in=_newest()).select_related(
            "item__group", "item__department"
        )
        return {row.code: _values(row) for row in rows.prefetch_related("item__fields").order_by("code")}

    def complete(self, values: Values, *, present: Values | None) -> Values:
        """A sub-item stays with its item, whose words are changed in sight or not at all."""
        if present is not None and present["item_code"] != values["item_code"]:
            raise Refusal(
                f"子项 {values['code']} 在清单里属于事项 {present['item_code']}：请改正事项编码，或给子项另编编码。",
                field="item_code",
            )
        check_sub_item_code(values["code"], item_code=values["item_code"])
        self.words.check(values, is_new=present is None)
        return values

    def create_many(self, rows: Sequence[Values]) -> None:
        """An item that is there keeps its words, whoever wrote them since the preview."""
        said = ItemWords({})
        for values in rows:
            said.check(values, is_new=True)
            SubItem.objects.create(
                item=self._item_in_hand(values), code=values["code"], **_chosen(values, _OF_SUB_ITEM)
            )

    def update_many(self, rows: Mapping[str, Values]) -> None:
        for code, values in rows.items():
            former = SubItem.objects.select_related("item__group").get(code=code, item__in=_newest())
            whole = _values(former) | values
            item = self._item_in_hand(whole)
            self._reword(item, words_of(values))
            SubItem.objects.update_or_create(item=item, code=code, defaults=_chosen(whole, _OF_SUB_ITEM))

    def check_may_undo(self, *, has_updates: bool) -> None:
        """What a batch brought into the edition in hand leaves it again, unless somebody else looks at it already."""
        if has_updates:
            raise Refusal(
                "不能撤销：这一批改动了清单里已有的子项，改动在编制中的那一版里。请在那一版里逐项改回，或者作废有关事项的修订。"
            )
        edition = ItemEdition.objects.filter(state__in=IN_HAND).first()
        if edition is None or edition.state != EditionState.DRAFT:
            raise Refusal(
                "不能撤销：这一批带来的事项已经随清单提交、批准或公布。请退回那一版，或者在下一版清单里停用。"
            )

    def delete_many(self, keys: Sequence[str]) -> None:
        """Of the edition in hand only; an item that the batch began and that is bare now goes as well."""
        if SubItem.objects.filter(code__in=keys, item__published_on__isnull=False).exists():
            raise Refusal("不能撤销：这一批的子项已经公布。请在下一版清单里停用。")
        begun = Item.objects.filter(sub_items__code__in=keys, published_on=None, version=1).values_list("pk", flat=True)
        items = list(begun.distinct())
        super().delete_many(keys)
        for item in Item.objects.filter(pk__in=items, sub_items=None):
            discard_item(item.pk, by=None)

    def _item_in_hand(self, values: Values) -> Item:
        """The version in hand of a row's item, begun where there is none."""
        code = values["item_code"]
        newest = Item.objects.filter(code=code).order_by("-version").first()
        if newest is not None and newest.withdrawn_on is None:
            return revise_item(newest.pk, by=None)
        item = create_item(
            code=code,
            group=self.groups[values["group_name"]],
            name=values["item_name"],
            legal_basis=values["item_basis"],
            by=None,
        )
        self._reword(item, words_of(values))
        return item

    def _reword(self, item: Item, words: Values) -> None:
        """Write what a row says of its item, where it says something."""
        item.name, item.legal_basis = words.get("item_name", item.name), words.get("item_basis", item.legal_basis)
        if "group_name" in words:
            item.group = self.groups[words["group_name"]]
        if "department" in words:
            item.department = self.departments.get(words["department"])
        if "fields" in words:
            item.fields.set(self.fields[name] for name in words["fields"])
        if words:
            item.save()

    @staticmethod
    def of_items(items: QuerySet[Item]) -> QuerySet[SubItem, str]:
        """The sub-items of these items, each once: as the edition in hand has them, or else the one in force."""
        of_edition = _newest().filter(code__in=items.order_by().values("code"))
        return SubItem.objects.filter(item__in=of_edition).order_by("code").values_list("code", flat=True)


def _newest() -> QuerySet[Item]:
    """The version of each item that is worked on, or else the one in force."""
    later = Item.objects.filter(code=OuterRef("code"), version__gt=OuterRef("version"))
    return Item.objects.filter(~Exists(later), withdrawn_on=None).order_by()


def _chosen(values: Values, names: Sequence[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _with_names(items: QuerySet[Item]) -> QuerySet[Item]:
    return items.select_related("group", "department").prefetch_related("fields").order_by("code")


def _values(row: SubItem) -> Values:
    own = {name: getattr(row, name) for name in _OF_SUB_ITEM}
    return {"code": row.code, "item_code": row.item.code, **_item_values(row.item), **own}


def _item_values(item: Item) -> Values:
    return {
        "group_name": item.group.name,
        "item_name": item.name,
        "item_basis": item.legal_basis,
        "fields": sorted(field.name for field in item.fields.all()),
        "department": item.department.name if item.department else "",
    }


def _sub_item_columns() -> tuple[Column, ...]:
    return (
        Column("code", "子项编码", cells.code_text(14), is_required=True, example="1.01.01"),
        Column("text", "检查内容", cells.public_text(300), ("检查子项",), is_required=True),
        Column("legal_basis", "依据", cells.public_text(300), ("法律依据", "检查依据"), is_required=True),
        Column("is_basis_confirmed", "依据已核实", cells.yes_or_no, hint="没有把握的填“否”。", choices=("是", "否")),
        Column("method", "检查方式", cells.public_text(100), ("检查方法",)),
        Column("evidence", "取证要求", cells.public_text(200)),
        Column("consequence", "不合格的处置", cells.public_text(200), ("处置", "处理措施")),
    )
