"""How penalties decided elsewhere are read from a workbook."""

from __future__ import annotations

from enterprises.importing.beside import CODE, NAME_NOTE, BesideImporter, as_day, number_of_paper
from enterprises.models import PenaltyFact
from enterprises.policies import check_decided_on, check_same_penalty
from shuangsuiji.imports import columns as cells
from shuangsuiji.imports.columns import Column
from shuangsuiji.imports.registry import Values


class PenaltyImporter(BesideImporter):
    """行政处罚 of other offices. What is noted already stays as it is: it may come from a case of our own."""

    register = "penalties"
    label = "行政处罚"
    unit = "件"
    key = "document_number"
    within = {CODE: "enterprise__credit_code"}
    model = PenaltyFact
    own = ("document_number", "decided_on", "source")
    instructions = (
        "每行一份其他机关作出的处罚决定；带 * 的列必须填写。企业须已在检查对象名录里。",
        "以信用代码和决定书文号一起识别：已经登记的不会改动，没有的新增。",
        "文号里年份外的括号写成 [ ]、( )、【 】的，读作〔 〕。",
        "本机关办理的处罚案件作出决定后自动登记，不必导入。",
        NAME_NOTE,
    )

    def __init__(self) -> None:
        super().__init__()
        numbers = ("处罚决定书文号", "行政处罚决定书文号", "处罚文号", "文号")
        sources = ("处罚机关", "决定机关", "作出机关", "处罚单位")
        self.columns = (
            *self.naming(),
            Column("document_number", "决定书文号", number_of_paper(60), numbers, is_required=True),
            Column("decided_on", "决定日期", cells.day, ("处罚日期", "处罚决定日期"), is_required=True),
            Column("source", "来源", cells.short_text(60), sources, is_required=True, example="示例市市场监督管理局"),
        )

    def check(self, whole: Values, *, present: Values | None) -> None:
        """Decided by today; what is noted is not changed."""
        check_decided_on(as_day(whole["decided_on"]))
        if present:
            check_same_penalty(present, said=whole)
