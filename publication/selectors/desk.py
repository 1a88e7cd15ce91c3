"""Reading at the desk: publications, letters, what waits."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from draws.models import Draw, DrawnItem, DrawnSeat, Item
from draws.selectors.draws import named_for
from draws.states import DrawState
from inspections.models import Order, Task
from inspections.states import TaskState
from inspectors.models import Inspector, PersonState
from publication.models import Letter, Publication
from publication.states import OVER_STATES, PublicationState
from shuangsuiji.lib.models import Deadline


def publications_for(user) -> QuerySet[Publication]:
    """The desk's list: a confidential draft only for the people cleared for its draw."""
    visible = named_for(user).values("pk")
    open_to_all = Q(is_confidential=False) | Q(published_at__isnull=False)
    cleared = Q(draw__in=visible) | Q(task__drawn__draw__in=visible)
    return Publication.objects.filter(open_to_all | cleared).select_related("drafted_by", "approved_by")


def tasks_to_announce(draw, *, told_by: Publication | None = None) -> QuerySet[Task]:
    """The standing tasks of a draw with all that a notice or letter names: to come, or told of by a notice."""
    to_come = Q(visited_on=None)
    if told_by is not None:
        to_come |= Q(enterprise__in=told_by.enterprises.values("enterprise"))
    return (
        Task.objects.filter(to_come, drawn__draw=draw, drawn__is_standing=True)
        .select_related("enterprise__township", "enterprise__field", "drawn__draw")
        .prefetch_related(*_drawn_rows())
        .order_by("drawn__position")
    )


def _drawn_rows() -> tuple[Prefetch, ...]:
    return (
        Prefetch("drawn__seats", DrawnSeat.objects.select_related("inspector", "expert").order_by("seat", "id")),
        Prefetch("drawn__items", DrawnItem.objects.select_related("item").order_by("item__code")),
    )


def letter_for_issue(pk) -> Letter:
    """A letter with all that its document names. Raises Letter.DoesNotExist."""
    rows = Letter.objects.select_related(
        "task__enterprise__township", "task__enterprise__field", "task__drawn__draw__plan", "publication"
    )
    return rows.prefetch_related("task__drawn__seats__inspector", "task__drawn__items__item").get(pk=pk)


def tasks_without_result() -> QuerySet[Task]:
    """Tasks whose record has been reviewed and whose result nobody has drafted yet."""
    return Task.objects.filter(record__approved_at__isnull=False).exclude(publications__kind=Publication.Kind.RESULT)


def results_to_draft() -> QuerySet[Task]:
    """Reviewed checks without a result that waits or stands; one withdrawn may be drafted again, by hand."""
    return _without(Publication.Kind.RESULT, Task.objects.filter(record__approved_at__isnull=False))


def handlings_to_draft() -> QuerySet[Task]:
    """Closed checks with an order, without a handling result that waits or stands."""
    done = Task.objects.filter(closed_on__isnull=False, results_public_at__isnull=False)
    ordered = done.filter(Exists(Order.objects.filter(task=OuterRef("pk"))))
    return _without(Publication.Kind.HANDLING, ordered)


def _without(kind: str, tasks: QuerySet[Task]) -> QuerySet[Task]:
    standing = Publication.objects.filter(kind=kind, task=OuterRef("pk")).exclude(state__in=OVER_STATES)
    return tasks.filter(~Exists(standing)).select_related("enterprise").order_by("number")


def draws_to_announce(draws: QuerySet[Draw]) -> QuerySet[Any]:
    """Draws with visits to announce and no notice that waits or stands; `is_again` where one was withdrawn."""
    notices = Publication.objects.filter(kind=Publication.Kind.NOTICE, draw=OuterRef("pk"))
    untold = Task.objects.filter(drawn__draw=OuterRef("pk"), drawn__is_standing=True, state=TaskState.ASSIGNED)
    open_ones = draws.filter(state__in=[DrawState.DRAWN, DrawState.ASSIGNED], mode=Draw.Mode.ANNOUNCED)
    found = open_ones.filter(Exists(untold), ~Exists(notices.exclude(state__in=OVER_STATES)))
    withdrawn = notices.filter(state=PublicationState.WITHDRAWN, published_at__isnull=False)
    return found.annotate(is_again=Exists(withdrawn)).order_by("visits_from", "id")


def tasks_without_handling() -> QuerySet[Task]:
    """Closed checks with an order whose result is public and of which nobody has told what became of it."""
    done = Task.objects.filter(orders__isnull=False, closed_on__isnull=False, results_public_at__isnull=False)
    return done.exclude(publications__kind=Publication.Kind.HANDLING).distinct()


def check_with_findings(pk) -> Task:
    """A check with its results, orders and re-inspections, in a handful of queries."""
    rows = Task.objects.select_related("drawn__draw", "enterprise__township", "enterprise__field", "record")
    return rows.prefetch_related(
        "drawn__seats__inspector",
        "record__results__drawn_item__item",
        "orders__document",
        "orders__reinspection__document",
        "orders__points__outcome",
        "orders__points__result__drawn_item__item",
    ).get(pk=pk)


