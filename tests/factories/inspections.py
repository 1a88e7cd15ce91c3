"""One drawn enterprise with two officers who can sign in, and its check at every stage."""

from __future__ import annotations

import base64
import datetime
import io
from dataclasses import dataclass

import pgtrigger
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageDraw

from draws.models import Draw, Item, SubItem
from inspections import services
from inspections.models import CheckApproval, Evidence, ItemResult, Reinspection, Scheme, SiteRecord, Task
from inspections.selectors import documents_of
from inspections.services.cases import deliver_document
from inspections.states import TaskState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.services import issue_document
from tests.factories.accounts import person_with
from tests.factories.documents import NOTICE
from tests.factories.draws import County, make_county, make_drawn
from tests.support.worlds import remembered


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


@remembered
def make_check(county: County | None = None, **changes) -> Check:
    """A draw just carried out, and the first of its tasks, planned for today, with accounts for its officers."""
    county = county or make_county()
    draw = make_drawn(county, **changes)
    task = Task.objects.filter(drawn__draw=draw).order_by("number").first()
    # Draws lie weeks ahead of their visits; here the weeks have passed.
    Task.objects.filter(pk=task.pk).update(visit_on=timezone.localdate())
    lead, second = officers_of(task)
    return Check(county, draw, Task.objects.get(pk=task.pk), lead, second)


def officers_of(task: Task) -> tuple[User, ...]:
    """The accounts of the first two officers of a task, the lead before the other."""
    seats = task.drawn.seats.filter(inspector__isnull=False).order_by("seat")[:2]
    return tuple(_account_for(seat) for seat in seats)


def _account_for(seat) -> User:
    officer = seat.inspector
    if officer.account is None:
        officer.account = person_with(Role.INSPECTOR, username=f"officer{officer.pk}", name=officer.name)
        officer.save(update_fields=["account"])
        # As if the account had been there at the draw: a covert task opens to no later one.
        with transaction.atomic(), pgtrigger.ignore():
            officer.seats.update(account=officer.account)
    return officer.account


@remembered
def make_noticed(**changes) -> Check:
    """Announced; withheld for a covert draw."""
    check = make_check(**changes)
    if not check.task.is_covert:
        services.mark_noticed([check.task])
        issue_notice(check)
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


def lose_notice(check: Check) -> None:
    """As if the notice had never been issued: what a volume from another time may look like."""
    with pgtrigger.ignore():
        IssuedDocument.objects.filter(kind="inspection_notice", subject_key=str(check.task.pk)).update(
            subject_key="gone"
        )


def make_urgent(**changes) -> Check:
    """Begun at once, without approval and notice, with the reason."""
    check = make_check(**changes)
    services.start_visit(check.task, by=check.lead, urgent_reason="接到险情报告，须立即查看。")
    check.fresh()
    return check


def make_scheme_reviewed(**changes) -> Check:
    """With a scheme drawn up by the lead and passed by the second officer."""
    check = make_noticed(**changes)
    services.draft_scheme(check.task, by=check.lead)
    services.review_scheme(check.task, by=check.second)
    return check


@remembered
def make_ready(**changes) -> Check:
    """With an approved scheme."""
    check = make_scheme_reviewed(**changes)
    services.approve_scheme(check.task, by=check.approver)
    check.fresh()
    return check


@remembered
def make_on_site(**changes) -> Check:
    """The visit has begun."""
    check = make_ready(**changes)
    services.start_visit(check.task, by=check.lead)
    check.fresh()
    return check


def prepare_long_ago(check: Check) -> None:
    """As if plan, notice, approval and scheme were of the day before yesterday."""
    day, before = datetime.timedelta(days=1), timezone.now() - datetime.timedelta(days=2)
    with pgtrigger.ignore():
        IssuedDocument.objects.filter(subject_key=str(check.task.pk)).update(issued_at=before)
    CheckApproval.objects.filter(task=check.task, approved_at__isnull=False).update(approved_at=before)
    Scheme.objects.filter(task=check.task).update(approved_at=before)
    Task.objects.filter(pk=check.task.pk).update(visit_on=timezone.localdate() - day)
    check.fresh()


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
        ended_at=record.started_at + datetime.timedelta(minutes=5),
        representative_name="李示例",
        representative_post="安全总监",
        certificates_shown=True,
    )


