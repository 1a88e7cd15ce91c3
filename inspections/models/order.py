"""责令限期整改 and 复查: what must be put right by when, and whether it was."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from inspections.models.guards import filed_guards
from inspections.models.record import ItemResult
from inspections.models.task import Task
from shuangsuiji.audit.models import append_only
from shuangsuiji.documents.models import IssuedDocument

OF_THE_ORDER = "SELECT task_id FROM inspections_order WHERE id = {row}.order_id"
OF_THE_REINSPECTION = (
    "SELECT o.task_id FROM inspections_order o JOIN inspections_reinspection r ON r.order_id = o.id"
    " WHERE r.id = {row}.reinspection_id"
)
ADDED = ("added",)


class Order(models.Model):
    """责令限期整改指令书 as issued; a second one of a check follows a re-inspection that found things undone."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="orders", verbose_name="任务")
    position = models.PositiveSmallIntegerField("次序", default=1)
    measures = models.TextField("整改期间安全措施", blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="签发人")
    issued_at = models.DateTimeField("签发时间")
    document = models.OneToOneField(IssuedDocument, models.PROTECT, verbose_name="文书")

    class Meta:
        verbose_name = verbose_name_plural = "责令限期整改指令书"
        ordering = ["task_id", "position"]
        constraints = [models.UniqueConstraint("task", "position", name="an_order_position_once_a_task")]
        triggers = [*append_only("order"), *filed_guards("order", path_to_task="{row}.task_id", against=ADDED)]

    def __str__(self) -> str:
        return self.document.number or f"{self.task} 责令整改"


class OrderPoint(models.Model):
    """One failed item of an order, with the last day to put it right."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="points", verbose_name="指令书")
    result = models.ForeignKey(ItemResult, models.PROTECT, related_name="order_points", verbose_name="事项结论")
    rectify_by = models.DateField("整改期限")

    class Meta:
        verbose_name = verbose_name_plural = "责令整改事项"
        ordering = ["order_id", "result__drawn_item__item__code", "id"]
        constraints = [models.UniqueConstraint("order", "result", name="a_result_once_an_order")]
        triggers = [
            *append_only("order_point"),
            *filed_guards("order_point", path_to_task=OF_THE_ORDER, against=ADDED),
        ]

    def __str__(self) -> str:
        return f"{self.result}，{self.rectify_by:%Y-%m-%d} 前"


class Reinspection(models.Model):
    """整改复查意见书 on one order."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="reinspection", verbose_name="指令书")
    reinspected_on = models.DateField("复查日期")
    opinion = models.CharField("复查意见", max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="复查人")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="签发人"
    )
    made_at = models.DateTimeField("登记时间")
    document = models.OneToOneField(IssuedDocument, models.PROTECT, verbose_name="文书")

    class Meta:
        verbose_name = verbose_name_plural = "整改复查"
        ordering = ["order_id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("made_by")), name="a_reinspection_is_issued_by_somebody_else"
            )
        ]
        triggers = [
            *append_only("reinspection"),
            *filed_guards("reinspection", path_to_task=OF_THE_ORDER, against=ADDED),
        ]

    def __str__(self) -> str:
        return self.document.number or f"{self.order} 复查"


class ReinspectionPoint(models.Model):
    """Whether one item of the order was found put right."""

    reinspection = models.ForeignKey(Reinspection, models.PROTECT, related_name="points", verbose_name="复查")
    order_point = models.OneToOneField(OrderPoint, models.PROTECT, related_name="outcome", verbose_name="责令整改事项")
    is_passed = models.BooleanField("整改到位")
    seen = models.TextField("复查情况")

    class Meta:
        verbose_name = verbose_name_plural = "复查事项"
        ordering = ["reinspection_id", "order_point_id"]
        triggers = [
            *append_only("reinspection_point"),
            *filed_guards("reinspection_point", path_to_task=OF_THE_REINSPECTION, against=ADDED),
        ]

    def __str__(self) -> str:
        return f"{self.order_point}：{'已整改到位' if self.is_passed else '未整改到位'}"
