"""Two penalty cases on what the demo's checks found: one closed and paid, one waiting for its legal review."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from inspections.models import Case, Task
from inspections.services import cases
from shuangsuiji.accounts.models import User
from shuangsuiji.demo.clock import at, moment
from shuangsuiji.demo.people import People
from shuangsuiji.demo.service import hand_over, signed_sheet
from shuangsuiji.documents.models import IssuedDocument

FACTS = "消防沙箱内无沙，两具空气呼吸器压力不足，未按规定进行经常性维护、保养并定期检测。"
PROPOSAL = {
    "procedure": "ordinary",
    "party_kind": "unit",
    "cause": "未对安全设备进行经常性维护、保养和定期检测",
    "facts": FACTS,
    "provisions_broken": "《中华人民共和国安全生产法》第三十六条第二款",
    "provisions_applied": "《中华人民共和国安全生产法》第九十九条第三项",
}
REPORT = {
    "facts": FACTS,
    "evidence": "现场检查记录｜检查时的现场状况\n现场照片｜安全设备的状况",
    "party_view": "请求从轻处罚。",
    "discretion": "当事人主动整改，属于从轻情形",
    "penalty_kinds": ["fine"],
    "fine": Decimal(10_000),
}


PAY_TO = "请持本决定书到示例银行示例支行缴纳（户名：示例市财政局，账号：示例0000）。"


class DemoCase:
    """A case under way; each method takes it further, so many days after the visit."""

    def __init__(self, task: Task, *, people: People) -> None:
        self.task, self.staff = task, people.staff
        seat = task.drawn.seats.filter(seat=1, inspector__isnull=False).select_related("inspector__account").get()
        assert seat.inspector
        assert seat.inspector.account
        self.lead: User = seat.inspector.account
        self.case: Case

    def open(self) -> DemoCase:
        """Proposed, filed, reported."""
        with at(moment(self._day(2), 9)):
            values = {**PROPOSAL, "found_on": self.task.visit_on}
            self.case = cases.propose_case(self.task, by=self.lead, values=values)
        self._take("file", day=3, by=self.staff["head"], opinion="同意立案。")
        self._take("report", day=6, by=self.lead, **REPORT)
        return self

    def finish(self) -> DemoCase:
        """Reviewed, told, decided, paid, closed."""
        approver, head = self.staff["approver"], self.staff["head"]
        points = ["body", "facts", "law", "procedure", "papers", "crime"]
        self._take("review", day=7, by=approver, points=points, opinion="同意承办人意见。")
        self._take("tell", day=8, by=head, opinion="同意拟处罚意见，依法告知当事人。")
        self._deliver("penalty_notice", day=8)
        self._take("statement_waived", day=9, by=self.lead, how="在告知书上书面注明放弃。")
        self._take("decide", day=10, by=head, penalty_kinds=["fine"], fine=Decimal(10_000), pay_to=PAY_TO)
        self._deliver("penalty_unit", day=11)
        with at(moment(self._day(13), 10)):
            cases.register_payment(
                self.case,
                by=self.staff["clerk"],
                amount=Decimal(10_000),
                paid_on=self._day(13),
                receipt_number="示例0001",
                receipt=signed_sheet(),
            )
        self._take("published", day=13, by=self.staff["clerk"], on=self._day(13), where="门户网站行政处罚栏")
        self._take("closing_asked", day=15, by=self.lead, execution="罚款已缴清。", text="建议结案。")
        self._take("close", day=16, by=head, opinion="同意结案。")
        return self

    def _day(self, count: int) -> dt.date:
        return self.task.visit_on + dt.timedelta(days=count)

    def _take(self, code: str, *, day: int, by: User, **fields: Any) -> None:
        act = cases.act_of(code)
        assert act is not None
        with at(moment(self._day(day), 10)):
            self.case = cases.take_step(self.case, act, by=by, fields=fields)

    def _deliver(self, kind: str, *, day: int) -> None:
        paper = IssuedDocument.objects.get(case_step__case=self.case, kind=kind)
        hand_over(paper, task=self.task, case=self.case, by=self.lead, on=self._day(day))
