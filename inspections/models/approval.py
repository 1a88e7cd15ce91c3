"""行政检查审批: 凡检查必审批, before the visit; covert and urgent checks afterwards, with the reason."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspections.models.guards import filed_guards
from inspections.models.task import Task
from shuangsuiji.documents.models import IssuedDocument


class CheckApproval(models.Model):
    """行政检查审批表 of one check: asked for by an officer or the office, decided by somebody else."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="approval", verbose_name="任务")
    reason = models.CharField("检查事由", max_length=300)
    is_afterwards = models.BooleanField("事后补办", default=False)
    afterwards_reason = models.CharField("补办理由", max_length=300, blank=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申请人")
    applied_at = models.DateTimeField("申请时间")
    opinion = models.CharField("审批意见", max_length=300, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    approved_at = models.DateTimeField("审批时间", null=True, blank=True)
    document = models.OneToOneField(IssuedDocument, models.PROTECT, null=True, blank=True, verbose_name="文书")

    class Meta:
        verbose_name = verbose_name_plural = "行政检查审批"
        ordering = ["task_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("applied_by")),
                name="a_check_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True, document__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False, document__isnull=False),
                name="an_approved_check_has_person_time_and_paper",
            ),
            models.CheckConstraint(
                condition=Q(is_afterwards=False) | ~Q(afterwards_reason=""),
                name="an_approval_afterwards_has_its_reason",
            ),
        ]
        triggers = filed_guards("approval", path_to_task="{row}.task_id")

    def __str__(self) -> str:
        return f"{self.task} 检查审批"
