"""Recusals as facts: every kind, from every side, decided while work goes on."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from draws.models import DrawnSeat, Recusal
from draws.services.recusals import ask_recusal, ask_recusal_by_enterprise, grant_recusal, refuse_recusal
from inspectors.services.interests import declare_interest
from shuangsuiji.accounts.models import Role
from shuangsuiji.imports.services.applying import apply_batch
from shuangsuiji.imports.services.receiving import stage_upload
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.workbook_writing import write_rows
from shuangsuiji.notifications.models import Message
from tests.factories import draws as make
from tests.factories.accounts import person_with

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 2)


@pytest.fixture
def county():
    return make.make_county()


def ask(county, **changes) -> Recusal:
    given = {"enterprise": county.enterprises[0], "reason": "kinship", "source": "本人书面申请", "starts_on": TODAY}
    if not {"inspector", "expert"} & set(changes):
        given["inspector"] = county.officers[0]
    return ask_recusal(by=county.clerk, **{**given, **changes})


def test_every_kind_is_kept_with_source_and_term(county):
    for reason in Recusal.Reason.values:
        past = reason == Recusal.Reason.PAST_SERVICE
        person = {"expert": county.experts[0], "service": "design"} if past else {"inspector": county.officers[0]}
        recusal = ask(county, reason=reason, ends_on=TODAY + datetime.timedelta(days=365), **person)
        assert recusal.reason == reason
    assert Recusal.objects.get(reason="past_service").reason_words == "曾提供设计服务"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"reason": "past_service"}, "曾提供服务的是专家"),
        ({"ends_on": TODAY - datetime.timedelta(days=1)}, "不能早于"),
    ],
)
def test_what_does_not_fit_is_a_sentence(county, changes, why):
    with pytest.raises(Refusal, match=why):
        ask(county, **changes)


def test_a_past_service_says_which(county):
    with pytest.raises(Refusal, match="哪一种服务"):
        ask(county, reason="past_service", expert=county.experts[0])


def test_asked_again_the_first_stands(county):
    first = ask(county)
    assert ask(county) == first
    grant_recusal(first, by=county.head)
    assert ask(county) == first
    assert Recusal.objects.count() == 1


def test_the_enterprise_asks_by_its_letter(county):
    given = {"enterprise": county.enterprises[0], "inspector": county.officers[0], "source": "通知书回执"}
    recusal = ask_recusal_by_enterprise(note="该人员与我单位有纠纷", starts_on=TODAY, **given)
    assert (recusal.reason, recusal.state, recusal.asked_by) == ("enterprise_request", "asked", None)
    with pytest.raises(Refusal, match="理由"):
        ask_recusal_by_enterprise(note=" ", starts_on=TODAY, **given)


def test_an_interest_somebody_declares_waits_for_the_head(county):
    code = county.enterprises[0].credit_code
    declare_interest(county.officers[0], credit_code=code, reason="配偶在该企业任职", on=TODAY, by=county.clerk)
    recusal = Recusal.objects.get()
    assert (recusal.state, recusal.note, recusal.source) == ("asked", "配偶在该企业任职", "本人申报利害关系")


def test_work_goes_on_until_the_head_decides(county):
    for enterprise in county.enterprises:
        ask(county, enterprise=enterprise)
    draw = make.make_drawn(county)
    assert draw.drawn.count() == 4


def test_a_pair_drawn_already_is_told_to_the_office(county):
    draw = make.make_drawn(county)
    seat = DrawnSeat.objects.filter(drawn__draw=draw, inspector__isnull=False).select_related("drawn").first()
    recusal = ask(county, inspector=seat.inspector, enterprise=seat.drawn.enterprise)
    grant_recusal(recusal, by=county.head)
    message = Message.objects.get(key__startswith=f"recusal.seated:{recusal.pk}:")
    assert (message.user, draw.number in message.subject) == (county.clerk, True)
    assert seat.drawn.enterprise.name not in message.subject + message.body


@pytest.mark.parametrize("mode", ["covert", "notified"])
def test_where_names_are_kept_only_the_drafter_hears(county, mode):
    make.make_user("clerk2", "clerk")
    draw = make.make_drawn(county, mode=mode)
    seat = DrawnSeat.objects.filter(drawn__draw=draw, inspector__isnull=False).select_related("drawn").first()
    grant_recusal(ask(county, inspector=seat.inspector, enterprise=seat.drawn.enterprise), by=county.head)
    told = Message.objects.filter(key__startswith="recusal.seated:")
    assert [message.user for message in told] == [county.clerk]


def test_a_decision_is_made_once(county):
    recusal = refuse_recusal(ask(county), by=county.head)
    with pytest.raises(Refusal, match="已经决定"):
        grant_recusal(recusal, by=county.head)


def test_the_database_knows_past_services_are_experts(county):
    recusal = ask(county)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recusal.objects.filter(pk=recusal.pk).update(reason="past_service", service="design")


TITLES = ("报告或合同编号", "专家编号", "企业统一社会信用代码", "服务种类", "完成日期", "回避至", "说明")


def upload(county, *rows):
    content = write_rows(TITLES, rows)
    return stage_upload(register="past-services", content=content, name="服务记录.xlsx", by=county.clerk)


def line(county, number: int, *, service: str = "评价", report: str = ""):
    code = county.enterprises[number].credit_code
    return (report or f"示评字{number}号", county.experts[0].number, code, service, "2025-06-30", "", "")


def test_past_services_come_in_from_a_workbook_and_wait(client, county):
    wrong = (*line(county, 3)[:2], make.with_check_characters("91999999MA999999"), *line(county, 3)[3:])
    batch = upload(county, line(county, 1), line(county, 2, service="标准化评审"), wrong)
    assert (batch.create_count, batch.fault_count) == (2, 1)
    apply_batch(batch.pk, by=county.clerk)
    assert set(Recusal.objects.values_list("service", "state")) == {
        ("evaluation", "asked"),
        ("standardisation", "asked"),
    }
    client.force_login(county.head)
    assert "2 项专家服务记录等待决定" in client.get(reverse("recusal_list")).content.decode()
    client.post(reverse("recusals_grant"))
    assert set(Recusal.objects.values_list("state", flat=True)) == {"granted"}


def test_past_services_go_out_as_they_came_in_and_come_back_unchanged(client, county):
    apply_batch(upload(county, line(county, 1), line(county, 2, service="设计")).pk, by=county.clerk)
    grant_recusal(Recusal.objects.get(report_number="示评字2号"), by=county.head)
    ask(county)
    client.force_login(county.clerk)
    content = client.get(reverse("past_service_export")).content
    again = stage_upload(register="past-services", content=content, name="服务记录.xlsx", by=county.clerk)
    assert (again.create_count, again.update_count, again.same_count, again.fault_count) == (0, 0, 2, 0)
    granted = client.get(reverse("past_service_export"), {"state": "granted", "as": "csv"}).content.decode("utf-8-sig")
    assert [row.split(",")[0] for row in granted.splitlines()] == ["报告或合同编号", "示评字2号"]


def test_an_officer_takes_no_past_services_out(client, county):
    client.force_login(person_with(Role.INSPECTOR))
    assert client.get(reverse("past_service_export")).status_code == 403
    assert "导出服务记录" not in client.get(reverse("recusal_list")).content.decode()


def test_the_same_workbook_again_changes_nothing(county):
    apply_batch(upload(county, line(county, 1)).pk, by=county.clerk)
    again = upload(county, line(county, 1))
    assert (again.create_count, again.update_count, again.same_count) == (0, 0, 1)


def test_a_recusal_for_good_comes_in_as_the_page_shows_it(county):
    for_good = (*line(county, 1)[:5], "长期", "")
    apply_batch(upload(county, for_good).pk, by=county.clerk)
    assert Recusal.objects.get().ends_on is None
    assert upload(county, for_good).same_count == 1


def test_what_the_head_has_decided_no_workbook_changes(county):
    apply_batch(upload(county, line(county, 1)).pk, by=county.clerk)
    grant_recusal(Recusal.objects.get(), by=county.head)
    batch = upload(county, line(county, 1, service="设计"), line(county, 2))
    assert (batch.fault_count, batch.create_count) == (1, 1)
    apply_batch(batch.pk, by=county.clerk)
    assert Recusal.objects.get(report_number="示评字1号").service == "evaluation"
    assert upload(county, line(county, 1)).same_count == 1


@pytest.mark.parametrize(
    ("begin", "end", "why"),
    [("2035-06-30", "", "还没有到"), ("2025-06-30", "2024-01-01", "早于完成日期")],
)
def test_a_service_has_been_rendered_and_its_term_ends_after_it(county, begin, end, why):
    batch = upload(county, (*line(county, 1)[:4], begin, end, ""))
    assert why in str(batch.rows.get().faults)


def test_an_officer_declares_for_themselves_only(client, county):
    officer = county.officers[0]
    officer.account = person_with(Role.INSPECTOR)
    officer.save(update_fields=["account"])
    client.force_login(officer.account)
    address = reverse("recusal_create")
    page = client.get(address).content.decode()
    assert "请申报您与企业的利害关系" in page
    assert county.officers[1].name not in page
    given = {"credit_code": county.enterprises[0].credit_code, "reason": "shareholding", "source": "本人申报"}
    client.post(address, given | {"starts_on": TODAY})
    assert Recusal.objects.get().inspector == officer
