"""The result as rows, for lists and joins: who visits whom, about what, as it stands now.

Written by drawing and amending only; the ledger's JSON is the source, these are its index.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from draws.models.draw import Draw
from draws.models.items import Item
from enterprises.models import Enterprise
from inspectors.models import Expert, Inspector


class DrawnEnterprise(models.Model):
    """One drawn enterprise. `is_standing` ends when an amendment replaces it."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="drawn", verbose_name="抽取")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="drawn", verbose_name="企业")
    position = models.PositiveIntegerField("次序")
    stratum = models.CharField("分层", max_length=60)
    ticket = models.CharField("签号", max_length=64)
    is_standing = models.BooleanField("有效", default=True)
    expert_missing_count = models.PositiveSmallIntegerField("专家空缺", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "抽中企业"
        ordering = ["draw_id", "position"]
        constraints = [models.UniqueConstraint("draw", "enterprise", name="an_enterprise_once_a_draw")]

    def __str__(self) -> str:
        return str(self.enterprise)


class DrawnSeat(models.Model):
    """One seat at one drawn enterprise; seat 1 of the officers leads (主办)."""

    drawn = models.ForeignKey(DrawnEnterprise, models.PROTECT, related_name="seats", verbose_name="抽中企业")
    seat = models.PositiveSmallIntegerField("席次")
    inspector = models.ForeignKey(
        Inspector, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name="执法人员"
    )
    expert = models.ForeignKey(Expert, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name="专家")

    class Meta:
        verbose_name = verbose_name_plural = "派员"
        ordering = ["drawn_id", "seat", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(inspector__isnull=False, expert__isnull=True)
                | Q(inspector__isnull=True, expert__isnull=False),
                name="a_seat_holds_one_person",
            ),
            models.UniqueConstraint("drawn", "inspector", name="an_officer_once_an_enterprise"),
            models.UniqueConstraint("drawn", "expert", name="an_expert_once_an_enterprise"),
        ]

    def __str__(self) -> str:
        return str(self.inspector or self.expert)


class DrawnItem(models.Model):
    """One drawn item at one drawn enterprise."""

    drawn = models.ForeignKey(DrawnEnterprise, models.PROTECT, related_name="items", verbose_name="抽中企业")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="检查事项")

    class Meta:
        verbose_name = verbose_name_plural = "抽中事项"
        ordering = ["drawn_id", "item__code"]
        constraints = [models.UniqueConstraint("drawn", "item", name="an_item_once_an_enterprise")]

    def __str__(self) -> str:
        return str(self.item)
