"""年度计划: the capacity, the checks per field and risk class, the named units, the yearly cap.

A row is one version of one year's plan. An adjustment is the next version; the former stays.
"""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from draws.models.plan_guards import plan_guards, plan_part_guards
from draws.states import PlanState
from enterprises.models import Enterprise, RiskClass
from shuangsuiji.accounts.models import Department
from shuangsuiji.lib.models import SupervisedField

IN_HAND = (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.APPROVED)
CAPACITY = F("working_days") * F("officer_count") - F("other_enforcement_days") - F("non_enforcement_days")
"""安监总政法〔2017〕150号: 监督检查工作日 = 国家法定工作日 × 执法人员数 − 其他执法工作日 − 非执法工作日."""


class Plan(models.Model):
    """One version of a year's plan."""

    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版本", default=1)
    reason = models.CharField("调整原因", max_length=300, blank=True)
    state = models.CharField("状态", max_length=10, choices=PlanState, default=PlanState.DRAFT)
    working_days = models.PositiveIntegerField("国家法定工作日", default=0)
    officer_count = models.PositiveIntegerField("执法人员数", default=0)
    other_enforcement_days = models.PositiveIntegerField("其他执法工作日", default=0)
    non_enforcement_days = models.PositiveIntegerField("非执法工作日", default=0)
    capacity_days = models.GeneratedField(
        expression=CAPACITY,
        output_field=models.IntegerField(),
        db_persist=True,
        verbose_name="监督检查工作日",
    )
    days_per_check = models.PositiveSmallIntegerField(
        "每次检查占用工作日", default=4, validators=[MinValueValidator(1)]
    )
    frequency = models.PositiveSmallIntegerField("一般检查每家每年次数", default=1)
    yearly_cap = models.PositiveSmallIntegerField("每家企业年度检查上限", default=2)
    fewest_eligible = models.PositiveSmallIntegerField("可选人员下限", default=3)
    note = models.TextField("说明", blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="起草人")
    returned_reason = models.CharField("退回意见", max_length=300, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    approved_at = models.DateTimeField("审批时间", null=True, blank=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "年度计划"
        ordering = ["-year", "-version"]
        constraints = [
            models.UniqueConstraint("year", "version", name="a_plan_version_once_a_year"),
            models.UniqueConstraint("year", condition=Q(state__in=IN_HAND), name="one_plan_in_hand_a_year"),
            models.UniqueConstraint("year", condition=Q(state=PlanState.PUBLISHED), name="one_plan_in_force_a_year"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="plan_approved_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drafted_by")),
                name="a_plan_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "superseded", "closed"])
                | Q(published_at__isnull=False, approved_at__isnull=False),
                name="a_public_plan_was_approved",
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="an_adjustment_says_why"),
            models.CheckConstraint(
                condition=Q(frequency__gte=1, yearly_cap__gte=F("frequency")), name="the_cap_holds_the_frequency"
            ),
        ]
        triggers = plan_guards()

    def __str__(self) -> str:
        return f"{self.year}年度计划" if self.version == 1 else f"{self.year}年度计划（第{self.version}版）"

    @property
    def slug(self) -> str:
        """The last part of its public address, e.g. `plan-2026-1`."""
        return f"plan-{self.year}-{self.version}"


class PlanLine(models.Model):
    """The checks planned for one field and risk class, as a count or as a share of its enterprises."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="lines", verbose_name="计划")
    field = models.ForeignKey(SupervisedField, models.PROTECT, verbose_name="监管领域")
    risk_class = models.CharField("风险等级", max_length=1, choices=RiskClass)
    planned_count = models.PositiveIntegerField("计划检查家数")
    share = models.PositiveSmallIntegerField("比例（%）", null=True, blank=True)
    enterprise_count = models.PositiveIntegerField("编制时企业数", default=0)
    why = models.CharField("理由", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "计划任务"
        ordering = ["field__position", "risk_class", "id"]
        constraints = [
            models.UniqueConstraint("plan", "field", "risk_class", name="one_plan_line_a_stratum"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=1, share__lte=100), name="a_share_is_a_percentage"
            ),
        ]
        triggers = plan_part_guards("line")

    def __str__(self) -> str:
        return f"{self.key}：{self.planned_count}"

    @property
    def key(self) -> str:
        """The stratum's id in draws, e.g. `危险化学品/A`."""
        return f"{self.field.name}/{self.risk_class}"


class PlanUnit(models.Model):
    """重点检查单位, by name: checked so many times a year without a draw, where wanted together with partners."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="units", verbose_name="计划")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="plan_units", verbose_name="企业")
    times = models.PositiveSmallIntegerField("全年次数", default=1)
    month = models.PositiveSmallIntegerField("计划月份", null=True, blank=True)
    partners = models.ManyToManyField(
        Department, blank=True, limit_choices_to={"is_partner": True}, verbose_name="综合查一次的协作部门"
    )
    why = models.CharField("列为重点的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "重点检查单位"
        ordering = ["enterprise__name_key", "enterprise__credit_code", "id"]
        constraints = [
            models.UniqueConstraint("plan", "enterprise", name="a_unit_once_a_plan"),
            models.CheckConstraint(condition=Q(times__gte=1), name="a_unit_is_checked_at_least_once"),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__gte=1, month__lte=12), name="a_month_is_one_of_twelve"
            ),
        ]
        triggers = plan_part_guards("unit")

    def __str__(self) -> str:
        return str(self.enterprise)
