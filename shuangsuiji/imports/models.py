"""An uploaded workbook on its way into a register: staged, previewed, applied, perhaps undone."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from shuangsuiji.imports.states import HAS_ROWS, WAITING_FOR_WORKER, ImportState

_TAKEN_OVER = ["applied", "undoing", "undone"]


class ImportBatch(models.Model):
    """One uploaded file for one register."""

    State = ImportState

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    register = models.CharField("名录", max_length=30)
    file_name = models.CharField("文件名", max_length=200)
    file_sha256 = models.CharField("文件 SHA-256", max_length=64)
    sheet_name = models.CharField("工作表", max_length=100, blank=True)
    sheet_names = models.JSONField("全部工作表", default=list)
    header = models.JSONField("表头", default=list)
    places = models.JSONField("对应列", default=dict)
    ignored = models.JSONField("未用的列", default=list)
    samples = models.JSONField("前几行", default=list)
    remarks = models.JSONField("读法说明", default=list)
    words_read = models.JSONField("读作", default=list)
    state = models.CharField("状态", max_length=10, choices=ImportState, default=ImportState.RECEIVED)
    refusal = models.CharField("没有办成的原因", max_length=500, blank=True)
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
    row_versions = models.JSONField("导入后的行版本", default=list)
    kept_rows = models.JSONField("没有撤销的行", default=list)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销人"
    )
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="交办人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "导入批次"
        ordering = ["-uploaded_at", "id"]
        indexes = [
            models.Index(fields=["register", "-uploaded_at", "id"]),
            models.Index(
                fields=["uploaded_at"],
                condition=Q(state__in=["received", "applying", "undoing"]),
                name="imports_waiting_for_worker",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=_TAKEN_OVER, applied_at__isnull=False)
                | ~Q(state__in=_TAKEN_OVER) & Q(applied_at__isnull=True, applied_by__isnull=True),
                name="an_applied_batch_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False)
                | ~Q(state="undone") & Q(undone_at__isnull=True, undone_by__isnull=True),
                name="an_undone_batch_says_when",
            ),
            models.CheckConstraint(condition=Q(state__in=sorted(ImportState.values)), name="import_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_waiting(self) -> bool:
        """Whether a worker has still to do something with it."""
        return self.state in WAITING_FOR_WORKER

    @property
    def has_rows(self) -> bool:
        """Whether its rows can be looked at."""
        return self.state in HAS_ROWS

    @property
    def good_count(self) -> int:
        """Rows that would change the register."""
        return self.create_count + self.update_count

    @property
    def undone_count(self) -> int:
        """Rows that were taken back."""
        return self.good_count - len(self.kept_rows)

    @property
    def row_count(self) -> int:
        """All rows of the file."""
        return self.good_count + self.same_count + self.fault_count


class ImportRow(models.Model):
    """One staged row: as typed, as understood, and what will become of it.

    `typed` holds a faulty row's cells in the file's order; a fault is {column, value, reason, remedy};
    `changes` is {column: [old, new]} with values as `Importer.present` gives them; `before` is the
    register's whole row as it stood when the change was taken over, kept for taking it back.
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
    key = models.CharField("业务主键", max_length=200, blank=True)
    before = models.JSONField("导入前的整行", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入行"
        ordering = ["batch_id", "row_number"]
        constraints = [models.UniqueConstraint("batch", "row_number", name="a_row_once_a_batch")]
        indexes = [models.Index(fields=["batch", "outcome", "row_number"])]

    def __str__(self) -> str:
        return f"第{self.row_number}行"


class ImportFile(models.Model):
    """The uploaded bytes, until the batch is taken over or let go: a worker may read them on another machine."""

    batch = models.OneToOneField(
        ImportBatch, models.CASCADE, primary_key=True, related_name="file", verbose_name="批次"
    )
    content = models.BinaryField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "导入的文件"
        ordering = ["batch_id"]

    def __str__(self) -> str:
        return str(self.batch_id)


class ImportProgress(models.Model):
    """How far a worker has come; written on a connection of its own, so that others see it before the commit."""

    batch = models.OneToOneField(
        ImportBatch, models.CASCADE, primary_key=True, related_name="progress", verbose_name="批次"
    )
    done_count = models.PositiveIntegerField("已办行数", default=0)
    whole_count = models.PositiveIntegerField("总行数", default=0)
    attempt_count = models.PositiveSmallIntegerField("尝试次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "导入进度"
        ordering = ["batch_id"]

    def __str__(self) -> str:
        return f"{self.done_count}/{self.whole_count}"


class RememberedColumn(models.Model):
    """Which column of a register a person once chose for a title; no column: this title is not read."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="账号")
    register = models.CharField("名录", max_length=30)
    title_key = models.CharField("表头", max_length=200)
    column = models.CharField("对应列", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "记住的对应列"
        ordering = ["user_id", "register", "title_key"]
        constraints = [
            models.UniqueConstraint("user", "register", "title_key", name="a_title_is_remembered_once_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.title_key} → {self.column}"
