"""更正: a paper of a case with a mistake in it is replaced by a new one that names it; the old one stays as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.models import Case, CaseStep
from inspections.policies.case_papers import check_may_replace
from inspections.policies.cases import check_volume_open
from inspections.selectors import subject_of
from inspections.services.cases.engine import Act, context_of, is_kept, locked_case, taken_of
from inspections.services.cases.fields import as_json
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.services import replace_document


@transaction.atomic
def replace_paper(
    case: Case,
    document: IssuedDocument,
    act: Act,
    *,
    by: User,
    reason: str,
    fields: Mapping[str, Any],
    now: dt.datetime | None = None,
) -> IssuedDocument:
    """Issue the paper again as its act makes it now: signer, day and words are those of the new act.

    It takes the next part of its number and must be served anew; the old one stays in the volume.
    """
    now = now or timezone.now()
    row = locked_case(case.pk)
    check_volume_open(row.task)
    check_may_replace(by, row, document)
    taken = taken_of(row, act, by=by, now=now, fields=fields)
    new = replace_document(
        document,
        context=context_of(act, taken),
        by=by,
        issued_on=taken.on,
        reason=reason,
        chain=subject_of(row.task),
    )
    CaseStep.objects.create(
        case=row,
        act="replaced",
        on=taken.on,
        at=now,
        by=by,
        fields={**as_json(taken.fields), "replacement_reason": reason},
        document=new,
    )
    act.again(taken)
    record("case.paper_replaced", by=by, target=row, confidential=is_kept(row), old=document.number or document.kind)
    return new
