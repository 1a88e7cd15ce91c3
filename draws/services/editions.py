"""Editions of the list of items: gathered by the office, approved by somebody else, published with a day of force."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from draws.models import Item, ItemEdition
from draws.models.items import IN_HAND
from draws.policies import check_edition_step, check_may_approve_edition
from draws.selectors.items import catalogue_content, changes_of, edition_mark, latest_published
from draws.states import EditionState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role
from shuangsuiji.audit.services import record
from shuangsuiji.lib.editing import check_as_shown
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.public_words import check_public_words
from shuangsuiji.notifications.services import notify, notify_role

PublishedHook = Callable[..., object]
_after_publishing: list[PublishedHook] = []


def register_edition_published_hook(hook: PublishedHook) -> PublishedHook:
    """Call `hook(edition, by=…, now=…)` inside the transaction in which an edition becomes public."""
    if hook not in _after_publishing:
        _after_publishing.append(hook)
    return hook


@transaction.atomic
def edition_in_hand(*, by: User | None) -> ItemEdition:
    """The edition that gathers changes now, begun when there is none; refused while somebody else looks at it."""
    edition = ItemEdition.objects.select_for_update(of=("self",)).filter(state__in=IN_HAND).first()
    if edition is None:
        highest = ItemEdition.objects.aggregate(highest=Max("number"))["highest"] or 0
        edition = ItemEdition.objects.create(number=highest + 1, drafted_by=by)
        record("edition.begun", by=by, target=edition, number=edition.number)
    if edition.state != EditionState.DRAFT:
        raise Refusal(f"{edition}现为“{edition.get_state_display()}”，清单暂时不能改：请等它公布，或请审批负责人退回。")
    return edition


def _locked(edition: ItemEdition) -> ItemEdition:
    rows = ItemEdition.objects.select_for_update(of=("self",)).select_related("drafted_by", "approved_by")
    return rows.get(pk=edition.pk)


@transaction.atomic
def submit_edition(edition: ItemEdition, *, by: User, reason: str = "") -> ItemEdition:
    """Hand the edition in; refused while it changes nothing or an item has nothing to look at."""
    edition = _locked(edition)
    if edition.state == EditionState.SUBMITTED:
        return edition
    check_role(by, Role.CLERK)
    check_edition_step(edition, to=EditionState.SUBMITTED)
    changes = changes_of(edition)
    if not changes.count:
        raise Refusal("这一版还没有改动：请先添加、修订或停用事项。")
    bare = next((item for item in changes.coming if not item.sub_item_count), None)  # type: ignore[attr-defined]
    if bare is not None:
        raise Refusal(f"事项“{bare.name}”还没有检查子项，不能公布：请先添加子项。")
    if edition.number > 1 and not (reason.strip() or edition.reason):
        raise Refusal("请写明这一版改了什么、为什么：会印在公开的清单上。", field="reason")
    check_public_words(reason=reason)
    edition.reason = reason.strip()[:300] or edition.reason
    edition.drafted_by, edition.returned_reason = by, ""
    _move(edition, EditionState.SUBMITTED)
    notify_role(
        Role.APPROVER,
        key=f"edition.submitted:{edition.pk}:{timezone.now().isoformat()}",
        subject=f"{edition}等待审批",
        link=reverse("item_edition", args=[edition.pk]),
    )
    record("edition.submitted", by=by, target=edition)
    return edition


@transaction.atomic
def approve_edition(
    edition: ItemEdition, *, by: User, now: datetime.datetime | None = None, seen: str | None = None
) -> ItemEdition:
    """Approve a submitted edition; not one's own, and as it stood on the page that showed it (`seen`, its mark)."""
    edition = _locked(edition)
    if edition.state == EditionState.APPROVED and edition.approved_by_id == by.pk:
        return edition
    check_may_approve_edition(by, edition)
    check_as_shown(seen, stands=edition_mark(edition))
    edition.approved_by, edition.approved_at = by, now or timezone.now()
    _move(edition, EditionState.APPROVED)
    _tell_drafter(edition, subject=f"{edition}已批准，可以公布")
    record("edition.approved", by=by, target=edition)
    return edition


@transaction.atomic
def return_edition(edition: ItemEdition, *, by: User, reason: str) -> ItemEdition:
    """Give a submitted or approved edition back, with a reason."""
    edition = _locked(edition)
    check_role(by, Role.APPROVER)
    if not reason.strip():
        raise Refusal("请写明退回的意见，起草人才知道改哪里。", field="reason")
    edition.returned_reason = reason.strip()[:300]
    edition.approved_by = edition.approved_at = None
    _move(edition, EditionState.DRAFT)
    _tell_drafter(edition, subject=f"{edition}被退回，请修改后重新提交")
    record("edition.returned", by=by, target=edition, reason=edition.returned_reason)
    return edition


def _tell_drafter(edition: ItemEdition, *, subject: str) -> None:
    key = f"edition.{edition.state}:{edition.pk}:{timezone.now().isoformat()}"
    users = [edition.drafted_by] if edition.drafted_by else []
    notify(key=key, users=users, subject=subject, link=reverse("item_edition", args=[edition.pk]))


@transaction.atomic
def publish_edition(
    edition: ItemEdition, *, by: User, on: datetime.date, now: datetime.datetime | None = None
) -> ItemEdition:
    """Make an approved edition public, in force from `on`.

    In order: versions replaced and items leaving end on that day, the new versions begin, the edition
    before ends, the whole list is frozen, the rooms above announce it. Done already, nothing happens.
    """
    edition, now = _locked(edition), now or timezone.now()
    if edition.state == EditionState.PUBLISHED:
        return edition
    check_role(by, Role.CLERK)
    check_edition_step(edition, to=EditionState.PUBLISHED)
    _check_day(on, today=timezone.localdate(now))
    _put_in_force(edition, on=on)
    ItemEdition.objects.filter(state=EditionState.PUBLISHED, in_force_to=None).update(in_force_to=on)
    edition.in_force_from, edition.published_at = on, now
    edition.content = catalogue_content(on=on)
    _move(edition, EditionState.PUBLISHED)
    for hook in _after_publishing:
        hook(edition, by=by, now=now)
    record("edition.published", by=by, target=edition, on=on)
    return edition


def _check_day(on: datetime.date, *, today: datetime.date) -> None:
    if on < today:
        raise Refusal("施行日期不能早于公布的日子：请填今天或以后的日期。", field="on")
    last = latest_published()
    if last is not None and last.in_force_from and on < last.in_force_from:
        raise Refusal(f"施行日期不能早于{last}的施行日期 {last.in_force_from:%Y-%m-%d}。", field="on")


def _put_in_force(edition: ItemEdition, *, on: datetime.date) -> None:
    codes = list(edition.items.filter(published_on=None).values_list("code", flat=True))
    Item.objects.filter(code__in=codes, published_on__isnull=False, withdrawn_on=None).update(withdrawn_on=on)
    Item.objects.filter(leaves_with=edition, withdrawn_on=None).update(withdrawn_on=on)
    edition.items.filter(published_on=None).update(published_on=on)


def _move(edition: ItemEdition, to: EditionState) -> None:
    check_edition_step(edition, to=to)
    edition.state = to
    edition.save()