def _answer(*, is_failed: bool, limit: datetime.date | None) -> dict:
    if not is_failed:
        return {"result": "passed", "seen": "制度齐全，现场相符。"}
    day = limit or timezone.localdate() + datetime.timedelta(days=15)
    return {"result": "failed", "seen": "消防沙箱无沙。", "hazard": ItemResult.Hazard.GENERAL, "rectify_by": day}


@remembered
def make_recorded(*, failed: int = 0, **changes) -> Check:
    """Submitted and waiting for review."""
    check = make_on_site(**changes)
    record = fill_record(check, failed=failed)
    services.submit_record(record, by=check.lead, signature="signed")
    check.fresh()
    return check


@remembered
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
    look_again(check, on=timezone.localdate(), opinion="整改到位。", outcomes=outcomes)


def look_again(check: Check, *, on: datetime.date, outcomes: dict, opinion: str = "看过。", now=None) -> Reinspection:
    """The open order is looked at again by the lead, and issued by the approver."""
    order = check.task.orders.get(reinspection=None)
    revisit = services.reinspect(order, by=check.lead, reinspected_on=on, opinion=opinion, outcomes=outcomes, now=now)
    reinspection = services.approve_revisit(revisit, by=check.approver, now=now)
    check.fresh()
    return reinspection


def serve_papers(check: Check) -> None:
    """Everything that goes to the enterprise is handed over, with a photo of the signed receipt."""
    papers = documents_of(check.task).filter(kind__in=("handling", "order", "reinspection"), delivery=None)
    for paper in papers:
        deliver_document(
            paper,
            task=check.task,
            by=check.lead,
            delivered_at=timezone.now(),
            way="direct",
            place="公司办公室",
            receiver="李示例",
            proof=photo_file(),
        )


def report_put_right(check: Check) -> None:
    """The enterprise says through its letter that it has put everything right, with a photo of each point."""
    points = check.task.orders.get(reinspection=None).points.order_by("pk")
    services.report_rectification(
        check.task.orders.get(reinspection=None),
        said={point.pk: "已补足沙。" for point in points},
        files={point.pk: [photo_file(shade=200)] for point in points},
        reporter_name="李示例",
    )


def make_rendered(*, failed: int = 0, photos: int = 0, served: bool = True, report: bool = False, **changes) -> Check:
    """Closed, with a volume rendered; what was ordered is served, and reported as put right where asked for."""
    check = make_on_site(**changes)
    record = fill_record(check, failed=failed)
    for number in range(photos):
        add_photo(check, shade=40 * number)
    services.submit_record(record, by=check.lead, signature="signed")
    services.approve_record(SiteRecord.objects.get(task=check.task), by=check.approver)
    check.fresh()
    if check.task.state == TaskState.ORDERED:
        if report:
            report_put_right(check)
        put_right(check)
    if served:
        serve_papers(check)
    services.queue_dossier(check.task.dossier, by=check.lead)
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


def drawing(*, strokes: int = 3) -> str:
    """A signature as a canvas sends it."""
    image = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    for n in range(strokes):
        ImageDraw.Draw(image).line((20, 30 + 20 * n, 260, 40 + 20 * n), fill=(10, 10, 10, 255), width=4)
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def add_sub_item(item: Item, *, code: str) -> SubItem:
    """A sub-item of an item that is already published, as if it had been there before."""
    with pgtrigger.ignore():
        return item.sub_items.create(code=code, text="看台账", legal_basis="《示例规定》第九条")


def add_photo(check: Check, **how) -> Evidence:
    """A photo of the first drawn item."""
    item = check.task.drawn.items.order_by("item__code").first()
    return services.add_evidence(check.task, by=check.lead, file=photo_file(**how), drawn_item=item, caption="储罐区")
