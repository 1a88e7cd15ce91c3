"""An uploaded workbook on its way into a register: staged, previewed, applied."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class ImportBatch(models.Model):
    """One uploaded file for one register."""

    class State(models.TextChoices):
        STAGED = "staged", "待确认"
        APPLIED = "applied", "已导入"
        DISCARDED = "discarded", "已放弃"

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    register = models.CharField("名录", max_length=30)
    file_name = models.CharField("文件名", max_length=200)
    file_sha256 = models.CharField("文件 SHA-256", max_length=64)
    sheet_name = models.CharField("工作表", max_length=100, blank=True)
    sheet_names = models.JSONField("全部工作表", default=list)
    header = models.JSONField("表头", default=list)
    places = models.JSONField("对应列", default=dict)
    ignored = models.JSONField("未用的列", default=list)
    state = models.CharField("状态", max_length=10, choices=State, default=State.STAGED)
    create_count = models.PositiveIntegerField("将新增", default=0)
    update_count = models.PositiveIntegerField("将更新", default=0)
    same_count = models.PositiveIntegerField("未变", default=0)
    fault_count = models.PositiveIntegerField("有误", default=0)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="导入人"
    )
    applied_at = models.DateTimeField("导入时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入批次"
        ordering = ["-uploaded_at", "id"]
        indexes = [models.Index(fields=["register", "-uploaded_at", "id"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="applied", applied_at__isnull=False)
                | ~models.Q(state="applied") & models.Q(applied_at__isnull=True, applied_by__isnull=True),
                name="an_applied_batch_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["staged", "applied", "discarded"]), name="import_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def good_count(self) -> int:
        """Rows that would change the register."""
        return self.create_count + self.update_count

    @property
    def row_count(self) -> int:
        """All rows of the file."""
        return self.good_count + self.same_count + self.fault_count


class ImportRow(models.Model):
    """One staged row: as typed, as understood, and what will become of it.

    `typed` holds a faulty row's cells in the file's order; a fault is {column, value, reason, remedy};
    `changes` is {column: [old, new]} with values as `Importer.present` gives them.
    """

    class Outcome(models.TextChoices):
        CREATE = "create", "将新增"
        UPDATE = "update", "将更新"
        SAME = "same", "未变"
        FAULT = "fault", "有误"

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows", verbose_name="批次")
    row_number = models.PositiveIntegerField("行号")
    outcome = models.CharField("结论", max_length=8, choices=Outcome)
    typed = models.JSONField("原文", default=list)
    values = models.JSONField("取值", default=dict)
    changes = models.JSONField("变动", default=dict)
    faults = models.JSONField("错误", default=list)
    key = models.CharField("业务主键", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入行"
        ordering = ["batch_id", "row_number"]
        constraints = [models.UniqueConstraint("batch", "row_number", name="a_row_once_a_batch")]
        indexes = [models.Index(fields=["batch", "outcome", "row_number"])]

    def __str__(self) -> str:
        return f"第{self.row_number}行"
