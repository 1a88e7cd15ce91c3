"""严重失信主体名单: one enterprise's way into the list and out of it."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from enterprises.models import Enterprise
from inspections.models import Task
from publication.models.guards import step_guard
from publication.states import VALID_LISTING_TRANSITIONS, ListingState
from shuangsuiji.audit.models import append_only
from shuangsuiji.documents.models import IssuedDocument


class Listing(models.Model):
    """A proposal to list an enterprise, and what became of it. Never automatic.

    Legal source: 安全生产严重失信主体名单管理办法（应急管理部令第11号）, its days as editable rules `listing.*`.
    """

    class Ground(models.TextChoices):
        CONCEALED = "concealed", "隐瞒重大事故隐患"
        NOT_RECTIFIED = "not_rectified", "逾期不整改"
        POORLY_RECTIFIED = "poorly_rectified", "整改不到位"
        OTHER = "other", "其他严重违法行为"

    number = models.CharField("编号", max_length=20, unique=True)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="listings", verbose_name="企业")
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="listings", verbose_name="检查任务"
    )
    state = models.CharField("状态", max_length=10, choices=ListingState, default=ListingState.PROPOSED)
    ground = models.CharField("事由", max_length=20, choices=Ground)
    facts = models.TextField("违法事实")
    penalty_number = models.CharField("处罚决定书文号", max_length=60)
    penalty_on = models.DateField("处罚决定日期")
    penalty_authority = models.CharField("作出处罚的机关", max_length=100, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    proposed_at = models.DateTimeField("提出时间")
    notified_on = models.DateField("告知日期", null=True, blank=True)
    statement_until = models.DateField("陈述申辩截止", null=True, blank=True)
    notice = models.OneToOneField(
        IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="告知书"
    )
    statement = models.TextField("陈述申辩", blank=True)
    stated_on = models.DateField("收到陈述申辩", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    decision_reason = models.CharField("决定理由", max_length=300, blank=True)
    decision = models.OneToOneField(
        IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定书"
    )
    listed_on = models.DateField("列入公布日", null=True, blank=True)
    early_removal_from = models.DateField("可申请提前移出", null=True, blank=True)
    term_ends_on = models.DateField("管理期限届满", null=True, blank=True)
    asked_on = models.DateField("申请提前移出", null=True, blank=True)
    ask_reason = models.CharField("申请理由", max_length=300, blank=True)
    answer = models.CharField("答复", max_length=300, blank=True)
    removal = models.OneToOneField(
        IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="移出决定书"
    )
    removed_on = models.DateField("移出日期", null=True, blank=True)
    revoked_reason = models.CharField("撤销列入决定的理由", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "严重失信名单"
        ordering = ["-proposed_at", "id"]
        indexes = [models.Index(fields=["state", "-proposed_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(penalty_number="") & ~Q(facts=""), name="a_listing_rests_on_facts_and_a_penalty"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "dropped"]) | Q(notified_on__isnull=False),
                name="nobody_is_listed_without_being_told_before",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "notified", "dropped"]) | Q(statement_until__isnull=False),
                name="nobody_is_listed_before_the_notice_was_served",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="listing_decided_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="a_listing_is_decided_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "notified", "stated", "dropped"])
                | Q(decided_at__isnull=False, decision__isnull=False),
                name="a_listing_rests_on_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["listed", "asked"])
                | Q(listed_on__isnull=False, term_ends_on__isnull=False, early_removal_from__isnull=False),
                name="a_listing_has_its_term",
            ),
            models.CheckConstraint(
                condition=~Q(state="removed") | Q(removed_on__isnull=False), name="a_removed_listing_has_its_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="removed") | Q(removal__isnull=False) | Q(removed_on__gt=F("term_ends_on")),
                name="a_listing_ends_by_decision_or_by_its_term",
            ),
            models.UniqueConstraint(
                "enterprise",
                condition=Q(state__in=["proposed", "notified", "stated", "decided", "listed", "asked"]),
                name="an_enterprise_is_listed_once_at_a_time",
            ),
        ]
        triggers = [
            step_guard("listing", VALID_LISTING_TRANSITIONS),
            pgtrigger.Protect(name="listings_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.enterprise}"


class ListingDelivery(models.Model):
    """送达 of one paper of a listing; the enterprise's time to answer counts from it. Never changed."""

    class Paper(models.TextChoices):
        NOTICE = "notice", "告知书"
        DECISION = "decision", "决定书"

    class Way(models.TextChoices):
        HANDED = "handed", "当面送达"
        LEFT = "left", "留置送达"
        POSTED = "posted", "邮寄送达"
        ANNOUNCED = "announced", "公告送达"

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="deliveries", verbose_name="名单")
    paper = models.CharField("文书", max_length=8, choices=Paper)
    way = models.CharField("送达方式", max_length=10, choices=Way)
    delivered_on = models.DateField("送达日期")
    receiver = models.CharField("收件人", max_length=40, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "名单文书送达"
        ordering = ["listing_id", "delivered_on", "id"]
        constraints = [
            models.UniqueConstraint("listing", "paper", name="a_listing_paper_is_served_once"),
            models.CheckConstraint(
                condition=~Q(way="handed") | ~Q(receiver=""), name="a_listing_paper_handed_over_names_its_receiver"
            ),
            models.CheckConstraint(
                condition=~Q(way__in=["left", "announced"]) | ~Q(note=""), name="a_listing_paper_left_says_why"
            ),
        ]
        triggers = append_only("listing_delivery")

    def __str__(self) -> str:
        return f"{self.listing} {self.get_paper_display()}"
