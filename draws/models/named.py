"""A visit to a 重点检查单位 that the plan names: asked for with its officers and items, approved by somebody else."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from draws.models.draw import Draw
from draws.models.items import Item
from draws.models.plan import PlanUnit
from inspectors.models import Inspector


class NamedVisit(models.Model):
    """One such visit. Approved, it carries its batch (`draw`, with basis `named`) like any other check."""

    class State(models.TextChoices):
        ASKED = "asked", "待批准"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "未批准"

    unit = models.ForeignKey(PlanUnit, models.PROTECT, related_name="visits", verbose_name="重点检查单位")
    visits_from = models.DateField("检查开始")
    visits_to = models.DateField("检查结束")
    requirements = models.TextField("相关要求", blank=True)
    items = models.ManyToManyField(Item, related_name="+", verbose_name="检查事项")
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    refusal_reason = models.CharField("不予批准的原因", max_length=300, blank=True)
    draw = models.OneToOneField(
        Draw, models.PROTECT, null=True, blank=True, related_name="named_visit", verbose_name="检查批次"
    )

    class Meta:
        verbose_name = verbose_name_plural = "重点检查"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visits_to__gte=F("visits_from")), name="a_named_visit_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="a_named_visit_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="named_visit_decided_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=Q(state="approved", draw__isnull=False) | ~Q(state="approved") & Q(draw__isnull=True),
                name="an_approved_named_visit_has_its_batch",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} 重点检查"


class NamedSeat(models.Model):
    """One appointed officer of a named visit; seat 1 leads."""

    visit = models.ForeignKey(NamedVisit, models.CASCADE, related_name="seats", verbose_name="重点检查")
    seat = models.PositiveSmallIntegerField("席次")
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="+", verbose_name="执法人员")

    class Meta:
        verbose_name = verbose_name_plural = "指派人员"
        ordering = ["visit_id", "seat"]
        constraints = [
            models.UniqueConstraint("visit", "seat", name="a_named_seat_once"),
            models.UniqueConstraint("visit", "inspector", name="an_officer_once_a_named_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.inspector}"
