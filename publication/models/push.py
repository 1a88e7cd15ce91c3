"""The outbox to the provincial platform."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from publication.models.publication import Publication


class PlatformPush(models.Model):
    """One state of one publication on its way to the provincial platform; a row first, delivery after.

    A row that fails too often is `dead` and stands on the desk until a person sends it again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待推送"
        SENT = "sent", "已推送"
        DEAD = "dead", "推送失败"

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="pushes", verbose_name="公开信息")
    publication_state = models.CharField("公开状态", max_length=10)
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)
    attempt_count = models.PositiveSmallIntegerField("尝试次数", default=0)
    not_before = models.DateTimeField("最早推送时间")
    last_error = models.CharField("最近错误", max_length=300, blank=True)
    created_at = models.DateTimeField("产生时间", auto_now_add=True)
    sent_at = models.DateTimeField("推送时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "省平台推送"
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["not_before"], condition=Q(state="waiting"), name="waiting_pushes")]
        constraints = [
            models.UniqueConstraint("publication", "publication_state", name="a_state_is_pushed_once"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="pushed_state_and_time_agree",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication} {self.get_state_display()}"
