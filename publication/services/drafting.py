"""Drafts: written from the data, their words edited by people, brought up to date, corrected, given up."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.utils import timezone

from draws.models import Draw
from inspections.models import Proposal, Task
from inspections.policies import is_confidential
from inspections.services import take_proposal
from publication import policies
from publication.models import Listing, Publication, PublicationEnterprise
from publication.periods import Period
from publication.services import facts as sources
from publication.services.facts import Facts
from publication.states import OVER_STATES, TRACE_STATES, PublicationState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.public_words import check_public_words
from shuangsuiji.notifications.services import notify_role

Kind = Publication.Kind


def locked(publication: Publication) -> Publication:
    """The row, locked until the transaction ends."""
    return Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)


@transaction.atomic
def draft_notice(draw: Draw, *, by: User) -> Publication:
    """Draft the advance notice from the draw; asked again, the draft that stands is returned.

    Legal source: the bureau's plan 三(四)4: names, contents, time and requirements, 15 days ahead.
    """
    policies.check_may_draft_notice(draw, by=by)
    draw = Draw.objects.select_for_update(of=("self",)).get(pk=draw.pk)
    standing = _standing(kind=Kind.NOTICE, draw=draw)
    if standing is not None:
        return standing
    return _begin(
        Kind.NOTICE,
        facts=sources.notice_facts(draw),
        slug=draw.number.lower(),
        index_number=f"{draw.number}/GG",
        by=by,
        of={"draw": draw},
    )


@transaction.atomic
def draft_result(task: Task, *, by: User | None) -> Publication:
    """Draft a task's result from its reviewed record; asked again, the draft that stands is returned."""
    task = _locked_task(task)
    policies.check_may_draft_result(task)
    standing = _standing(kind=Kind.RESULT, task=task)
    if standing is not None:
        return standing
    return _begin(
        Kind.RESULT,
        facts=sources.result_facts(task),
        slug=task.number.lower(),
        index_number=f"{task.number}/JG",
        by=by,
        of={"task": task},
        is_confidential=is_confidential(task),
    )


@transaction.atomic
def draft_handling(task: Task, *, by: User | None) -> Publication:
    """Draft what was ordered after a check and what became of it; one a task, later ones are corrections."""
    task = _locked_task(task)
    policies.check_may_draft_handling(task)
    standing = _standing(kind=Kind.HANDLING, task=task)
    if standing is not None:
        return standing
    facts = sources.handling_facts(task)
    slug, index = f"{task.number.lower()}-handling", f"{task.number}/CC"
    return _begin(Kind.HANDLING, facts=facts, slug=slug, index_number=index, by=by, of={"task": task})


@transaction.atomic
def draft_exposure(task: Task, *, ground: str, by: User, facts: str = "") -> Publication:
    """Draft the exposure of an enterprise; the one that waits or stands is returned.

    Concealing a major hazard is a ground of its own (mission plan 三(四)7): putting it right does not undo it.
    """
    task = _locked_task(task)
    policies.check_may_draft_exposure(task, by=by)
    ended = (*TRACE_STATES, PublicationState.CORRECTED)
    standing = Publication.objects.filter(task=task, kind=Kind.EXPOSURE).exclude(state__in=ended).first()
    if standing is not None:
        return standing
    found = sources.exposure_facts(task, ground=ground, facts=facts)
    if not found.content["hazards"] and ground != Listing.Ground.CONCEALED:
        raise Refusal("这次检查发现的问题已经全部整改，不能以这个事由曝光。请刷新任务页面核对整改情况。")
    slug, index = f"{task.number.lower()}-exposure", f"{task.number}/BG"
    return _begin(Kind.EXPOSURE, facts=found, slug=slug, index_number=index, by=by, of={"task": task})


@transaction.atomic
def take_up_exposure(proposal: Proposal, *, ground: str, by: User) -> Publication:
    """Take a check's proposal up and draft the exposure, together or not at all."""
    if proposal.task is None:
        raise Refusal("这条建议没有对应的检查任务，不能由系统起草曝光。")
    take_proposal(proposal, by=by, note="已起草曝光")
    return draft_exposure(proposal.task, ground=ground, by=by, facts=proposal.facts)


@transaction.atomic
def draft_item_list(*, by: User) -> Publication:
    """Draft the list of items in force today; the draft that waits is returned."""
    today = timezone.localdate()
    return _draft_register(Kind.ITEMS, facts=lambda: sources.items_facts(on=today), mark="SX", by=by)


@transaction.atomic
def draft_officer_list(*, by: User) -> Publication:
    """Draft the list of officers in office today; the draft that waits is returned."""
    today = timezone.localdate()
    return _draft_register(Kind.OFFICERS, facts=lambda: sources.officers_facts(on=today), mark="RY", by=by)


