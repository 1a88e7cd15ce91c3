"""Everything a draw needs, read once: sealing writes it down, a rehearsal plays with it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from unicodedata import normalize

from django.db.models import Q, QuerySet

from draws.engine.seal import build_leaf
from draws.models import Draw, DrawStratum, Item, ItemGroup
from draws.rules import PoolRules
from draws.selectors.items import in_force
from draws.selectors.people import People, Person, experts, officers, recusals_in_force
from draws.selectors.range import pool, rules_of
from enterprises.models import Enterprise

Pairs = dict[str, set[str]]
Features = dict[str, frozenset[int]]
NOTHING: frozenset[int] = frozenset()


class Candidate(NamedTuple):
    """One enterprise of the pool, as far as the draw looks at it."""

    credit_code: str
    name: str
    field_id: int
    risk_class: str
    township_id: int | None
    expert_count_wanted: int


class ItemRow(NamedTuple):
    """One item that may be drawn; no fields means all fields."""

    code: str
    group: str
    field_ids: frozenset[int]
    pk: int


@dataclass(frozen=True)
class Preparation:
    """A draw ready to be sealed: strata, pool, people, items, and who is kept from whom."""

    draw: Draw
    rules: PoolRules
    strata: tuple[DrawStratum, ...]
    candidates: tuple[Candidate, ...]
    officers: People
    experts: People
    items: tuple[ItemRow, ...]
    recused_officers: Pairs
    recused_experts: Pairs
    features: Features
    """By credit code, of enterprises whose technical features an expert must know."""

    @cached_property
    def stratum_ids(self) -> dict[tuple[int, str], str]:
        """The protocol's id of each stratum."""
        return {(one.field_id, one.risk_class): normalize("NFC", one.key) for one in self.strata}

    def stratum_of(self, candidate: Candidate) -> str:
        """The id of the stratum an enterprise stands in."""
        return self.stratum_ids[candidate.field_id, candidate.risk_class]

    def stratum_rows(self) -> list[dict[str, Any]]:
        """The strata as the sealed record lists them."""
        return [{"id": self.stratum_ids[one.field_id, one.risk_class], "take": one.take} for one in self.strata]

    def group_rows(self) -> list[dict[str, Any]]:
        """The item groups as the sealed record lists them."""
        takes = self.draw.items_per_group
        return [{"id": code, "take": takes[code]} for code in sorted(takes) if takes[code]]

    def excluded_officers(self, candidate: Candidate) -> set[str]:
        """Officers who may not come: area, field, recusal."""
        return self._unfit_officers[candidate.field_id, candidate.township_id] | self.recused_officers.get(
            candidate.credit_code, set()
        )

    def excluded_experts(self, candidate: Candidate) -> set[str]:
        """Experts who may not come: field, own employer or its department, recusal."""
        return (
            self._unfit_experts[candidate.field_id, self.features.get(candidate.credit_code, NOTHING)]
            | self.recused_experts.get(candidate.credit_code, set())
            | self.attached_experts.get(candidate.name, set())
        )

    def excluded_items(self, candidate: Candidate) -> set[str]:
        """Items that do not apply to the enterprise's field."""
        return self._unfit_items[candidate.field_id]

    def experts_wanted(self, candidate: Candidate) -> int:
        """How many experts an enterprise asks for in this draw."""
        if not self.rules.asks_experts:
            return 0
        return max(candidate.expert_count_wanted, self.rules.fewest_experts)

    def leaf(self, candidate: Candidate, *, salt: str) -> dict[str, Any]:
        """The enterprise's leaf, in the protocol's form."""
        return build_leaf(
            candidate.credit_code,
            salt=salt,
            experts_wanted=self.experts_wanted(candidate),
            excluded_inspectors=self.excluded_officers(candidate),
            excluded_experts=self.excluded_experts(candidate),
            excluded_items=self.excluded_items(candidate),
        )

    def eligible_counts(self) -> Iterator[tuple[Candidate, int]]:
        """Each enterprise with the number of officers who could come."""
        able = set(self.officers.limits)
        for candidate in self.candidates:
            yield candidate, len(able - self.excluded_officers(candidate))

    @cached_property
    def _unfit_officers(self) -> dict[tuple[int, int | None], set[str]]:
        places = {(one.field_id, one.township_id) for one in self.candidates}
        return {place: {p.key for p in self.officers.able if not self._officer_fits(p, place)} for place in places}

    def _officer_fits(self, person: Person, place: tuple[int, int | None]) -> bool:
        field_id, township_id = place
        mode = self.draw.officer_mode
        if mode == Draw.OfficerMode.MATCHED:
            return person.knows(field_id)
        # Officers of the bureau itself have no township and may be sent everywhere.
        if mode == Draw.OfficerMode.LOCAL:
            return person.township_id in (None, township_id)
        if mode == Draw.OfficerMode.CROSSED:
            return person.township_id is None or person.township_id != township_id
        return True

    @cached_property
    def _unfit_experts(self) -> dict[tuple[int, frozenset[int]], set[str]]:
        kinds = {(one.field_id, self.features.get(one.credit_code, NOTHING)) for one in self.candidates}
        return {kind: {p.key for p in self.experts.able if not _expert_fits(p, kind)} for kind in kinds}

    @cached_property
    def attached_experts(self) -> Pairs:
        """By enterprise name: experts who work there, or whose supervising department it is."""
        attached: Pairs = defaultdict(set)
        for person in self.experts.able:
            for name in (person.employer, person.superior):
                if name:
                    attached[name].add(person.key)
        return attached

    @cached_property
    def _unfit_items(self) -> dict[int, set[str]]:
        fields = {one.field_id for one in self.candidates}
        return {
            field: {item.code for item in self.items if item.field_ids and field not in item.field_ids}
            for field in fields
        }


