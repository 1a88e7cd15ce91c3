"""What is kept about one enterprise beside its row: permits, lists, penalties, former names."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from enterprises.models.enterprise import Enterprise
from enterprises.models.vocabularies import SpecialList
from shuangsuiji.audit.tracking import keep_history


@keep_history(owner="enterprise")
class Permit(models.Model):
    """A licence with its last day; none means it holds until withdrawn."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="permits", verbose_name="企业")
    kind = models.CharField("许可名称", max_length=40)
    number = models.CharField("许可编号", max_length=60)
    issuer = models.CharField("发证机关", max_length=60, blank=True)
    starts_on = models.DateField("有效期自", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    is_withdrawn = models.BooleanField("已注销", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "行政许可"
        ordering = ["enterprise_id", "kind", "number"]
        indexes = [models.Index(fields=["expires_on", "id"], condition=Q(is_withdrawn=False), name="permit_expiry")]
        constraints = [
            models.UniqueConstraint("enterprise", "kind", "number", name="a_permit_once_an_enterprise"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("starts_on")),
                name="permit_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


@keep_history(owner="enterprise")
class ListMembership(models.Model):
    """An enterprise on a special list from a day on, with the reason; ended with a reason too."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="memberships", verbose_name="企业")
    special_list = models.ForeignKey(SpecialList, models.PROTECT, related_name="memberships", verbose_name="名单")
    starts_on = models.DateField("列入日期")
    reason = models.CharField("列入原因", max_length=200)
    ends_on = models.DateField("移出日期", null=True, blank=True)
    end_reason = models.CharField("移出原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "名单成员"
        ordering = ["special_list_id", "-starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                "enterprise", "special_list", condition=Q(ends_on=None), name="once_on_a_list_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_listing_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ends_on=None, end_reason="") | Q(ends_on__gte=F("starts_on")) & ~Q(end_reason=""),
                name="a_listing_ends_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.special_list}（{self.starts_on:%Y-%m-%d}）"


@keep_history(owner="enterprise")
class PenaltyFact(models.Model):
    """That an enterprise was penalised, from our own case or from elsewhere; the decision itself lies there."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="penalties", verbose_name="企业")
    decided_on = models.DateField("决定日期")
    document_number = models.CharField("决定书文号", max_length=60)
    source = models.CharField("来源", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "行政处罚"
        ordering = ["-decided_on", "document_number", "id"]
        indexes = [models.Index(fields=["decided_on", "enterprise"])]
        constraints = [
            models.UniqueConstraint("enterprise", "document_number", name="a_penalty_once_an_enterprise"),
            models.CheckConstraint(condition=~Q(document_number=""), name="a_penalty_has_a_number"),
        ]

    def __str__(self) -> str:
        return self.document_number


@keep_history(owner="enterprise")
class FormerName(models.Model):
    """A name the enterprise bore until a day; `Enterprise.known_as` repeats it for the search."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="former_names", verbose_name="企业")
    name = models.CharField("曾用名", max_length=120)
    used_until = models.DateField("用至", null=True, blank=True)
    source = models.CharField("来源", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "曾用名"
        ordering = ["enterprise_id", "name"]
        constraints = [models.UniqueConstraint("enterprise", "name", name="a_former_name_once")]

    def __str__(self) -> str:
        return self.name