def _draft_register(kind: Kind, *, facts, mark: str, by: User) -> Publication:
    check_role(by, Role.CLERK)
    waiting = (PublicationState.DRAFTED, PublicationState.SCHEDULED)
    standing = Publication.objects.filter(kind=kind, state__in=waiting).order_by("-drafted_at", "id").first()
    if standing is not None:
        return standing
    day = f"{timezone.localdate():%Y%m%d}"
    return create_draft(kind, facts=facts(), slug=free_slug(f"{kind}-{day}"), index_number=f"{mark}/{day}", by=by)


@transaction.atomic
def draft_statistics(period: Period, *, by: User | None) -> Publication:
    """Draft the figures of a month, quarter or year that is over; one a period."""
    if by is not None:
        check_role(by, Role.CLERK)
    slug = f"statistics-{period.code}"
    same = {"content__period": period.code}
    standing = _standing(kind=Kind.STATISTICS, **same)
    if standing is not None:
        return standing
    facts, index = sources.statistics_facts(period), f"TJ/{period.code}"
    gone = _withdrawn_correction(kind=Kind.STATISTICS, **same)
    if gone is not None:
        return _next_version(gone, facts=facts, reason=_again(gone), by=by)
    return create_draft(Kind.STATISTICS, facts=facts, slug=free_slug(slug), index_number=index, by=by)


def draft_listing_text(listing: Listing, *, kind: Kind, by: User | None) -> Publication:
    """Draft the publication of a decided listing or removal, inside the caller's transaction."""
    slug, mark = {Kind.LISTING: ("", "LR"), Kind.REMOVAL: ("-removal", "YC")}[kind]
    facts = sources.listing_facts(listing) if kind == Kind.LISTING else sources.removal_facts(listing)
    return create_draft(
        kind,
        facts=facts,
        slug=f"{listing.number.lower()}{slug}",
        index_number=f"{listing.number}/{mark}",
        by=by,
        listing=listing,
        task=listing.task,
    )


def create_draft(
    kind: Kind, *, facts: Facts, slug: str, index_number: str, by: User | None, **links: Any
) -> Publication:
    """Write a draft with its facts and its enterprises, and tell the approvers. Inside the caller's transaction.

    `links` are further columns: draw, task, listing, is_confidential, version, corrects, correction_reason.
    """
    publication = Publication.objects.create(
        kind=kind,
        slug=slug,
        index_number=index_number,
        title=facts.title[:200],
        introduction=facts.introduction,
        content=facts.content,
        must_publish_by=facts.must_publish_by,
        drafted_by=by,
        **links,
    )
    _name_enterprises(publication, facts)
    record("publication.drafted", by=by, target=publication, confidential=publication.is_confidential)
    _tell_approvers(publication)
    return publication


@transaction.atomic
def edit_publication(publication: Publication, *, title: str, introduction: str, by: User) -> Publication:
    """Change the words of a draft; the facts come from the data and are not typed."""
    publication = locked(publication)
    policies.check_may_edit(publication, by=by)
    check_public_words(title=title, introduction=introduction)
    publication.title, publication.introduction = title.strip(), introduction.strip()
    if publication.drafted_by_id is None:
        publication.drafted_by = by
    publication.save(update_fields=["title", "introduction", "drafted_by"])
    record("publication.edited", by=by, target=publication, confidential=publication.is_confidential)
    return publication


@transaction.atomic
def refresh_draft(publication: Publication, *, by: User) -> Publication:
    """Bring the facts of a draft up to date with the data (a visit was moved, a name mended); the words stay."""
    publication = locked(publication)
    policies.check_may_edit(publication, by=by)
    _check_has_source(publication)
    facts = sources.facts_for(publication)
    publication.content, publication.must_publish_by = facts.content, facts.must_publish_by
    publication.save(update_fields=["content", "must_publish_by"])
    publication.enterprises.all().delete()
    _name_enterprises(publication, facts)
    record("publication.refreshed", by=by, target=publication, confidential=publication.is_confidential)
    return publication


@transaction.atomic
def discard_draft(publication: Publication, *, reason: str, by: User) -> Publication:
    """Give up a draft that never was public; a correction given up leaves what stands free to be corrected again."""
    publication = locked(publication)
    policies.check_may_edit(publication, by=by)
    if not reason.strip():
        raise Refusal("请写明不再发布的原因。", field="reason")
    policies.check_move(publication, to=PublicationState.WITHDRAWN)
    publication.state, publication.corrects = PublicationState.WITHDRAWN, None
    publication.end_reason = reason.strip()[:300]
    publication.ended_at, publication.ended_by = timezone.now(), by
    publication.save(update_fields=["state", "corrects", "end_reason", "ended_at", "ended_by"])
    record("publication.discarded", by=by, target=publication, confidential=publication.is_confidential)
    return publication


