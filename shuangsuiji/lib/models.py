"""Reference tables every room reads: places, fields, the calendar, deadline rules.

They know no app. A `Deadline` names its subject by plain text, as an audit row does.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Township(models.Model):
    """乡镇（街道）, by administrative division code."""

    code = models.CharField("区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=40, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "乡镇"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class TownshipAlias(models.Model):
    """A former or colloquial name that still stands in addresses."""

    township = models.ForeignKey(Township, models.CASCADE, related_name="aliases", verbose_name="乡镇")
    name = models.CharField("旧称", max_length=40, unique=True)
    is_confirmed = models.BooleanField("已核实", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "乡镇旧称"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SupervisedField(models.Model):
    """监管领域: 危险化学品, 非煤矿山, 烟花爆竹 and the eight trades."""

    code = models.SlugField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=20, unique=True)
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "监管领域"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class FieldAlias(models.Model):
    """Another usual word for a supervised field, as workbooks have it: 危化品 for 危险化学品."""

    field = models.ForeignKey(SupervisedField, models.CASCADE, related_name="aliases", verbose_name="监管领域")
    name = models.CharField("通用说法", max_length=20, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "领域别称"
        ordering = ["field__position", "name"]

    def __str__(self) -> str:
        return self.name


class TechnicalFeature(models.Model):
    """技术特点: what an enterprise has that calls for an expert; experts are described in the same words."""

    code = models.SlugField("代码", max_length=30, unique=True)
    name = models.CharField("名称", max_length=30, unique=True)
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "技术特点"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class CalendarYear(models.Model):
    """A year for which the State Council's holiday notice has been entered."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    source = models.CharField("依据", max_length=120)
    is_confirmed = models.BooleanField("已按国务院办公厅通知核对", default=True)
    entered_at = models.DateTimeField("录入时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "日历年度"
        ordering = ["year"]

    def __str__(self) -> str:
        return f"{self.year}年"


class CalendarDay(models.Model):
    """A day that differs from the plain week: a day off, or a weekend worked."""

    class Kind(models.TextChoices):
        OFF = "off", "放假"
        WORKED = "worked", "上班"

    on = models.DateField("日期", unique=True)
    kind = models.CharField("类别", max_length=8, choices=Kind)
    name = models.CharField("名称", max_length=20)

    class Meta:
        verbose_name = verbose_name_plural = "节假日与调休"
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.name}{self.get_kind_display()}"


class DeadlineRule(models.Model):
    """One dated, editable deadline: so many days of a kind, with its legal source.

    The version in force on the starting day counts. Editing means a new version.
    """

    class Unit(models.TextChoices):
        NATURAL = "natural", "自然日"
        WORKING = "working", "工作日"
        MONTH = "month", "个月"

    class Direction(models.TextChoices):
        AFTER = "after", "起算日之后"
        BEFORE = "before", "起算日之前"

    code = models.CharField("代码", max_length=40)
    name = models.CharField("名称", max_length=60)
    amount = models.PositiveSmallIntegerField("期间")
    unit = models.CharField("单位", max_length=8, choices=Unit)
    direction = models.CharField("方向", max_length=8, choices=Direction, default=Direction.AFTER)
    rolls_forward = models.BooleanField("末日逢假顺延", default=True)
    warn_days = models.PositiveSmallIntegerField("提前提醒（自然日）", default=2)
    source = models.CharField("依据", max_length=200)
    is_confirmed = models.BooleanField("依据已核实", default=True)
    valid_from = models.DateField("生效日")
    valid_to = models.DateField("失效日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "期限规则"
        ordering = ["code", "-valid_from"]
        constraints = [
            models.UniqueConstraint("code", "valid_from", name="one_rule_version_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="rule_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.amount}{self.get_unit_display()}）"


class Deadline(models.Model):
    """A deadline of one subject: open until kept; kept late counts as missed for ever.

    What is undone after it was kept (a notice that is withdrawn) opens a further row; the kept one stays.
    """

    rule = models.ForeignKey(DeadlineRule, models.PROTECT, verbose_name="规则")
    subject_kind = models.CharField("对象类别", max_length=30)
    subject_key = models.CharField("对象标识", max_length=60)
    label = models.CharField("说明", max_length=200)
    is_confidential = models.BooleanField("保密", default=False)
    starts_on = models.DateField("起算日")
    warn_on = models.DateField("提醒日")
    due_on = models.DateField("截止日")
    kept_on = models.DateField("完成日", null=True, blank=True)
    missed_at = models.DateTimeField("逾期记录时间", null=True, blank=True)
    cancelled_at = models.DateTimeField("取消时间", null=True, blank=True)
    cancelled_reason = models.CharField("取消原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["kept_on", "due_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject_kind", "subject_key"],
                condition=Q(kept_on__isnull=True, cancelled_at__isnull=True),
                name="one_open_deadline_a_rule_and_subject",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancelled_reason=""),
                name="a_cancelled_deadline_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}：{self.due_on:%Y-%m-%d}"
