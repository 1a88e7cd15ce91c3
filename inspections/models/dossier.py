"""一案一卷: the volume of one check."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from inspections.models.guards import dossier_guards
from inspections.models.task import Task
from inspections.states import DossierState


class DossierBatch(models.Model):
    """Many volumes asked for at once; how far it is follows from the volumes themselves."""

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提交人")
    asked_at = models.DateTimeField("提交时间")
    count = models.PositiveIntegerField("份数")

    class Meta:
        verbose_name = verbose_name_plural = "批量组卷"
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.asked_at):%Y-%m-%d} 批量组卷 {self.count} 份"


class Dossier(models.Model):
    """One volume per check, with the catalogue as it was printed. Locked, it stands for ever."""

    class Retention(models.TextChoices):
        YEARS_30 = "30年", "30年"
        FOR_EVER = "永久", "永久"

    task = models.OneToOneField(Task, models.PROTECT, related_name="dossier", verbose_name="任务")
    archive_number = models.CharField("归档号", max_length=12, unique=True, null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=DossierState, default=DossierState.OPEN)
    retention = models.CharField("保存期限", max_length=10, choices=Retention, default=Retention.YEARS_30)
    catalogue = models.JSONField("卷内目录", default=list)
    file_name = models.CharField("文件", max_length=120, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    page_count = models.PositiveIntegerField("页数", default=0)
    queued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="立卷人"
    )
    queued_at = models.DateTimeField("提交组卷时间", null=True, blank=True)
    rendered_at = models.DateTimeField("组卷时间", null=True, blank=True)
    batch = models.ForeignKey(
        DossierBatch, models.PROTECT, null=True, blank=True, related_name="dossiers", verbose_name="批次"
    )
    attempt_count = models.PositiveSmallIntegerField("尝试次数", default=0)
    last_error = models.CharField("最近错误", max_length=300, blank=True)
    excused_gaps = models.JSONField("准予归档的缺项", default=list, blank=True)
    excuse_reason = models.CharField("缺项原因", max_length=300, blank=True)
    excused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="准予归档人"
    )
    excused_at = models.DateTimeField("准予归档时间", null=True, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="归档人"
    )
    locked_at = models.DateTimeField("归档时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "案卷"
        ordering = ["-queued_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(locked_by__isnull=True) | ~Q(locked_by=models.F("queued_by")),
                name="a_volume_is_filed_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True, locked_by__isnull=True)
                | Q(locked_at__isnull=False, locked_by__isnull=False),
                name="dossier_locked_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=Q(excused_at__isnull=True, excused_by__isnull=True, excuse_reason="")
                | Q(excused_at__isnull=False, excused_by__isnull=False) & ~Q(excuse_reason=""),
                name="an_excuse_has_person_time_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="locked", locked_at__isnull=False, archive_number__isnull=False) & ~Q(sha256="")
                | ~Q(state="locked") & Q(locked_at__isnull=True),
                name="a_locked_dossier_is_whole",
            ),
        ]
        triggers = dossier_guards()

    def __str__(self) -> str:
        return self.archive_number or f"{self.task} 案卷"
