"""The pulse of the scheduler, so that its silence is noticed."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """When a part of the running system was last heard of."""

    name = models.CharField("名称", max_length=20, unique=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "运行心跳"
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
