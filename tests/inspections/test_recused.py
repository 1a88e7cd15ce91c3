"""Who was granted recusal after the draw does not go: nothing is approved or begun until somebody else is seated."""

import datetime as dt

import pytest
from django.utils import timezone

from draws.services.recusals import ask_recusal, end_recusal, grant_recusal
from inspections import services
from shuangsuiji.dashboard.todo import todos_for
from shuangsuiji.lib.errors import Refusal
from tests.factories.inspections import Check, make_check, make_noticed, make_ready

pytestmark = pytest.mark.django_db


def recuse_lead(check: Check, **changes):
    recusal = ask_recusal(
        by=check.clerk,
        inspector=check.task.drawn.seats.get(seat=1, inspector__isnull=False).inspector,
        enterprise=check.task.enterprise,
        reason="kinship",
        source="本人书面申请",
        starts_on=timezone.localdate() - dt.timedelta(days=1),
        **changes,
    )
    return grant_recusal(recusal, by=check.county.head)


def test_the_scheme_is_not_approved():
    check = make_noticed()
    services.draft_scheme(check.task, by=check.lead)
    services.review_scheme(check.task, by=check.second)
    recuse_lead(check)
    with pytest.raises(Refusal, match="已经准予回避"):
        services.approve_scheme(check.task, by=check.approver)


@pytest.mark.parametrize("urgent_reason", ["", "接到险情报告，须立即查看。"])
def test_the_visit_does_not_begin_and_urgency_is_no_way_around(urgent_reason):
    check = make_ready()
    recusal = recuse_lead(check)
    with pytest.raises(Refusal, match=recusal.inspector.name):
        services.start_visit(check.task, by=check.second, urgent_reason=urgent_reason)


def test_where_names_are_kept_nobody_is_named():
    check = make_check(mode="covert")
    recusal = recuse_lead(check)
    with pytest.raises(Refusal, match="有检查人员已经准予回避") as told:
        services.start_visit(check.task, by=check.lead, urgent_reason="接到险情报告。")
    assert recusal.inspector.name not in told.value.sentence


def test_one_that_has_ended_or_concerns_somebody_else_hinders_nothing():
    check = make_ready()
    end_recusal(recuse_lead(check), by=check.county.head, reason="关系已经解除")
    services.start_visit(check.task, by=check.lead)
    assert check.fresh().state == "on_site"


def test_the_office_finds_the_replacement_among_what_is_to_do():
    check = make_ready()
    label = f"更换已准回避的人员：{check.draw.number}"
    assert label not in {todo.label for todo in todos_for(check.clerk, today=timezone.localdate())["waiting"]}
    recuse_lead(check)
    assert label in {todo.label for todo in todos_for(check.clerk, today=timezone.localdate())["waiting"]}


def test_a_scheme_that_tells_another_day_than_planned_is_not_approved():
    check = make_noticed()
    services.draft_scheme(check.task, by=check.lead)
    services.review_scheme(check.task, by=check.second)
    type(check.task).objects.filter(pk=check.task.pk).update(visit_on=timezone.localdate() + dt.timedelta(days=1))
    with pytest.raises(Refusal, match="方案写的检查日期"):
        services.approve_scheme(check.fresh(), by=check.approver)
