"""工作日志: officer-days spent, against the capacity of the yearly plan."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models.task import Task
from inspectors.models import Inspector


class WorkEntry(models.Model):
    """What one officer did on one day: half days, at most one day together (安监总政法〔2017〕150号)."""

    class Kind(models.TextChoices):
        CHECK = "check", "监督检查"
        OTHER_DUTY = "other_duty", "其他执法工作"
        NO_DUTY = "no_duty", "非执法工作"

    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="work_entries", verbose_name="执法人员")
    on = models.DateField("日期")
    kind = models.CharField("类别", max_length=12, choices=Kind)
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="work_entries", verbose_name="任务"
    )
    half_days = models.PositiveSmallIntegerField("半日数", choices=[(1, "半天"), (2, "一天")])
    note = models.CharField("内容", max_length=120, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "工作日志"
        ordering = ["-on", "inspector_id", "id"]
        constraints = [
            models.UniqueConstraint(
                "inspector", "on", "task", condition=Q(task__isnull=False), name="a_task_once_an_officers_day"
            ),
            models.CheckConstraint(condition=Q(half_days__in=[1, 2]), name="work_is_counted_in_half_days"),
            models.CheckConstraint(condition=Q(task__isnull=True) | Q(kind="check"), name="a_task_is_a_check"),
        ]

    def __str__(self) -> str:
        return f"{self.inspector} {self.on:%Y-%m-%d} {self.get_kind_display()}"
