"""Reading tasks, records and volumes; what a person may not see is not in the query."""

from __future__ import annotations

import datetime
from collections import Counter

from django.db.models import Count, Prefetch, Q, QuerySet

from draws.models import DrawnItem, DrawnSeat, SubItem
from draws.selectors.draws import named_for, seats_open_to
from enterprises.models import Enterprise
from inspections.models import (
    Dossier,
    Evidence,
    ExpertOpinion,
    ItemResult,
    Measurement,
    Order,
    OrderPoint,
    RectificationReport,
    Revisit,
    RevisitPoint,
    SignedScan,
    SiteRecord,
    Task,
)
from inspections.policies import OFFICE, kept_tasks, known_tasks
from inspections.states import TaskState
from shuangsuiji.accounts.models import User
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.documents.models import IssuedDocument

SUBJECT_KIND = "task"
OPEN_STATES = (TaskState.ASSIGNED, TaskState.NOTICED, TaskState.WITHHELD, TaskState.READY, TaskState.ON_SITE)


def subject_of(task: Task) -> tuple[str, str]:
    """How documents, deadlines and messages name this check."""
    return SUBJECT_KIND, str(task.pk)


def tasks_visible_to(user: User) -> QuerySet[Task]:
    """Own tasks of an officer; for the office all but kept ones it is not cleared for.

    The same rule as `policies.may_see_task`, as a query; a test holds the two together.
    """
    seats = DrawnSeat.objects.filter(inspector__account=user)
    kept = Task.objects.filter(kept_tasks())
    own = Task.objects.filter(drawn__seats__in=seats).exclude(pk__in=kept.exclude(drawn__seats__in=seats_open_to(user)))
    seen = Q(pk__in=own.values("pk"))
    if has_role(user, *OFFICE):
        seen |= known_tasks() | Q(drawn__draw__in=named_for(user).values("pk"))
    return Task.objects.filter(seen)


def people_of_drawn() -> tuple[Prefetch, ...]:
    """Officers, experts and items of drawn enterprises, in order, in two queries."""
    seats = DrawnSeat.objects.select_related("inspector", "expert").order_by("seat", "id")
    items = DrawnItem.objects.select_related("item__group").order_by("item__code")
    return Prefetch("drawn__seats", seats), Prefetch("drawn__items", items)


def task_rows(user: User) -> QuerySet[Task]:
    """The board: visible tasks with all that a row shows."""
    rows = tasks_visible_to(user).select_related("enterprise__township", "enterprise__field", "drawn__draw")
    return rows.prefetch_related(*people_of_drawn()).order_by("visit_on", "number")


def late_condition(today: datetime.date) -> Q:
    """Tasks past a day: not begun after the planned one, or something to put right past its limit."""
    overdue = ItemResult.objects.filter(
        record__task__state=TaskState.ORDERED, rectify_by__lt=today, rectified_on=None, result=ItemResult.Result.FAILED
    )
    return Q(state__in=OPEN_STATES, visit_on__lt=today) | Q(pk__in=overdue.values("record__task_id"))


def due_condition(today: datetime.date) -> Q:
    """Visits that have not begun and are planned for today or the seven days after it."""
    week = datetime.timedelta(days=7)
    return Q(state__in=OPEN_STATES, visit_on__range=(today, today + week)) & ~Q(state=TaskState.ON_SITE)


def is_late(task: Task, *, today: datetime.date) -> bool:
    """Whether a visit that should have begun has not."""
    return task.state in OPEN_STATES and task.visit_on is not None and task.visit_on < today


def state_counts(tasks: QuerySet[Task], *, today: datetime.date) -> Counter:
    """How many tasks stand in each state, under `late` how many are late, under `due` how many come within a week."""
    rows = tasks.order_by().values_list("state").annotate(count=Count("pk"))
    counts = Counter(dict(rows))
    counts["due"] = tasks.filter(due_condition(today)).order_by().count()
    counts["late"] = tasks.filter(late_condition(today)).order_by().count()
    return counts


def task_for(user: User, pk) -> Task:
    """One visible task with all its people and papers. Raises Task.DoesNotExist."""
    rows = tasks_visible_to(user).select_related(
        "enterprise__township",
        "enterprise__field",
        "drawn__draw__plan",
        "scheme__document",
        "scheme__drafted_by",
        "scheme__approved_by",
        "record__document",
        "record__submitted_by",
        "record__approved_by",
        "dossier",
        "approval__document",
        "approval__approved_by",
    )
    return rows.prefetch_related(*people_of_drawn()).get(pk=pk)


def officers_of(task: Task) -> list[dict]:
    """Name and certificate number of the officers, in seat order."""
    people = [seat.inspector for seat in task.drawn.seats.all() if seat.inspector]
    return [{"name": one.name, "certificate_number": one.certificate_number} for one in people]


def experts_of(task: Task) -> list[dict]:
    """Names of the experts; their phones stay where they are."""
    return [{"name": seat.expert.name, "title": seat.expert.title} for seat in task.drawn.seats.all() if seat.expert]


def lead_name(task: Task) -> str:
    """The name of the officer in seat 1."""
    officers = officers_of(task)
    return officers[0]["name"] if officers else ""


