"""The words the register is described in; people edit them, a code once used stays."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shuangsuiji.lib.models import SupervisedField


class Hazard(models.Model):
    """A danger that may be present: 重大危险源, 涉爆粉尘, 有限空间, 氨制冷 …"""

    code = models.SlugField("代码", max_length=30, unique=True)
    name = models.CharField("名称", max_length=30, unique=True)
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "危险因素"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class SpecialList(models.Model):
    """A list some enterprises stand on for a time: 重点, 涉事故, 新增 …"""

    KEY = "key"
    """The list of 重点检查单位; `Enterprise.is_key` repeats it for the pools."""

    code = models.SlugField("代码", max_length=30, unique=True)
    name = models.CharField("名称", max_length=30, unique=True)
    meaning = models.CharField("用途", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "专项名单"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class IndustryClass(models.Model):
    """A class of GB/T 4754 and the field that supervises it; the longest prefix decides.

    Without a field the class is supervised elsewhere, or undecided while unconfirmed.
    """

    code = models.CharField("行业代码", max_length=5, unique=True)
    name = models.CharField("行业名称", max_length=60)
    field = models.ForeignKey(SupervisedField, models.PROTECT, null=True, blank=True, verbose_name="监管领域")
    is_confirmed = models.BooleanField("已核实", default=False)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "行业对应"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z]?[0-9]{0,4}$") & ~Q(code=""), name="industry_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
