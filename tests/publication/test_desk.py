"""The desk's pages of publications, listings and letters: who sees which button, and few questions a page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from inspections.services import propose_exposure, propose_listing
from publication import services, tasks
from publication.models import LetterEvent, Listing, Publication
from tests.factories.accounts import Role, person_with
from tests.factories.inspections import put_right
from tests.factories.publication import (
    make_issued_letter,
    make_listed,
    make_listing,
    make_notice_draft,
    make_ordered_public,
    make_published_notice,
    make_reviewed,
    publish_now,
)

pytestmark = pytest.mark.django_db


def page_of(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_what_can_be_drafted_stands_on_one_page_and_each_button_drafts(client):
    check = make_ordered_public()
    propose_exposure(check.task, by=check.clerk, reason="逾期不整改", facts="事实。")
    propose_listing(check.task, by=check.clerk, reason="重大隐患逾期不整改", facts="事实。")
    client.force_login(check.clerk)
    page = page_of(client, "publication_new")
    assert "采纳并起草曝光" in page
    assert "启动列入程序" in page
    proposal = check.task.proposals.get(kind="exposure")
    client.post(reverse("exposure_draft", args=[proposal.pk]), {"ground": "not_rectified"})
    client.post(reverse("item_list_draft"))
    client.post(reverse("officer_list_draft"))
    put_right(check)
    client.post(reverse("handling_draft", args=[check.task.pk]))
    kinds = set(Publication.objects.values_list("kind", flat=True))
    assert {"exposure", "items", "officers", "handling"} <= kinds


def test_the_button_drafts_a_result_without_waiting_for_the_job(client):
    check = make_reviewed()
    client.force_login(check.clerk)
    assert "起草结果" in page_of(client, "publication_new")
    response = client.post(reverse("result_draft", args=[check.task.pk]))
    result = Publication.objects.get(kind="result")
    assert response["Location"] == reverse("publication_detail", args=[result.pk])


def test_a_refusal_stands_on_the_page_it_came_from(client):
    check = make_ordered_public()
    client.force_login(check.clerk)
    response = client.post(reverse("handling_draft", args=[check.task.pk]), follow=True)
    assert "办结后才能起草" in response.content.decode()
    response = client.post(reverse("statistics_draft"), {"period": "2026-13"}, follow=True)
    assert "统计期间写成" in response.content.decode()


@pytest.mark.parametrize("kind", ["items", "officers", "exposure", "handling"])
def test_every_kind_is_previewed_as_it_will_stand(client, kind):
    check = make_ordered_public()
    draft = {
        "items": lambda: services.draft_item_list(by=check.clerk),
        "officers": lambda: services.draft_officer_list(by=check.clerk),
        "exposure": lambda: services.draft_exposure(check.task, ground="not_rectified", by=check.clerk),
        "handling": lambda: (put_right(check), services.draft_handling(check.task, by=check.clerk))[1],
    }[kind]()
    client.force_login(check.approver)
    page = page_of(client, "publication_detail", draft.pk)
    assert draft.title in page
    assert "批准发布" in page
    publish_now(draft, by=check.approver)
    assert "撤回" in page_of(client, "publication_detail", draft.pk)


def test_correcting_and_withdrawing_from_the_desk(client):
    county, notice = make_published_notice()
    client.force_login(county.clerk)
    client.post(reverse("publication_correct", args=[notice.pk]), {"reason": "日期有误"})
    draft = Publication.objects.get(corrects=notice)
    assert "更正稿，第 2 版" in page_of(client, "publication_detail", draft.pk)
    client.post(reverse("publication_discard", args=[draft.pk]), {"reason": "不必更正"})
    assert client.post(reverse("withdrawal_propose", args=[notice.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("withdrawal_propose", args=[notice.pk]), {"reason": "抽取范围有误"})
    client.force_login(county.approver)
    assert "抽取范围有误" in page_of(client, "publication_detail", notice.pk)
    client.post(reverse("publication_withdraw", args=[notice.pk]))
    notice.refresh_from_db()
    assert (notice.state, notice.end_reason) == ("withdrawn", "抽取范围有误")


def test_a_listing_goes_through_its_steps_by_its_buttons(client):
    check = make_ordered_public()
    proposal = propose_listing(check.task, by=check.clerk, reason="重大隐患逾期不整改", facts="事实。")
    client.force_login(check.clerk)
    given = {"ground": "not_rectified", "facts": "事实。", "penalty_number": "", "penalty_on": "2026-01-05"}
    page = client.post(reverse("listing_new", args=[proposal.pk]), given)
    assert "处罚决定书文号" in page.content.decode()
    given |= {"penalty_number": "示应急罚〔2026〕1号", "penalty_authority": "示例省应急管理厅"}
    client.post(reverse("listing_new", args=[proposal.pk]), given)
    listing = Listing.objects.get()
    client.force_login(check.approver)
    assert "签发告知书" in page_of(client, "listing_detail", listing.pk)
    client.post(reverse("listing_notify", args=[listing.pk]))
    client.force_login(check.clerk)
    served = {"way": "handed", "delivered_on": timezone.localdate().isoformat(), "receiver": "李示例"}
    client.post(reverse("listing_serve", args=[listing.pk, "notice"]), served)
    client.force_login(check.county.head)
    assert "陈述申辩期限到" in page_of(client, "listing_detail", listing.pk)
    assert "应急管理部令第11号" in page_of(client, "listing_detail", listing.pk)
    client.post(reverse("listing_drop", args=[listing.pk]), {"reason": "已改正。"})
    listing.refresh_from_db()
    assert listing.state == "dropped"


def test_the_list_of_listings_finds_by_state(client):
    check, listing = make_listed()
    client.force_login(check.clerk)
    assert listing.number in client.get(reverse("listing_desk_list"), {"state": "listed"}).content.decode()
    assert listing.number not in client.get(reverse("listing_desk_list"), {"state": "removed"}).content.decode()


def test_the_approver_and_the_head_are_told_what_waits(client):
    check = make_ordered_public()
    listing = make_listing(check)
    client.force_login(check.approver)
    assert f"签发列入告知书：{listing.number}" in page_of(client, "desk_home")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_letters_asks_the_same_few_questions(client, count, django_assert_max_num_queries):
    county = None
    for _ in range(count):
        county, _notice = make_published_notice(county)
    tasks.issue_letters()
    client.force_login(county.clerk)
    with django_assert_max_num_queries(12):
        client.get(reverse("letter_list"))


def test_letters_are_found_by_how_far_they_have_come(client):
    letter = make_issued_letter()
    client.force_login(letter.task.drawn.draw.drafted_by)
    name = letter.task.enterprise.name
    for state, is_there in [("unopened", True), ("confirmed", False), ("waiting", False), ("revoked", False)]:
        page = client.get(reverse("letter_list"), {"state": state}).content.decode()
        assert (name in page) is is_there, state


def test_a_letter_of_a_check_one_may_not_know_of_is_not_there(client):
    letter = make_issued_letter()
    client.force_login(person_with(Role.INSPECTOR))
    assert client.get(reverse("letter_detail", args=[letter.pk])).status_code == 404
    assert client.post(reverse("letter_renew", args=[letter.pk])).status_code == 404


def test_link_buttons_stop_and_renew(client):
    letter = make_issued_letter()
    client.force_login(letter.task.drawn.draw.drafted_by)
    client.post(reverse("letter_revoke", args=[letter.pk]), {"reason": "外泄"})
    client.post(reverse("letter_renew", args=[letter.pk]))
    kinds = list(LetterEvent.objects.order_by("at").values_list("kind", flat=True))
    assert kinds == ["revoked", "renewed"]
    assert "更换链接" in page_of(client, "letter_detail", letter.pk)


def test_what_was_typed_is_still_there_when_it_is_refused(client):
    county, notice = make_notice_draft()
    client.force_login(county.clerk)
    typed = {"title": "公告", "introduction": "请致电138-1234-5678，地址不变。"}
    page = client.post(reverse("publication_edit", args=[notice.pk]), typed)
    assert page.status_code == 422
    assert "手机号码" in page.content.decode()
    assert "地址不变。" in page.content.decode()
    notice.refresh_from_db()
    assert "地址不变" not in notice.introduction


def test_a_time_that_has_passed_or_never_comes_is_refused(client):
    county, notice = make_notice_draft()
    client.force_login(county.approver)
    for moment, word in (("2020-01-01T09:00", "已经过去"), ("2099-12-31T09:00", "公告最迟须在")):
        page = client.post(reverse("publication_approve", args=[notice.pk]), {"publish_at": moment})
        assert word in page.content.decode()
        assert moment in page.content.decode()
    notice.refresh_from_db()
    assert notice.state == "drafted"
