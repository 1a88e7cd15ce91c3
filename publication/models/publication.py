"""一公开: what the public reads."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from draws.models import Draw
from enterprises.models import Enterprise
from inspections.models import Task
from publication.models.guards import step_guard
from publication.models.listing import Listing
from publication.states import VALID_STATE_TRANSITIONS, PublicationState

_FIXED_ONCE_PUBLIC = (
    *("content", "introduction", "kind", "number", "published_at", "sha256", "slug", "title", "version"),
    *("corrects", "correction_reason", "index_number", "late_reason"),
)
_FIXED_ONCE_OVER = (
    *("end_reason", "ended_at", "ended_by"),
    *("withdrawal_reason", "withdrawal_asked_by", "withdrawal_asked_at"),
)
_FIXED_ONCE_APPROVED = ("content", "introduction", "kind", "slug", "title", "version")


def _changed(*names: str) -> pgtrigger.Q:
    """The condition that any of these columns is to change."""
    condition = pgtrigger.Q()
    for name in names:
        condition |= pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")})
    return condition


_A_CORRECTION_STANDS = pgtrigger.Trigger(
    name="corrected_has_its_correction",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(new__state="corrected") & ~pgtrigger.Q(old__state="corrected"),
    func="""
        IF NOT EXISTS (
            SELECT FROM publication_publication later WHERE later.corrects_id = NEW.id AND later.state = 'published'
        ) THEN
            RAISE EXCEPTION 'publication %: no correction of it is public', NEW.id;
        END IF;
        RETURN NEW;
    """,
)


class Publication(models.Model):
    """One public text. `content` is a frozen snapshot; `sha256` covers its canonical JSON.

    Triggers refuse a change of what was approved, any change once it has been published, a step the
    table of states does not know, and any deletion.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", "年度计划"
        ITEMS = "items", "抽查事项清单"
        OFFICERS = "officers", "执法人员名录"
        NOTICE = "notice", "检查公告"
        RESULT = "result", "检查结果"
        HANDLING = "handling", "查处结果"
        EXPOSURE = "exposure", "曝光"
        LISTING = "listing", "严重失信名单"
        REMOVAL = "removal", "移出名单"
        STATISTICS = "statistics", "统计"

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.CharField("网址标识", max_length=40, unique=True)
    kind = models.CharField("种类", max_length=12, choices=Kind)
    title = models.CharField("标题", max_length=200)
    index_number = models.CharField("索引号", max_length=60, blank=True)
    number = models.CharField("文号", max_length=60, unique=True, null=True, blank=True)
    introduction = models.TextField("引言", blank=True)
    content = models.JSONField("内容", default=dict)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    state = models.CharField("状态", max_length=10, choices=PublicationState, default=PublicationState.DRAFTED)
    is_confidential = models.BooleanField("发布前保密", default=False)
    draw = models.ForeignKey(
        Draw, models.PROTECT, null=True, blank=True, related_name="publications", verbose_name="抽取"
    )
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="publications", verbose_name="任务"
    )
    version = models.PositiveSmallIntegerField("版本", default=1)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name="更正对象"
    )
    listing = models.ForeignKey(
        Listing, models.PROTECT, null=True, blank=True, related_name="publications", verbose_name="名单"
    )
    correction_reason = models.CharField("更正原因", max_length=300, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="起草人"
    )
    drafted_at = models.DateTimeField("起草时间", auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    approved_at = models.DateTimeField("审批时间", null=True, blank=True)
    publish_at = models.DateTimeField("定时发布", null=True, blank=True)
    must_publish_by = models.DateField("最迟发布日", null=True, blank=True)
    late_reason = models.CharField("逾期发布的原因", max_length=300, blank=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    expires_on = models.DateField("公开至", null=True, blank=True)
    ended_at = models.DateTimeField("结束公开时间", null=True, blank=True)
    end_reason = models.CharField("结束公开的原因", max_length=300, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤回人"
    )
    withdrawal_reason = models.CharField("建议撤回的原因", max_length=300, blank=True)
    withdrawal_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="建议撤回"
    )
    withdrawal_asked_at = models.DateTimeField("建议撤回时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开信息"
        ordering = ["-published_at", "-drafted_at", "id"]
        indexes = [
            models.Index(fields=["kind", "-published_at"]),
            models.Index(fields=["publish_at"], condition=Q(state="scheduled"), name="scheduled_publications"),
            models.Index(fields=["expires_on"], condition=Q(state="published"), name="expiring_publications"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(drafted_by__isnull=True) | ~Q(approved_by=F("drafted_by")),
                name="a_publication_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="publication_approved_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "corrected", "expired"])
                | Q(published_at__isnull=False) & ~Q(sha256=""),
                name="what_is_public_has_time_and_hash",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["withdrawn", "expired"]) | ~Q(end_reason=""),
                name="what_left_the_public_says_why",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(correction_reason=""), name="a_correction_says_why"
            ),
            models.CheckConstraint(
                condition=Q(withdrawal_asked_by__isnull=True, withdrawal_asked_at__isnull=True, withdrawal_reason="")
                | Q(withdrawal_asked_by__isnull=False, withdrawal_asked_at__isnull=False) & ~Q(withdrawal_reason=""),
                name="withdrawal_asked_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn")
                | Q(published_at__isnull=True)
                | Q(ended_by__isnull=False, withdrawal_asked_by__isnull=False)
                & ~Q(ended_by=F("withdrawal_asked_by"))
                & ~Q(kind="listing"),
                name="two_people_withdraw_and_never_a_listing",
            ),
            models.UniqueConstraint(
                "draw", condition=Q(kind="notice", version=1) & ~Q(state="withdrawn"), name="one_notice_a_draw"
            ),
            models.UniqueConstraint(
                "task", condition=Q(kind="result", version=1) & ~Q(state="withdrawn"), name="one_result_a_task"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_words_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__published_at__isnull=False) & _changed(*_FIXED_ONCE_PUBLIC),
            ),
            pgtrigger.Protect(
                name="approved_words_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="scheduled") & _changed(*_FIXED_ONCE_APPROVED),
            ),
            pgtrigger.Protect(
                name="an_end_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["corrected", "withdrawn", "expired"])
                & _changed(*_FIXED_ONCE_OVER),
            ),
            _A_CORRECTION_STANDS,
            step_guard("publication", VALID_STATE_TRANSITIONS),
            pgtrigger.Protect(name="publications_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title


class PublicationEnterprise(models.Model):
    """Which enterprises a publication names: for search and for the one-enterprise file."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="enterprises", verbose_name="公开信息")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="publications", verbose_name="企业")

    class Meta:
        verbose_name = verbose_name_plural = "公开信息所列企业"
        ordering = ["publication_id", "enterprise_id"]
        constraints = [models.UniqueConstraint("publication", "enterprise", name="an_enterprise_once_a_publication")]

    def __str__(self) -> str:
        return f"{self.publication}：{self.enterprise}"
