"""How past services of experts are read from a workbook: one row a report or contract."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from draws.models import Recusal
from enterprises.models import Enterprise
from enterprises.selectors.codes import unregistered
from inspectors.models import Expert
from shuangsuiji.imports import columns as cells
from shuangsuiji.imports import words
from shuangsuiji.imports.columns import Column
from shuangsuiji.imports.registry import Importer, Values, register_importer
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.plausible import check_has_come


@register_importer
class PastServiceImporter(Importer):
    """专家服务记录: what an expert has done for an enterprise, found by the number of its report or contract.

    A line becomes a recusal that waits for the head. What the head has decided is not changed by a workbook.
    """

    register = "past-services"
    label = "专家服务记录"
    unit = "项"
    group = "人员"
    key = "report_number"
    model = Recusal
    list_url_name = "recusal_list"
    instructions = (
        "每行一项专家为企业提供过的服务：评价、检测检验、设计、标准化评审。导入后由主要负责人决定回避。",
        "以报告或合同编号识别：还没有决定的更新所填各列，没有的新增。已经决定的不能用导入修改。",
        "“回避至”留空表示长期回避。公开记录里不会出现这些内容。",
    )

    def __init__(self) -> None:
        self.decided: set[str] = set()
        self.experts = {expert.number: expert for expert in Expert.objects.order_by("number")}
        self.columns = (
            Column(
                "report_number",
                "报告或合同编号",
                cells.code_text(60),
                ("报告编号", "合同编号", "编号"),
                is_required=True,
                example="示评字〔2025〕12号",
            ),
            Column(
                "expert_number",
                "专家编号",
                words.named(self.experts, what="专家编号"),
                ("专家证号",),
                is_required=True,
                example="ZJ001",
            ),
            Column(
                "credit_code",
                "企业统一社会信用代码",
                cells.code,
                ("统一社会信用代码", "信用代码"),
                is_required=True,
                look_up=unregistered,
            ),
            Column(
                "service",
                "服务种类",
                words.one_of(dict(Recusal.Service.choices)),
                ("服务类型", "类型"),
                is_required=True,
                choices=tuple(Recusal.Service.labels),
                shown=cells.label_of(dict(Recusal.Service.choices)),
            ),
            Column(
                "starts_on", "完成日期", cells.day, ("服务日期", "报告日期"), is_required=True, example="2025-06-30"
            ),
            Column("ends_on", "回避至", cells.day_or_forever, ("回避截止",), hint="留空或填“长期”表示长期。"),
            Column("note", "说明", cells.short_text(300), ("备注",)),
        )

    def present(self, keys: Collection[str]) -> Mapping[str, Values]:
        rows = list(Recusal.objects.filter(report_number__in=keys).select_related("expert", "enterprise"))
        self.decided |= {row.report_number for row in rows if row.state != Recusal.State.ASKED}
        return {row.report_number: _service_values(row) for row in rows}

    def complete(self, values: Values, *, present: Values | None) -> Values:
        """A service that was rendered, a term that ends after it, and nothing that the head has decided on."""
        whole = {**(present or {}), **values}
        begin, end = _day(whole["starts_on"]), _day(cells.last_day(whole.get("ends_on")))
        check_has_come(begin, what="完成日期", field="starts_on")
        if begin and end and end < begin:
            raise Refusal(f"回避至 {end:%Y-%m-%d} 早于完成日期 {begin:%Y-%m-%d}：请核对两个日期。", field="ends_on")
        if present is not None and values["report_number"] in self.decided and whole != present:
            raise Refusal("这项回避已经决定，不能用导入修改。请从文件里删去这一行。", field="report_number")
        return values

    def create_many(self, rows: Sequence[Values]) -> None:
        codes = [values["credit_code"] for values in rows]
        enterprises = {one.credit_code: one for one in Enterprise.objects.filter(credit_code__in=codes)}
        Recusal.objects.bulk_create(
            Recusal(
                report_number=values["report_number"],
                expert=self.experts[values["expert_number"]],
                enterprise=enterprises[values["credit_code"]],
                reason=Recusal.Reason.PAST_SERVICE,
                service=values["service"],
                source="服务记录导入",
                starts_on=values["starts_on"],
                ends_on=cells.last_day(values.get("ends_on")),
                note=values.get("note", ""),
            )
            for values in rows
        )

    def update_many(self, rows: Mapping[str, Values]) -> None:
        for number, changed in rows.items():
            values = cells.with_last_day(changed, name="ends_on")
            recusal = Recusal.objects.get(report_number=number)
            if recusal.state != Recusal.State.ASKED:
                raise Refusal(f"{number} 的回避已经决定，不能用导入修改。请从文件里删去这一行，再重新上传。")
            for name in ("service", "starts_on", "ends_on", "note"):
                if name in values:
                    setattr(recusal, name, values[name])
            if "expert_number" in values:
                recusal.expert = self.experts[values["expert_number"]]
            if "credit_code" in values:
                recusal.enterprise = Enterprise.objects.get(credit_code=values["credit_code"])
            recusal.save()


def _day(value: Any) -> datetime.date | None:
    """A day as cells give it, ISO text or a date."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) and value else value or None


def _service_values(row: Recusal) -> Values:
    return {
        "report_number": row.report_number,
        "expert_number": row.expert.number,
        "credit_code": row.enterprise.credit_code,
        "service": row.service,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": cells.shown_end(row.ends_on),
        "note": row.note,
    }
