"""Issued documents: numbered, rendered, hashed, never changed.

A 文号 is taken under a lock in the transaction that issues the document, so a number is
neither skipped nor given twice. One serial runs through the chain of one check.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from shuangsuiji.audit.models import append_only


class NumberSeries(models.Model):
    """The last serial given in one series and year; the row is the lock."""

    code = models.CharField("序列", max_length=30)
    year = models.PositiveSmallIntegerField("年份")
    last_serial = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "文号序列"
        ordering = ["code", "year"]
        constraints = [models.UniqueConstraint("code", "year", name="one_series_a_year")]

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.last_serial}"


class DocumentChain(models.Model):
    """The one serial that all documents of one check share."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    subject_kind = models.CharField("对象类别", max_length=40)
    subject_key = models.CharField("对象标识", max_length=80)
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号")

    class Meta:
        verbose_name = verbose_name_plural = "文号链"
        ordering = ["year", "serial"]
        constraints = [
            models.UniqueConstraint("year", "serial", name="a_chain_serial_once_a_year"),
            models.UniqueConstraint("subject_kind", "subject_key", name="one_chain_a_subject"),
        ]
        triggers = append_only("chain")

    def __str__(self) -> str:
        return f"〔{self.year}〕{self.serial}号"


class IssuedDocument(models.Model):
    """A document as it was issued: its number, its words, its PDF and the PDF's hash."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("文书种类", max_length=40)
    title = models.CharField("标题", max_length=200)
    number = models.CharField("文号", max_length=60, unique=True, null=True)  # noqa: DJ001 - unnumbered kinds
    mark = models.CharField("文号标识", max_length=20, blank=True)
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号", null=True)
    part = models.PositiveSmallIntegerField("分号", default=0)
    subject_kind = models.CharField("对象类别", max_length=40)
    subject_key = models.CharField("对象标识", max_length=80)
    context = models.JSONField("内容")
    file_name = models.CharField("文件", max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64)
    byte_count = models.PositiveIntegerField("字节数")
    page_count = models.PositiveSmallIntegerField("页数")
    token = models.CharField("查验码", max_length=43, unique=True)
    is_confidential = models.BooleanField("保密", default=False)
    issued_on = models.DateField("成文日期")
    issued_at = models.DateTimeField("签发时间")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="签发人")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="替代"
    )

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ["issued_at", "id"]
        indexes = [models.Index(fields=["subject_kind", "subject_key"])]
        constraints = [
            models.UniqueConstraint(
                "mark", "year", "serial", "part", condition=Q(serial__isnull=False), name="a_document_number_once"
            ),
        ]
        triggers = append_only("document")

    def __str__(self) -> str:
        return f"{self.title} {self.number or ''}".strip()