def prepare(draw: Draw, *, today: datetime.date) -> Preparation:
    """Read everything a draw needs as it stands now; about ten queries, whatever the pool."""
    officer_pairs, expert_pairs = _recused_pairs(draw)
    return Preparation(
        draw=draw,
        rules=rules_of(draw),
        strata=tuple(one for one in draw.strata.select_related("field") if one.take),
        candidates=_candidates(draw),
        officers=officers(draw),
        experts=experts(draw),
        items=drawable_items(draw, today=today),
        recused_officers=officer_pairs,
        recused_experts=expert_pairs,
        features=_features(draw),
    )


def _features(draw: Draw) -> Features:
    """The technical features of each enterprise in the pool that has any; nothing when the draw does not ask."""
    if not rules_of(draw).matches_features:
        return {}
    rows = Enterprise.features.through.objects.filter(enterprise__in=pool(draw).values("pk")).order_by("pk")
    found: dict[str, set[int]] = defaultdict(set)
    for code, feature in rows.values_list("enterprise__credit_code", "technicalfeature"):
        found[code].add(feature)
    return {code: frozenset(features) for code, features in found.items()}


def _expert_fits(person: Person, kind: tuple[int, frozenset[int]]) -> bool:
    """The field, and one of the enterprise's technical features if it has any."""
    field_id, features = kind
    return person.knows(field_id) and (not features or bool(features & person.feature_ids))


def _candidates(draw: Draw) -> tuple[Candidate, ...]:
    rows = pool(draw).values_list(*Candidate._fields)
    return tuple(Candidate(*row) for row in rows)


def _recused_pairs(draw: Draw) -> tuple[Pairs, Pairs]:
    by_officer: Pairs = defaultdict(set)
    by_expert: Pairs = defaultdict(set)
    for recusal in recusals_in_force(draw):
        code = recusal.enterprise.credit_code
        if recusal.inspector:
            by_officer[code].add(recusal.inspector.certificate_number)
        if recusal.expert:
            by_expert[code].add(recusal.expert.number)
    return by_officer, by_expert


def published_items(*, today: datetime.date, departments: Collection[str] = ()) -> QuerySet[Item]:
    """Items in the public list today: no other may be checked. A partner's own ones come with the partner."""
    ours = Q(department=None) | Q(department__is_partner=False) | Q(department__code__in=departments)
    return Item.objects.filter(in_force(today), ours).order_by("code")


def drawable_items(draw: Draw, *, today: datetime.date) -> tuple[ItemRow, ...]:
    """The items of the groups from which this draw takes some."""
    groups = [code for code, take in draw.items_per_group.items() if take]
    rows = (
        published_items(today=today, departments=rules_of(draw).department_codes)
        .filter(group__code__in=groups)
        .select_related("group")
        .prefetch_related("fields")
    )
    return tuple(ItemRow(one.code, one.group.code, frozenset(f.pk for f in one.fields.all()), one.pk) for one in rows)


def group_counts(*, today: datetime.date, departments: Collection[str] = ()) -> list[tuple[ItemGroup, int]]:
    """Each item group with the number of its published items."""
    counts: dict[int, int] = defaultdict(int)
    for group in published_items(today=today, departments=departments).values_list("group", flat=True):
        counts[group] += 1
    return [(group, counts[group.pk]) for group in ItemGroup.objects.order_by("code")]
