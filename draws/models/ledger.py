"""What is fixed for ever: seals, contributions, results, amendments. Append-only by trigger."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from draws.models.course_guards import (
    amendment_guards,
    contribution_guard,
    drawing_guards,
    seal_guards,
    sealed_part_guard,
)
from draws.models.draw import Draw, DrawSource
from draws.models.item_guards import only_published
from draws.models.items import Item
from draws.models.outcome_guards import current_transaction
from shuangsuiji.audit.models import append_only


class SealedDraw(models.Model):
    """The sealed record of a draw, word for word, and the secret behind its commitment.

    `record` is the canonical JSON that `sealed_hash` covers. `secret` leaves this table
    only inside the public record.
    """

    draw = models.OneToOneField(Draw, models.PROTECT, primary_key=True, related_name="sealed", verbose_name="抽取")
    number = models.CharField("台账号", max_length=30, unique=True)
    record = models.TextField("封存记录")
    sealed_hash = models.CharField("封存指纹", max_length=64, unique=True)
    secret = models.CharField("系统密值", max_length=64)
    internal_note = models.JSONField("内部说明", default=dict)
    mode = models.GeneratedField(
        verbose_name="公开方式",
        expression=KeyTextTransform("mode", Cast("record", models.JSONField())),
        output_field=models.CharField("公开方式", max_length=10),
        db_persist=True,
    )
    """As sealed: the database reads it out of the record, so it cannot say anything else."""
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="封存人")
    sealed_at = models.DateTimeField("封存时间")

    class Meta:
        verbose_name = verbose_name_plural = "封存"
        ordering = ["-sealed_at", "number"]
        triggers = [*append_only("sealed"), *seal_guards()]

    def __str__(self) -> str:
        return self.number


class PoolLeaf(models.Model):
    """One enterprise of a sealed pool: its leaf (with salt) and its seal."""

    sealed = models.ForeignKey(SealedDraw, models.PROTECT, related_name="leaves", verbose_name="封存")
    credit_code = models.CharField("统一社会信用代码", max_length=18)
    leaf = models.JSONField("叶")
    seal = models.CharField("封", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "候选"
        ordering = ["sealed_id", "credit_code"]
        constraints = [models.UniqueConstraint("sealed", "credit_code", name="an_enterprise_once_a_pool")]
        triggers = [*append_only("leaf"), sealed_part_guard("leaf")]

    def __str__(self) -> str:
        return self.credit_code


class SealedItem(models.Model):
    """One item of a sealed draw: the very version that was in force, whatever becomes of the list."""

    sealed = models.ForeignKey(SealedDraw, models.PROTECT, related_name="items", verbose_name="封存")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="检查事项")

    class Meta:
        verbose_name = verbose_name_plural = "封存的事项"
        ordering = ["sealed_id", "item_id"]
        constraints = [models.UniqueConstraint("sealed", "item", name="an_item_once_a_sealed_draw")]
        triggers = [
            *append_only("sealed_item"),
            only_published("sealed_item_is_published"),
            sealed_part_guard("sealed_item"),
        ]

    def __str__(self) -> str:
        return str(self.item)


class FilterStep(models.Model):
    """One filter of a sealed draw and every enterprise it removed: for the bureau's own file, never published."""

    sealed = models.ForeignKey(SealedDraw, models.PROTECT, related_name="filter_steps", verbose_name="封存")
    position = models.PositiveSmallIntegerField("次序")
    label = models.CharField("条件", max_length=500)
    removed_count = models.PositiveIntegerField("筛除家数")
    codes = models.JSONField("筛除的企业", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "筛除"
        ordering = ["sealed_id", "position"]
        constraints = [models.UniqueConstraint("sealed", "position", name="a_filter_position_once")]
        triggers = [*append_only("filter_step"), sealed_part_guard("filter_step")]

    def __str__(self) -> str:
        return self.label


class Contribution(models.Model):
    """One source's text, hidden from everybody until the last has come."""

    sealed = models.ForeignKey(SealedDraw, models.PROTECT, related_name="contributions", verbose_name="封存")
    source = models.OneToOneField(DrawSource, models.PROTECT, related_name="contribution", verbose_name="来源")
    text = models.CharField("内容", max_length=500)
    given_at = models.DateTimeField("投入时间")

    class Meta:
        verbose_name = verbose_name_plural = "投入"
        ordering = ["given_at", "id"]
        triggers = [*append_only("contribution"), contribution_guard()]

    def __str__(self) -> str:
        return f"{self.source} 已到"


class Drawing(models.Model):
    """The result of a draw, computed once in the transaction of the last contribution."""

    sealed = models.OneToOneField(
        SealedDraw, models.PROTECT, primary_key=True, related_name="drawing", verbose_name="封存"
    )
    seed = models.CharField("种子", max_length=64)
    result = models.JSONField("结果")
    outcome_salts = models.JSONField("信封盐值", default=dict)
    envelopes = models.JSONField("信封", default=list)
    drawn_at = models.DateTimeField("抽取时间")
    made_in = models.BigIntegerField("写入事务", db_default=current_transaction(), editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "抽取结果"
        ordering = ["-drawn_at", "sealed_id"]
        triggers = [*append_only("drawing"), *drawing_guards()]

    def __str__(self) -> str:
        return f"{self.sealed} 结果"


class Amendment(models.Model):
    """A change after the draw, numbered from 1, in the protocol's own form."""

    drawing = models.ForeignKey(Drawing, models.PROTECT, related_name="amendments", verbose_name="抽取结果")
    number = models.PositiveSmallIntegerField("序号")
    entry = models.JSONField("内容")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="批准人")
    made_at = models.DateTimeField("时间")
    made_in = models.BigIntegerField("写入事务", db_default=current_transaction(), editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "变更"
        ordering = ["drawing_id", "number"]
        constraints = [models.UniqueConstraint("drawing", "number", name="an_amendment_number_once")]
        triggers = [*append_only("amendment"), *amendment_guards()]

    def __str__(self) -> str:
        return f"变更{self.number}"


class Opening(models.Model):
    """The opening of one enterprise's envelope: from here on its outcome is public."""

    drawing = models.ForeignKey(Drawing, models.PROTECT, related_name="openings", verbose_name="抽取结果")
    credit_code = models.CharField("统一社会信用代码", max_length=18)
    opened_at = models.DateTimeField("拆封时间")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="拆封人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "拆封"
        ordering = ["drawing_id", "credit_code"]
        constraints = [models.UniqueConstraint("drawing", "credit_code", name="an_envelope_opens_once")]
        triggers = append_only("opening")

    def __str__(self) -> str:
        return f"{self.credit_code} 已拆封"
