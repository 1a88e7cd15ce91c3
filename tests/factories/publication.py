"""Notices and results at the stages the tests need."""

from __future__ import annotations

from django.utils import timezone

from inspections import services as inspections
from publication.models import Letter, Listing, Publication
from publication.services import (
    approve_publication,
    decide_listing,
    draft_notice,
    draft_result,
    issue_letter,
    notify_listing,
    propose_for_list,
    propose_withdrawal,
    publish_publication,
    record_statement,
    serve_listing_paper,
    withdraw_publication,
)
from tests.factories.draws import County, make_county, make_drawn
from tests.factories.inspections import Check, fill_record, make_on_site
from tests.support.worlds import remembered


@remembered
def make_notice_draft(county: County | None = None, **changes) -> tuple[County, Publication]:
    """A draw and the draft of its notice."""
    county = county or make_county()
    draw = make_drawn(county, **changes)
    return county, draft_notice(draw, by=county.clerk)


@remembered
def make_published_notice(county: County | None = None, **changes) -> tuple[County, Publication]:
    """The same, in public, with its letters waiting."""
    county, notice = make_notice_draft(county, **changes)
    approve_publication(notice, by=county.approver)
    publish_publication(notice.pk, now=timezone.now())
    notice.refresh_from_db()
    return county, notice


@remembered
def make_issued_letter() -> Letter:
    """A letter that has been issued."""
    _, notice = make_published_notice()
    letter = notice.letters.order_by("task__drawn__position").first()
    issue_letter(letter.pk, now=timezone.now())
    letter.refresh_from_db()
    return letter


@remembered
def make_reviewed(*, failed: int = 1, **changes) -> Check:
    """A check whose record has been reviewed."""
    check = make_on_site(**changes)
    record = fill_record(check, failed=failed)
    inspections.submit_record(record, by=check.lead, signature="signed")
    record.refresh_from_db()
    inspections.approve_record(record, by=check.approver)
    check.fresh()
    return check


@remembered
def make_public_result(**changes) -> tuple[Check, Publication]:
    """A check whose result is public."""
    check = make_reviewed(**changes)
    result = draft_result(check.task, by=check.clerk)
    approve_publication(result, by=check.approver)
    publish_publication(result.pk, now=timezone.now())
    result.refresh_from_db()
    return check, result


@remembered
def make_ordered_public(*, failed: int = 1, **changes) -> Check:
    """A check with an order, whose result is public."""
    check, _ = make_public_result(failed=failed, **changes)
    check.fresh()
    return check


def make_listing(check: Check | None = None, **changes) -> Listing:
    """A listing just proposed by the clerk, after a penalty."""
    check = check or make_ordered_public()
    values = {
        "ground": "not_rectified",
        "facts": "消防设施损坏，经责令整改逾期未改。",
        "penalty_number": "示应急罚〔2026〕1号",
        "penalty_on": timezone.localdate(),
        "penalty_authority": "示例省应急管理厅",
    }
    return propose_for_list(check.task, by=check.clerk, **{**values, **changes})


@remembered
def make_listed() -> tuple[Check, Listing]:
    """An enterprise on the list, its text in public."""
    check = make_ordered_public()
    listing = make_listing(check)
    notify_listing(listing, by=check.approver)
    serve_paper(listing, "notice", by=check.clerk)
    record_statement(listing, statement="已在整改，请求不列入。", stated_on=timezone.localdate(), by=check.clerk)
    decide_listing(listing, reason="情节严重。", by=check.county.head)
    serve_paper(listing, "decision", by=check.clerk)
    text = Publication.objects.get(listing=listing, kind="listing")
    publish_now(text, by=check.approver)
    listing.refresh_from_db()
    return check, listing


def serve_paper(listing: Listing, paper: str, *, by, on=None) -> None:
    """A paper of a listing handed over, today or on a day given."""
    day = on or timezone.localdate()
    serve_listing_paper(listing, paper=paper, way="handed", delivered_on=day, receiver="李示例", by=by)


def withdraw(publication: Publication, *, reason: str, asked_by, by) -> Publication:
    """Taken back: proposed by one, decided by another."""
    propose_withdrawal(publication, reason=reason, by=asked_by)
    return withdraw_publication(publication, by=by)


def publish_now(publication: Publication, *, by) -> Publication:
    """Approved and published at once."""
    approve_publication(publication, by=by)
    publish_publication(publication.pk, now=timezone.now())
    publication.refresh_from_db()
    return publication
