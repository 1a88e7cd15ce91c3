"""行政检查通知书: one letter per announced enterprise, issued by a job, read by a link."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from draws.selectors.caps import published_cap
from inspections.documents import DEFAULT_METHOD, enterprise_facts
from inspections.policies import notices_of
from publication.disclosure import public_officers
from publication.documents import INSPECTION_NOTICE
from publication.models import Letter, LetterEvent
from publication.policies import check_letter_open
from publication.selectors import check_count_of_year, chosen_on, letter_for_issue
from publication.selectors.letters import waiting_letters
from publication.services.letter_mail import letter_link, mail_enterprise
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.services import record
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.services import download_name, issue_document, replace_document
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify_role

LEGAL_BASIS = [
    "《中华人民共和国安全生产法》第六十二条、第六十五条",
    "《国务院办公厅关于推广随机抽查规范事中事后监管的通知》（国办发〔2015〕58号）",
]
PLAN_CHANGED = "检查日期或者检查人员有变动。"


@transaction.atomic
def issue_letter(pk, *, now: dt.datetime) -> bool:
    """Issue one waiting letter: number, PDF and row together, the e-mail queued with them.

    False when it is issued already or another worker has it: repeating does nothing.
    """
    waiting = waiting_letters().select_for_update(of=("self",), skip_locked=True).filter(pk=pk)
    if not waiting.exists():
        return False
    letter = letter_for_issue(pk)
    letter.document = _issue_paper(letter, on=timezone.localdate(now))
    letter.issued_at, letter.last_error = now, ""
    letter.save(update_fields=["document", "issued_at", "last_error"])
    _mail_letter(letter, letter.document)
    record("letter.issued", by=None, target=letter, number=letter.document.number)
    return True


def _issue_paper(letter: Letter, *, on: dt.date) -> IssuedDocument:
    """The first paper of a letter; a later one replaces the former and names it."""
    former = notices_of(letter.task).filter(replaced_by=None).first()
    details: dict[str, Any] = {
        "context": _letter_context(letter),
        "by": letter.publication.approved_by if letter.publication else letter.task.drawn.draw.approved_by,
        "issued_on": on,
        "chain": ("task", str(letter.task_id)),
        "qr_link": letter_link(letter),
    }
    if former is None:
        return issue_document(INSPECTION_NOTICE.code, subject=("task", str(letter.task_id)), **details)
    return replace_document(former, reason=PLAN_CHANGED, **details)


def _mail_letter(letter: Letter, document: IssuedDocument) -> None:
    times = letter.events.filter(kind=LetterEvent.Kind.REISSUED).count()
    key = f"letter:{letter.pk}:{times}" if times else f"letter:{letter.pk}"
    mail_enterprise(letter, key=key, attach=(document.file_name, download_name(document)))


def _letter_context(letter: Letter) -> dict:
    task, draw = letter.task, letter.task.drawn.draw
    enterprise, visit_on = task.enterprise, (task.visit_on or draw.visits_from).isoformat()
    return {
        "title": INSPECTION_NOTICE.name,
        "enterprise": enterprise_facts(task),
        "basis": LEGAL_BASIS,
        "draw_number": draw.ledger_number,
        "batch_number": draw.number,
        "is_named": draw.is_named,
        "drawn_on": chosen_on(draw).isoformat(),
        "check_count": check_count_of_year(task),
        "check_limit": published_cap((task.visit_on or draw.visits_from).year),
        "year": (task.visit_on or draw.visits_from).year,
        "visit_from": visit_on,
        "visit_to": visit_on,
        "place": enterprise.address,
        "officers": public_officers(task.drawn),
        "experts": [{"name": seat.expert.name} for seat in task.drawn.seats.all() if seat.expert_id],
        "items": [
            {"code": entry.item.code, "name": entry.item.name, "legal_basis": entry.item.legal_basis}
            for entry in task.drawn.items.all()
        ],
        "requirements": [line.strip() for line in draw.requirements.splitlines() if line.strip()],
        "method": DEFAULT_METHOD,
        "contact": {
            "name": settings.BUREAU_CONTACT,
            "phone": settings.BUREAU_PHONE,
            "address": settings.BUREAU_ADDRESS,
        },
    }


def note_failure(pk, *, error: Exception) -> None:
    """Count a failed attempt, in a transaction of its own; a person sees it after the last."""
    letter = Letter.objects.filter(pk=pk, issued_at=None).first()
    if letter is not None:
        letter.attempt_count += 1
        letter.last_error = f"{type(error).__name__}: {error}"[:300]
        letter.save(update_fields=["attempt_count", "last_error"])


def note_opening(letter: Letter, *, now: dt.datetime) -> None:
    """The link was opened for the first time: by the enterprise or by its mail server, so that it proves nothing."""
    if letter.first_opened_at is None:
        Letter.objects.filter(pk=letter.pk, first_opened_at=None).update(first_opened_at=now)


@transaction.atomic
def confirm_letter(letter: Letter, *, name: str, now: dt.datetime) -> Letter:
    """确认收悉 by the enterprise, with the name of who confirms; the first confirmation stands."""
    name = name.strip()
    if not name:
        raise Refusal("请填写确认人姓名。", field="name")
    letter = Letter.objects.select_for_update(of=("self",)).select_related("task").get(pk=letter.pk)
    check_letter_open(letter, today=timezone.localdate(now))
    if letter.confirmed_at is None:
        letter.confirmed_at, letter.confirmed_name = now, name[:40]
        letter.save(update_fields=["confirmed_at", "confirmed_name"])
        notify_role(Role.CLERK, key=f"letter.confirmed:{letter.pk}", subject=f"企业已确认收悉：{letter.task.number}")
        record("letter.confirmed", by=None, target=letter)
    return letter
