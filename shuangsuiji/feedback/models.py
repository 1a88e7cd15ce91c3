"""What people outside write to the bureau, and what it answers."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from shuangsuiji.feedback.states import FeedbackState

_AS_RECEIVED = ("number", "kind", "about", "text", "received_at")


def _rewritten() -> pgtrigger.Q:
    condition = pgtrigger.Q()
    for name in _AS_RECEIVED:
        condition |= pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")})
    return condition


class Feedback(models.Model):
    """One letter from outside. `number` is the receipt and the key to the answer.

    What was written is never rewritten; name, contact and source are forgotten some time after the answer.
    """

    class Kind(models.TextChoices):
        OPINION = "opinion", "意见建议"
        QUESTION = "question", "咨询"
        MISTAKE = "mistake", "公开内容有误"
        COMPLAINT = "complaint", "投诉工作人员"
        REPORT = "report", "举报安全隐患"

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("受理号", max_length=24, unique=True, editable=False)
    kind = models.CharField("类别", max_length=10, choices=Kind)
    about = models.CharField("涉及的文号或网址", max_length=200, blank=True)
    text = models.TextField("内容", max_length=2000)
    name = models.CharField("姓名", max_length=40, blank=True)
    contact = models.CharField("联系方式", max_length=100, blank=True)
    source_key = models.CharField("来源", max_length=64, blank=True, editable=False)
    state = models.CharField("状态", max_length=10, choices=FeedbackState, default=FeedbackState.RECEIVED)
    received_at = models.DateTimeField("受理时间")
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    assigned_at = models.DateTimeField("交办时间", null=True, blank=True)
    answer = models.TextField("答复", max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    public_question = models.CharField("选登的问题", max_length=300, blank=True)
    public_answer = models.TextField("选登的答复", max_length=2000, blank=True)
    public_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准选登"
    )
    public_at = models.DateTimeField("选登时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "意见与投诉"
        ordering = ["-received_at", "id"]
        indexes = [
            models.Index(fields=["state", "-received_at"]),
            models.Index(fields=["source_key", "received_at"]),
            models.Index(fields=["-public_at"], condition=Q(public_at__isnull=False), name="feedback_in_public"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="feedback_answered_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False)
                | ~Q(state="answered") & Q(answered_at__isnull=True),
                name="answered_feedback_has_its_answer",
            ),
            models.CheckConstraint(
                condition=Q(state="received") | Q(handler__isnull=False, assigned_at__isnull=False),
                name="feedback_in_hand_has_a_handler",
            ),
            models.CheckConstraint(
                condition=Q(public_at__isnull=True, public_by__isnull=True)
                | Q(public_at__isnull=False, public_by__isnull=False, answered_at__isnull=False)
                & ~Q(public_question="")
                & ~Q(public_answer=""),
                name="feedback_in_public_was_answered_and_approved",
            ),
            models.CheckConstraint(
                condition=Q(public_by__isnull=True) | ~Q(public_by=F("answered_by")),
                name="feedback_is_made_public_by_somebody_else",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="letters_from_outside_stand", operation=pgtrigger.Update, condition=_rewritten()),
            pgtrigger.Protect(name="letters_from_outside_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {timezone.localtime(self.received_at):%Y-%m-%d}"
