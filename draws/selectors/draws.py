"""Draws as the desk lists and shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum

from draws.models import (
    AccountAdmission,
    Amendment,
    Contribution,
    Draw,
    DrawnEnterprise,
    DrawnItem,
    DrawnSeat,
    DrawSource,
    EventEntry,
    WitnessLink,
)
from draws.policies import DESK_READERS
from draws.selectors.modes import covert
from draws.states import DrawState
from enterprises.models import Enterprise
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.lib.public_names import public_code, public_name


def visible_to(user: User) -> QuerySet[Draw]:
    """The draws whose existence and title this person may see on the desk.

    A covert draw is seen by its drafter, its approver, the people cleared for it and its
    witnesses; by every approver while it waits for one.
    """
    if not has_role(user, *DESK_READERS):
        return Draw.objects.filter(sources__user=user.pk).distinct()
    named = Q(drafted_by=user) | Q(approved_by=user) | Q(cleared_people=user) | Q(sources__user=user)
    open_to = ~covert() | named
    if has_role(user, Role.APPROVER):
        open_to |= Q(mode=Draw.Mode.COVERT, state=DrawState.SUBMITTED)
    return Draw.objects.filter(pk__in=Draw.objects.filter(open_to).order_by().values("pk"))


def named_for(user: User) -> QuerySet[Draw]:
    """The draws whose kept names this person may know: drafter, approver and cleared people."""
    return Draw.objects.filter(Q(drafted_by=user) | Q(approved_by=user) | Q(cleared_people=user)).order_by()


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
    item_names: tuple[str, ...]
    expert_missing_count: int
    is_standing: bool
    came_later: frozenset[str] = frozenset()
    """Names of people whom an amendment seated here."""
    replaces: str = ""
    """The enterprise in whose place this one stands."""


def result_rows(draw: Draw) -> list[ResultRow]:
    """The result as plain rows; an enterprise that came in stands right after the one it replaced (protocol §9)."""
    return _rows(draw, lambda row, _: row)


def public_result_rows(draw: Draw) -> list[ResultRow]:
    """The same for whoever is not of the house: individual businesses named as they may be in public."""
    return _rows(draw, _named_in_public)


def _rows(draw: Draw, named: Callable[[ResultRow, Enterprise], ResultRow]) -> list[ResultRow]:
    entries = Amendment.objects.filter(drawing__sealed__draw=draw).order_by("number").values_list("entry", flat=True)
    seated = defaultdict(set)
    for entry in entries:
        if entry["kind"] in ("person_replaced", "expert_invited") and entry["in"]:
            seated[entry["enterprise"]].add(entry["in"])
    rows = {
        one.enterprise.credit_code: named(_row(one, seated[one.enterprise.credit_code]), one.enterprise)
        for one in drawn_rows_of(draw)
    }
    return _in_place(rows, {one["in"]: one["enterprise"] for one in entries if one["kind"] == "enterprise_replaced"})


def _in_place(rows: dict[str, ResultRow], replaced: Mapping[str, str]) -> list[ResultRow]:
    """Each row that came in, by its code, moves behind the row it replaced and takes its position."""
    order = [code for code in rows if code not in replaced]
    for code in [code for code in rows if code in replaced]:
        former = rows[replaced[code]]
        rows[code] = replace(rows[code], position=former.position, replaces=former.name)
        order.insert(order.index(replaced[code]) + 1, code)
    return [rows[code] for code in order]


def _named_in_public(row: ResultRow, enterprise: Enterprise) -> ResultRow:
    code = enterprise.credit_code
    name = public_name(enterprise.name, credit_code=code, operator=enterprise.representative)
    return replace(row, name=name, credit_code=public_code(code))


def _row(drawn: DrawnEnterprise, seated: Collection[str]) -> ResultRow:
    seats = list(drawn.seats.all())
    came_later = {str(seat) for seat in seats if _key_of(seat) in seated}
    return ResultRow(
        position=drawn.position,
        enterprise_pk=drawn.enterprise_id,
        name=drawn.enterprise.name,
        credit_code=drawn.enterprise.credit_code,
        stratum=drawn.stratum,
        officers=tuple(seat.inspector.name for seat in seats if seat.inspector),
        experts=tuple(seat.expert.name for seat in seats if seat.expert),
        items=tuple(row.item.code for row in drawn.items.all()),
        item_names=tuple(row.item.name for row in drawn.items.all()),
        expert_missing_count=drawn.expert_missing_count,
        is_standing=drawn.is_standing,
        came_later=frozenset(came_later),
    )


def _key_of(seat: DrawnSeat) -> str:
    if seat.inspector:
        return seat.inspector.certificate_number
    return seat.expert.number if seat.expert else ""


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
    link: WitnessLink | None = None
    """The living link of a witness without account: when it was made and by whom."""
    entered_by: str = ""
    """Who has entered a public event's value that nobody has confirmed yet."""

    @property
    def has_come(self) -> bool:
        """Whether its text is in."""
        return self.given_at is not None


def source_states(draw: Draw) -> list[SourceState]:
    """Every source of the draw in order, with the time of its contribution."""
    times = dict(Contribution.objects.filter(source__draw=draw).values_list("source", "given_at"))
    links = WitnessLink.objects.filter(source__draw=draw, revoked_at__isnull=True).select_related("made_by")
    living = {link.source_id: link for link in links}
    entries = EventEntry.objects.filter(source__draw=draw, withdrawn_at__isnull=True, confirmed_at__isnull=True)
    entered = dict(entries.values_list("source", "entered_by__name"))
    return [
        SourceState(source, times.get(source.pk), living.get(source.pk), entered.get(source.pk, ""))
        for source in draw.sources.select_related("user")
    ]


def seats_open_to(user: User) -> QuerySet[DrawnSeat]:
    """Covert seats that open to this account; the same rule as `policies.is_account_of_seat`, as a query."""
    admitted = AccountAdmission.objects.filter(
        draw=OuterRef("drawn__draw"), inspector=OuterRef("inspector"), account=user
    )
    return DrawnSeat.objects.filter(Q(account=user) | Exists(admitted), inspector__account=user)


def moved_accounts(draw: Draw) -> list[DrawnSeat]:
    """Officers' seats whose account today is neither the one when the seat was given nor admitted since."""
    seats = DrawnSeat.objects.filter(drawn__draw=draw, drawn__is_standing=True, inspector__account__isnull=False)
    same = Q(account=F("inspector__account"))
    admitted = AccountAdmission.objects.filter(
        draw=draw, inspector=OuterRef("inspector"), account=OuterRef("inspector__account")
    )
    moved = seats.filter(Q(account__isnull=True) | ~same).exclude(Exists(admitted))
    moved = moved.select_related("inspector__account", "drawn__enterprise")
    return list(moved.order_by("drawn__position", "seat", "pk"))


def standing_entry(source: DrawSource) -> EventEntry | None:
    """What somebody has entered of a public event and not taken back."""
    rows = EventEntry.objects.filter(source=source, withdrawn_at__isnull=True)
    return rows.select_related("entered_by", "confirmed_by").first()


def state_counts(draws: QuerySet[Draw]) -> dict[str, int]:
    """How many of these draws are in each state. One query."""
    return dict(draws.order_by().values_list("state").annotate(count=Count("pk", distinct=True)))
