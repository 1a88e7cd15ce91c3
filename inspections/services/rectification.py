"""整改报告: the enterprise says what it has put right; officers are told, the re-inspection becomes due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from inspections.models import Order, OrderPoint, RectificationPhoto, RectificationReport, Task
from inspections.policies import is_confidential, names_are_kept
from inspections.policies.site import check_may_report
from inspections.services.evidence import small_copy
from inspections.services.lifecycle import locked_task
from inspections.services.orders import ORDER_KIND, REINSPECT_AFTER_REQUEST
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.services import record
from shuangsuiji.documents.files import keep_file
from shuangsuiji.lib.deadlines import open_deadline
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.uploads import CheckedUpload, check_image
from shuangsuiji.notifications.services import notify, notify_role

FOLDER = "rectification"
MOST_PHOTOS = 10
MOST_REPORTS = 20


def report_rectification(
    order: Order,
    *,
    said: Mapping[int, str],
    files: Mapping[int, Sequence[Any]],
    reporter_name: str,
    reporter_phone: str = "",
    now: dt.datetime | None = None,
) -> list[RectificationReport]:
    """Keep what the enterprise says per point id, each with its photos; the first report makes the re-inspection due.

    Photos are read and checked like evidence before anything is written; the same words again are one report.
    """
    now = now or timezone.now()
    _check_said(said, reporter_name)
    images = {pk: _checked(files.get(pk, ())) for pk in said}
    with transaction.atomic():
        task = locked_task(order.task_id)
        order.task = task
        check_may_report(order)
        points = {point.pk: point for point in order.points.select_related("result__drawn_item__item")}
        _check_points(points, said)
        reports = [
            _write(points[pk], done=done, images=images[pk], name=reporter_name, phone=reporter_phone, now=now)
            for pk, done in said.items()
            if done.strip()
        ]
        _open_reinspection(order, on=timezone.localtime(now).date())
        _tell(task, order)
        record(
            "rectification.reported",
            by=None,
            target=task,
            confidential=names_are_kept(task.drawn.draw, task),
            point_count=len(reports),
        )
    return reports


def _check_said(said: Mapping[int, str], reporter_name: str) -> None:
    if not any(done.strip() for done in said.values()):
        raise Refusal("请至少填写一项的整改情况。")
    if not reporter_name.strip():
        raise Refusal("请填写填报人姓名。", field="reporter_name")


def _checked(files: Sequence[Any]) -> list[CheckedUpload]:
    if len(files) > MOST_PHOTOS:
        raise Refusal(f"每项最多上传 {MOST_PHOTOS} 张照片，请挑选后再上传。")
    images = []
    for file in files:
        try:
            images.append(check_image(file))
        except Refusal as refusal:
            raise Refusal(f"“{file.name}”：{refusal.sentence}") from refusal
    return images


def _check_points(points: Mapping[int, OrderPoint], said: Mapping[int, str]) -> None:
    if set(said) - set(points):
        raise Refusal("整改事项已有变化，请刷新页面后重新填写。")
    if any(point.reports.count() >= MOST_REPORTS for point in points.values()):
        raise Refusal("同一事项填报次数过多，请直接联系执法人员。")


def _write(
    point: OrderPoint, *, done: str, images: Sequence[CheckedUpload], name: str, phone: str, now: dt.datetime
) -> RectificationReport:
    words = {"done": done.strip(), "reporter_name": name.strip()[:40], "reporter_phone": phone.strip()[:30]}
    known = point.reports.filter(**words).order_by("-reported_at").first()
    if known and {one.sha256 for one in images} <= set(known.photos.values_list("sha256", flat=True)):
        return known
    report = RectificationReport.objects.create(order_point=point, reported_at=now, **words)
    RectificationPhoto.objects.bulk_create(
        [
            RectificationPhoto(
                report=report,
                sha256=one.sha256,
                file_name=keep_file(one.content, folder=FOLDER, suffix=one.suffix),
                media_type=one.media_type,
                byte_count=len(one.content),
            )
            for one in {image.sha256: image for image in images}.values()
        ]
    )
    return report


def _open_reinspection(order: Order, *, on: dt.date) -> None:
    """收到复查申请: counted from the first report."""
    if order.points.filter(reports__isnull=False, reports__reported_at__date__lt=on).exists():
        return
    task = order.task
    open_deadline(
        REINSPECT_AFTER_REQUEST,
        subject_kind=ORDER_KIND,
        subject_key=str(order.pk),
        label=f"任务 {task.number} 企业已报整改，进行复查",
        start_on=on,
        by=None,
        is_confidential=is_confidential(task),
    )


def _tell(task: Task, order: Order) -> None:
    message = {
        "key": f"rectification.reported:{order.pk}:{order.points.filter(reports__isnull=False).count()}",
        "subject": f"任务 {task.number}：企业已填报整改情况",
        "body": "请查看企业填报的情况和照片，按期复查。",
        "link": reverse("task_rectification", args=[task.pk]),
    }
    seats = task.drawn.seats.filter(inspector__account__isnull=False).select_related("inspector__account")
    notify(
        users=[
            seat.inspector.account for seat in seats.order_by("seat", "id") if seat.inspector and seat.inspector.account
        ],
        **message,
    )
    if not is_confidential(task):
        notify_role(Role.CLERK, **message)


def report_view(photo: RectificationPhoto, *, edge: int) -> Path:
    """A smaller copy of a reported photo without EXIF; made when first asked for."""
    return small_copy(photo.file_name, sha256=photo.sha256, edge=edge)
