"""What a change asked for would be, by the rules of the protocol, on how the draw stands now."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone

from draws.engine import (
    ProtocolError,
    Standing,
    add_people,
    apply_amendment,
    invite_expert,
    next_enterprise,
    replace_enterprise,
    replace_person,
)
from draws.engine.errors import PHRASES
from draws.models import AmendmentRequest, Draw
from draws.selectors.ledger import leaves_of
from draws.selectors.note import enterprise_names, people_names
from draws.selectors.preparation import Candidate, prepare
from enterprises.models import Enterprise
from shuangsuiji.lib.errors import Refusal

Kind = AmendmentRequest.Kind
Entry = dict[str, Any]


def seats_of_person(standing: Standing, *, stage: str, person: str) -> list[str]:
    """The enterprises at which somebody has a seat now, in the order of the result."""
    return [entry["enterprise"] for entry in standing.entries if person in entry[stage]]


def entries_of(
    requests: list[AmendmentRequest], standing: Standing, *, approved_by: str, now: datetime.datetime
) -> list[tuple[Entry, Standing]]:
    """Requests that are decided together, one after the other: each amendment, and how the draw stands after it."""
    found = []
    for request in requests:
        entry = entry_of(request, standing, approved_by=approved_by, now=now)
        standing = apply_amendment(standing, entry)
        found.append((entry, standing))
    return found


def entry_of(request: AmendmentRequest, standing: Standing, *, approved_by: str, now: datetime.datetime) -> Entry:
    """The amendment in the protocol's form. Raises `Refusal` with names where the rules do not allow it."""
    at = timezone.localtime(now).isoformat(timespec="seconds")
    note = {"reason": request.reason, "approved_by": approved_by, "at": at}
    try:
        return _WORK_OUT[Kind(request.kind)](request.draw, standing, request.wanted, note)
    except ProtocolError as error:
        raise Refusal(f"按规则不能这样变更：{_in_names(error)}。") from error


def _in_names(error: ProtocolError) -> str:
    """The sentence of the protocol with people and enterprises by name, as the desk knows them."""
    known = {key: name for (_, key), name in people_names().items()}
    known |= enterprise_names([value for value in error.params.values() if isinstance(value, str)])
    return PHRASES[error.code].format(**{name: known.get(value, value) for name, value in error.params.items()})


def _person(draw: Draw, standing: Standing, wanted: Mapping[str, Any], note: dict[str, str]) -> Entry:
    return replace_person(
        standing,
        stage=wanted["stage"],
        enterprise=wanted["enterprise"],
        out=wanted["out"],
        why=wanted["why"],
        note=note,
        appoint=wanted.get("appoint") or None,
    )


def _enterprise(draw: Draw, standing: Standing, wanted: Mapping[str, Any], note: dict[str, str]) -> Entry:
    code = wanted["enterprise"]
    successor = next_enterprise(standing, enterprise=code)
    leaf = leaves_of(draw.sealed, [successor])[successor] if successor else None
    return replace_enterprise(standing, enterprise=code, leaf=leaf, note=note)


def _people(draw: Draw, standing: Standing, wanted: Mapping[str, Any], note: dict[str, str]) -> Entry:
    """The people as they may be sent today, with everyone they may not meet; a limit given here counts as given."""
    preparation = prepare(draw, today=timezone.localdate())
    given = wanted["people"] if isinstance(wanted["people"], dict) else {}
    able = {key: given.get(key, limit) for key, limit in preparation.officers.limits.items() if key in wanted["people"]}
    if not able:
        raise Refusal("选中的执法人员在检查期间都不能派出：请核对执法证、请假和在岗状态。", field="people")
    had = standing.limits["inspectors"]
    if all(limit <= had.get(key, 0) for key, limit in able.items()):
        raise Refusal(
            "选中的人本来就在名单里，家数上限也没有提高，补充了还是排不满。请另选人员，或提高上限。", field="people"
        )
    drawn = _candidates([entry["enterprise"] for entry in standing.entries])
    preparation = replace(preparation, candidates=drawn)
    excluded = {one.credit_code: sorted(preparation.excluded_officers(one) & set(able)) for one in drawn}
    return add_people(standing, people=able, excluded={code: who for code, who in excluded.items() if who}, note=note)


def _candidates(codes: list[str]) -> tuple[Candidate, ...]:
    rows = Enterprise.objects.filter(credit_code__in=codes).order_by("credit_code").values_list(*Candidate._fields)
    return tuple(Candidate(*row) for row in rows)


def _expert(draw: Draw, standing: Standing, wanted: Mapping[str, Any], note: dict[str, str]) -> Entry:
    return invite_expert(standing, enterprise=wanted["enterprise"], expert=wanted["expert"], note=note)


_WORK_OUT = {Kind.PERSON: _person, Kind.ENTERPRISE: _enterprise, Kind.PEOPLE: _people, Kind.EXPERT: _expert}