def former_findings(enterprise: Enterprise, *, user: User, besides: Task | None = None) -> QuerySet[ItemResult]:
    """What was found wrong in earlier checks, newest first, as far as this person may know.

    An officer who comes to an enterprise knows all that was found there, whoever found it; what is kept stays kept.
    """
    known = Q(pk__in=tasks_visible_to(user).values("pk"))
    if tasks_visible_to(user).filter(enterprise=enterprise).exists():
        known |= known_tasks()
    rows = ItemResult.objects.filter(
        record__task__in=Task.objects.filter(known, enterprise=enterprise).values("pk"),
        record__approved_at__isnull=False,
        result=ItemResult.Result.FAILED,
    )
    rows = rows.select_related("drawn_item__item", "record__task").order_by(
        "-record__task__visited_on", "drawn_item__item__code"
    )
    return rows.exclude(record__task=besides) if besides else rows


def own_findings(task: Task) -> QuerySet[ItemResult]:
    """What this check itself found wrong, as it stands now."""
    rows = ItemResult.objects.filter(record__task=task, result=ItemResult.Result.FAILED)
    return rows.select_related("drawn_item__item").order_by("drawn_item__item__code")


def results_of(record: SiteRecord) -> QuerySet[ItemResult]:
    """The cards of the record: items with sub-items, photos and who saved last."""
    photos = Evidence.objects.filter(set_aside=None, revisit=None).order_by("uploaded_at", "id")
    return (
        record.results.select_related("drawn_item__item__group", "saved_by")
        .prefetch_related(
            Prefetch("drawn_item__item__sub_items", SubItem.objects.order_by("code")),
            Prefetch("drawn_item__evidence", photos),
        )
        .order_by("drawn_item__item__code")
    )


def failed_results(record: SiteRecord) -> QuerySet[ItemResult]:
    """What failed and must be put right by a day."""
    return results_of(record).filter(result=ItemResult.Result.FAILED, rectify_by__isnull=False)


def open_order(task: Task) -> Order | None:
    """The order that waits for its re-inspection."""
    return task.orders.filter(reinspection=None).order_by("-position").first()


def orders_of(task: Task) -> QuerySet[Order]:
    """Orders of a check with their re-inspections, in order."""
    rows = task.orders.select_related("document", "issued_by", "reinspection__document", "reinspection__made_by")
    return rows.prefetch_related("points__result__drawn_item__item").order_by("position")


def points_reported(order: Order) -> QuerySet[OrderPoint]:
    """The points of an order with what the enterprise reported on them, in order."""
    reports = RectificationReport.objects.prefetch_related("photos").order_by("reported_at", "id")
    rows = order.points.select_related("result__drawn_item__item").prefetch_related(Prefetch("reports", reports))
    return rows.order_by("result__drawn_item__item__code")


def scans_of(task: Task) -> QuerySet[SignedScan]:
    """Every signed sheet and every receipt of a check and its cases, in the order in which they came."""
    return task.scans.select_related("document", "payment", "added_by").order_by("added_at", "id")


def revisit_points(revisit: Revisit) -> QuerySet[RevisitPoint]:
    """The items of a re-inspection in the order of the order."""
    rows = revisit.points.select_related("order_point__result__drawn_item__item", "saved_by")
    return rows.order_by("order_point__result__drawn_item__item__code", "id")


def evidence_of(task: Task) -> QuerySet[Evidence]:
    """What counts as evidence of a check, in the order in which it came."""
    return _evidence_rows(task).filter(set_aside=None)


def set_aside_of(task: Task) -> QuerySet[Evidence]:
    """What was taken in error: kept, but no evidence."""
    return _evidence_rows(task).filter(set_aside__isnull=False)


def _evidence_rows(task: Task) -> QuerySet[Evidence]:
    rows = task.evidence.select_related("drawn_item__item", "uploaded_by", "set_aside__by")
    return rows.order_by("uploaded_at", "id")


def measurements_of(task: Task) -> QuerySet[Measurement]:
    """What was measured, without what was measured anew."""
    return task.measurements.filter(replaced_by=None).select_related("drawn_item__item").order_by("measured_at", "id")


def opinions_of(task: Task) -> QuerySet[ExpertOpinion]:
    """What experts wrote on a check."""
    return task.expert_opinions.select_related("expert").order_by("given_on", "id")


def documents_of(task: Task) -> QuerySet[IssuedDocument]:
    """Every document of a check, replaced ones among them, by time."""
    kind, key = subject_of(task)
    rows = IssuedDocument.objects.filter(subject_kind=kind, subject_key=key)
    return rows.select_related("issued_by", "delivery__receipt", "replaced_by").order_by("issued_on", "issued_at", "id")


def dossiers_visible_to(user: User) -> QuerySet[Dossier]:
    """Volumes of the tasks this person may see."""
    rows = Dossier.objects.filter(task__in=tasks_visible_to(user).values("pk"))
    return rows.select_related("task__enterprise", "task__drawn__draw", "locked_by", "queued_by", "excused_by")


def checks_of(enterprise: Enterprise, *, user: User) -> QuerySet[Task]:
    """All checks of an enterprise that this person may know of, newest first."""
    rows = tasks_visible_to(user).filter(enterprise=enterprise).select_related("drawn__draw", "dossier", "record")
    return rows.prefetch_related(*people_of_drawn()).order_by("-visit_on", "-number")
