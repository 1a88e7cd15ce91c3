"""Two rows that may be one enterprise."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from enterprises.models.enterprise import Enterprise


class DuplicatePair(models.Model):
    """A suspicion, until somebody merges the two or says that they are two."""

    class Reason(models.TextChoices):
        CODE = "code", "代码主体部分相同"
        NAME = "name", "名称实质相同"
        ADDRESS = "address", "地址相同、名称相近"
        SIMILAR = "similar", "名称相近"

    first = models.ForeignKey(Enterprise, models.PROTECT, related_name="+", verbose_name="企业甲")
    second = models.ForeignKey(Enterprise, models.PROTECT, related_name="+", verbose_name="企业乙")
    reason = models.CharField("疑点", max_length=8, choices=Reason)
    similarity = models.PositiveSmallIntegerField("相似度（%）")
    found_at = models.DateTimeField("发现时间")
    dismissed_at = models.DateTimeField("排除时间", null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="排除人"
    )
    dismissed_reason = models.CharField("排除理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "疑似重复"
        ordering = ["-similarity", "first_id", "second_id"]
        constraints = [
            models.UniqueConstraint("first", "second", name="a_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_pair_is_ordered"),
            models.CheckConstraint(
                condition=Q(dismissed_at=None, dismissed_by=None, dismissed_reason="")
                | Q(dismissed_at__isnull=False) & ~Q(dismissed_reason=""),
                name="a_dismissed_pair_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first}／{self.second}"
