"""签字扫描件: the sheet as it was signed by hand, or the receipt of a payment, kept beside what it belongs to."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models.delivery import Payment
from inspections.models.guards import filed_guards
from inspections.models.task import Task
from shuangsuiji.audit.models import append_only
from shuangsuiji.documents.models import IssuedDocument


class SignedScan(models.Model):
    """A photo or scan of one paper as it was signed, or of the receipt of one payment. Written once."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(Task, models.PROTECT, related_name="scans", verbose_name="任务")
    document = models.ForeignKey(
        IssuedDocument, models.PROTECT, null=True, blank=True, related_name="scans", verbose_name="文书"
    )
    payment = models.ForeignKey(
        Payment, models.PROTECT, null=True, blank=True, related_name="scans", verbose_name="缴款"
    )
    sha256 = models.CharField("SHA-256", max_length=64)
    file_name = models.CharField("文件", max_length=120)
    media_type = models.CharField("类型", max_length=40)
    byte_count = models.PositiveIntegerField("字节数")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    added_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "签字扫描件"
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False, payment__isnull=True)
                | Q(document__isnull=True, payment__isnull=False),
                name="a_scan_belongs_to_one_thing",
            ),
            models.UniqueConstraint("document", "sha256", name="a_scan_once_a_document"),
            models.UniqueConstraint("payment", "sha256", name="a_scan_once_a_payment"),
        ]
        triggers = [
            *append_only("signed_scan"),
            *filed_guards("signed_scan", path_to_task="{row}.task_id", against=("added",)),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def is_picture(self) -> bool:
        """Whether it can be printed as a picture; a PDF is kept beside the volume."""
        return self.media_type.startswith("image/")
