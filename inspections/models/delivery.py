"""送达 and 缴款: what reached the party when and how, and what was paid."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models.case import OF_THE_CASE, Case
from inspections.models.guards import filed_guards
from inspections.models.task import Task
from shuangsuiji.audit.models import append_only
from shuangsuiji.documents.models import IssuedDocument


class Delivery(models.Model):
    """One document served once, with its 送达回执. A refusal to receive names its reason and the witness."""

    class Way(models.TextChoices):
        DIRECT = "direct", "直接送达"
        LEFT = "left", "留置送达"
        POST = "post", "邮寄送达"
        ENTRUSTED = "entrusted", "委托送达"
        ELECTRONIC = "electronic", "电子送达"
        ANNOUNCED = "announced", "公告送达"

    task = models.ForeignKey(Task, models.PROTECT, related_name="deliveries", verbose_name="任务")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="deliveries", verbose_name="案件"
    )
    document = models.OneToOneField(IssuedDocument, models.PROTECT, related_name="delivery", verbose_name="文书")
    delivered_at = models.DateTimeField("送达时间")
    way = models.CharField("送达方式", max_length=12, choices=Way)
    place = models.CharField("送达地点", max_length=200)
    receiver = models.CharField("收件人", max_length=60)
    refusal_reason = models.CharField("拒收事由", max_length=200, blank=True)
    witness = models.CharField("见证人", max_length=60, blank=True)
    late_reason = models.CharField("迟延登记的原因", max_length=200, blank=True)
    receipt = models.OneToOneField(IssuedDocument, models.PROTECT, related_name="+", verbose_name="送达回执")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "送达"
        ordering = ["delivered_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(way="left") | (~Q(refusal_reason="") & ~Q(witness="")),
                name="a_document_left_behind_has_reason_and_witness",
            )
        ]
        triggers = [
            *append_only("delivery"),
            *filed_guards("delivery", path_to_task="{row}.task_id", against=("added",)),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.get_way_display()}"


class Payment(models.Model):
    """Money received on a fine; what the surcharge is follows from these rows and is never stored."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="payments", verbose_name="案件")
    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2)
    paid_on = models.DateField("缴款日期")
    receipt_number = models.CharField("票据号", max_length=60)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "缴款"
        ordering = ["case_id", "paid_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_payment_is_positive"),
            models.UniqueConstraint("receipt_number", name="a_receipt_number_once"),
        ]
        triggers = [
            *append_only("payment"),
            *filed_guards("payment", path_to_task=OF_THE_CASE, against=("added",)),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.amount}"
