"""How permits are read from a workbook."""

from __future__ import annotations

from collections.abc import Mapping

from enterprises.importing.beside import CODE, NAME_NOTE, BesideImporter, as_day, number_of_paper
from enterprises.models import Permit
from enterprises.policies import check_permit_days
from shuangsuiji.imports import columns as cells
from shuangsuiji.imports.columns import Column
from shuangsuiji.imports.registry import Values

_STATES = {"已注销": True, "有效": False, "已过期": False}


class PermitImporter(BesideImporter):
    """行政许可: the same enterprise, name and number again renews it."""

    register = "permits"
    label = "行政许可"
    unit = "项"
    key = "number"
    within = {CODE: "enterprise__credit_code", "kind": "kind"}
    model = Permit
    own = ("kind", "number", "issuer", "starts_on", "expires_on", "is_withdrawn")
    instructions = (
        "每行一项许可；带 * 的列必须填写，其余可以留空。企业须已在检查对象名录里。",
        "以信用代码、许可名称和许可编号三项一起识别：都相同的视为换证，更新所填各列；没有的新增。",
        "留空的单元格不改动原有内容；长期有效的，“有效期至”填“长期”。",
        NAME_NOTE,
    )

    def __init__(self) -> None:
        super().__init__()
        kind = Column(
            "kind",
            "许可名称",
            cells.code_text(40),
            ("许可证名称", "许可证种类", "许可种类", "证照名称", "证书名称"),
            is_required=True,
            example="危险化学品经营许可证",
        )
        self.columns = (*self.naming(), kind, *_rest())

    def check(self, whole: Values, *, present: Values | None) -> None:
        """It ends on or after the day it begins."""
        check_permit_days(as_day(whole.get("starts_on")), as_day(cells.last_day(whole.get("expires_on"))))

    def _values(self, row: Permit) -> Values:
        return {**super()._values(row), "expires_on": cells.shown_end(row.expires_on)}

    def stored(self, values: Values) -> Values:
        return cells.with_last_day(values, name="expires_on")

    def update_many(self, rows: Mapping[str, Values]) -> None:
        super().update_many({key: self.stored(values) for key, values in rows.items()})


def _is_withdrawn(cell: str) -> bool:
    """是 or 否, or the state as our own pages show it."""
    return _STATES[cell] if cell in _STATES else cells.yes_or_no(cell)


def _rest() -> tuple[Column, ...]:
    numbers = ("许可证编号", "许可证号", "许可证编码", "证书编号", "编号")
    example = "示危化经字〔2024〕001号"
    withdrawn = ("是否注销", "注销")
    return (
        Column("number", "许可编号", number_of_paper(60), numbers, is_required=True, example=example),
        Column("issuer", "发证机关", cells.short_text(60), ("发证单位", "许可机关", "发证部门")),
        Column(
            "starts_on", "有效期自", cells.day, ("有效期起", "有效期开始", "起始日期", "发证日期"), example="2024-04-01"
        ),
        Column(
            "expires_on", "有效期至", cells.day_or_forever, ("有效期止", "有效期", "到期日期", "截止日期", "有效期截止")
        ),
        Column("is_withdrawn", "已注销", _is_withdrawn, withdrawn, hint="填“是”或“否”。", choices=("是", "否")),
    )
