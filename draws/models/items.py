"""随机抽查事项清单: editions of the list, groups, items, sub-items. An unpublished item enters no draw.

A row of `Item` is one version of one item: once published it never changes again. A change is the next
version, and comes in with the next edition of the list; a sealed draw points at the rows it used.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When

from draws.models.item_guards import edition_guards, item_guards, sub_item_guards
from draws.states import EditionState
from shuangsuiji.accounts.models import Department
from shuangsuiji.lib.models import SupervisedField

IN_HAND = (EditionState.DRAFT, EditionState.SUBMITTED, EditionState.APPROVED)


class ItemGroup(models.Model):
    """One of the six groups of the bureau's plan (三(一) 1–6)."""

    code = models.CharField("代码", max_length=4, unique=True)
    name = models.CharField("名称", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "事项类别"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ItemEdition(models.Model):
    """One edition of the whole list (清单第几版): drafted, approved by somebody else, published with a day of force.

    `content` is the whole list as it holds from that day, frozen.
    """

    number = models.PositiveSmallIntegerField("版次", unique=True)
    reason = models.CharField("修订说明", max_length=300, blank=True)
    state = models.CharField("状态", max_length=10, choices=EditionState, default=EditionState.DRAFT)
    in_force_from = models.DateField("施行日期", null=True, blank=True)
    in_force_to = models.DateField("停止施行日期", null=True, blank=True)
    content = models.JSONField("内容", default=dict, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="起草人"
    )
    drafted_at = models.DateTimeField("起草时间", auto_now_add=True)
    returned_reason = models.CharField("退回意见", max_length=300, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    approved_at = models.DateTimeField("审批时间", null=True, blank=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "清单版次"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(Case(When(state__in=IN_HAND, then=1)), name="one_edition_in_hand"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="edition_approved_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(drafted_by__isnull=True) | ~Q(approved_by=F("drafted_by")),
                name="an_edition_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~Q(state=EditionState.PUBLISHED) | Q(in_force_from__isnull=False, published_at__isnull=False),
                name="a_published_edition_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
                name="an_edition_ends_after_it_begins",
            ),
        ]
        triggers = edition_guards()

    def __str__(self) -> str:
        return f"随机抽查事项清单（第{self.number}版）"

    @property
    def slug(self) -> str:
        """The last part of its public address, e.g. `items-3`."""
        return f"items-{self.number}"


class Item(models.Model):
    """One version of an item that can be drawn; code and version are the business key. No fields = all fields."""

    code = models.CharField("事项编码", max_length=10)
    version = models.PositiveSmallIntegerField("版本", default=1)
    group = models.ForeignKey(ItemGroup, models.PROTECT, related_name="items", verbose_name="类别")
    edition = models.ForeignKey(
        ItemEdition, models.PROTECT, null=True, blank=True, related_name="items", verbose_name="列入版次"
    )
    leaves_with = models.ForeignKey(
        ItemEdition, models.PROTECT, null=True, blank=True, related_name="leaving", verbose_name="停用版次"
    )
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, verbose_name="所属部门")
    name = models.CharField("检查事项", max_length=120)
    legal_basis = models.CharField("依据", max_length=300)
    fields = models.ManyToManyField(SupervisedField, blank=True, verbose_name="适用领域")
    method = models.CharField("检查方式", max_length=100, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True)
    withdrawn_on = models.DateField("停用日期", null=True, blank=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "检查事项"
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint("code", "version", name="an_item_version_once"),
            models.UniqueConstraint(
                "code", condition=Q(published_on__isnull=True), name="one_version_of_an_item_in_hand"
            ),
            models.UniqueConstraint(
                "code",
                condition=Q(published_on__isnull=False, withdrawn_on__isnull=True),
                name="one_version_of_an_item_in_force",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(edition__isnull=False),
                name="a_published_item_belongs_to_an_edition",
            ),
        ]
        triggers = item_guards()

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class SubItem(models.Model):
    """What an officer looks at on site, with its legal basis, the evidence to keep and what follows from a fault."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="sub_items", verbose_name="检查事项")
    code = models.CharField("编码", max_length=14)
    text = models.CharField("检查内容", max_length=300)
    legal_basis = models.CharField("依据", max_length=300)
    is_basis_confirmed = models.BooleanField("依据已核实", default=True)
    method = models.CharField("检查方式", max_length=100, blank=True)
    evidence = models.CharField("取证要求", max_length=200, blank=True)
    consequence = models.CharField("不合格的处置", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "检查子项"
        ordering = ["code", "item_id"]
        constraints = [models.UniqueConstraint("item", "code", name="a_sub_item_once_an_item")]
        triggers = sub_item_guards()

    def __str__(self) -> str:
        return f"{self.code} {self.text}"
