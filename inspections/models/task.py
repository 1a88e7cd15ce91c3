"""The task of one drawn enterprise, and the plan of its visit."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from draws.models import DrawnEnterprise
from enterprises.models import Enterprise
from inspections.models.guards import filed_guards, task_guards
from inspections.states import TaskState
from shuangsuiji.documents.models import IssuedDocument


class Task(models.Model):
    """One check of one drawn enterprise. Its officers and items are those of `drawn`."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("任务号", max_length=40, unique=True)
    drawn = models.OneToOneField(DrawnEnterprise, models.PROTECT, related_name="task", verbose_name="抽中记录")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="tasks", verbose_name="企业")
    state = models.CharField("状态", max_length=12, choices=TaskState, default=TaskState.ASSIGNED)
    is_covert = models.BooleanField("暗查", default=False)
    visit_on = models.DateField("计划检查日期")
    visited_on = models.DateField("实际检查日期", null=True, blank=True)
    results_public_at = models.DateTimeField("结果公开时间", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    created_at = models.DateTimeField("派发时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "检查任务"
        ordering = ["visit_on", "number"]
        indexes = [models.Index(fields=["state", "visit_on"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "archived"]) | Q(closed_on__isnull=False),
                name="a_closed_task_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["assigned", "noticed", "withheld", "ready", "dropped"])
                | Q(visited_on__isnull=False),
                name="a_begun_task_has_its_visit",
            ),
        ]
        triggers = task_guards()

    def __str__(self) -> str:
        return self.number


class Scheme(models.Model):
    """现场检查方案: approved before the visit."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="scheme", verbose_name="任务")
    starts_at = models.DateTimeField("检查开始时间")
    ends_at = models.DateTimeField("检查结束时间")
    method = models.TextField("检查方式")
    equipment_kinds = models.JSONField("携带装备", default=list, blank=True)
    equipment = models.CharField("其他装备", max_length=300, blank=True)
    remarks = models.TextField("备注", blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="编制人")
    drafted_at = models.DateTimeField("编制时间", auto_now_add=True)
    review_opinion = models.CharField("审核意见", max_length=300, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    opinion = models.CharField("审批意见", max_length=300, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    approved_at = models.DateTimeField("审批时间", null=True, blank=True)
    document = models.OneToOneField(IssuedDocument, models.PROTECT, null=True, blank=True, verbose_name="文书")

    class Meta:
        verbose_name = verbose_name_plural = "现场检查方案"
        ordering = ["task_id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="scheme_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drafted_by")),
                name="a_scheme_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="scheme_approved_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="scheme_reviewed_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("drafted_by")),
                name="a_scheme_is_reviewed_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(reviewed_by__isnull=False) & ~Q(approved_by=F("reviewed_by")),
                name="an_approved_scheme_was_reviewed_by_a_third_person",
            ),
        ]
        triggers = filed_guards("scheme", path_to_task="{row}.task_id")

    def __str__(self) -> str:
        return f"{self.task} 方案"
