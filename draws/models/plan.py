"""年度计划: how many checks per field and risk class, and the yearly cap per enterprise."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from draws.states import PlanState
from enterprises.models import RiskClass
from shuangsuiji.lib.models import SupervisedField


class Plan(models.Model):
    """One year's plan."""

    year = models.PositiveSmallIntegerField("年度", unique=True)
    state = models.CharField("状态", max_length=10, choices=PlanState, default=PlanState.DRAFT)
    capacity_days = models.PositiveIntegerField("监督检查工作日", default=0)
    yearly_cap = models.PositiveSmallIntegerField("每家企业年度检查上限", default=2)
    fewest_eligible = models.PositiveSmallIntegerField("可选人员下限", default=3)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="起草人")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    approved_at = models.DateTimeField("审批时间", null=True, blank=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "年度计划"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True, approved_by__isnull=True)
                | models.Q(approved_at__isnull=False, approved_by__isnull=False),
                name="plan_approved_by_and_at_agree",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}年度计划"


class PlanLine(models.Model):
    """The checks planned for one field and risk class."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="lines", verbose_name="计划")
    field = models.ForeignKey(SupervisedField, models.PROTECT, verbose_name="监管领域")
    risk_class = models.CharField("风险等级", max_length=1, choices=RiskClass)
    planned_count = models.PositiveIntegerField("计划检查家数")

    class Meta:
        verbose_name = verbose_name_plural = "计划任务"
        ordering = ["field__position", "risk_class", "id"]
        constraints = [models.UniqueConstraint("plan", "field", "risk_class", name="one_plan_line_a_stratum")]

    def __str__(self) -> str:
        return f"{self.field}/{self.risk_class}：{self.planned_count}"
