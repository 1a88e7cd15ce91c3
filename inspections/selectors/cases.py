"""Reading penalty cases; what a person may not see is not in the query."""

from __future__ import annotations

from collections import Counter

from django.db.models import Q, QuerySet

from inspections.models import Case, CaseStep, Delivery, Task
from inspections.policies.cases import SUBJECT_KIND
from inspections.policies.withdrawing import WITHDRAWAL, withdrawn_papers
from inspections.selectors.reading import SUBJECT_KIND as TASK_KIND
from inspections.selectors.reading import tasks_visible_to
from inspections.states import CaseState
from shuangsuiji.accounts.models import User
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.models import Deadline

SCANS = ("scans", "delivery__receipt__scans")
"""For a table of papers: their signed sheets, and those of their receipts."""

OVER = (CaseState.CLOSED, CaseState.REFUSED)


def cases_visible_to(user: User) -> QuerySet[Case]:
    """Cases of checks that may be seen, and those this person handles."""
    own = Case.objects.filter(handlers__inspector__account=user, handlers__left_on=None).values("pk")
    return Case.objects.filter(Q(task__in=tasks_visible_to(user).values("pk")) | Q(pk__in=own))


def case_rows(user: User) -> QuerySet[Case]:
    """The list, newest first, with all that a row shows."""
    rows = cases_visible_to(user).select_related("task__enterprise", "task__drawn__draw")
    return rows.order_by("-proposed_at", "number")


def case_for(user: User, pk) -> Case:
    """One visible case with its check. Raises Case.DoesNotExist."""
    rows = cases_visible_to(user).select_related(
        "task__enterprise__field", "task__drawn__draw", "task__dossier", "proposed_by", "filed_by", "decided_by"
    )
    return rows.get(pk=pk)


def case_state_counts(rows: QuerySet[Case]) -> Counter:
    """How many cases stand in each state; one query."""
    return Counter(rows.order_by().values_list("state", flat=True))


def steps_of(case: Case) -> QuerySet[CaseStep]:
    """What was done in the case, in order."""
    return case.steps.select_related("document__delivery", "by").order_by("at", "id")


def case_documents(case: Case) -> QuerySet[IssuedDocument]:
    """Every document of the case, receipts and replaced ones among them."""
    rows = IssuedDocument.objects.filter(subject_kind=SUBJECT_KIND, subject_key=str(case.pk))
    return rows.select_related("delivery__receipt", "replaced_by").order_by("issued_at", "id")


def case_deadlines(case: Case) -> QuerySet[Deadline]:
    """The deadlines of the case with their rules, by last day."""
    steps = [str(pk) for pk in case.steps.values_list("pk", flat=True)]
    mine = Q(subject_kind=SUBJECT_KIND, subject_key=str(case.pk)) | Q(subject_kind="case_step", subject_key__in=steps)
    return Deadline.objects.filter(mine).select_related("rule").order_by("due_on", "id")


def standing_step(case: Case, act: str, *, kind: str = "") -> CaseStep | None:
    """The newest step of an act; where its paper (`kind`) was replaced, the step that replaced it."""
    steps = Q(act=act) | Q(act="replaced", document__kind=kind) if kind else Q(act=act)
    return case.steps.filter(steps).select_related("by").order_by("-at", "-id").first()


def case_of_paper(document: IssuedDocument) -> Case | None:
    """The case whose paper this is; None for papers of a check or of anything else."""
    if document.subject_kind != SUBJECT_KIND:
        return None
    rows = Case.objects.select_related("task__drawn__draw", "task__enterprise")
    return rows.filter(pk=document.subject_key).first()


def task_of_paper(document: IssuedDocument) -> Task | None:
    """The check in whose volume this paper lies."""
    case = case_of_paper(document)
    if case is not None:
        return case.task
    if document.subject_kind != TASK_KIND:
        return None
    return Task.objects.select_related("drawn__draw", "enterprise").filter(pk=document.subject_key).first()


def cases_of(task: Task) -> QuerySet[Case]:
    """The cases that grew out of a check."""
    return task.cases.order_by("proposed_at", "number")


def withdrawal_notes(task: Task) -> dict:
    """What stands beside every paper that went with a withdrawn notice, by its key."""
    return {paper.pk: _withdrawal_note(paper) for case in cases_of(task) for paper in withdrawn_papers(case)}


def _withdrawal_note(paper: IssuedDocument) -> str:
    later = paper.case_step.case.steps.filter(act=WITHDRAWAL, id__gt=paper.case_step.pk)  # type: ignore[attr-defined]
    step = later.select_related("document").order_by("id")[0]
    return f"已撤回（{step.document.number}）" if step.document else "已撤回"


def deliveries_of(task: Task) -> dict:
    """Delivery by the document's key, for everything served in a check and its cases."""
    rows = Delivery.objects.filter(task=task).select_related("receipt", "document").order_by("delivered_at", "id")
    return {row.document_id: row for row in rows}