@transaction.atomic
def draft_correction(publication: Publication, *, reason: str, by: User) -> Publication:
    """Draft the next version of a published text from the data as they stand now; the reason will be public.

    The published one stands unchanged until the correction is published, and in view for ever after.
    """
    publication = locked(publication)
    policies.check_may_correct(publication, by=by)
    if not reason.strip():
        raise Refusal("请写明更正的原因，它会和更正后的内容一起公开。", field="reason")
    check_public_words(reason=reason)
    standing = Publication.objects.filter(corrects=publication).first()
    if standing is not None:
        _check_same_reason(standing, reason=reason)
        return standing
    _check_has_source(publication)
    return _next_version(publication, facts=sources.facts_for(publication), reason=reason, by=by)


def _check_same_reason(standing: Publication, *, reason: str) -> None:
    """Another reason is not dropped silently behind the correction that is under way."""
    if standing.correction_reason != reason.strip()[:300]:
        raise Refusal(
            f"已有更正稿第{standing.version}版（{standing.get_state_display()}，原因：{standing.correction_reason}）。"
            "这次的原因没有保存：请先发布或作废那份更正稿，再另行更正。",
            field="reason",
        )


def _next_version(publication: Publication, *, facts: Facts, reason: str, by: User | None) -> Publication:
    """The version after this one, linked to it; the address keeps its beginning."""
    version = publication.version + 1
    first_slug = re.sub(r"-v\d+(-again\d+)?$", "", publication.slug)
    return create_draft(
        Kind(publication.kind),
        facts=facts,
        slug=free_slug(f"{first_slug}-v{version}"),
        index_number=publication.index_number,
        by=by,
        draw=publication.draw,
        task=publication.task,
        listing=publication.listing,
        version=version,
        corrects=publication,
        correction_reason=reason.strip()[:300],
    )


def _begin(
    kind: Kind, *, facts: Facts, slug: str, index_number: str, by: User | None, of: dict[str, Any], **links: Any
) -> Publication:
    """A first version; where a correction was withdrawn, the version after it, so that the trace stays whole."""
    gone = _withdrawn_correction(kind=kind, **of)
    if gone is not None:
        return _next_version(gone, facts=facts, reason=_again(gone), by=by)
    return create_draft(kind, facts=facts, slug=free_slug(slug), index_number=index_number, by=by, **of, **links)


def _withdrawn_correction(**wanted: Any) -> Publication | None:
    """A correction that was public and was taken back, with nothing after it."""
    rows = Publication.objects.filter(state=PublicationState.WITHDRAWN, published_at__isnull=False, **wanted)
    return rows.filter(corrects__isnull=False, corrected_by=None).order_by("-version", "id").first()


def _again(gone: Publication) -> str:
    return f"第{gone.version}版已撤回（{gone.end_reason.rstrip('。')}），现按最新数据重新公开。"[:300]


def free_slug(base: str) -> str:
    """The address, with a letter behind it where it is taken: an address never changes its text."""
    taken = set(Publication.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(1, len(taken) + 2) if (slug := base if n == 1 else f"{base}-again{n}") not in taken)


def _standing(**wanted: Any) -> Publication | None:
    """What waits, stands or has expired; what was given up, withdrawn or corrected leaves room for another."""
    rows = Publication.objects.filter(**wanted).exclude(state__in=OVER_STATES)
    return rows.order_by("version", "drafted_at", "id").first()


def _check_has_source(publication: Publication) -> None:
    if not sources.has_source(publication.kind):
        raise Refusal(f"{publication.get_kind_display()}的内容由它的来源页面更新，请在那里修改后重新起草。")


def _locked_task(task: Task) -> Task:
    rows = Task.objects.select_for_update(of=("self",)).select_related("drawn__draw", "enterprise")
    return rows.get(pk=task.pk)


def _name_enterprises(publication: Publication, facts: Facts) -> None:
    rows = [PublicationEnterprise(publication=publication, enterprise_id=pk) for pk in facts.enterprise_ids]
    PublicationEnterprise.objects.bulk_create(rows)


def _tell_approvers(publication: Publication) -> None:
    # The number, never the title: a covert result's title names its enterprise.
    notify_role(
        Role.APPROVER,
        key=f"publication.drafted:{publication.pk}",
        subject=f"待审批：{publication.get_kind_display()} {publication.index_number}",
        link=f"/desk/publication/{publication.pk}/",
    )
