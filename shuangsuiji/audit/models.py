"""The trail: what was done, by whom, to what; append-only and chained by hashes."""

from __future__ import annotations

import pgtrigger
from django.db import models


def append_only(name: str) -> list[pgtrigger.Trigger]:
    """Triggers that refuse UPDATE, DELETE and TRUNCATE on a table."""
    return [
        pgtrigger.Protect(name=f"{name}_keep_rows", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name=f"{name}_keep_table",
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
        ),
    ]


class AuditEvent(models.Model):
    """One event. Targets are plain text, so nothing can vanish from under them.

    `hash` covers every other column and the previous row's hash.
    """

    sequence = models.BigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间")
    actor_key = models.CharField("操作人标识", max_length=60, blank=True)
    actor_name = models.CharField("操作人", max_length=60, blank=True)
    action = models.CharField("动作", max_length=60)
    target_kind = models.CharField("对象类别", max_length=40, blank=True)
    target_key = models.CharField("对象标识", max_length=80, blank=True)
    target_label = models.CharField("对象", max_length=200, blank=True)
    is_confidential = models.BooleanField("保密", default=False)
    detail = models.JSONField("内容", default=dict)
    request_id = models.CharField("请求标识", max_length=60, blank=True)
    previous_hash = models.CharField("上一行哈希", max_length=64)
    hash = models.CharField("哈希", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"
        ordering = ["-sequence"]
        indexes = [
            models.Index(fields=["target_kind", "target_key"]),
            models.Index(fields=["action", "-sequence"]),
        ]
        triggers = append_only("audit")

    def __str__(self) -> str:
        return f"#{self.sequence} {self.action}"
