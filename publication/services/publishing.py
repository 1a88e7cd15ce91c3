"""Approving and publishing. What must happen together happens in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from draws.models import Draw
from draws.services import open_envelope
from inspections.models import Task
from inspections.services import mark_noticed, mark_results_public
from publication.disclosure import content_hash, text_mark
from publication.documents import PUBLIC_NOTICE
from publication.models import Publication
from publication.policies import check_may_approve, check_move, check_schedule
from publication.selectors import chosen_on, publication_due_on, tasks_to_announce
from publication.services.drafting import locked
from publication.services.ending import end_publication
from publication.services.letter_rows import create_letters
from publication.services.listings import mark_listed
from publication.states import PublicationState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role
from shuangsuiji.audit.services import record
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.services import issue_document, replace_document
from shuangsuiji.lib.deadlines import NOTICE_BEFORE_VISIT, due_on, keep_deadline, open_deadline
from shuangsuiji.lib.doorbell import ring
from shuangsuiji.lib.editing import check_as_shown
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.public_words import check_public_words

Kind = Publication.Kind
PUBLISH_TASK = "publication.tasks.publish_due"
HANDLING_PUBLISH = "handling.publish"
TERM_RULES = {
    Kind.HANDLING: "handling.term",
    Kind.EXPOSURE: "exposure.term",
    Kind.LISTING: "listing.term",
    Kind.REMOVAL: "removal.term",
}
"""What must not stand for ever, and the dated rule of its term."""

SUPERSEDING = (Kind.ITEMS, Kind.OFFICERS)
"""Kinds of which only the latest stands."""


def open_notice_deadline(draw: Draw, by: User | None) -> None:
    """Called inside the drawing: the notice of an announced draw is due 15 whole days before its first visit."""
    if draw.is_announced:
        open_deadline(
            NOTICE_BEFORE_VISIT,
            subject_kind="draw",
            subject_key=str(draw.number),
            label=f"{draw.number} 检查公告",
            start_on=draw.visits_from,
            by=by,
        )


def open_handling_deadline(task: Task) -> None:
    """What became of the orders of a closed check is due some days after it was closed; opened once."""
    assert task.closed_on, "a closed check has its day"
    open_deadline(
        HANDLING_PUBLISH,
        subject_kind="task",
        subject_key=str(task.pk),
        label=f"{task.number} 查处结果",
        start_on=task.closed_on,
        by=None,
        is_confidential=False,
    )


@transaction.atomic
def approve_publication(
    publication: Publication,
    *,
    by: User,
    publish_at: dt.datetime | None = None,
    late_reason: str = "",
    now: dt.datetime | None = None,
    seen: str | None = None,
) -> Publication:
    """Approve and schedule; without a time it is due at once and the next job publishes it.

    A time after the last day of the duty needs a reason, which is recorded; the miss counts all the same.
    `seen` is the mark that the page carried which showed the text: what was changed since is not approved unread.
    """
    now = now or timezone.now()
    publication, wanted = locked(publication), publish_at or now
    check_may_approve(publication, by=by, publish_on=timezone.localdate(wanted))
    check_as_shown(seen, stands=text_mark(publication))
    check_public_words(title=publication.title, introduction=publication.introduction, late_reason=late_reason)
    check_schedule(publish_at=wanted, now=now, due_on=publication_due_on(publication), late_reason=late_reason)
    publish_at = max(wanted, now)
    publication.late_reason = late_reason.strip()[:300]
    publication.approved_by, publication.approved_at, publication.publish_at = by, now, publish_at
    for state in (PublicationState.APPROVED, PublicationState.SCHEDULED):
        move(publication, to=state)
        publication.save(update_fields=["approved_by", "approved_at", "state", "publish_at", "late_reason"])
    record(
        "publication.approved",
        by=by,
        target=publication,
        confidential=publication.is_confidential,
        publish_at=publish_at,
        late_reason=publication.late_reason,
    )
    ring(PUBLISH_TASK)
    return publication


@transaction.atomic
def return_publication(publication: Publication, *, reason: str, by: User) -> Publication:
    """Send a scheduled publication back to its draft before it is public; needs a reason."""
    if not reason.strip():
        raise Refusal("请写明退回的原因。", field="reason")
    publication = locked(publication)
    check_role(by, Role.APPROVER)
    move(publication, to=PublicationState.DRAFTED)
    publication.approved_by = publication.approved_at = publication.publish_at = None
    publication.save(update_fields=["state", "approved_by", "approved_at", "publish_at"])
    record(
        "publication.returned",
        by=by,
        target=publication,
        confidential=publication.is_confidential,
        reason=reason.strip(),
    )
    return publication


@transaction.atomic
def publish_publication(pk, *, now: dt.datetime) -> Publication | None:
    """Make a due publication public, exactly once.

    In one transaction: what the kind brings with it (number, official PDF and letters of a
    notice, the opened envelope of a result, the term of a listing), the last day it stands,
    content hash, state, and the end of the version it corrects. Returns None when it is not
    due, already public, or another worker has it.
    """
    due = Publication.objects.select_for_update(of=("self",), skip_locked=True).filter(
        pk=pk, state=PublicationState.SCHEDULED, publish_at__lte=now
    )
    publication = due.select_related("draw", "task__drawn", "listing", "corrects").first()
    if publication is None:
        return None
    _EFFECTS.get(Kind(publication.kind), _nothing)(publication, now)
    publication.expires_on = _expires_on(publication, on=timezone.localdate(now))
    move(publication, to=PublicationState.PUBLISHED)
    publication.published_at = now
    publication.sha256 = content_hash(publication, published_at=now)
    publication.save(update_fields=["state", "published_at", "sha256", "number", "expires_on"])
    _end_former(publication, now=now)
    record("publication.published", by=None, target=publication, sha256=publication.sha256)
    return publication


def move(publication: Publication, *, to: PublicationState) -> None:
    """One step of the table, in memory."""
    check_move(publication, to=to)
    publication.state = to


def _expires_on(publication: Publication, *, on: dt.date) -> dt.date | None:
    """A correction stands as long as what it corrects would have."""
    former = publication.corrects
    if former is not None and (former.expires_on is None or former.expires_on >= on):
        return former.expires_on
    rule = TERM_RULES.get(Kind(publication.kind))
    return due_on(rule, start_on=on) if rule else None


def _end_former(publication: Publication, *, now: dt.datetime) -> None:
    if publication.corrects is not None:
        if publication.corrects.state != PublicationState.PUBLISHED:
            return  # a correction that was withdrawn: its own end stands
        if publication.corrects.withdrawal_asked_by_id is not None:
            record("publication.withdrawal_lapsed", by=None, target=publication.corrects)
        end_publication(publication.corrects, to=PublicationState.CORRECTED, reason="", by=None, now=now)
    elif publication.kind in SUPERSEDING:
        former = Publication.objects.filter(kind=publication.kind, state=PublicationState.PUBLISHED)
        for one in former.exclude(pk=publication.pk).order_by("published_at", "id"):
            end_publication(one, to=PublicationState.EXPIRED, reason="已由新一期代替。", by=None, now=now)


def _nothing(publication: Publication, now: dt.datetime) -> None:
    """Most kinds bring nothing with them."""


def _publish_notice(notice: Publication, now: dt.datetime) -> None:
    today = timezone.localdate(now)
    tasks = list(tasks_to_announce(notice.draw))
    notice.number = _notice_paper(notice, issued_on=today).number
    mark_noticed(tasks, by=None)
    create_letters(notice, tasks=tasks)
    keep_deadline(NOTICE_BEFORE_VISIT, subject_kind="draw", subject_key=str(notice.draw.number), on=today)


def _notice_paper(notice: Publication, *, issued_on: dt.date) -> IssuedDocument:
    """The GB/T 9704 sheet; that of a correction replaces the former one and names it."""
    link = f"{settings.BASE_URL}/notices/{notice.slug}/"
    former = _paper_of(notice.corrects) if notice.corrects else None
    if former is not None:
        return replace_document(
            former,
            context=_notice_context(notice),
            by=notice.approved_by,
            issued_on=issued_on,
            reason=notice.correction_reason,
            qr_link=link,
        )
    return issue_document(
        PUBLIC_NOTICE.code,
        subject=("publication", str(notice.pk)),
        context=_notice_context(notice),
        by=notice.approved_by,
        issued_on=issued_on,
        qr_link=link,
    )


def _paper_of(notice: Publication) -> IssuedDocument | None:
    return IssuedDocument.objects.filter(number=notice.number).first() if notice.number else None


def _publish_result(result: Publication, now: dt.datetime) -> None:
    if result.task is not None:
        mark_results_public(result.task, by=None, now=now)
        open_envelope(result.task.drawn, by=None, now=now)


def _publish_handling(handling: Publication, now: dt.datetime) -> None:
    if handling.task is not None:
        on = timezone.localdate(now)
        keep_deadline(HANDLING_PUBLISH, subject_kind="task", subject_key=str(handling.task.pk), on=on)


def _publish_listing(publication: Publication, now: dt.datetime) -> None:
    if publication.corrects is None and publication.listing is not None:
        mark_listed(publication.listing, on=timezone.localdate(now))


_EFFECTS: dict[Kind, Callable[[Publication, dt.datetime], None]] = {
    Kind.NOTICE: _publish_notice,
    Kind.RESULT: _publish_result,
    Kind.HANDLING: _publish_handling,
    Kind.LISTING: _publish_listing,
}


def register_effect(kind: Kind, effect: Callable[[Publication, dt.datetime], None]) -> None:
    """What another room's kind (the yearly plan) brings with it, inside the publishing transaction."""
    _EFFECTS[kind] = effect


def _notice_context(notice: Publication) -> dict:
    draw, content = notice.draw, notice.content
    assert draw, "a notice is of a draw"
    return {
        "title": notice.title,
        "introduction": notice.introduction,
        "draw": {
            "number": draw.number,
            "is_named": draw.is_named,
            "drawn_on": chosen_on(draw).isoformat(),
            "sealed_hash": "" if draw.is_named else draw.sealed.sealed_hash,
        },
        "visits_from": content["visits_from"],
        "visits_to": content["visits_to"],
        "enterprises": content["enterprises"],
        "requirements": content["requirements"],
    }
