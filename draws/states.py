"""Life cycle of a draw, as a table. The README's picture is printed from it."""

from __future__ import annotations

from django.db import models


class DrawState(models.TextChoices):
    """A sealed draw keeps its ledger number for ever, whatever becomes of it.

    A batch that the yearly plan names is not drawn: approved, it is assigned.
    """

    DRAFT = "draft", "起草"
    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "已批准"
    SEALED = "sealed", "已封存"
    BLOCKED = "blocked", "受阻"
    DRAWN = "drawn", "已抽取"
    ASSIGNED = "assigned", "已派发"
    VOID = "void", "作废"


VALID_STATE_TRANSITIONS: dict[str, tuple[str, ...]] = {
    DrawState.DRAFT: (DrawState.SUBMITTED, DrawState.VOID),
    DrawState.SUBMITTED: (DrawState.DRAFT, DrawState.APPROVED, DrawState.VOID),
    DrawState.APPROVED: (DrawState.DRAFT, DrawState.SEALED, DrawState.ASSIGNED, DrawState.VOID),
    DrawState.SEALED: (DrawState.DRAWN, DrawState.BLOCKED, DrawState.VOID),
    DrawState.BLOCKED: (DrawState.DRAWN, DrawState.VOID),
    DrawState.DRAWN: (),
    DrawState.ASSIGNED: (),
    DrawState.VOID: (),
}


class PlanState(models.TextChoices):
    """Life cycle of a yearly plan; an adjustment is a new version, and the former then stands as adjusted."""

    DRAFT = "draft", "起草"
    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "已批准"
    PUBLISHED = "published", "已公布"
    SUPERSEDED = "superseded", "已调整"
    CLOSED = "closed", "已结束"


VALID_PLAN_TRANSITIONS: dict[str, tuple[str, ...]] = {
    PlanState.DRAFT: (PlanState.SUBMITTED,),
    PlanState.SUBMITTED: (PlanState.DRAFT, PlanState.APPROVED),
    PlanState.APPROVED: (PlanState.PUBLISHED,),
    PlanState.PUBLISHED: (PlanState.SUPERSEDED, PlanState.CLOSED),
    PlanState.SUPERSEDED: (),
    PlanState.CLOSED: (),
}


class EditionState(models.TextChoices):
    """Life cycle of an edition of the list of items; whether one is in force is told by its days."""

    DRAFT = "draft", "起草"
    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "已批准"
    PUBLISHED = "published", "已公布"


VALID_EDITION_TRANSITIONS: dict[str, tuple[str, ...]] = {
    EditionState.DRAFT: (EditionState.SUBMITTED,),
    EditionState.SUBMITTED: (EditionState.DRAFT, EditionState.APPROVED),
    EditionState.APPROVED: (EditionState.DRAFT, EditionState.PUBLISHED),
    EditionState.PUBLISHED: (),
}
