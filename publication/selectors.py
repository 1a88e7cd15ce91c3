"""Reading publications and letters."""

from __future__ import annotations

from django.db.models import Count, Prefetch, Q, QuerySet

from draws.models import DrawnItem, DrawnSeat
from draws.selectors import visible_to as draws_visible_to
from inspections.models import Task
from inspections.states import TaskState
from publication.models import Letter, Publication, PublicationEnterprise
from publication.states import PUBLIC_STATES, PublicationState


def public_publications() -> QuerySet[Publication]:
    """What anybody may read, newest first."""
    return Publication.objects.filter(state__in=PUBLIC_STATES)


def search_public(text: str) -> QuerySet[Publication]:
    """Publications whose title, number or named enterprises contain the words; two characters are enough."""
    found = public_publications()
    for word in text.split():
        named = PublicationEnterprise.objects.filter(
            Q(enterprise__name__icontains=word) | Q(enterprise__credit_code__iexact=word)
        )
        found = found.filter(
            Q(title__icontains=word) | Q(number__icontains=word) | Q(pk__in=named.values("publication_id"))
        )
    return found


def publications_for(user) -> QuerySet[Publication]:
    """The desk's list: a confidential draft only for the people cleared for its draw."""
    visible = draws_visible_to(user).values("pk")
    open_to_all = Q(is_confidential=False) | Q(published_at__isnull=False)
    cleared = Q(draw__in=visible) | Q(task__drawn__draw__in=visible)
    return Publication.objects.filter(open_to_all | cleared).select_related("drafted_by", "approved_by")


def tasks_to_announce(draw) -> QuerySet[Task]:
    """The standing tasks of a draw with all that a notice or letter names."""
    return (
        Task.objects.filter(drawn__draw=draw, drawn__is_standing=True)
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


def check_count_of_year(task: Task) -> int:
    """Which check of the year this is for the enterprise: 行政检查通知书 must say it."""
    year = task.visit_on.year if task.visit_on else task.created_at.year
    earlier = Task.objects.filter(enterprise=task.enterprise, visit_on__year=year, visit_on__lt=task.visit_on)
    return earlier.exclude(state=TaskState.DROPPED).count() + 1


def letters_of(publication: Publication) -> QuerySet[Letter]:
    """The letters that belong to a notice."""
    return Letter.objects.filter(publication=publication).select_related("task__enterprise", "document")


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
