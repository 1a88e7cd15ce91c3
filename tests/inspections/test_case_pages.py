"""The pages of a case, as people use them without scripts."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from inspections.models import Case, CaseRecusal, Payment
from shuangsuiji.accounts.models import Role
from tests.factories.accounts import person_with
from tests.factories.cases import POINTS, REPORT, VALUES, make_decided, make_filed, make_paid, make_proposed, make_told
from tests.factories.inspections import make_reviewed, photo_file

pytestmark = pytest.mark.django_db


def page(client, user, name, *args) -> str:
    client.force_login(user)
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200, response.content.decode()[:500]
    return response.content.decode()


def send(client, user, name, *args, **fields):
    client.force_login(user)
    return client.post(reverse(name, args=args), fields)


def in_three_days() -> str:
    """An hour to come, as a form takes it."""
    return f"{timezone.localdate() + dt.timedelta(days=3)}T09:00"


class TestProposing:
    def test_the_officer_proposes_from_the_task(self, client):
        check = make_reviewed(failed=1)

        assert reverse("case_new", args=[check.task.pk]) in page(client, check.lead, "task_detail", check.task.pk)
        form = page(client, check.lead, "case_new", check.task.pk)
        assert "消防沙箱无沙。" in form
        response = send(
            client, check.lead, "case_new", check.task.pk, **VALUES, found_on=timezone.localdate().isoformat()
        )
        case = Case.objects.get()
        assert response["Location"] == reverse("case_detail", args=[case.pk])

    def test_a_wrong_day_is_said_beside_its_field_and_words_stay(self, client):
        check = make_reviewed(failed=1)

        response = send(client, check.lead, "case_new", check.task.pk, **VALUES, found_on="2020-01-01")

        html = response.content.decode()
        assert "发现日期不能早于检查日期" in html
        assert VALUES["cause"] in html


class TestCasePage:
    def test_it_shows_the_next_step_to_who_may_take_it_and_a_sentence_to_others(self, client):
        world = make_proposed()

        assert reverse("case_act", args=[world.case.pk, "file"]) in page(
            client, world.approver, "case_detail", world.case.pk
        )
        html = page(client, world.handler, "case_detail", world.case.pk)
        assert "此操作须由" in html
        assert reverse("case_act", args=[world.case.pk, "file"]) not in html

    def test_it_says_whose_turn_it_is_at_every_stage(self, client):
        world = make_filed()
        assert "轮到承办人" in page(client, world.head, "case_detail", world.case.pk)
        world.take("report", by=world.handler, **REPORT)
        assert "轮到审批负责人" in page(client, world.handler, "case_detail", world.case.pk)
        world.take("review", by=world.approver, points=POINTS, opinion="同意。")
        assert "轮到主要负责人" in page(client, world.handler, "case_detail", world.case.pk)
        world.take("tell", by=world.head, opinion="同意。")
        world.deliver("penalty_notice")
        html = page(client, world.head, "case_detail", world.case.pk)
        assert "等待当事人陈述申辩" in html
        assert "轮到当事人" in html

    def test_every_stage_can_be_looked_at(self, client):
        for make in (make_filed, make_told, make_decided, make_paid):
            from django.db import transaction

            with transaction.atomic():
                world = make()
                html = page(client, world.handler, "case_detail", world.case.pk)
                assert world.case.number in html
                assert "《行政处罚法》" in html
                transaction.set_rollback(True)

    def test_a_stranger_does_not_find_it(self, client):
        world = make_filed()
        client.force_login(person_with(Role.INSPECTOR))

        assert client.get(reverse("case_detail", args=[world.case.pk])).status_code == 404

    def test_the_list_finds_by_words_in_few_queries(self, client, django_assert_max_num_queries):
        world = make_filed()
        client.force_login(world.clerk)

        with django_assert_max_num_queries(12):
            html = client.get(reverse("case_list"), {"words": "定期检测"}).content.decode()
        assert world.case.number in html


class TestServiceOfACheck:
    def test_an_order_is_served_from_the_task_and_its_receipt_follows(self, client):
        check = make_reviewed(failed=1)
        order = check.task.orders.get().document

        html = page(client, check.lead, "task_detail", check.task.pk)
        assert reverse("task_delivery", args=[check.task.pk, order.pk]) in html
        given = {
            "delivered_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
            "way": "direct",
            "place": "公司",
            "receiver": "李示例",
            "proof": photo_file(),
        }
        page(client, check.lead, "task_delivery", check.task.pk, order.pk)
        assert send(client, check.lead, "task_delivery", check.task.pk, order.pk, **given).status_code == 302
        assert "直接送达" in page(client, check.lead, "task_detail", check.task.pk)

    def test_another_kind_of_paper_is_not_served(self, client):
        check = make_reviewed(failed=1)
        client.force_login(check.lead)

        scheme = check.task.scheme.document
        assert client.get(reverse("task_delivery", args=[check.task.pk, scheme.pk])).status_code == 404


class TestSteps:
    def test_a_draft_is_a_pdf_and_leaves_no_trace(self, client):
        world = make_filed()
        fields = {
            "person": "李示例",
            "appear_at": in_three_days(),
            "place": "大队",
            "contact": "孙示例",
            "phone": "0730",
            "draft": "1",
        }

        response = send(client, world.handler, "case_act", world.case.pk, "inquiry_notice", **fields)

        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")
        assert not world.case.steps.filter(act="inquiry_notice").exists()

    def test_rows_are_typed_line_by_line_and_too_many_parts_are_named(self, client):
        world = make_filed()
        fields = {**REPORT, "evidence": "甲｜乙｜丙"}

        response = send(client, world.handler, "case_act", world.case.pk, "report", **fields)

        assert "第 1 行多于 2 栏" in response.content.decode()
        send(client, world.handler, "case_act", world.case.pk, "report", **REPORT)
        assert Case.objects.get().state == "reported"

    def test_an_unknown_step_is_not_found(self, client):
        world = make_filed()
        client.force_login(world.handler)

        assert client.get(reverse("case_act", args=[world.case.pk, "nonsense"])).status_code == 404

    def test_service_payment_and_recusal_have_their_pages(self, client):
        world = make_decided()
        paper = world.paper("penalty_unit")
        delivery = {
            "delivered_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
            "way": "direct",
            "place": "公司",
            "receiver": "李示例",
            "proof": photo_file(),
        }
        # To the minute, a document issued this very minute may be served.
        page(client, world.handler, "case_delivery", world.case.pk, paper.pk)
        assert send(client, world.handler, "case_delivery", world.case.pk, paper.pk, **delivery).status_code == 302
        assert "20000" in page(client, world.clerk, "case_payment", world.case.pk)
        money = {"amount": "20000", "paid_on": timezone.localdate().isoformat(), "receipt_number": "X1"}
        assert send(client, world.clerk, "case_payment", world.case.pk, **money).status_code == 302
        assert Payment.objects.get().amount == 20_000

    def test_a_paper_is_mended_from_its_own_form(self, client):
        world = make_filed()
        given = {
            "person": "李示例",
            "appear_at": in_three_days(),
            "place": "大队",
            "contact": "孙示例",
            "phone": "0730",
        }
        send(client, world.handler, "case_act", world.case.pk, "inquiry_notice", **given)
        paper = world.paper("inquiry_notice")

        html = page(client, world.handler, "case_paper_replace", world.case.pk, paper.pk)
        assert 'value="大队"' in html
        assert f'value="{given["appear_at"]}"' in html
        answer = {**given, "place": "二楼", "replacement_reason": "地点有误"}
        assert send(client, world.handler, "case_paper_replace", world.case.pk, paper.pk, **answer).status_code == 302
        assert world.paper("inquiry_notice").replaces == paper

    def test_a_recusal_is_asked_and_decided_on_the_screen(self, client):
        world = make_filed()
        inspector = world.case.handlers.get(position=1).inspector
        asked = {"inspector": inspector.pk, "side": "party", "reason": "近亲属任职"}
        assert send(client, world.clerk, "case_recusal", world.case.pk, **asked).status_code == 302
        assert "回避申请待决定" in page(client, world.head, "case_detail", world.case.pk)
        answer = {"answer": "refused", "opinion": "不属实"}
        assert send(client, world.head, "case_recusal_decide", world.case.pk, **answer).status_code == 302
        assert CaseRecusal.objects.get().is_granted is False
