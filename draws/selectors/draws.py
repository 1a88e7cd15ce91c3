"""Draws as the desk lists and shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from draws.models import Contribution, Draw, DrawnEnterprise, DrawnItem, DrawnSeat, DrawSource
from draws.policies import DESK_READERS
from draws.states import DrawState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import has_role


def visible_to(user: User) -> QuerySet[Draw]:
    """The draws whose existence and title this person may see on the desk.

    A covert draw is seen by its drafter, its approver, the people cleared for it and its
    witnesses; by every approver while it waits for one.
    """
    if not has_role(user, *DESK_READERS):
        return Draw.objects.filter(sources__user=user.pk).distinct()
    named = Q(drafted_by=user) | Q(approved_by=user) | Q(cleared_people=user) | Q(sources__user=user)
    open_to = ~Q(mode=Draw.Mode.COVERT) | named
    if has_role(user, Role.APPROVER):
        open_to |= Q(mode=Draw.Mode.COVERT, state=DrawState.SUBMITTED)
    return Draw.objects.filter(pk__in=Draw.objects.filter(open_to).order_by().values("pk"))


def listed(draws: QuerySet[Draw]) -> QuerySet[Draw]:
    """The same with what the list shows: people, sizes, sources."""
    return draws.select_related("drafted_by", "approved_by", "plan").annotate(
        take_total=Sum("strata__take"),
    )


def drawn_rows_of(draw: Draw) -> QuerySet[DrawnEnterprise]:
    """The result as it stands, with people and items: four queries whatever the number."""
    seats = DrawnSeat.objects.select_related("inspector", "expert").order_by("seat", "id")
    items = DrawnItem.objects.select_related("item").order_by("item__code")
    return (
        DrawnEnterprise.objects.filter(draw=draw)
        .select_related("enterprise")
        .prefetch_related(Prefetch("seats", seats), Prefetch("items", items))
        .order_by("position")
    )


@dataclass(frozen=True)
class ResultRow:
    """One drawn enterprise ready for a page."""

    position: int
    enterprise_pk: int
    name: str
    credit_code: str
    stratum: str
    officers: tuple[str, ...]
    experts: tuple[str, ...]
    items: tuple[str, ...]
    expert_missing_count: int
    is_standing: bool


def result_rows(draw: Draw) -> list[ResultRow]:
    """The result as plain rows, by position."""
    return [_row(drawn) for drawn in drawn_rows_of(draw)]


def _row(drawn: DrawnEnterprise) -> ResultRow:
    seats = list(drawn.seats.all())
    return ResultRow(
        position=drawn.position,
        enterprise_pk=drawn.enterprise_id,
        name=drawn.enterprise.name,
        credit_code=drawn.enterprise.credit_code,
        stratum=drawn.stratum,
        officers=tuple(seat.inspector.name for seat in seats if seat.inspector),
        experts=tuple(seat.expert.name for seat in seats if seat.expert),
        items=tuple(row.item.code for row in drawn.items.all()),
        expert_missing_count=drawn.expert_missing_count,
        is_standing=drawn.is_standing,
    )


def by_stratum(rows: Sequence[ResultRow]) -> list[tuple[str, list[ResultRow]]]:
    """The standing rows under their strata, in the order of the result."""
    groups: dict[str, list[ResultRow]] = {}
    for row in rows:
        if row.is_standing:
            groups.setdefault(row.stratum, []).append(row)
    return list(groups.items())


@dataclass(frozen=True)
class SourceState:
    """A source and whether it has come; nothing of what it said."""

    source: DrawSource
    given_at: object | None

    @property
    def has_come(self) -> bool:
        """Whether its text is in."""
        return self.given_at is not None


def source_states(draw: Draw) -> list[SourceState]:
    """Every source of the draw in order, with the time of its contribution."""
    times = dict(Contribution.objects.filter(source__draw=draw).values_list("source", "given_at"))
    return [SourceState(source, times.get(source.pk)) for source in draw.sources.select_related("user")]


def state_counts(draws: QuerySet[Draw]) -> dict[str, int]:
    """How many of these draws are in each state. One query."""
    return dict(draws.order_by().values_list("state").annotate(count=Count("pk", distinct=True)))
