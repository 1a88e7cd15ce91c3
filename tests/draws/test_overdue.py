"""What did not happen by its day stands on the front of the ledger."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from draws.models import DrawnEnterprise
from draws.selectors.ledger import overdue_counts
from draws.selectors.preparation import prepare
from draws.selectors.rehearsal import rehearse
from draws.services import open_envelope
from tests.factories import draws as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make.make_county()


def counts(day: datetime.date) -> tuple[int, int]:
    found = overdue_counts(today=day)
    return found.undrawn, found.unopened


def test_a_sealed_draw_not_carried_out_by_its_day_is_counted(client, county):
    draw = make.make_sealed(county)
    assert counts(draw.carry_out_by) == (0, 0)
    assert counts(draw.carry_out_by + datetime.timedelta(days=1)) == (1, 0)
    page = client.get(reverse("ledger")).content.decode()
    assert "没有过期未抽、未公开的" in page


def test_a_covert_draw_not_opened_by_its_day_is_counted_until_it_is(county):
    draw = make.make_drawn(county, mode="covert")
    late = draw.visits_to + datetime.timedelta(days=60)
    assert counts(draw.visits_to) == (0, 0)
    assert counts(late) == (0, 1)
    for row in DrawnEnterprise.objects.filter(draw=draw):
        open_envelope(row, by=None)
    assert counts(late) == (0, 0)


def test_an_announced_draw_has_nothing_to_open(county):
    draw = make.make_drawn(county)
    assert counts(draw.visits_to + datetime.timedelta(days=60)) == (0, 0)


def test_a_rehearsal_that_blocks_says_who_alone_could_go_and_what_would_help(county):
    for officer in county.officers[2:]:
        officer.state = "away"
        officer.save()
    county.officers[0].visit_limit = 1
    county.officers[0].save()
    draft = make.make_draft(county)
    told = rehearse(prepare(draft, today=make.timezone.localdate()), seeds=[bytes(32), bytes(31) + b"1"])
    assert (told.blocked_count, told.short_of) == (2, 3)
    assert county.officers[0].name in told.officers_in_the_way
    assert "请再补 3 人次能去这些企业的人员" in told.sentences[0]
