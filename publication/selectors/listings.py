"""Reading the list of serious breaches at the desk."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from publication.models import Listing
from publication.states import ListingState
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.models import DeadlineRule

RULES = ("listing.statement", "listing.publish", "listing.early_removal", "listing.reply", "listing.term")


def listing_rows() -> QuerySet[Listing]:
    """Every listing with what its row names, the newest first."""
    rows = Listing.objects.select_related("enterprise", "task", "proposed_by", "decided_by")
    return rows.select_related("notice", "decision", "removal").order_by("-proposed_at", "id")


def rules_of_listing(*, on: dt.date) -> list[DeadlineRule]:
    """The dated rules that govern a listing on this day, with their legal source, in the order of its steps."""
    in_force = Q(valid_to=None) | Q(valid_to__gte=on)
    found = {rule.code: rule for rule in DeadlineRule.objects.filter(in_force, code__in=RULES, valid_from__lte=on)}
    return [found[code] for code in RULES if code in found]


def listings_waiting_for(roles: frozenset[str], *, today: dt.date) -> list[tuple[Listing, str]]:
    """Listings that wait for somebody with these roles, with what is to be done, the longest waiting first."""
    wanted = Q(pk__in=[])
    if Role.APPROVER in roles:
        wanted |= Q(state=ListingState.PROPOSED)
    if Role.HEAD in roles:
        over = Q(state=ListingState.NOTIFIED, statement_until__lt=today)
        wanted |= Q(state__in=[ListingState.STATED, ListingState.ASKED]) | over
    rows = Listing.objects.filter(wanted).select_related("enterprise").order_by("proposed_at", "id")
    return [(listing, _STEPS[ListingState(listing.state)]) for listing in rows]


_STEPS = {
    ListingState.PROPOSED: "签发列入告知书",
    ListingState.NOTIFIED: "决定是否列入名单",
    ListingState.STATED: "决定是否列入名单",
    ListingState.ASKED: "答复提前移出申请",
}
