"""How a public text ends: corrected, withdrawn with a reason, or expired. Each end leaves its trace."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from publication.models import Listing, Publication
from publication.policies import check_may_propose_withdrawal, check_may_withdraw, check_move
from publication.services.drafting import locked
from publication.services.listing_steps import REPLY, SUBJECT_KIND, reply_key, step_listing
from publication.services.undoing import undo_notice
from publication.states import TERM_IS_OVER, ListingState, PublicationState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.deadlines import cancel_deadline
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.public_words import check_public_words
from shuangsuiji.notifications.services import notify_role

_ASKED = ["withdrawal_reason", "withdrawal_asked_by", "withdrawal_asked_at"]


@transaction.atomic
def propose_withdrawal(
    publication: Publication, *, reason: str, by: User, now: dt.datetime | None = None
) -> Publication:
    """Ask that a public text be taken back; somebody else decides. The reason will be public."""
    publication = locked(publication)
    check_may_propose_withdrawal(publication, by=by)
    if not reason.strip():
        raise Refusal("请写明撤回的原因，它会公开留在原网址上。", field="reason")
    check_public_words(reason=reason)
    publication.withdrawal_reason = reason.strip()[:300]
    publication.withdrawal_asked_by, publication.withdrawal_asked_at = by, now or timezone.now()
    publication.save(update_fields=_ASKED)
    for role in (Role.APPROVER, Role.HEAD):
        notify_role(
            role,
            key=f"publication.withdrawal:{publication.pk}:{publication.withdrawal_asked_at:%Y%m%d%H%M%S}:{role}",
            subject=f"建议撤回，待决定：{publication.get_kind_display()} {publication.index_number}",
            link=f"/desk/publication/{publication.pk}/",
        )
    record("publication.withdrawal_proposed", by=by, target=publication, reason=publication.withdrawal_reason)
    return publication


@transaction.atomic
def withdraw_publication(publication: Publication, *, by: User, now: dt.datetime | None = None) -> Publication:
    """Decide on a proposal to take a public text back; its address goes on telling when and why, without its words.

    With a notice go the visits it told of: they need a new one.
    Asked again by the same person, nothing happens.
    """
    publication = locked(publication)
    if publication.state == PublicationState.WITHDRAWN and publication.ended_by_id == by.pk:
        return publication
    check_may_withdraw(publication, by=by)
    reason, now = publication.withdrawal_reason, now or timezone.now()
    end_publication(publication, to=PublicationState.WITHDRAWN, reason=reason, by=by, now=now)
    if publication.kind == Publication.Kind.NOTICE:
        undo_notice(publication, by=by, now=now)
    return publication


@transaction.atomic
def refuse_withdrawal(publication: Publication, *, by: User) -> Publication:
    """Leave the text where it is; the trail keeps what was proposed."""
    publication = locked(publication)
    check_may_withdraw(publication, by=by)
    reason, publication.withdrawal_reason = publication.withdrawal_reason, ""
    publication.withdrawal_asked_by = publication.withdrawal_asked_at = None
    publication.save(update_fields=_ASKED)
    record("publication.withdrawal_refused", by=by, target=publication, reason=reason)
    return publication


@transaction.atomic
def expire_publication(pk, *, today: dt.date, now: dt.datetime) -> Publication | None:
    """End what has stood its term, exactly once; None when another worker has it or it is over already."""
    due = Publication.objects.select_for_update(of=("self",), skip_locked=True).filter(
        pk=pk, state=PublicationState.PUBLISHED, expires_on__lt=today
    )
    publication = due.first()
    if publication is None:
        return None
    end_publication(publication, to=PublicationState.EXPIRED, reason=TERM_IS_OVER, by=None, now=now)
    notify_role(
        Role.CLERK,
        key=f"publication.expired:{publication.pk}",
        subject=f"公开期限届满，已撤下：{publication.get_kind_display()} {publication.index_number}",
        link=f"/desk/publication/{publication.pk}/",
    )
    return publication


def give_up(publication: Publication, *, reason: str, now: dt.datetime) -> None:
    """What was to become public and never will: back to its draft, and out; inside the caller's transaction."""
    if publication.state != PublicationState.DRAFTED:
        check_move(publication, to=PublicationState.DRAFTED)
        publication.state, publication.publish_at = PublicationState.DRAFTED, None
        publication.approved_by = publication.approved_at = None
        publication.save(update_fields=["state", "publish_at", "approved_by", "approved_at"])
    check_move(publication, to=PublicationState.WITHDRAWN)
    publication.state, publication.corrects = PublicationState.WITHDRAWN, None
    publication.end_reason, publication.ended_at = reason, now
    publication.save(update_fields=["state", "corrects", "end_reason", "ended_at"])
    record("publication.discarded", by=None, target=publication, confidential=publication.is_confidential)


def end_publication(
    publication: Publication, *, to: PublicationState, reason: str, by: User | None, now: dt.datetime
) -> None:
    """One of the three ends, inside the caller's transaction: state, time, reason, the listing behind it, the trail."""
    check_move(publication, to=to)
    publication.state, publication.ended_at, publication.ended_by = to, now, by
    publication.end_reason = reason[:300]
    publication.save(update_fields=["state", "ended_at", "ended_by", "end_reason"])
    if to == PublicationState.EXPIRED:
        _end_listing(publication, on=timezone.localdate(now))
    record(f"publication.{to}", by=by, target=publication, reason=reason, slug=publication.slug)


def _end_listing(publication: Publication, *, on: dt.date) -> None:
    """The public text of a listing ended with its term: the enterprise is off the list. All else has its own steps."""
    if publication.kind != Publication.Kind.LISTING or publication.listing_id is None:
        return
    listing = Listing.objects.select_for_update(of=("self",)).get(pk=publication.listing_id)
    is_over = listing.term_ends_on is not None and on > listing.term_ends_on
    if not is_over or listing.state not in (ListingState.LISTED, ListingState.ASKED):
        return
    if listing.state == ListingState.ASKED:
        reason = "名单已移出，申请不再需要答复"
        cancel_deadline(REPLY, subject_kind=SUBJECT_KIND, subject_key=reply_key(listing), reason=reason, by=None)
    listing.removed_on = on
    step_listing(listing, ListingState.REMOVED, "removed_on")
    record("listing.ended", by=None, target=listing)
