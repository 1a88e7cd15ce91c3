"""现场处理措施决定书: what must stop at once because it is not safe, drafted on site and issued by an approver."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspections.models.guards import filed_guards
from inspections.models.record import ItemResult
from inspections.models.task import Task
from shuangsuiji.audit.models import append_only
from shuangsuiji.documents.models import IssuedDocument


class HandlingDecision(models.Model):
    """One decision on the spot, as issued; it follows an approved record, or an urgent draft carried out at once."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="handlings", verbose_name="任务")
    results = models.ManyToManyField(ItemResult, related_name="handlings", verbose_name="问题")
    basis = models.TextField("法律依据")
    measures = models.TextField("处理措施")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="签发人")
    decided_at = models.DateTimeField("签发时间")
    document = models.OneToOneField(IssuedDocument, models.PROTECT, verbose_name="文书")

    class Meta:
        verbose_name = verbose_name_plural = "现场处理措施决定"
        ordering = ["decided_at", "id"]
        triggers = [
            *append_only("handling"),
            *filed_guards("handling", path_to_task="{row}.task_id", against=("added",)),
        ]

    def __str__(self) -> str:
        return self.document.number or f"{self.task} 现场处理"


class HandlingResult(HandlingDecision.results.through):  # type: ignore[name-defined,misc]
    """One problem of a decision; a name for the table between, so that it is locked with its volume."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "处理措施所针对的问题"
        ordering = ["pk"]
        triggers = filed_guards(
            "handling_result",
            path_to_task="SELECT task_id FROM inspections_handlingdecision WHERE id = {row}.handlingdecision_id",
        )

    def __str__(self) -> str:
        return f"{self.handlingdecision} {self.itemresult}"


class HandlingDraft(models.Model):
    """What the officers on site hold necessary; urgent, it is carried out at once and approved within the day."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="handling_drafts", verbose_name="任务")
    results = models.ManyToManyField(ItemResult, related_name="handling_drafts", verbose_name="问题")
    basis = models.TextField("法律依据")
    measures = models.TextField("处理措施")
    urgent_reason = models.CharField("当场实施的理由", max_length=300, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟定人")
    drafted_at = models.DateTimeField("拟定时间")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    settled_at = models.DateTimeField("审批时间", null=True, blank=True)
    refused_reason = models.CharField("不批准的理由", max_length=300, blank=True)
    decision = models.OneToOneField(
        HandlingDecision, models.PROTECT, null=True, blank=True, related_name="draft", verbose_name="决定书"
    )

    class Meta:
        verbose_name = verbose_name_plural = "现场处理措施拟定"
        ordering = ["drafted_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(settled_by=F("drafted_by")), name="a_measure_is_approved_by_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, decision__isnull=True, refused_reason="")
                | Q(settled_at__isnull=False, settled_by__isnull=False, decision__isnull=False, refused_reason="")
                | Q(settled_at__isnull=False, settled_by__isnull=False, decision__isnull=True) & ~Q(refused_reason=""),
                name="a_settled_measure_is_issued_or_refused_with_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="handling_drafts_are_kept", operation=pgtrigger.Delete),
            *filed_guards("handling_draft", path_to_task="{row}.task_id", against=("added", "changed")),
        ]

    def __str__(self) -> str:
        return f"{self.task} 拟采取的现场处理措施"

    @property
    def is_urgent(self) -> bool:
        """Whether it was carried out at once."""
        return bool(self.urgent_reason)


class HandlingDraftResult(HandlingDraft.results.through):  # type: ignore[name-defined,misc]
    """One problem a draft answers; a name for the table between, so that it is locked with its volume."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "拟采取的措施所针对的问题"
        ordering = ["pk"]
        triggers = filed_guards(
            "handling_draft_result",
            path_to_task="SELECT task_id FROM inspections_handlingdraft WHERE id = {row}.handlingdraft_id",
        )

    def __str__(self) -> str:
        return f"{self.handlingdraft} {self.itemresult}"
