"""Notices and results at the stages the tests need."""

from __future__ import annotations

from django.utils import timezone

from inspections import services as inspections
from publication.models import Letter, Publication
from publication.services import approve_publication, draft_notice, draft_result, issue_letter, publish_publication
from tests.factories.draws import County, make_county, make_drawn
from tests.factories.inspections import Check, fill_record, make_on_site


def make_notice_draft(county: County | None = None, **changes) -> tuple[County, Publication]:
    """A draw and the draft of its notice."""
    county = county or make_county()
    draw = make_drawn(county, **changes)
    return county, draft_notice(draw, by=county.clerk)


def make_published_notice(county: County | None = None, **changes) -> tuple[County, Publication]:
    """The same, in public, with its letters waiting."""
    county, notice = make_notice_draft(county, **changes)
    approve_publication(notice, by=county.approver)
    publish_publication(notice.pk, now=timezone.now())
    notice.refresh_from_db()
    return county, notice


def make_issued_letter() -> Letter:
    """A letter that has been issued."""
    _, notice = make_published_notice()
    letter = notice.letters.order_by("task__drawn__position").first()
    issue_letter(letter.pk, now=timezone.now())
    letter.refresh_from_db()
    return letter


def make_reviewed(*, failed: int = 1, **changes) -> Check:
    """A check whose record has been reviewed."""
    check = make_on_site(**changes)
    record = fill_record(check, failed=failed)
    inspections.submit_record(record, by=check.lead, signature="signed")
    record.refresh_from_db()
    inspections.approve_record(record, by=check.approver)
    check.fresh()
    return check


def make_public_result(**changes) -> tuple[Check, Publication]:
    """A check whose result is public."""
    check = make_reviewed(**changes)
    result = draft_result(check.task, by=check.clerk)
    approve_publication(result, by=check.approver)
    publish_publication(result.pk, now=timezone.now())
    result.refresh_from_db()
    return check, result
