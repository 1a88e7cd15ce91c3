"""严重失信名单: proposed, told before, heard, decided by the head, published for a term, removed.

Legal source: 安全生产严重失信主体名单管理办法（应急管理部令第11号）. Its days are the dated, editable
rules `listing.*`; none of this happens by itself but the end of the term.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from publication import policies
from publication.documents import LISTING_DECISION, LISTING_NOTICE, LISTING_REMOVAL, LISTING_REVOCATION
from publication.models import Listing, ListingDelivery, Publication
from publication.services.drafting import draft_listing_text
from publication.services.ending import end_publication, give_up
from publication.services.listing_papers import decision_context, notice_context, removal_context, revocation_context
from publication.services.listing_steps import (
    EARLY_REMOVAL,
    PUBLISH,
    REPLY,
    STATEMENT,
    SUBJECT_KIND,
    TERM,
    locked_listing,
    reply_key,
    step_listing,
    tell,
)
from publication.states import WAITING_STATES, ListingState, PublicationState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.registry import DocumentKind
from shuangsuiji.documents.services import download_name, issue_document
from shuangsuiji.lib.deadlines import cancel_deadline, due_on, keep_deadline, open_deadline
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.public_words import check_public_words
from shuangsuiji.lib.selectors import rule_in_force
from shuangsuiji.lib.text import as_sentence
from shuangsuiji.notifications.services import queue_email

Kind = Publication.Kind


@transaction.atomic
def notify_listing(listing: Listing, *, by: User, now: dt.datetime | None = None) -> Listing:
    """告知书 is signed: facts, ground, the right to state a case; the time for that counts from its delivery."""
    now = now or timezone.now()
    listing = locked_listing(listing)
    policies.check_may_notify_listing(listing, by=by)
    today = timezone.localdate(now)
    context = notice_context(listing, rule=rule_in_force(STATEMENT, on=today))
    listing.notice, listing.notified_on = _issue(LISTING_NOTICE, listing, context, by=by, on=today), today
    step_listing(listing, ListingState.NOTIFIED, "notice", "notified_on")
    _send(listing, listing.notice)
    tell(Role.CLERK, listing, moment="notified", subject="告知书已签发，请送达并登记送达日期")
    record("listing.notified", by=by, target=listing, number=listing.notice.number)
    return listing


@transaction.atomic
def serve_listing_paper(
    listing: Listing,
    *,
    paper: str,
    way: str,
    delivered_on: dt.date,
    by: User,
    receiver: str = "",
    note: str = "",
    now: dt.datetime | None = None,
) -> ListingDelivery:
    """送达 of 告知书 or 决定书, noted once; from the 告知书 the days of the statement are counted."""
    now = now or timezone.now()
    listing = locked_listing(listing)
    policies.check_may_serve_paper(listing, by=by, paper=paper)
    _check_served(listing, paper=paper, way=way, on=delivered_on, receiver=receiver, note=note, now=now)
    delivery = ListingDelivery.objects.create(
        listing=listing,
        paper=paper,
        way=way,
        delivered_on=delivered_on,
        receiver=receiver.strip()[:40],
        note=note.strip()[:300],
        recorded_by=by,
        recorded_at=now,
    )
    if paper == ListingDelivery.Paper.NOTICE:
        listing.statement_until = due_on(STATEMENT, start_on=delivered_on)
        listing.save(update_fields=["statement_until"])
    record("listing.served", by=by, target=listing, paper=paper, way=way, on=delivered_on.isoformat())
    return delivery


def _check_served(
    listing: Listing, *, paper: str, way: str, on: dt.date, receiver: str, note: str, now: dt.datetime
) -> None:
    document = listing.notice if paper == ListingDelivery.Paper.NOTICE else listing.decision
    if on > timezone.localdate(now):
        raise Refusal("送达日期不能晚于今天。", field="delivered_on")
    if document is not None and on < document.issued_on:
        raise Refusal("送达日期不能早于文书签发的日期。", field="delivered_on")
    if way == ListingDelivery.Way.HANDED and not receiver.strip():
        raise Refusal("当面送达须填写收件人姓名。", field="receiver")
    if way in (ListingDelivery.Way.LEFT, ListingDelivery.Way.ANNOUNCED) and not note.strip():
        raise Refusal("留置送达、公告送达的，请写明事由和见证人或者公告的地方。", field="note")


@transaction.atomic
def record_statement(listing: Listing, *, statement: str, stated_on: dt.date, by: User) -> Listing:
    """陈述申辩: what the enterprise said, and when it came."""
    listing = locked_listing(listing)
    policies.check_may_record_statement(listing, by=by)
    if not statement.strip():
        raise Refusal("请写明企业陈述、申辩的内容。", field="statement")
    if stated_on > timezone.localdate():
        raise Refusal("收到日期不能晚于今天。", field="stated_on")
    if listing.notified_on is None or stated_on < listing.notified_on:
        raise Refusal("收到日期不能早于告知书的日期。", field="stated_on")
    listing.statement, listing.stated_on = statement.strip(), stated_on
    step_listing(listing, ListingState.STATED, "statement", "stated_on")
    tell(Role.HEAD, listing, moment="stated", subject="企业已陈述申辩，待决定")
    record("listing.stated", by=by, target=listing)
    return listing


@transaction.atomic
def decide_listing(listing: Listing, *, reason: str, by: User, now: dt.datetime | None = None) -> Listing:
    """The head decides to list: in order the decision, its delivery, the draft of the publication, its deadline."""
    now = now or timezone.now()
    listing = locked_listing(listing)
    today = timezone.localdate(now)
    policies.check_may_decide_listing(listing, by=by, today=today)
    _decided(listing, reason=reason, by=by, now=now)
    listing.decision = _issue(LISTING_DECISION, listing, decision_context(listing), by=by, on=today)
    step_listing(listing, ListingState.DECIDED, "decided_by", "decided_at", "decision_reason", "decision")
    _send(listing, listing.decision)
    draft_listing_text(listing, kind=Kind.LISTING, by=None)
    label = f"{listing.number} 列入名单公布"
    open_deadline(PUBLISH, subject_kind=SUBJECT_KIND, subject_key=listing.number, label=label, start_on=today, by=by)
    record("listing.decided", by=by, target=listing, number=listing.decision.number)
    return listing


@transaction.atomic
def drop_listing(listing: Listing, *, reason: str, by: User, now: dt.datetime | None = None) -> Listing:
    """不予列入, by the head, with the reason."""
    listing = locked_listing(listing)
    policies.check_may_drop_listing(listing, by=by)
    _decided(listing, reason=reason, by=by, now=now or timezone.now())
    step_listing(listing, ListingState.DROPPED, "decided_by", "decided_at", "decision_reason")
    record("listing.dropped", by=by, target=listing, reason=listing.decision_reason)
    return listing


def mark_listed(listing: Listing, *, on: dt.date) -> None:
    """The text stands in public: the term begins. Inside the publishing transaction."""
    listing = locked_listing(listing)
    listing.listed_on = on
    listing.term_ends_on = due_on(TERM, start_on=on)
    listing.early_removal_from = due_on(EARLY_REMOVAL, start_on=on)
    step_listing(listing, ListingState.LISTED, "listed_on", "term_ends_on", "early_removal_from")
    keep_deadline(PUBLISH, subject_kind=SUBJECT_KIND, subject_key=listing.number, on=on)


@transaction.atomic
def ask_removal(listing: Listing, *, reason: str, asked_on: dt.date, by: User) -> Listing:
    """The enterprise applies to leave before its term; not before the first 12 months have passed."""
    listing = locked_listing(listing)
    policies.check_may_ask_removal(listing, by=by, asked_on=asked_on)
    if not reason.strip():
        raise Refusal("请写明企业申请提前移出的理由。", field="reason")
    if asked_on > timezone.localdate():
        raise Refusal("申请日期不能晚于今天。", field="asked_on")
    listing.asked_on, listing.ask_reason, listing.answer = asked_on, reason.strip()[:300], ""
    step_listing(listing, ListingState.ASKED, "asked_on", "ask_reason", "answer")
    label = f"{listing.number} 提前移出申请的答复"
    key = reply_key(listing)
    open_deadline(REPLY, subject_kind=SUBJECT_KIND, subject_key=key, label=label, start_on=asked_on, by=by)
    tell(Role.HEAD, listing, moment=f"asked:{asked_on:%Y%m%d}", subject="申请提前移出名单，待决定")
    record("listing.removal_asked", by=by, target=listing)
    return listing


@transaction.atomic
def grant_removal(listing: Listing, *, answer: str, by: User, now: dt.datetime | None = None) -> Listing:
    """The head removes the enterprise early: decision, end of the public text at once, draft of the removal."""
    now = now or timezone.now()
    listing = locked_listing(listing)
    policies.check_may_answer_removal(listing, by=by)
    check_public_words(answer=answer)
    today = timezone.localdate(now)
    listing.answer, listing.removed_on = answer.strip()[:300] or "准予提前移出。", today
    listing.removal = _issue(LISTING_REMOVAL, listing, removal_context(listing), by=by, on=today)
    step_listing(listing, ListingState.REMOVED, "answer", "removal", "removed_on")
    _end_texts(listing, reason="已决定提前移出名单。", now=now)
    _send(listing, listing.removal)
    keep_deadline(REPLY, subject_kind=SUBJECT_KIND, subject_key=reply_key(listing), on=today, by=by)
    draft_listing_text(listing, kind=Kind.REMOVAL, by=None)
    record("listing.removed", by=by, target=listing, number=listing.removal.number)
    return listing


@transaction.atomic
def refuse_removal(listing: Listing, *, answer: str, by: User, now: dt.datetime | None = None) -> Listing:
    """The head keeps the enterprise on the list; the answer says why, and it may apply again."""
    listing = locked_listing(listing)
    policies.check_may_answer_removal(listing, by=by)
    if not answer.strip():
        raise Refusal("请写明不予提前移出的理由。", field="answer")
    listing.answer = answer.strip()[:300]
    step_listing(listing, ListingState.LISTED, "answer")
    on = timezone.localdate(now or timezone.now())
    keep_deadline(REPLY, subject_kind=SUBJECT_KIND, subject_key=reply_key(listing), on=on, by=by)
    record("listing.removal_refused", by=by, target=listing)
    return listing


@transaction.atomic
def revoke_listing(listing: Listing, *, reason: str, by: User, now: dt.datetime | None = None) -> Listing:
    """The head revokes the decision to list (the penalty fell, the facts were wrong), with the reason.

    In order: the decision of revocation, the end of the public text or of its draft, what ran meanwhile,
    and, where the listing was public, the draft of the removal.
    """
    now = now or timezone.now()
    listing = locked_listing(listing)
    policies.check_may_revoke_listing(listing, by=by)
    if not reason.strip():
        raise Refusal("请写明撤销列入决定的理由。", field="reason")
    check_public_words(reason=reason)
    was_public, today = listing.listed_on is not None, timezone.localdate(now)
    _stop_clocks(listing, by=by)
    listing.revoked_reason, listing.removed_on = reason.strip()[:300], today
    listing.removal = _issue(LISTING_REVOCATION, listing, revocation_context(listing), by=by, on=today)
    step_listing(listing, ListingState.REMOVED, "revoked_reason", "removal", "removed_on")
    _end_texts(listing, reason=f"列入决定已撤销：{as_sentence(listing.revoked_reason)}", now=now)
    _send(listing, listing.removal)
    if was_public:
        draft_listing_text(listing, kind=Kind.REMOVAL, by=None)
    record("listing.revoked", by=by, target=listing, number=listing.removal.number, reason=listing.revoked_reason)
    return listing


def _stop_clocks(listing: Listing, *, by: User) -> None:
    running = {ListingState.DECIDED: (PUBLISH, listing.number)}
    if listing.state == ListingState.ASKED:
        running[ListingState.ASKED] = (REPLY, reply_key(listing))
    if listing.state in running:
        code, key = running[ListingState(listing.state)]
        cancel_deadline(code, subject_kind=SUBJECT_KIND, subject_key=key, reason="列入决定已撤销", by=by)


def _end_texts(listing: Listing, *, reason: str, now: dt.datetime) -> None:
    """What is public expires with the reason; what only waited is given up."""
    texts = listing.publications.filter(kind=Kind.LISTING).select_for_update(of=("self",))
    for text in texts.filter(state=PublicationState.PUBLISHED).order_by("published_at", "id"):
        end_publication(text, to=PublicationState.EXPIRED, reason=reason[:300], by=None, now=now)
    for text in texts.filter(state__in=WAITING_STATES).order_by("drafted_at", "id"):
        give_up(text, reason=reason[:300], now=now)


def _decided(listing: Listing, *, reason: str, by: User, now: dt.datetime) -> None:
    if not reason.strip():
        raise Refusal("请写明决定的理由。", field="reason")
    check_public_words(reason=reason)
    listing.decided_by, listing.decided_at, listing.decision_reason = by, now, reason.strip()[:300]


def _issue(kind: DocumentKind, listing: Listing, context: dict, *, by: User, on: dt.date) -> IssuedDocument:
    return issue_document(kind.code, subject=(SUBJECT_KIND, str(listing.pk)), context=context, by=by, issued_on=on)


def _send(listing: Listing, document: IssuedDocument) -> None:
    """By e-mail where an address is known; the paper is served by hand as well."""
    enterprise = listing.enterprise
    if enterprise.contact_email:
        queue_email(
            key=f"listing:{document.pk}",
            address=enterprise.contact_email,
            subject=f"{document.title} {document.number or ''}",
            template="messages/listing.txt",
            context={"enterprise": enterprise, "document": document},
            attachment_paths=[document.file_name],
            attachment_names=[download_name(document)],
            subject_kind=SUBJECT_KIND,
            subject_key=str(listing.pk),
        )
