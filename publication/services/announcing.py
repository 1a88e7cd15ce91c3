"""What was approved elsewhere and becomes public at once: a yearly plan, an edition of the list of items."""

from __future__ import annotations

import datetime as dt
from typing import Any

from draws.models import ItemEdition, Plan
from publication.models import Publication, PublicationEnterprise
from publication.plan_content import plan_content, plan_introduction
from publication.selectors import items_in_force
from publication.services.facts import items_facts
from publication.services.publishing import move, publish_publication
from publication.states import PUBLIC_STATES, PublicationState
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record

Kind = Publication.Kind


def announce_plan(plan: Plan, *, by: User, now: dt.datetime) -> Publication:
    """Called inside the publishing of a plan: its announcement, frozen; that of the version before is corrected."""
    former = Publication.objects.filter(slug=f"plan-{plan.year}-{plan.version - 1}", state__in=PUBLIC_STATES).first()
    title = f"{plan.year}年度安全生产监督检查计划"
    publication = _announce(
        Kind.PLAN,
        source=plan,
        by=by,
        now=now,
        title=title if plan.version == 1 else f"{title}（第{plan.version}版）",
        introduction=plan_introduction(plan),
        content=plan_content(plan),
        index_number=f"JH/{plan.year}-{plan.version}",
        version=plan.version,
        corrects=former,
        correction_reason=plan.reason if former else "",
    )
    named = plan.units.values_list("enterprise", flat=True)
    PublicationEnterprise.objects.bulk_create(
        PublicationEnterprise(publication=publication, enterprise_id=pk) for pk in named
    )
    return publication


def announce_edition(edition: ItemEdition, *, by: User, now: dt.datetime) -> Publication | None:
    """Called inside the publishing of an edition: the list as it holds from its day; nothing when that is empty."""
    on = edition.in_force_from
    if on is None or not items_in_force(on=on).exists():
        return None
    facts = items_facts(on=on)
    return _announce(
        Kind.ITEMS,
        source=edition,
        by=by,
        now=now,
        title=f"{edition}",
        introduction=f"{facts.introduction}自{on.year}年{on.month}月{on.day}日起施行。{edition.reason}".strip(),
        content=facts.content,
        index_number=f"SX/{edition.number}",
    )


def _announce(kind: Kind, *, source: Plan | ItemEdition, by: User, now: dt.datetime, **columns: Any) -> Publication:
    """Drafted and approved by those who drafted and approved the source, and published in the same breath."""
    publication = Publication.objects.create(kind=kind, slug=source.slug, drafted_by=source.drafted_by, **columns)
    record("publication.drafted", by=by, target=publication)
    publication.approved_by, publication.approved_at = source.approved_by, source.approved_at
    publication.publish_at = now
    for state in (PublicationState.APPROVED, PublicationState.SCHEDULED):
        move(publication, to=state)
        publication.save()
    publish_publication(publication.pk, now=now)
    return Publication.objects.get(pk=publication.pk)
