"""The whole draw of 100 from 10^5 in PostgreSQL: from sealing to the saved result, through the services."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import TYPE_CHECKING

from tests.bench.figures import Figure
from tests.support import servers

if TYPE_CHECKING:
    from tests.factories.draws import County

NAME = "draw from the database"
POOL, TAKE = 100_000, 100
OFFICERS, EXPERTS = 60, 40
COLUMNS = (
    *("credit_code", "name", "name_key", "name_initials", "sounded_name", "industry_code", "known_as"),
    *("organisation_type", "capital", "business_scope"),
    *("address", "township_id", "field_id", "risk_class", "enforcing_level", "size", "is_key", "expert_count_wanted"),
    *("contact_name", "contact_phone", "contact_email", "representative", "state", "created_at", "updated_at"),
)


def measure() -> Iterator[Figure]:
    """10^5 fictitious enterprises by COPY, one draw with two sources, in a database of their own."""
    with _own_database():
        yield from _whole_draw()


@contextmanager
def _own_database() -> Iterator[None]:
    """What is sealed cannot be deleted: it must not weigh on the benches that follow."""
    from django.db import connection

    kept = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = servers.copied_database("bench_draw")
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept


def _whole_draw() -> Iterator[Figure]:
    from draws.services import seal_draw
    from tests.factories import draws as make

    county = make.make_county(enterprise_count=0, officer_count=OFFICERS, expert_count=EXPERTS)
    _copy_enterprises(county)
    strata = {(field, risk): TAKE // 4 for field in county.fields for risk in "BC"}
    draw = make.make_approved(county, strata=strata)
    begun = time.perf_counter()
    sealed = seal_draw(draw, by=county.clerk)
    middle = time.perf_counter()
    make.contribute_all(draw, county=county)
    ended = time.perf_counter()
    drawn = len(sealed.drawing.result["drawn"])
    name = f"{drawn} of {sealed.leaves.count():,}"
    yield Figure(f"{name}: sealing to saved result", ended - begun, "ten seconds", 10, 1)
    yield Figure(f"{name}: sealing", middle - begun, "the whole", ended - begun, inf)
    yield Figure(f"{name}: two sources and the draw", ended - middle, "the whole", ended - begun, inf)


def _copy_enterprises(county: County) -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from shuangsuiji.lib.credit_code import with_check_characters

    now = timezone.now()
    places = [(town.pk, field.pk, risk) for town in county.townships for field in county.fields for risk in "BC"]
    statement = f"COPY enterprises_enterprise ({', '.join(COLUMNS)}) FROM STDIN"
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(statement) as copy:
        for number in range(POOL):
            town, field, risk = places[number % len(places)]
            code = with_check_characters(f"91999999MB{number:06d}")
            words = (f"示范第{number}化工有限公司", *[""] * 9)
            rest = ("county", "", False, number % 3 // 2, "", "", "", "", "active", now, now)
            copy.write_row((code, *words, town, field, risk, *rest))
