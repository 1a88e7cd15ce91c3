"""拟列入: what a listing rests on, begun by the office and mended until the 告知书 is signed."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from inspections.documents.cases import penalty_decision_of
from inspections.models import Proposal, Task
from inspections.services import take_proposal
from publication import policies
from publication.exposing import is_all_in_time
from publication.models import Listing
from publication.selectors import check_with_findings
from publication.services.listing_steps import locked_listing, tell
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.numbering import take_serial
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.public_words import check_public_words


class Basis(TypedDict, total=False):
    """What a listing rests on; `penalty_authority` is empty for the bureau's own decision."""

    ground: str
    facts: str
    penalty_number: str
    penalty_on: dt.date
    penalty_authority: str


@transaction.atomic
def propose_for_list(
    task: Task, *, by: User, proposal: Proposal | None = None, now: dt.datetime | None = None, **basis: Unpack[Basis]
) -> Listing:
    """Begin a listing: it needs facts and a penalty behind it. An enterprise has one at a time.

    The penalty is one of the bureau's own cases, found by its number, or that of the authority named.
    `proposal` is the check's own proposal; it is taken up in the same transaction.
    """
    now = now or timezone.now()
    task = Task.objects.select_for_update(of=("self",)).select_related("enterprise").get(pk=task.pk)
    policies.check_may_propose_listing(task, by=by)
    listing = Listing(enterprise=task.enterprise, task=task, proposed_by=by, proposed_at=now)
    _set_basis(listing, basis, today=timezone.localdate(now))
    _check_ground(listing)
    year = timezone.localdate(now).year
    listing.number = f"SX-{year}-{take_serial('listing', year=year):03d}"
    listing.save(force_insert=True)
    if proposal is not None:
        take_proposal(proposal, by=by, note=f"已启动列入程序 {listing.number}", now=now)
    tell(Role.APPROVER, listing, moment="proposed", subject="拟列入严重失信名单，待告知")
    record("listing.proposed", by=by, target=listing, penalty=listing.penalty_number)
    return listing


@transaction.atomic
def edit_listing(listing: Listing, *, by: User, **basis: Unpack[Basis]) -> Listing:
    """Mend what a listing rests on, until the 告知书 is signed."""
    listing = locked_listing(listing)
    policies.check_may_edit_listing(listing, by=by)
    _set_basis(listing, basis, today=timezone.localdate())
    _check_ground(listing)
    listing.save(update_fields=list(Basis.__annotations__))
    record("listing.edited", by=by, target=listing, penalty=listing.penalty_number)
    return listing


def _set_basis(listing: Listing, basis: Basis, *, today: dt.date) -> None:
    for name, value in basis.items():
        setattr(listing, name, value.strip() if isinstance(value, str) else value)
    if not listing.penalty_number:
        raise Refusal("列入名单须以行政处罚为前提：请填写处罚决定书文号。", field="penalty_number")
    if not listing.facts:
        raise Refusal("请写明违法事实。", field="facts")
    if listing.penalty_on > today:
        raise Refusal("处罚决定日期不能晚于今天。", field="penalty_on")
    authority = listing.penalty_authority
    check_public_words(facts=listing.facts, penalty_number=listing.penalty_number, penalty_authority=authority)
    if not authority:
        _check_own_penalty(listing)


def _check_ground(listing: Listing) -> None:
    """逾期不整改 and 整改不到位 must not be contradicted by what the check found: everything put right in time."""
    if listing.task is None or listing.ground not in (Listing.Ground.NOT_RECTIFIED, Listing.Ground.POORLY_RECTIFIED):
        return
    if is_all_in_time(check_with_findings(listing.task.pk)):
        raise Refusal(
            f"这次检查没有“{listing.get_ground_display()}”的记录：没有发现问题，或者都已按期整改到位。请核对列入事由；"
            "另有违法事实的，请选“其他严重违法行为”并写明。",
            field="ground",
        )


def _check_own_penalty(listing: Listing) -> None:
    number = listing.penalty_number
    decision = penalty_decision_of(listing.enterprise_id, number=number)
    if decision is None:
        raise Refusal(
            f"本系统的处罚案件里没有对这家企业的决定书 {number}。请核对文号；"
            "由其他机关作出的处罚，请在“作出处罚的机关”里写明。",
            field="penalty_number",
        )
    if decision.issued_on != listing.penalty_on:
        on = decision.issued_on
        raise Refusal(f"{number} 的决定日期是{on.year}年{on.month}月{on.day}日，请改正。", field="penalty_on")
