"""调卷: a filed volume is read after the head has said yes, for a while; every reading stands in the trail."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspections.models.dossier import Dossier
from shuangsuiji.audit.models import append_only


class DossierOpening(models.Model):
    """A request to read a locked volume: reason, the head's answer, until when, and when it was closed again."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="openings", verbose_name="案卷")
    reason = models.CharField("查阅理由", max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    is_granted = models.BooleanField("准许", null=True)
    opinion = models.CharField("审批意见", max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    open_until = models.DateTimeField("开放至", null=True, blank=True)
    closed_at = models.DateTimeField("合卷时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "调卷申请"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "asked_by"], condition=Q(decided_at__isnull=True), name="one_open_request_a_reader"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, is_granted__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, is_granted__isnull=False),
                name="an_opening_is_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="an_opening_is_granted_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(open_until__isnull=True) | Q(is_granted=True), name="only_a_granted_opening_has_an_end"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="opening_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="a_decided_opening_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.decided_at IS NOT NULL"),
                func="""
                    IF OLD.closed_at IS NOT NULL
                       OR (NEW.dossier_id, NEW.reason, NEW.asked_by_id,
                           NEW.is_granted, NEW.decided_by_id, NEW.open_until)
                          IS DISTINCT FROM
                          (OLD.dossier_id, OLD.reason, OLD.asked_by_id,
                           OLD.is_granted, OLD.decided_by_id, OLD.open_until)
                    THEN
                        RAISE EXCEPTION 'opening % has been decided and can only be closed', OLD.id;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} 调卷"


class DossierReading(models.Model):
    """One time a locked volume was opened: by whom, which file."""

    class File(models.TextChoices):
        VOLUME = "volume", "案卷 PDF"
        BUNDLE = "bundle", "案卷与原件压缩包"
        CONTENT = "content", "卷内文书、证据或者记录"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="readings", verbose_name="案卷")
    opening = models.ForeignKey(
        DossierOpening, models.PROTECT, null=True, blank=True, related_name="readings", verbose_name="调卷申请"
    )
    file = models.CharField("文件", max_length=8, choices=File)
    what = models.CharField("内容", max_length=120, blank=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="查阅人")
    read_at = models.DateTimeField("查阅时间")

    class Meta:
        verbose_name = verbose_name_plural = "案卷查阅"
        ordering = ["-read_at", "-id"]
        triggers = append_only("dossier_reading")

    def __str__(self) -> str:
        return f"{self.dossier} {self.what or self.get_file_display()}"
