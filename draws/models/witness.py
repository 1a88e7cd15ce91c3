"""How sources come in: one-time links of witnesses, and values of public events entered twice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from draws.models.draw import DrawSource


class WitnessLink(models.Model):
    """A one-time link. Only its SHA-256 is kept: the link itself is shown once, to the clerk who made it."""

    source = models.ForeignKey(DrawSource, models.PROTECT, related_name="links", verbose_name="种子来源")
    token_hash = models.CharField("链接码指纹", max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="生成人")
    made_at = models.DateTimeField("生成时间")
    revoked_at = models.DateTimeField("作废时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "见证链接"
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint("source", condition=Q(revoked_at__isnull=True), name="one_living_link_a_source")
        ]

    def __str__(self) -> str:
        return f"{self.source} 的链接"


class EventEntry(models.Model):
    """A public event's value as one person entered it; it counts when somebody else has entered the same."""

    source = models.ForeignKey(DrawSource, models.PROTECT, related_name="entries", verbose_name="种子来源")
    text = models.CharField("公布的数值", max_length=500)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人")
    entered_at = models.DateTimeField("录入时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核对人"
    )
    confirmed_at = models.DateTimeField("核对时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开事件录入"
        ordering = ["-entered_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "source", condition=Q(withdrawn_at__isnull=True), name="one_standing_entry_an_event"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
                name="an_event_is_confirmed_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="event_confirmed_by_and_at_agree",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} 的录入"
