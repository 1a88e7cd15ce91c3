"""What lists, search and figures know of a publication."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from publication.models.publication import Publication
from publication.states import PublicationState


class PublicEntry(models.Model):
    """What lists, search and figures know of one publication: its public words, and no others.

    Written in the transaction in which the publication changes; gone when it is withdrawn.
    `pieces` are the single characters and pairs of characters it is found by: trigrams cannot
    find a name by two characters.
    """

    publication = models.OneToOneField(
        Publication, models.PROTECT, primary_key=True, related_name="entry", verbose_name="公开信息"
    )
    kind = models.CharField("种类", max_length=12, choices=Publication.Kind)
    state = models.CharField("状态", max_length=10, choices=PublicationState)
    slug = models.CharField("网址标识", max_length=40, unique=True)
    title = models.CharField("标题", max_length=200)
    number = models.CharField("文号", max_length=60, blank=True)
    index_number = models.CharField("索引号", max_length=60, blank=True)
    note = models.CharField("摘要", max_length=300, blank=True)
    published_at = models.DateTimeField("发布时间")
    first_published_at = models.DateTimeField("首次发布时间", help_text="更正的信息，统计到首次发布的月份。")
    visits_from = models.DateField("检查开始", null=True, blank=True)
    visits_to = models.DateField("检查结束", null=True, blank=True)
    enterprise_name = models.CharField("企业", max_length=120, blank=True)
    townships = ArrayField(models.CharField("乡镇", max_length=40), default=list, verbose_name="乡镇")
    fields = ArrayField(models.CharField("监管领域", max_length=20), default=list, verbose_name="监管领域")
    enterprise_count = models.PositiveIntegerField("企业数", default=0)
    passed_count = models.PositiveSmallIntegerField("合格项", default=0)
    failed_count = models.PositiveSmallIntegerField("不合格项", default=0)
    general_count = models.PositiveSmallIntegerField("一般隐患", default=0)
    major_count = models.PositiveSmallIntegerField("重大隐患", default=0)
    words = models.TextField("可查文字", blank=True)
    pieces = ArrayField(models.CharField("片段", max_length=48), default=list, verbose_name="片段")

    class Meta:
        verbose_name = verbose_name_plural = "公开条目"
        ordering = ["-published_at", "publication_id"]
        indexes = [
            models.Index(fields=["kind", "-published_at", "publication"], name="entries_of_a_kind"),
            models.Index(fields=["-published_at", "publication"], name="entries_newest_first"),
            models.Index(fields=["first_published_at"], name="entries_first_public"),
            GinIndex(fields=["pieces"], name="entries_by_pieces", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.title
