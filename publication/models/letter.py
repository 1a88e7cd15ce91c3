"""Letters: one 行政检查通知书 per enterprise, and everything that happened to it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from draws.models import Recusal
from inspections.models import Task
from publication.models.publication import Publication
from publication.states import PublicationState
from shuangsuiji.audit.models import append_only
from shuangsuiji.documents.models import IssuedDocument


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
    first_opened_at = models.DateTimeField("链接首次被打开", null=True, blank=True)
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

    @property
    def is_suspended(self) -> bool:
        """Its notice was withdrawn and its visit has not begun: what the letter tells does not hold for now."""
        gone = self.publication is not None and self.publication.state == PublicationState.WITHDRAWN
        return gone and self.task.visited_on is None


class LetterEvent(models.Model):
    """One thing that happened to a letter besides being e-mailed, opened and confirmed; never changed.

    Together with the letter's own times it is the delivery record (送达记录).
    """

    class Kind(models.TextChoices):
        PRINTED = "printed", "打印"
        HANDED = "handed", "当面送达"
        REFUSED = "refused", "拒收留置"
        POSTED = "posted", "邮寄"
        REMINDED = "reminded", "提醒确认"
        REVOKED = "revoked", "停用链接"
        RENEWED = "renewed", "更换链接"
        RECUSAL = "recusal", "申请回避"
        SUSPENDED = "suspended", "公告撤回，检查暂不进行"
        RESUMED = "resumed", "重新公告，检查照原定日期进行"
        REISSUED = "reissued", "重新通知"

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="events", verbose_name="通知书")
    kind = models.CharField("类别", max_length=10, choices=Kind)
    number = models.PositiveSmallIntegerField("次序", default=1)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办"
    )
    receiver = models.CharField("收件人", max_length=40, blank=True)
    place = models.CharField("地点", max_length=200, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    proof_name = models.CharField("证明文件", max_length=120, blank=True)
    proof_sha256 = models.CharField("证明文件 SHA-256", max_length=64, blank=True)
    proof_type = models.CharField("证明文件类型", max_length=40, blank=True)
    receipt = models.OneToOneField(IssuedDocument, models.PROTECT, null=True, blank=True, verbose_name="送达回执")
    recusal = models.OneToOneField(Recusal, models.PROTECT, null=True, blank=True, verbose_name="回避申请")

    class Meta:
        verbose_name = verbose_name_plural = "通知书经过"
        ordering = ["letter_id", "at", "id"]
        constraints = [
            models.UniqueConstraint("letter", "kind", "number", name="a_letter_event_once"),
            models.CheckConstraint(
                condition=~Q(kind="handed") | ~Q(receiver=""), name="a_letter_handed_over_names_its_receiver"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["refused", "revoked"]) | ~Q(note=""), name="a_refused_or_revoked_letter_says_why"
            ),
        ]
        triggers = append_only("letter_event")

    def __str__(self) -> str:
        return f"{self.letter} {self.get_kind_display()}"


class RetiredLink(models.Model):
    """A link that was replaced: whoever still has it is told so, instead of meeting a page that is not there."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="retired_links", verbose_name="通知书")
    token_sha256 = models.CharField("原链接码的 SHA-256", max_length=64, unique=True)
    retired_at = models.DateTimeField("更换时间")

    class Meta:
        verbose_name = verbose_name_plural = "已更换的链接"
        ordering = ["letter_id", "retired_at", "id"]
        triggers = append_only("retired_link")

    def __str__(self) -> str:
        return f"{self.letter} {timezone.localtime(self.retired_at):%Y-%m-%d}"
