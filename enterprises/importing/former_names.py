"""How former names are read from a workbook."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from enterprises.importing.beside import CODE, BesideImporter
from enterprises.models import Enterprise, FormerName
from enterprises.services.naming import make_findable
from shuangsuiji.imports import columns as cells
from shuangsuiji.imports.columns import Column
from shuangsuiji.imports.copying import listed
from shuangsuiji.imports.registry import Values
from shuangsuiji.lib.errors import Refusal


class FormerNameImporter(BesideImporter):
    """曾用名; the search finds the enterprise by them."""

    register = "former-names"
    label = "曾用名"
    unit = "个"
    key = "name"
    within = {CODE: "enterprise__credit_code"}
    model = FormerName
    own = ("name", "used_until", "source")
    instructions = (
        "每行一个曾用名，一家企业有几个就占几行；带 * 的列必须填写。企业须已在检查对象名录里。",
        "以信用代码和曾用名一起识别：已有的更新所填各列，没有的新增。留空的单元格不改动原有内容。",
        "导入后按曾用名也能搜到这家企业。“企业名称”填现在的名称，可以不填，填了就与名录核对。",
    )

    def __init__(self) -> None:
        super().__init__()
        names = ("原名称", "原企业名称", "变更前名称", "以前的名称")
        untils = ("使用至", "更名日期", "变更日期", "名称变更日期")
        self.columns = (
            *self.naming(),
            Column("name", "曾用名", cells.name_text(120), names, is_required=True, example="示范化工厂"),
            Column("used_until", "用至", cells.day, untils, hint="不知道的留空。", example="2020-06-30"),
            Column("source", "来源", cells.short_text(60), ("依据", "资料来源"), example="市场监管登记档案"),
        )

    def check(self, whole: Values, *, present: Values | None) -> None:
        """Another name than today's, borne until a day that has come."""
        if whole["name"] == whole.get("enterprise_name"):
            raise Refusal("这就是企业现在的名称：请填写以前用过的名称，或从文件里删去这一行。", field="name")
        if (whole.get("used_until") or "") > timezone.localdate().isoformat():
            raise Refusal("“用至”的日期还没有到：请改正，不知道的留空。", field="used_until")

    def follow(self, codes: Collection[str]) -> None:
        """The search finds what is kept now."""
        make_findable(Enterprise.objects.filter(credit_code__in=listed(codes)))
