"""What a check proposes to make public against an enterprise: exposure, or the list of serious breaches."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from enterprises.models import Enterprise
from inspections.models.order import Order
from inspections.models.task import Task
from inspections.states import ProposalState

_SAID = ("kind", "enterprise", "task", "order", "origin", "reason", "facts", "proposed_by", "proposed_at")


def _said_differently() -> pgtrigger.Q:
    condition = pgtrigger.Q()
    for name in _SAID:
        condition |= pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")})
    return condition


class Proposal(models.Model):
    """A proposal stands as it was made; it is taken up by a publication or dismissed with a reason.

    `origin` names what an automatic proposal came from, so that it is made once; empty when made by hand.
    The house itself withdraws what it proposed when the ground has gone: that one has no person, but its reason.
    """

    class Kind(models.TextChoices):
        EXPOSURE = "exposure", "曝光"
        LISTING = "listing", "列入严重失信主体名单"

    kind = models.CharField("种类", max_length=10, choices=Kind)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="proposals", verbose_name="企业")
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name="检查任务"
    )
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name="指令书"
    )
    origin = models.CharField("来源标识", max_length=80, blank=True)
    reason = models.CharField("建议理由", max_length=200)
    facts = models.TextField("事实")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="建议人"
    )
    proposed_at = models.DateTimeField("建议时间")
    state = models.CharField("状态", max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )
    settled_at = models.DateTimeField("处理时间", null=True, blank=True)
    settled_reason = models.CharField("处理说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开建议"
        ordering = ["-proposed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                "kind", "origin", condition=~Q(origin=""), name="a_proposal_once_a_kind_and_origin"
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(facts=""), name="a_proposal_says_why_and_what"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True)
                | Q(state__in=["taken", "dismissed"], settled_at__isnull=False, settled_by__isnull=False)
                | Q(state="withdrawn", settled_at__isnull=False, settled_by__isnull=True),
                name="a_settled_proposal_has_its_person_and_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["dismissed", "withdrawn"]) | ~Q(settled_reason=""),
                name="a_dismissed_proposal_has_its_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_proposal_stands_as_made", operation=pgtrigger.Update, condition=_said_differently()
            ),
            pgtrigger.Protect(name="proposals_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        where = self.task.number if self.task else self.enterprise_id
        return f"{where} 建议{self.get_kind_display()}"
