"""复查记录: what officers find when they look again, draft by draft, until somebody else approves it.

What is approved becomes a `Reinspection` with its 整改复查意见书, and never changes.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspections.models.guards import filed_guards
from inspections.models.order import Order, OrderPoint
from inspections.models.record import SiteRecord
from inspections.models.task import Task


class Revisit(models.Model):
    """The head of a re-inspection while it is written. `revision` counts saves, as in the record of a check."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="revisit", verbose_name="指令书")
    reinspected_on = models.DateField("复查日期", null=True, blank=True)
    opinion = models.CharField("复查意见", max_length=300, blank=True)
    representative_name = models.CharField("被复查单位在场人员", max_length=40, blank=True)
    representative_post = models.CharField("职务", max_length=40, blank=True)
    certificates_shown = models.BooleanField("已出示执法证件并告知", default=False)
    signature = models.CharField("签名情况", max_length=8, choices=SiteRecord.Signature, blank=True)
    refusal_reason = models.CharField("拒签原因", max_length=200, blank=True)
    revision = models.PositiveIntegerField("版本", default=0)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保存人"
    )
    saved_at = models.DateTimeField("保存时间", auto_now=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="开始人")
    opened_at = models.DateTimeField("系统开始时间")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提交人"
    )
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    returned_reason = models.CharField("退回意见", max_length=300, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    approved_at = models.DateTimeField("审核时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "复查记录"
        ordering = ["order_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="revisit_submitted_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False, submitted_at__isnull=False),
                name="revisit_approved_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("submitted_by")),
                name="a_revisit_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~Q(signature="refused") | ~Q(refusal_reason=""), name="a_refusal_at_a_revisit_has_a_reason"
            ),
        ]
        triggers = filed_guards(
            "revisit", path_to_task="SELECT task_id FROM inspections_order WHERE id = {row}.order_id"
        )

    def __str__(self) -> str:
        return f"{self.order} 复查记录"

    @property
    def task(self) -> Task:
        """The check it belongs to."""
        return self.order.task


class RevisitPoint(models.Model):
    """Whether one item of the order is found put right, as long as it is written."""

    class Outcome(models.TextChoices):
        PASSED = "passed", "已整改到位"
        UNDONE = "undone", "未整改到位"

    revisit = models.ForeignKey(Revisit, models.PROTECT, related_name="points", verbose_name="复查记录")
    order_point = models.OneToOneField(
        OrderPoint, models.PROTECT, related_name="revisit_point", verbose_name="责令整改事项"
    )
    outcome = models.CharField("是否整改到位", max_length=8, choices=Outcome, blank=True)
    seen = models.TextField("复查情况", blank=True)
    rectify_by = models.DateField("新的整改期限", null=True, blank=True)
    revision = models.PositiveIntegerField("版本", default=0)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保存人"
    )
    saved_at = models.DateTimeField("保存时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "复查记录事项"
        ordering = ["revisit_id", "order_point_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rectify_by__isnull=True) | Q(outcome="undone"), name="only_what_is_undone_has_a_new_limit"
            )
        ]
        triggers = filed_guards(
            "revisit_point",
            path_to_task="SELECT o.task_id FROM inspections_order o JOIN inspections_revisit r ON r.order_id = o.id"
            " WHERE r.id = {row}.revisit_id",
        )

    def __str__(self) -> str:
        return f"{self.order_point}：{self.get_outcome_display() or '未填'}"

    @property
    def is_passed(self) -> bool:
        """Whether it was found put right."""
        return self.outcome == self.Outcome.PASSED
