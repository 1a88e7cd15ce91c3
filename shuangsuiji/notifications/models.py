"""The outbox: a row first, in the transaction of what it tells; delivery after."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Message(models.Model):
    """One message on its way to one recipient.

    `key` is unique: queueing the same thing twice is one message. A message that fails
    too often is `dead` and stands on the desk until a person sends it again.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "电子邮件"
        DESK = "desk", "工作台"

    class State(models.TextChoices):
        WAITING = "waiting", "待发送"
        SENT = "sent", "已发送"
        DEAD = "dead", "发送失败"

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField("去重键", max_length=160, unique=True)
    channel = models.CharField("渠道", max_length=8, choices=Channel)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="收件人")
    address = models.EmailField("收件地址", blank=True)
    subject = models.CharField("标题", max_length=200)
    body = models.TextField("正文", blank=True)
    link = models.CharField("链接", max_length=300, blank=True)
    attachment_paths = models.JSONField("附件", default=list, blank=True)
    attachment_names = models.JSONField("附件名称", default=list, blank=True)
    subject_kind = models.CharField("对象类别", max_length=40, blank=True)
    subject_key = models.CharField("对象标识", max_length=80, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)
    attempt_count = models.PositiveSmallIntegerField("尝试次数", default=0)
    not_before = models.DateTimeField("最早发送时间")
    last_error = models.TextField("最近错误", blank=True)
    created_at = models.DateTimeField("产生时间", auto_now_add=True)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state="waiting"), name="waiting_messages"),
            models.Index(fields=["user", "read_at"], condition=Q(channel="desk"), name="desk_inbox"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="desk", user__isnull=False) | (Q(channel="email") & ~Q(address="")),
                name="a_message_has_a_recipient",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="sent_state_and_time_agree",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
