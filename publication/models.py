"""一公开: what the public reads, and the letters enterprises receive."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from draws.models import Draw
from enterprises.models import Enterprise
from inspections.models import Task
from publication.states import PublicationState
from shuangsuiji.documents.models import IssuedDocument

_FIXED_ONCE_PUBLIC = ("content", "introduction", "kind", "number", "published_at", "sha256", "slug", "title", "version")


def _changed(*names: str) -> pgtrigger.Q:
    """The condition that any of these columns is to change."""
    condition = pgtrigger.Q()
    for name in names:
        condition |= pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")})
    return condition


class Publication(models.Model):
    """One public text. `content` is a frozen snapshot; `sha256` covers its canonical JSON.

    A trigger refuses any change of its words and facts once it has been published, and any deletion.
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
    correction_reason = models.CharField("更正或撤回原因", max_length=300, blank=True)
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
    published_at = models.DateTimeField("发布时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开信息"
        ordering = ["-published_at", "-drafted_at", "id"]
        indexes = [
            models.Index(fields=["kind", "-published_at"]),
            models.Index(fields=["publish_at"], condition=Q(state="scheduled"), name="scheduled_publications"),
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
            models.UniqueConstraint("draw", condition=Q(kind="notice", version=1), name="one_notice_a_draw"),
            models.UniqueConstraint("task", condition=Q(kind="result", version=1), name="one_result_a_task"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_words_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__published_at__isnull=False) & _changed(*_FIXED_ONCE_PUBLIC),
            ),
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


class Letter(models.Model):
    """行政检查通知书 to one enterprise, and how it arrived.

    A row is written when the notice is published; a job issues the document. The token is
    unguessable and opens the enterprise's page.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    task = models.OneToOneField(Task, models.PROTECT, related_name="letter", verbose_name="任务")
    publication = models.ForeignKey(
        Publication, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name="公告"
    )
    token = models.CharField("链接码", max_length=43, unique=True)
    document = models.OneToOneField(IssuedDocument, models.PROTECT, null=True, blank=True, verbose_name="文书")
    attempt_count = models.PositiveSmallIntegerField("尝试次数", default=0)
    last_error = models.CharField("最近错误", max_length=300, blank=True)
    created_at = models.DateTimeField("产生时间", auto_now_add=True)
    issued_at = models.DateTimeField("签发时间", null=True, blank=True)
    first_opened_at = models.DateTimeField("首次打开", null=True, blank=True)
    confirmed_at = models.DateTimeField("确认收悉", null=True, blank=True)
    confirmed_name = models.CharField("确认人", max_length=40, blank=True)
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)
    expires_on = models.DateField("链接有效期至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "通知书"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, document__isnull=True)
                | Q(issued_at__isnull=False, document__isnull=False),
                name="an_issued_letter_has_its_document",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | ~Q(confirmed_name=""), name="a_confirmation_names_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} 通知书"
