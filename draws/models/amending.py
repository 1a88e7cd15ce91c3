"""A change asked for after the draw, until somebody else has decided. Approved, it becomes an `Amendment`."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KeyTextTransform

from draws.models.course_guards import request_guards
from draws.models.draw import Draw
from draws.models.ledger import Amendment
from shuangsuiji.audit.models import append_only


class AmendmentRequest(models.Model):
    """One of the four changes of the protocol, as asked for; who comes instead follows from the tickets."""

    class Kind(models.TextChoices):
        PERSON = "person_replaced", "更换人员"
        ENTERPRISE = "enterprise_replaced", "更换企业"
        PEOPLE = "people_added", "补充执法人员"
        EXPERT = "expert_invited", "邀请专家"

    class State(models.TextChoices):
        ASKED = "asked", "待批准"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "未批准"

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="amendment_requests", verbose_name="抽取")
    kind = models.CharField("种类", max_length=20, choices=Kind)
    wanted = models.JSONField("内容", default=dict)
    reason = models.CharField("原因", max_length=200)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    refusal = models.CharField("不批准的理由", max_length=200, blank=True)
    together = models.UUIDField("同一申请", default=uuid.uuid4, editable=False)
    """Requests that are decided as one: all seats of somebody who cannot go at all."""
    amendment = models.OneToOneField(
        Amendment, models.PROTECT, null=True, blank=True, related_name="request", verbose_name="变更"
    )

    class Meta:
        verbose_name = verbose_name_plural = "变更申请"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="amendment_decided_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="a_change_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(refusal="") | ~Q(state="refused") & Q(refusal=""),
                name="a_refused_change_says_why",
            ),
            models.UniqueConstraint(
                F("draw"),
                F("kind"),
                *[KeyTextTransform(key, "wanted") for key in ("stage", "enterprise", "out")],
                condition=Q(state="asked"),
                nulls_distinct=False,
                name="one_open_request_a_seat",
            ),
        ]
        triggers = [*append_only("request", against=pgtrigger.Delete), *request_guards()]

    def __str__(self) -> str:
        return self.get_kind_display()
