"""整改报告: what the enterprise says it has put right, with photos, through the link of its letter."""

from __future__ import annotations

import uuid

from django.db import models

from inspections.models.guards import filed_guards
from inspections.models.order import OrderPoint
from shuangsuiji.audit.models import append_only

OF_THE_POINT = (
    "SELECT o.task_id FROM inspections_order o JOIN inspections_orderpoint p ON p.order_id = o.id"
    " WHERE p.id = {row}.order_point_id"
)
OF_THE_REPORT = (
    "SELECT o.task_id FROM inspections_order o JOIN inspections_orderpoint p ON p.order_id = o.id"
    " JOIN inspections_rectificationreport r ON r.order_point_id = p.id WHERE r.id = {row}.report_id"
)


class RectificationReport(models.Model):
    """What the enterprise reports on one point of an order. Written once; a later report stands beside it."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    order_point = models.ForeignKey(OrderPoint, models.PROTECT, related_name="reports", verbose_name="责令整改事项")
    done = models.TextField("整改情况")
    reporter_name = models.CharField("填报人", max_length=40)
    reporter_phone = models.CharField("联系电话", max_length=30, blank=True)
    reported_at = models.DateTimeField("填报时间")

    class Meta:
        verbose_name = verbose_name_plural = "整改报告"
        ordering = ["reported_at", "id"]
        triggers = [
            *append_only("rectification_report"),
            *filed_guards("rectification_report", path_to_task=OF_THE_POINT, against=("added",)),
        ]

    def __str__(self) -> str:
        return f"{self.order_point} 整改报告"


class RectificationPhoto(models.Model):
    """A photo of a report: the original bytes by hash, checked like evidence."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(RectificationReport, models.PROTECT, related_name="photos", verbose_name="整改报告")
    sha256 = models.CharField("SHA-256", max_length=64)
    file_name = models.CharField("文件", max_length=120)
    media_type = models.CharField("类型", max_length=40)
    byte_count = models.PositiveIntegerField("字节数")

    class Meta:
        verbose_name = verbose_name_plural = "整改照片"
        ordering = ["report_id", "id"]
        constraints = [models.UniqueConstraint("report", "sha256", name="a_photo_once_a_report")]
        triggers = [
            *append_only("rectification_photo"),
            *filed_guards("rectification_photo", path_to_task=OF_THE_REPORT, against=("added",)),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]