def tasks_with_draw(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """The same tasks with their draw and enterprise."""
    return tasks.select_related("drawn__draw", "enterprise")


def items_in_force(*, on: dt.date) -> QuerySet[Item]:
    """Published items that have not been taken out of use by the day."""
    standing = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)
    items = Item.objects.filter(standing, published_on__lte=on).select_related("group")
    return items.prefetch_related("sub_items", "fields").order_by("code")


def officers_in_office(*, on: dt.date) -> QuerySet[Inspector]:
    """Officers in office whose certificate is valid on the day."""
    valid = Inspector.objects.exclude(state=PersonState.LEFT).filter(certificate_expires_on__gte=on)
    return valid.select_related("department").order_by("name_key", "certificate_number")


def chosen_on(draw: Draw) -> dt.date:
    """The day on which its enterprises were drawn; for a batch that the plan names, the day it was approved."""
    moment = draw.approved_at if draw.is_named else draw.sealed.drawing.drawn_at
    return timezone.localdate(moment)


def check_count_of_year(task: Task) -> int:
    """Which check of the year this is for the enterprise: 行政检查通知书 must say it."""
    year = task.visit_on.year if task.visit_on else timezone.localtime(task.created_at).year
    earlier = Task.objects.filter(enterprise=task.enterprise, visit_on__year=year, visit_on__lt=task.visit_on)
    return earlier.exclude(state=TaskState.DROPPED).count() + 1


def letters_of(publication: Publication) -> QuerySet[Letter]:
    """The letters that belong to a notice."""
    return Letter.objects.filter(publication=publication).select_related("task__enterprise", "document")


def unconfirmed_letters(*, on: dt.date) -> QuerySet[Letter]:
    """Issued letters nobody has confirmed, whose link works and whose visit is still to come."""
    waiting = Letter.objects.filter(issued_at__isnull=False, confirmed_at=None, revoked_at=None)
    waiting = waiting.exclude(publication__state=PublicationState.WITHDRAWN)
    return waiting.filter(task__visit_on__gte=on, task__visited_on=None).order_by("issued_at", "id")


def letter_counts(publication: Publication) -> dict[str, int]:
    """How far the letters of a notice have come."""
    return letters_of(publication).aggregate(
        total=Count("pk"),
        issued=Count("pk", filter=Q(issued_at__isnull=False)),
        opened=Count("pk", filter=Q(first_opened_at__isnull=False)),
        confirmed=Count("pk", filter=Q(confirmed_at__isnull=False)),
    )


def waiting_for_approval(user) -> QuerySet[Publication]:
    """Drafts somebody else may approve."""
    return publications_for(user).filter(state=PublicationState.DRAFTED).exclude(drafted_by=user)


def notices_to_correct(user) -> QuerySet[Publication]:
    """Notices that stand although a visit was moved since, or an enterprise came in for another."""
    told = KeyTextTransform("visit_from", "document__context")
    letters = Letter.objects.filter(task__state__in=[TaskState.NOTICED, TaskState.READY], document__isnull=False)
    moved = letters.annotate(told=told).exclude(told=Cast("task__visit_on", CharField()))
    rows = publications_for(user).filter(state=PublicationState.PUBLISHED, corrected_by=None)
    untold = Task.objects.filter(drawn__draw=OuterRef("draw"), drawn__is_standing=True, state=TaskState.ASSIGNED)
    stale = Q(pk__in=moved.values("publication")) | Q(Exists(untold), kind=Publication.Kind.NOTICE)
    return rows.filter(stale).order_by("published_at", "id")


def withdrawals_to_decide(user) -> QuerySet[Publication]:
    """What somebody else proposed to take back, and this person did not draft."""
    asked = publications_for(user).filter(state=PublicationState.PUBLISHED, withdrawal_asked_by__isnull=False)
    return asked.exclude(withdrawal_asked_by=user).exclude(drafted_by=user).order_by("withdrawal_asked_at", "id")


_DUTIES = {
    Publication.Kind.RESULT: ("results.after_visit", "task"),
    Publication.Kind.HANDLING: ("handling.publish", "task"),
    Publication.Kind.LISTING: ("listing.publish", "listing"),
}
"""Which deadline a kind keeps, and what its subject is."""


def publication_due_on(publication: Publication) -> dt.date | None:
    """The last day on which a first version is in time; None where no duty has a day."""
    if publication.corrects_id is not None or publication.kind not in _DUTIES:
        return publication.must_publish_by
    code, kind = _DUTIES[Publication.Kind(publication.kind)]
    key = str(publication.task_id) if kind == "task" else publication.listing.number if publication.listing else ""
    open_one = Deadline.objects.filter(rule__code=code, subject_kind=kind, subject_key=key, cancelled_at=None)
    return open_one.order_by("-id").values_list("due_on", flat=True).first()
