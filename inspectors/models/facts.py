"""What is kept about one person beside their row: absences, declared interests, evaluations."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from inspectors.models.people import Expert, Inspector
from shuangsuiji.audit.tracking import keep_history


@keep_history(owner="inspector")
class LeavePeriod(models.Model):
    """Days on which an officer cannot go on visits."""

    inspector = models.ForeignKey(Inspector, models.CASCADE, related_name="leave_periods", verbose_name="执法人员")
    starts_on = models.DateField("开始")
    ends_on = models.DateField("结束")
    reason = models.CharField("事由", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "请假"
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="leave_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} 至 {self.ends_on}"


@keep_history(owner="expert")
class ExpertAbsence(models.Model):
    """Days on which an expert cannot come along."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="absences", verbose_name="专家")
    starts_on = models.DateField("开始")
    ends_on = models.DateField("结束")
    reason = models.CharField("事由", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "专家不便期间"
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} 至 {self.ends_on}"


@keep_history(owner="expert")
class ExpertEvaluation(models.Model):
    """How an expert did on one visit; the task is named by its number, as text."""

    BEST = 5

    expert = models.ForeignKey(Expert, models.PROTECT, related_name="evaluations", verbose_name="专家")
    task_key = models.CharField("检查任务", max_length=60)
    visited_on = models.DateField("检查日期")
    score = models.PositiveSmallIntegerField("评分", validators=[MinValueValidator(1), MaxValueValidator(BEST)])
    comment = models.CharField("评语", max_length=300, blank=True)
    evaluated_at = models.DateTimeField("评价时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "专家评价"
        ordering = ["-visited_on", "task_key", "id"]
        constraints = [
            models.UniqueConstraint("expert", "task_key", name="one_evaluation_a_visit"),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="a_score_is_one_to_five"),
            models.CheckConstraint(condition=~Q(task_key=""), name="an_evaluation_names_its_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.visited_on} {self.score} 分"


@keep_history()
class DeclaredInterest(models.Model):
    """An officer's or expert's own word that they have an interest in an enterprise, named by its credit code.

    The declaration is a fact of this room; whether it keeps the person away is decided where recusals are.
    """

    inspector = models.ForeignKey(
        Inspector, models.PROTECT, null=True, blank=True, related_name="interests", verbose_name="执法人员"
    )
    expert = models.ForeignKey(
        Expert, models.PROTECT, null=True, blank=True, related_name="interests", verbose_name="专家"
    )
    credit_code = models.CharField("统一社会信用代码", max_length=18)
    enterprise_name = models.CharField("企业名称", max_length=120, blank=True)
    reason = models.CharField("利害关系", max_length=200)
    declared_on = models.DateField("申报日期")
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "利害关系申报"
        ordering = ["-declared_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(inspector__isnull=False, expert=None) | Q(inspector=None, expert__isnull=False),
                name="one_person_declares",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_declaration_has_a_reason"),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("declared_on")),
                name="withdrawn_after_it_was_declared",
            ),
            models.UniqueConstraint(
                "inspector", "credit_code", condition=Q(withdrawn_on=None), name="an_inspector_declares_once"
            ),
            models.UniqueConstraint(
                "expert", "credit_code", condition=Q(withdrawn_on=None), name="an_expert_declares_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_name or self.credit_code}：{self.reason}"

    @property
    def person(self) -> Inspector | Expert:
        """Whoever declared it."""
        return self.inspector or self.expert  # type: ignore[return-value]
