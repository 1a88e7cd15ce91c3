"""One drawn enterprise with two officers who can sign in, and its check at every stage."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from draws.models import Draw
from inspections import services
from inspections.models import Evidence, ItemResult, SiteRecord, Task
from inspections.states import TaskState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.documents.services import issue_document
from tests.factories.accounts import person_with
from tests.factories.documents import NOTICE
from tests.factories.draws import County, make_county, make_drawn


@dataclass
class Check:
    """A task and everybody around it."""

    county: County
    draw: Draw
    task: Task
    lead: User
    second: User

    @property
    def clerk(self) -> User:
        """The inspection office."""
        return self.county.clerk

    @property
    def approver(self) -> User:
        """Who approves what others drafted."""
        return self.county.approver

    def fresh(self) -> Task:
        """The task as it stands in the database."""
        self.task = Task.objects.get(pk=self.task.pk)
        return self.task


def make_check(county: County | None = None, **changes) -> Check:
    """A draw just carried out, and the first of its tasks, planned for today, with accounts for its officers."""
    county = county or make_county()
    draw = make_drawn(county, **changes)
    task = Task.objects.filter(drawn__draw=draw).order_by("number").first()
    # Draws lie weeks ahead of their visits; here the weeks have passed.
    Task.objects.filter(pk=task.pk).update(visit_on=timezone.localdate())
    lead, second = (
        _account_for(seat) for seat in task.drawn.seats.filter(inspector__isnull=False).order_by("seat")[:2]
    )
    return Check(county, draw, Task.objects.get(pk=task.pk), lead, second)


def _account_for(seat) -> User:
    officer = seat.inspector
    if officer.account is None:
        officer.account = person_with(Role.INSPECTOR, username=f"officer{officer.pk}", name=officer.name)
        officer.save(update_fields=["account"])
    return officer.account


def make_noticed(**changes) -> Check:
    """Announced; withheld for a covert draw."""
    check = make_check(**changes)
    if not check.task.is_covert:
        services.mark_noticed([check.task])
    check.fresh()
    return check


def issue_notice(check: Check) -> None:
    """The 行政检查通知书, as the room above issues it."""
    issue_document(
        "inspection_notice",
        subject=("task", str(check.task.pk)),
        chain=("task", str(check.task.pk)),
        context={**NOTICE, "enterprise": {**NOTICE["enterprise"], "name": check.task.enterprise.name}},
        by=None,
        issued_on=timezone.localdate(),
    )


def make_ready(**changes) -> Check:
    """With an approved scheme."""
    check = make_noticed(**changes)
    services.draft_scheme(check.task, by=check.lead)
    services.approve_scheme(check.task, by=check.approver)
    check.fresh()
    return check


def make_on_site(**changes) -> Check:
    """The visit has begun."""
    check = make_ready(**changes)
    services.start_visit(check.task, by=check.lead)
    check.fresh()
    return check


def fill_record(check: Check, *, failed: int = 0, limit: datetime.date | None = None) -> SiteRecord:
    """Answer every item; the first `failed` ones do not pass."""
    record = SiteRecord.objects.get(task=check.task)
    for number, result in enumerate(record.results.order_by("drawn_item__item__code")):
        services.save_result(
            result, by=check.lead, revision=result.revision, **_answer(is_failed=number < failed, limit=limit)
        )
    return services.save_head(
        record,
        by=check.lead,
        revision=record.revision,
        place="储罐区",
        ended_at=record.started_at + datetime.timedelta(hours=2),
        representative_name="李示例",
        representative_post="安全总监",
        certificates_shown=True,
    )


def _answer(*, is_failed: bool, limit: datetime.date | None) -> dict:
    if not is_failed:
        return {"result": "passed", "seen": "制度齐全，现场相符。"}
    day = limit or timezone.localdate() + datetime.timedelta(days=15)
    return {"result": "failed", "seen": "消防沙箱无沙。", "hazard": ItemResult.Hazard.GENERAL, "rectify_by": day}


def make_recorded(*, failed: int = 0, **changes) -> Check:
    """Submitted and waiting for review."""
    check = make_on_site(**changes)
    record = fill_record(check, failed=failed)
    services.submit_record(record, by=check.lead, signature="signed")
    check.fresh()
    return check


def make_reviewed(*, failed: int = 0, **changes) -> Check:
    """Reviewed: closed, or ordered where something failed."""
    check = make_recorded(failed=failed, **changes)
    services.approve_record(check.task.record, by=check.approver)
    check.fresh()
    return check


def put_right(check: Check) -> None:
    """The open order is looked at again and everything is done."""
    order = check.task.orders.get(reinspection=None)
    outcomes = {point.pk: {"is_passed": True, "seen": "已补足沙。"} for point in order.points.all()}
    services.reinspect(
        order, by=check.lead, reinspected_on=timezone.localdate(), opinion="整改到位。", outcomes=outcomes
    )
    check.fresh()


def make_rendered(*, failed: int = 0, photos: int = 0, **changes) -> Check:
    """Closed, with a volume rendered."""
    check = make_noticed(**changes)
    if not check.task.is_covert:
        issue_notice(check)
    services.draft_scheme(check.task, by=check.lead)
    services.approve_scheme(check.task, by=check.approver)
    services.start_visit(check.fresh(), by=check.lead)
    check.fresh()
    record = fill_record(check, failed=failed)
    for number in range(photos):
        add_photo(check, shade=40 * number)
    services.submit_record(record, by=check.lead, signature="signed")
    services.approve_record(SiteRecord.objects.get(task=check.task), by=check.approver)
    check.fresh()
    if check.task.state == TaskState.ORDERED:
        put_right(check)
    services.queue_dossier(check.task.dossier, by=check.clerk)
    services.render_next_dossier()
    check.fresh()
    return check


def photo_bytes(*, shade: int = 120, size: tuple[int, int] = (640, 480), exif: Image.Exif | None = None) -> bytes:
    """A small JPEG."""
    out = io.BytesIO()
    extra = {"exif": exif} if exif else {}
    Image.new("RGB", size, (shade % 256, 90, 110)).save(out, "JPEG", **extra)
    return out.getvalue()


def photo_file(content: bytes | None = None, *, name: str = "IMG_0001.jpg", **how) -> SimpleUploadedFile:
    """An uploaded photo."""
    return SimpleUploadedFile(name, photo_bytes(**how) if content is None else content, content_type="image/jpeg")


def add_photo(check: Check, **how) -> Evidence:
    """A photo of the first drawn item."""
    item = check.task.drawn.items.order_by("item__code").first()
    return services.add_evidence(check.task, by=check.lead, file=photo_file(**how), drawn_item=item, caption="储罐区")
