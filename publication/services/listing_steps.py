"""The rules, the lock, the single step of a listing, and the word to whom the next one belongs."""

from __future__ import annotations

from publication.models import Listing
from publication.policies import check_listing_step
from publication.states import ListingState
from shuangsuiji.accounts.models import Role
from shuangsuiji.notifications.services import notify_role

SUBJECT_KIND = "listing"
STATEMENT, PUBLISH, REPLY = "listing.statement", "listing.publish", "listing.reply"
TERM, EARLY_REMOVAL = "listing.term", "listing.early_removal"


def locked_listing(listing: Listing) -> Listing:
    """The row, locked until the transaction ends."""
    rows = Listing.objects.select_for_update(of=("self",)).select_related("enterprise", "task")
    return rows.get(pk=listing.pk)


def step_listing(listing: Listing, to: ListingState, *columns: str) -> None:
    """Take one step of the table and save these columns with it."""
    check_listing_step(listing, to=to)
    listing.state = to
    listing.save(update_fields=["state", *columns])


def reply_key(listing: Listing) -> str:
    """Each application has a deadline of its own."""
    return f"{listing.number}:{listing.asked_on:%Y%m%d}"


def tell(role: Role, listing: Listing, *, moment: str, subject: str) -> None:
    """A word to those who have the next step, once for each moment."""
    link = f"/desk/publication/listings/{listing.pk}/"
    notify_role(role, key=f"listing.{moment}:{listing.pk}", subject=f"{listing.number} {subject}", link=link)
