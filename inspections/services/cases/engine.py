"""One step of a case: asked of its rule, filled in, written down, made into papers, in one transaction.

An `Act` says what a step asks for, who may do it, which papers it issues, where the case goes
and what follows. The table of all acts is `acts.py`; the page and its forms are made from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.documents.cases import case_context
from inspections.models import Case, CaseStep
from inspections.policies import names_are_kept
from inspections.policies.cases import SUBJECT_KIND, check_case_step, check_volume_open
from inspections.selectors import subject_of
from inspections.selectors.marks import case_mark
from inspections.services.cases.dates import LATE, After, check_moment
from inspections.services.cases.fields import Field, as_json, check_times, cleaned
from inspections.states import CaseState
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.registry import DocumentKind
from shuangsuiji.documents.services import issue_document, render_draft
from shuangsuiji.lib.editing import check_as_shown
from shuangsuiji.lib.errors import Refusal


@dataclass(frozen=True)
class Taken:
    """A step in the making, as its consequences see it."""

    case: Case
    by: User
    on: dt.date
    now: dt.datetime
    fields: Mapping[str, Any]


Rule = Callable[[User, Case], None]
Consequence = Callable[[Taken], None]


def _nothing(taken: Taken) -> None:
    """Most papers have no further consequence."""


@dataclass(frozen=True)
class Act:
    """One kind of step.

    `check` refuses impossible fields, `prepare` sets what the papers say, `settle` what follows from them
    (deadlines, messages), `again` what follows when a paper is replaced. `moment` names the field that says
    when it happened, where that is not now; it lies after `after`.
    """

    code: str
    label: str
    rule: Rule
    fields: tuple[Field, ...] = ()
    kinds: Callable[[Case], tuple[DocumentKind, ...]] = lambda case: ()
    to: CaseState | None = None
    moment: str = ""
    after: Callable[[Case], After | None] = lambda case: None
    check: Consequence = _nothing
    prepare: Consequence = _nothing
    settle: Consequence = _nothing
    again: Consequence = _nothing
    opinions: Callable[[Taken], dict] = lambda taken: {}
    initial: Callable[[Case], dict] = lambda case: {}
    offered: Callable[[Case], dict[str, tuple[tuple[str, str], ...]]] = lambda case: {}
    warning: str = ""
    group: str = ""

    @property
    def asked(self) -> tuple[Field, ...]:
        """Its fields; one that tells of an earlier moment also asks why it is told late."""
        return (*self.fields, LATE) if self.moment else self.fields


@transaction.atomic
def take_step(
    case: Case,
    act: Act,
    *,
    by: User,
    now: dt.datetime | None = None,
    fields: Mapping[str, Any] | None = None,
    seen: str | None = None,
) -> Case:
    """Take one step: rule, values, papers, row, consequence, audit; all or nothing. `seen`: the case on the page.

    Where an act issues several papers, each stands in a row of its own. The case is locked, so of
    two people who take the same step at once the second is refused by the rule.
    """
    now = now or timezone.now()
    row = locked_case(case.pk)
    check_volume_open(row.task)
    act.rule(by, row)
    check_as_shown(seen, stands=case_mark(row))
    taken = taken_of(row, act, by=by, now=now, fields=fields or {})
    act.prepare(taken)
    if act.to is not None:
        check_case_step(row, to=act.to)
        row.state = act.to
    row.save()
    written = _write(act, taken)
    act.settle(taken)
    record(
        f"case.{act.code}",
        by=by,
        target=row,
        confidential=is_kept(row),
        state=row.state,
        documents=[document.number or document.kind for document in written],
    )
    return row


def draft_paper(case: Case, act: Act, *, by: User, on: dt.date, fields: Mapping[str, Any]) -> bytes:
    """The first paper of a step as it would look, marked as a draft; nothing is written."""
    kinds = act.kinds(case)
    if not kinds:
        raise Refusal("这一步没有文书。", status=404)
    taken = replace(taken_of(case, act, by=by, now=timezone.now(), fields=fields), on=on)
    with transaction.atomic():
        act.prepare(taken)
        content = render_draft(kinds[0].code, context=context_of(act, taken)).content
        transaction.set_rollback(True)
    return content


def taken_of(case: Case, act: Act, *, by: User, now: dt.datetime, fields: Mapping[str, Any]) -> Taken:
    """What was filled in, typed and possible: every field, every time, and what this act itself asks for."""
    values = cleaned(act.asked, fields)
    check_times(act.asked, values, now=now)
    taken = Taken(case, by, timezone.localtime(now).date(), now, values)
    act.check(taken)
    if act.moment:
        late = values[LATE.name]
        check_moment(values[act.moment], after=act.after(case), field=act.moment, now=now, late_reason=late)
    return taken


def locked_case(pk) -> Case:
    """The case's row, locked, with its check and enterprise."""
    rows = Case.objects.select_for_update(of=("self",))
    return rows.select_related("task__enterprise__field", "task__drawn__draw").get(pk=pk)


def issue_for(case: Case, kind: DocumentKind, *, context: Mapping, by: User, on: dt.date) -> IssuedDocument:
    """Issue a paper of the case; it shares the serial of the check it grew out of."""
    return issue_document(
        kind.code,
        subject=(SUBJECT_KIND, str(case.pk)),
        chain=subject_of(case.task),
        context=context,
        by=by,
        issued_on=on,
        confidential=is_kept(case),
    )


def is_kept(case: Case) -> bool:
    """Whether trail and messages carry numbers only."""
    return names_are_kept(case.task.drawn.draw, case.task)


def _write(act: Act, taken: Taken) -> list[IssuedDocument]:
    issued: list[IssuedDocument] = []
    for kind in act.kinds(taken.case):
        document = issue_for(taken.case, kind, context=context_of(act, taken), by=taken.by, on=taken.on)
        _step(act, taken, document=document)
        issued.append(document)
    if not issued:
        _step(act, taken, document=None)
    return issued


def _step(act: Act, taken: Taken, *, document: IssuedDocument | None) -> CaseStep:
    return CaseStep.objects.create(
        case=taken.case,
        act=act.code,
        on=taken.on,
        at=taken.now,
        by=taken.by,
        fields=as_json(taken.fields),
        document=document,
    )


def context_of(act: Act, taken: Taken) -> dict:
    """What the papers of this step say."""
    return case_context(taken.case, fields=as_json(taken.fields), opinions=act.opinions(taken))
