"""The pulse of the scheduler, so that its silence is noticed; changes of settings that wait for a second person."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Heartbeat(models.Model):
    """When a part of the running system was last heard of."""

    name = models.CharField("名称", max_length=20, unique=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "运行心跳"
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"


_AS_PROPOSED = ("kind", "subject", "label", "terms", "asked_by", "asked_at")


def _proposed_differently() -> pgtrigger.Q:
    condition = pgtrigger.Q()
    for name in _AS_PROPOSED:
        condition |= pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")})
    return condition


class SettingProposal(models.Model):
    """A change of a deadline rule or of the calendar that waits for a second person; one at a time."""

    class Kind(models.TextChoices):
        RULE = "rule", "期限规则"
        YEAR = "year", "日历年度"
        DAY = "day", "日历日期"

    class State(models.TextChoices):
        OPEN = "open", "待确认"
        CONFIRMED = "confirmed", "已确认"
        REFUSED = "refused", "未同意"

    kind = models.CharField("种类", max_length=8, choices=Kind)
    subject = models.CharField("对象", max_length=40)
    label = models.CharField("名称", max_length=80)
    terms = models.JSONField("内容", default=dict)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    decided_at = models.DateTimeField("确认时间", null=True, blank=True)
    reason = models.CharField("不同意的理由", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "设置修改"
        ordering = ["-asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                "kind", "subject", condition=Q(state="open"), name="a_setting_is_changed_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="setting_decided_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="a_setting_is_confirmed_by_somebody_else",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="a_refused_setting_says_why"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_setting_stands_as_proposed", operation=pgtrigger.Update, condition=_proposed_differently()
            ),
            pgtrigger.Protect(name="setting_proposals_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.label}"
