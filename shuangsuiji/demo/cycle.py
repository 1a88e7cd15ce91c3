"""One round of the main job, step by step, by the services the pages call."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from draws.models import Draw, DrawSource, Plan
from draws.rules import PoolRules
from draws.services import SourceWanted, approve_draw, contribute, create_draw, enter_event, seal_draw, submit_draw
from inspections.models import ItemResult, Task
from inspections.services.evidence import add_evidence
from inspections.services.records import approve_record, submit_record
from inspections.services.schemes import approve_scheme, draft_scheme, review_scheme
from inspections.services.visits import save_head, save_result, start_visit
from inspections.states import TaskState
from publication.models import Letter, Publication
from publication.services import (
    approve_publication,
    confirm_letter,
    draft_notice,
    draft_result,
    issue_letter,
    publish_publication,
)
from shuangsuiji.accounts.models import User
from shuangsuiji.demo.clock import at, moment
from shuangsuiji.demo.people import People
from shuangsuiji.lib.models import SupervisedField

REQUIREMENTS = "请准备近一年安全生产台账、应急预案及演练记录、教育培训档案。\n检查当日请主要负责人或安全管理人员在场。"
SEEN = ("消防沙箱内无沙，两具空气呼吸器压力不足。", "特种作业操作证有一本已过期。", "应急预案未按时修订。")


@dataclass(frozen=True)
class CyclePlan:
    """What one round looks like: its name, its mode, its days, how many of which stratum."""

    title: str
    mode: str
    drafted_on: dt.date
    visits_from: dt.date
    visits_to: dt.date
    takes: tuple[tuple[str, str, int], ...]


class Cycle:
    """A round under way. Each method takes it one stage further."""

    def __init__(self, wanted: CyclePlan, *, people: People, plan: Plan, rng: random.Random) -> None:
        self.wanted, self.people, self.plan, self.rng = wanted, people, plan, rng
        self.draw: Draw

    @property
    def _clerk(self) -> User:
        return self.people.staff["clerk"]

    @property
    def _approver(self) -> User:
        return self.people.staff["approver"]

    def seal(self) -> None:
        """Drafted in the morning, approved at noon, sealed in the afternoon."""
        day = self.wanted.drafted_on
        with at(moment(day, 9)):
            self.draw = create_draw(by=self._clerk, **self._draft())
            submit_draw(self.draw, by=self._clerk)
        with at(moment(day, 11)):
            approve_draw(self.draw, by=self._approver)
        with at(moment(day, 14)):
            seal_draw(self.draw, by=self._clerk, token_hex=lambda size: self.rng.randbytes(size).hex())
        self.draw.refresh_from_db()

    def _draft(self) -> dict:
        fields = {field.code: field for field in SupervisedField.objects.all()}
        supervisor = SourceWanted(name="纪检监察", kind=DrawSource.Kind.ACCOUNT, user=self.people.staff["supervisor"])
        return {
            "title": self.wanted.title,
            "mode": self.wanted.mode,
            "visits_from": self.wanted.visits_from,
            "visits_to": self.wanted.visits_to,
            "plan": self.plan,
            "strata": {(fields[code], risk): take for code, risk, take in self.wanted.takes},
            "items_per_group": {"1": 2, "2": 1, "3": 1, "4": 2, "5": 1, "6": 0},
            "requirements": REQUIREMENTS,
            "rules": PoolRules(field_codes=tuple(sorted({code for code, _, _ in self.wanted.takes}))),
            "sources": [
                supervisor,
                SourceWanted(name="企业代表", kind=DrawSource.Kind.LINK),
                SourceWanted(
                    name="公开活动数字",
                    kind=DrawSource.Kind.EVENT,
                    event=DrawSource.Event.OTHER,
                    published_at=moment(self.wanted.drafted_on, 14, 30),
                ),
            ],
        }

    def contribute_and_draw(self) -> None:
        """Every source has come; the last one carries the draw out."""
        with at(moment(self.wanted.drafted_on, 15)):
            for source in self.draw.sources.order_by("position"):
                self._give(source, text=f"示例投入 {self.rng.randrange(10**8):08d}")
        self.draw.refresh_from_db()

    def _give(self, source: DrawSource, *, text: str) -> None:
        if source.kind == DrawSource.Kind.EVENT:
            for person in (self._clerk, self._approver):
                enter_event(source, text=text, by=person)
        else:
            contribute(source, text=text, by=source.user)

    def announce(self, *, on: dt.date) -> None:
        """Notice drafted, approved, published; letters issued."""
        with at(moment(on, 9)):
            notice = draft_notice(self.draw, by=self._clerk)
        with at(moment(on, 10)):
            approve_publication(notice, by=self._approver)
        with at(moment(on, 10, 5)) as now:
            publish_publication(notice.pk, now=now)
            for letter in Letter.objects.filter(publication=notice).order_by("task__drawn__position"):
                issue_letter(letter.pk, now=now)

    def confirm_letters(self, *, on: dt.date, leave_open: int) -> None:
        """Enterprises confirm receipt; the last few have not yet."""
        letters = list(Letter.objects.filter(task__drawn__draw=self.draw).order_by("task__drawn__position"))
        for letter in letters[: len(letters) - leave_open]:
            with at(moment(on, 11)) as now:
                confirm_letter(letter, name="联系人示例", now=now)

    @property
    def tasks(self) -> list[Task]:
        """The standing tasks, in the order drawn."""
        standing = Task.objects.filter(drawn__draw=self.draw).exclude(state=TaskState.DROPPED)
        return list(standing.select_related("drawn").order_by("drawn__position"))

    def _lead(self, task: Task) -> User:
        seat = (
            task.drawn.seats.filter(inspector__isnull=False)
            .select_related("inspector__account")
            .order_by("seat")
            .first()
        )
        return seat.inspector.account

    def prepare(self, task: Task) -> None:
        """The scheme, two days before the visit."""
        with at(moment(task.visit_on - dt.timedelta(days=2), 10)):
            draft_scheme(task, by=self._lead(task))
        with at(moment(task.visit_on - dt.timedelta(days=2), 11)):
            review_scheme(task, by=self._clerk)
        with at(moment(task.visit_on - dt.timedelta(days=2), 15)):
            approve_scheme(task, by=self._approver)

    def visit(self, task: Task, *, failures: int, major: bool = False) -> None:
        """On site in the morning; so many items fail, the first with a photo."""
        lead, task = self._lead(task), Task.objects.get(pk=task.pk)
        with at(moment(task.visit_on, 9, 10)):
            record = start_visit(task, by=lead)
            for number, result in enumerate(record.results.select_related("drawn_item__item")):
                self._answer(result, failed=number < failures, major=major and number == 0, by=lead)
        with at(moment(task.visit_on, 11, 20)) as now:
            save_head(record, by=lead, revision=0, **_head(task, ended_at=now))
            submit_record(record, by=lead, signature="signed")
        with at(moment(task.visit_on, 16)):
            approve_record(record, by=self._approver)

    def _answer(self, result: ItemResult, *, failed: bool, major: bool, by: User) -> None:
        if not failed:
            save_result(result, by=by, revision=0, result="passed")
            return
        save_result(
            result,
            by=by,
            revision=0,
            result="failed",
            seen=self.rng.choice(SEEN),
            hazard="major" if major else "general",
            rectify_by=result.record.task.visit_on + dt.timedelta(days=15),
        )
        add_evidence(
            result.record.task, by=by, file=photo(self.rng), drawn_item=result.drawn_item, caption="示例照片：现场情况"
        )

    def publish_results(self, task: Task) -> None:
        """The result, two days after the visit."""
        day = task.visit_on + dt.timedelta(days=2)
        with at(moment(day, 9)):
            result = draft_result(task, by=self._clerk)
        with at(moment(day, 10)):
            approve_publication(result, by=self._approver)
        with at(moment(day, 10, 5)) as now:
            publish_publication(result.pk, now=now)

    @property
    def result_pages(self) -> list[Publication]:
        """The results that are public."""
        return list(Publication.objects.filter(task__drawn__draw=self.draw, published_at__isnull=False))


def _head(task: Task, *, ended_at: dt.datetime) -> dict:
    return {
        "place": task.enterprise.address,
        "ended_at": ended_at,
        "representative_name": "负责人示例",
        "representative_post": "安全员",
        "certificates_shown": True,
        "findings": "查阅资料并查看现场，情况见各事项记录。",
    }


def photo(rng: random.Random) -> SimpleUploadedFile:
    """A picture that is plainly none: coloured blocks."""
    image = Image.new("RGB", (960, 720), (214, 218, 224))
    brush = ImageDraw.Draw(image)
    for _ in range(24):
        x, y = rng.randrange(900), rng.randrange(660)
        shade = rng.randrange(90, 200)
        brush.rectangle(
            (x, y, x + rng.randrange(40, 260), y + rng.randrange(30, 200)), fill=(shade, shade + 8, shade + 20)
        )
    content = BytesIO()
    image.save(content, "JPEG", quality=80)
    return SimpleUploadedFile("photo.jpg", content.getvalue(), content_type="image/jpeg")
