"""随机抽查事项清单: groups, items, sub-items. An unpublished item enters no draw."""

from __future__ import annotations

from django.db import models

from shuangsuiji.lib.models import SupervisedField


class ItemGroup(models.Model):
    """One of the six groups of the bureau's plan (三(一) 1–6)."""

    code = models.CharField("代码", max_length=4, unique=True)
    name = models.CharField("名称", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "事项类别"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Item(models.Model):
    """One item that can be drawn; its code is the business key. No fields = all fields."""

    code = models.CharField("事项编码", max_length=10, unique=True)
    group = models.ForeignKey(ItemGroup, models.PROTECT, related_name="items", verbose_name="类别")
    name = models.CharField("检查事项", max_length=120)
    legal_basis = models.CharField("依据", max_length=300)
    fields = models.ManyToManyField(SupervisedField, blank=True, verbose_name="适用领域")
    method = models.CharField("检查方式", max_length=100, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True)
    withdrawn_on = models.DateField("停用日期", null=True, blank=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "检查事项"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class SubItem(models.Model):
    """What an officer looks at on site, with its legal basis."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="sub_items", verbose_name="检查事项")
    code = models.CharField("编码", max_length=14, unique=True)
    text = models.CharField("检查内容", max_length=300)
    legal_basis = models.CharField("依据", max_length=300)
    is_basis_confirmed = models.BooleanField("依据已核实", default=True)
    method = models.CharField("检查方式", max_length=100, blank=True)
    evidence = models.CharField("取证要求", max_length=200, blank=True)
    consequence = models.CharField("不合格的处置", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "检查子项"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"
