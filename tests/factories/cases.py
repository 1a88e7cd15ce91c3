"""A penalty case on a check that found something, at every stage of its life."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from inspections.models import Case, Delivery
from inspections.services import cases
from inspections.services.scans import add_scan
from shuangsuiji.accounts.models import User
from shuangsuiji.documents.models import IssuedDocument
from tests.factories.inspections import Check, make_reviewed, photo_file
from tests.support.worlds import remembered

VALUES = {
    "procedure": "ordinary",
    "party_kind": "unit",
    "cause": "未对安全设备进行定期检测",
    "facts": "2号罐区可燃气体报警器停用，检定已过期。",
    "provisions_broken": "《中华人民共和国安全生产法》第三十六条第二款",
    "provisions_applied": "《中华人民共和国安全生产法》第九十九条第三项",
}
REPORT = {
    "facts": "2号罐区可燃气体报警器停用，检定已过期。",
    "evidence": "现场检查记录｜现场状况\n现场照片｜报警器停用",
    "discretion": "主动整改，从轻",
    "penalty_kinds": ["fine"],
    "fine": Decimal(20_000),
    "is_grave": False,
}
STATEMENT = {
    "starts_at": timezone.now,
    "place": "执法大队",
    "person": "李示例",
    "text": "请求从轻。",
    "considered": "予以采纳。",
    "signature": "signed",
}


POINTS = ["body", "facts", "law", "procedure", "papers", "crime"]
PRESENT = "郑示例｜局长｜同意\n周示例｜副局长｜同意\n吴示例｜总工程师｜同意"
DISCUSSION = {
    "starts_at": timezone.now,
    "place": "三楼会议室",
    "host": "郑示例",
    "reporter": "孙示例",
    "recorder": "冯示例",
    "present": PRESENT,
    "text": "事实清楚。",
    "conclusion": "同意拟处罚意见。",
}


def decision(fine: int | Decimal) -> dict:
    """The fields of a decision on a fine."""
    return {"penalty_kinds": ["fine"], "fine": Decimal(fine), "pay_to": "请到示例银行缴纳。"}


@dataclass
class CaseWorld:
    """A case and everybody around it."""

    check: Check
    case: Case

    @property
    def handler(self) -> User:
        """The officer in charge."""
        return self.check.lead

    @property
    def clerk(self) -> User:
        """The office."""
        return self.check.clerk

    @property
    def approver(self) -> User:
        """Legal review and filing."""
        return self.check.approver

    @property
    def head(self) -> User:
        """Who decides."""
        return self.check.county.head

    def take(self, code: str, *, by: User, **fields) -> Case:
        """Take a step of the table."""
        act = cases.act_of(code)
        assert act is not None
        values = {name: value() if callable(value) else value for name, value in fields.items()}
        self.case = cases.take_step(self.case, act, by=by, fields=values)
        return self.case

    def paper(self, kind: str) -> IssuedDocument:
        """The newest paper of a kind."""
        return IssuedDocument.objects.filter(case_step__case=self.case, kind=kind).latest("issued_at")

    def deliver(self, kind: str, *, at: datetime.datetime | None = None, **changes) -> Delivery:
        """Serve the newest paper of a kind."""
        given = {"way": "direct", "place": "公司办公室", "receiver": "李示例", "proof": photo_file(), **changes}
        return cases.deliver_document(
            self.paper(kind),
            task=self.case.task,
            case=self.case,
            by=self.handler,
            delivered_at=at or timezone.now(),
            **given,
        )


@remembered
def make_proposed(check: Check | None = None, **changes) -> CaseWorld:
    """Proposed by the officer in charge."""
    check = check or make_reviewed(failed=1)
    values = {**VALUES, "found_on": timezone.localdate(), **changes}
    return CaseWorld(check, cases.propose_case(check.task, by=check.lead, values=values))


@remembered
def make_filed(**changes) -> CaseWorld:
    """Filed: the investigation may begin."""
    world = make_proposed(**changes)
    world.take("file", by=world.head, opinion="同意立案。")
    return world


@remembered
def make_reviewed_case(
    *, report: dict | None = None, before_report: Callable[[CaseWorld], None] | None = None, **changes
) -> CaseWorld:
    """Reported and passed by the legal review; `before_report` does what belongs to the investigation."""
    world = make_filed(**changes)
    if before_report:
        before_report(world)
    world.take("report", by=world.handler, **{**REPORT, **(report or {})})
    world.take("review", by=world.approver, points=POINTS, opinion="同意。")
    return world


@remembered
def make_told(**changes) -> CaseWorld:
    """The party was told, and the notice served."""
    world = make_reviewed_case(**changes)
    world.take("tell", by=world.head, opinion="同意。")
    world.deliver("penalty_notice")
    return world


@remembered
def make_decided(*, fine: Decimal = Decimal(20_000), **changes) -> CaseWorld:
    """Decided after the party's statement; not yet served."""
    world = make_told(**changes)
    world.take("statement_record", by=world.handler, **STATEMENT)
    world.take("decide", by=world.head, **decision(fine), considered="予以采纳。")
    return world


@remembered
def make_paid(**changes) -> CaseWorld:
    """Served and paid in time: fulfilled."""
    world = make_decided(**changes)
    world.deliver("penalty_unit")
    cases.register_payment(
        world.case,
        by=world.clerk,
        amount=world.case.fine,
        paid_on=timezone.localdate(),
        receipt_number="PJ-1",
        receipt=photo_file(),
    )
    world.case.refresh_from_db()
    return world


def attach_signed_sheets(world: CaseWorld) -> None:
    """Every record that people sign by hand has its signed sheet."""
    for kind in ("inquiry_record", "survey_record", "sampling", "statement_record", "discussion_record"):
        for paper in IssuedDocument.objects.filter(case_step__case=world.case, kind=kind, scans=None):
            add_scan(paper, task=world.case.task, case=world.case, by=world.handler, file=photo_file())


@remembered
def make_case_closed(**changes) -> CaseWorld:
    """Closed by the head."""
    world = make_paid(**changes)
    world.take("closing_asked", by=world.handler, execution="罚款已缴清。", text="建议结案。")
    world.take("close", by=world.head, opinion="同意结案。")
    return world
