"""The facts kept about enterprises: permits, lists, penalties, former names, what was changed."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length

from enterprises.models import (
    Enterprise,
    EnterpriseFeature,
    EnterpriseHazard,
    FormerName,
    IndustryClass,
    ListMembership,
    PenaltyFact,
    Permit,
    RiskClass,
)
from shuangsuiji.audit.history import PAST_THE_SERVICES, Change, Trail, changes
from shuangsuiji.audit.tracking import VERSIONS
from shuangsuiji.imports.copying import listed
from shuangsuiji.lib.credit_code import mask_person_name

PERMIT_WARNING_DAYS = 60
WITHHELD = "（已登记，此处不显示）"
TRAILS = (
    Trail(
        Enterprise,
        masks={
            "representative": mask_person_name,
            "contact_name": mask_person_name,
            "contact_phone": lambda phone: WITHHELD,
            "contact_email": lambda email: WITHHELD,
        },
    ),
    *(
        Trail(model, owner="enterprise")
        for model in (Permit, ListMembership, PenaltyFact, FormerName, EnterpriseHazard, EnterpriseFeature)
    ),
)


def penalties_of(enterprise: Enterprise) -> QuerySet[PenaltyFact]:
    """Penalties noted against an enterprise, newest first."""
    return PenaltyFact.objects.filter(enterprise=enterprise).order_by("-decided_on", "document_number", "id")


def penalised_since(day: datetime.date) -> QuerySet[PenaltyFact, int]:
    """The ids of enterprises with a penalty decided on or after this day, for `pk__in`."""
    return PenaltyFact.objects.filter(decided_on__gte=day).order_by().values_list("enterprise_id", flat=True)


def on_list(list_code: str, *, on: datetime.date) -> QuerySet[ListMembership, int]:
    """The ids of enterprises that stand on a special list on this day, for `pk__in`."""
    standing = Q(ends_on=None) | Q(ends_on__gt=on)
    rows = ListMembership.objects.filter(standing, special_list__code=list_code, starts_on__lte=on)
    return rows.order_by().values_list("enterprise_id", flat=True)


def standing_since(codes: Collection[str]) -> dict[tuple[str, str], datetime.date]:
    """The first day of every standing listing of these enterprises, by their code and the list's name. One query."""
    rows = ListMembership.objects.filter(ends_on=None, enterprise__credit_code__in=listed(codes)).order_by("pk")
    found = rows.values_list("enterprise__credit_code", "special_list__name", "starts_on")
    return {(code, name): day for code, name, day in found}


def memberships_of(enterprise: Enterprise) -> QuerySet[ListMembership]:
    """The lists an enterprise stands or stood on, standing ones first."""
    rows = ListMembership.objects.filter(enterprise=enterprise).select_related("special_list")
    return rows.order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "id")


def permits_of(enterprise: Enterprise) -> QuerySet[Permit]:
    """An enterprise's permits, those that end soonest first."""
    return Permit.objects.filter(enterprise=enterprise).order_by(
        "is_withdrawn", F("expires_on").asc(nulls_last=True), "kind", "number"
    )


def ending_permits(*, today: datetime.date) -> QuerySet[Permit]:
    """Permits of active enterprises that have run out or do so within the warning time, soonest first."""
    until = today + datetime.timedelta(days=PERMIT_WARNING_DAYS)
    rows = Permit.objects.filter(is_withdrawn=False, expires_on__lte=until, enterprise__state=Enterprise.State.ACTIVE)
    return rows.select_related("enterprise").order_by("expires_on", "id")


def former_names_of(enterprise: Enterprise) -> QuerySet[FormerName]:
    """Names it bore, the latest first."""
    return FormerName.objects.filter(enterprise=enterprise).order_by(F("used_until").desc(nulls_last=True), "name")


def history_of(enterprise: Enterprise) -> list[Change]:
    """Every change of an enterprise and its facts, newest first; persons and numbers are masked."""
    return changes(TRAILS, of=enterprise.pk)


@dataclass(frozen=True)
class RiskStep:
    """One change of the risk class: when, from what to what, who, why."""

    at: datetime.datetime
    before: str
    after: str
    who: str
    why: str


def risk_history(enterprise: Enterprise) -> list[RiskStep]:
    """The classes an enterprise was put into, newest first. One query."""
    versions = VERSIONS[Enterprise]._default_manager.filter(pgh_obj=enterprise).order_by("pgh_id")
    labels, steps, before = dict(RiskClass.choices), [], ""
    for at, after, told in versions.values_list("pgh_created_at", "risk_class", "pgh_context"):
        if after != before:
            said = told or {}
            who, why = said.get("name", PAST_THE_SERVICES), said.get("reason", "")
            steps.append(RiskStep(at, labels.get(before, ""), labels.get(after, ""), who, why))
        before = after
    return steps[::-1]


def industry_of(code: str) -> IndustryClass | None:
    """The class of GB/T 4754 that a code stands for, as closely as the table knows: 2614 → 2614, 261, 26."""
    digits = code.lstrip("ABCDEFGHIJKLMNOPQRST")
    rows = IndustryClass.objects.filter(code__in=[digits[:length] for length in range(2, len(digits) + 1)])
    return rows.order_by(Length("code").desc(), "code").first()


@dataclass(frozen=True)
class FileFacts:
    """What the one-enterprise file shows from this room."""

    permits: list[Permit]
    memberships: list[ListMembership]
    penalties: list[PenaltyFact]
    former_names: list[FormerName]
    risk_steps: list[RiskStep]
    hazards: list[str]
    features: list[str]
    industry: IndustryClass | None
    merged: list[Enterprise]


def file_facts(enterprise: Enterprise) -> FileFacts:
    """Everything the register knows about one enterprise beside its row. Nine queries."""
    return FileFacts(
        permits=list(permits_of(enterprise)),
        memberships=list(memberships_of(enterprise)),
        penalties=list(penalties_of(enterprise)),
        former_names=list(former_names_of(enterprise)),
        risk_steps=risk_history(enterprise),
        hazards=[hazard.name for hazard in enterprise.hazards.all()],
        features=[feature.name for feature in enterprise.features.all()],
        industry=industry_of(enterprise.industry_code),
        merged=list(enterprise.merged.order_by("credit_code")),
    )
