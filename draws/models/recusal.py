"""回避: a pair that must not meet, as a fact with reason, source and term."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from enterprises.models import Enterprise
from inspectors.models import Expert, Inspector


class Recusal(models.Model):
    """An officer or expert who may not come to one enterprise. Reasons stay internal."""

    class Reason(models.TextChoices):
        KINSHIP = "kinship", "近亲属关系"
        EMPLOYMENT = "employment", "曾任职"
        SHAREHOLDING = "shareholding", "持股或投资"
        SAME_DEPARTMENT = "same_department", "隶属同一主管部门"
        PAST_SERVICE = "past_service", "曾提供评价、检测检验、设计、标准化评审服务"
        OWN_REQUEST = "own_request", "本人申请"
        ENTERPRISE_REQUEST = "enterprise_request", "企业申请"
        OTHER = "other", "其他利害关系"

    class Service(models.TextChoices):
        EVALUATION = "evaluation", "评价"
        TESTING = "testing", "检测检验"
        DESIGN = "design", "设计"
        STANDARDISATION = "standardisation", "标准化评审"

    class State(models.TextChoices):
        ASKED = "asked", "待决定"
        GRANTED = "granted", "已准"
        REFUSED = "refused", "不予回避"
        ENDED = "ended", "已解除"

    inspector = models.ForeignKey(Inspector, models.PROTECT, null=True, blank=True, verbose_name="执法人员")
    expert = models.ForeignKey(Expert, models.PROTECT, null=True, blank=True, verbose_name="专家")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, verbose_name="企业")
    reason = models.CharField("事由", max_length=20, choices=Reason)
    service = models.CharField("服务种类", max_length=16, choices=Service, blank=True)
    report_number = models.CharField("报告或合同编号", max_length=60, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    source = models.CharField("来源", max_length=100)
    starts_on = models.DateField("开始")
    ends_on = models.DateField("结束", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    asked_at = models.DateTimeField("登记时间", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="解除人"
    )
    ended_at = models.DateTimeField("解除时间", null=True, blank=True)
    end_reason = models.CharField("解除理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "回避"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(inspector__isnull=False, expert__isnull=True)
                | Q(inspector__isnull=True, expert__isnull=False),
                name="a_recusal_names_one_person",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="recusal_decided_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True) | Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="a_recusal_is_decided_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")
                | ~Q(state="ended") & Q(ended_at__isnull=True, ended_by__isnull=True, end_reason=""),
                name="an_ended_recusal_says_why_and_who",
            ),
            models.CheckConstraint(
                condition=Q(reason="past_service", expert__isnull=False) & ~Q(service="")
                | ~Q(reason="past_service") & Q(service=""),
                name="a_past_service_is_an_experts_and_says_which",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_recusal_ends_after_it_starts",
            ),
            models.UniqueConstraint("report_number", condition=~Q(report_number=""), name="a_service_report_once"),
        ]

    def __str__(self) -> str:
        return f"{self.inspector or self.expert} × {self.enterprise}"

    @property
    def reason_words(self) -> str:
        """The reason with the kind of service, as the internal papers show it."""
        return f"曾提供{self.get_service_display()}服务" if self.service else self.get_reason_display()
