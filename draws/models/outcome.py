"""The result as rows, for lists and joins: who visits whom, about what, as it stands now.

Written by drawing and amending only; the ledger's JSON is the source, these are its index.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from draws.models.draw import Draw
from draws.models.item_guards import only_published
from draws.models.items import Item
from draws.models.outcome_guards import result_guards
from enterprises.models import Enterprise
from inspectors.models import Expert, Inspector
from shuangsuiji.audit.models import append_only

_DRAW_OF_ROW = "(SELECT draw_id FROM draws_drawnenterprise WHERE id = {row}.drawn_id)"


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
        triggers = result_guards("drawn", draw="{row}.draw_id")

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
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="派员时的账号"
    )
    """The officer's account when the seat was given: a covert task opens to this one only, whatever is linked later."""

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
        triggers = result_guards("seat", draw=_DRAW_OF_ROW)

    def __str__(self) -> str:
        return str(self.inspector or self.expert)


class AccountAdmission(models.Model):
    """Somebody cleared lets an account see the covert tasks of an officer who had another at the draw, or none."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="admissions", verbose_name="抽取")
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="+", verbose_name="执法人员")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="账号")
    admitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="准许人")
    admitted_at = models.DateTimeField("准许时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "账号准许"
        ordering = ["draw_id", "inspector_id", "account_id"]
        constraints = [
            models.UniqueConstraint("draw", "inspector", "account", name="an_account_is_admitted_once"),
            models.CheckConstraint(condition=~Q(account=F("admitted_by")), name="nobody_admits_their_own_account"),
        ]
        triggers = append_only("admission")

    def __str__(self) -> str:
        return f"{self.inspector} {self.account}"


class DrawnItem(models.Model):
    """One drawn item at one drawn enterprise."""

    drawn = models.ForeignKey(DrawnEnterprise, models.PROTECT, related_name="items", verbose_name="抽中企业")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="检查事项")

    class Meta:
        verbose_name = verbose_name_plural = "抽中事项"
        ordering = ["drawn_id", "item__code"]
        constraints = [models.UniqueConstraint("drawn", "item", name="an_item_once_an_enterprise")]
        triggers = [only_published("drawn_item_is_published"), *result_guards("drawn_item", draw=_DRAW_OF_ROW)]

    def __str__(self) -> str:
        return str(self.item)
