"""The step of the strata says what the year's plan has left of each."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from draws.models import Draw
from draws.selectors.drafting import stratum_rows
from draws.services.plans import approve_plan, create_plan, submit_plan
from tests.factories import draws as make

pytestmark = pytest.mark.django_db
DAYS = {"officer_count": 22, "other_enforcement_days": 800, "non_enforcement_days": 900}


@pytest.fixture
def county():
    return make.make_county()


def planned(county, **counts: int) -> None:
    """An approved plan of the year of the visits; `C` and `B` are the counts of the two strata of a draft."""
    year = (timezone.localdate() + datetime.timedelta(days=40)).year
    lines = {(county.fields[place], risk): counts[risk] for place, risk in ((0, "C"), (1, "B")) if risk in counts}
    plan = submit_plan(create_plan(by=county.clerk, year=year, lines=lines, **DAYS), by=county.clerk)
    approve_plan(plan, by=county.approver)


def left(draw: Draw) -> dict[str, str]:
    return {f"{row.field.name}/{row.risk_class}": row.plan_left for row in stratum_rows(draw)}


def test_each_stratum_shows_what_is_planned_drawn_and_left(client, county):
    planned(county, C=5, B=1)
    make.make_drawn(county)
    draft = make.make_draft(county)
    chemistry, fireworks = (field.name for field in county.fields)
    assert left(draft)[f"{chemistry}/C"] == "计划 5 家，已抽 2 家，尚余 3 家"
    assert left(draft)[f"{fireworks}/B"] == "计划 1 家，已抽 2 家，已超出 1 家"
    client.force_login(county.clerk)
    page = client.get(reverse("draw_step", args=[draft.pk, "strata"])).content.decode()
    assert "计划 5 家，已抽 2 家，尚余 3 家" in page


def test_a_stratum_of_which_no_plan_speaks_says_nothing(county):
    planned(county, C=5)
    assert left(make.make_draft(county))[f"{county.fields[1].name}/B"] == ""


def test_a_covert_draw_shows_in_no_stratum_before_its_envelopes_are_opened(county):
    planned(county, C=5)
    make.make_drawn(county, mode=Draw.Mode.COVERT)
    assert left(make.make_draft(county))[f"{county.fields[0].name}/C"] == "计划 5 家，已抽 0 家，尚余 5 家"


def queries_of(draft: Draw) -> int:
    with CaptureQueriesContext(connection) as asked:
        stratum_rows(Draw.objects.get(pk=draft.pk))
    return len(asked)


@pytest.mark.parametrize("counts", [{"C": 5}, {"C": 5, "B": 5}])
def test_it_costs_the_same_however_many_strata_the_plan_has(county, counts):
    draft = make.make_draft(county)
    planned(county, **counts)
    assert queries_of(draft) == 9
