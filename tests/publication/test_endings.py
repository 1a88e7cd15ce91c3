"""Corrected, withdrawn, expired: each end happens once and leaves its trace."""

import datetime as dt

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from publication import figures, services, tasks
from publication.models import Publication
from publication.selectors.desk import results_to_draft
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.models import Message
from tests.factories.publication import (
    make_ordered_public,
    make_public_result,
    make_published_notice,
    make_reviewed,
    publish_now,
    withdraw,
)

pytestmark = pytest.mark.django_db


def make_exposed():
    check = make_ordered_public()
    draft = services.draft_exposure(check.task, ground="not_rectified", by=check.clerk)
    return check, publish_now(draft, by=check.approver)


def test_a_correction_is_a_new_version_from_the_data_as_they_stand_now():
    county, notice = make_published_notice()
    enterprise = notice.enterprises.order_by("pk").first().enterprise
    type(enterprise).objects.filter(pk=enterprise.pk).update(name="示范更名化工有限公司")
    draft = services.draft_correction(notice, reason="企业名称有误", by=county.clerk)
    assert (draft.version, draft.corrects, draft.slug) == (2, notice, f"{notice.slug}-v2")
    assert "示范更名化工有限公司" in str(draft.content)
    notice.refresh_from_db()
    assert notice.state == "published"
    corrected = publish_now(draft, by=county.approver)
    notice.refresh_from_db()
    assert (notice.state, corrected.state) == ("corrected", "published")
    assert notice.ended_at is not None
    paper = IssuedDocument.objects.get(number=corrected.number)
    assert paper.replaces.number == notice.number


def test_a_correction_of_a_correction_counts_on():
    county, notice = make_published_notice()
    second = publish_now(services.draft_correction(notice, reason="一", by=county.clerk), by=county.approver)
    third = services.draft_correction(second, reason="二", by=county.clerk)
    assert (third.version, third.slug) == (3, f"{notice.slug}-v3")


def test_letters_stay_one_an_enterprise_after_a_correction():
    county, notice = make_published_notice()
    count = notice.letters.count()
    publish_now(services.draft_correction(notice, reason="有误", by=county.clerk), by=county.approver)
    from publication.models import Letter

    assert Letter.objects.count() == count


def test_a_correction_needs_a_reason_and_a_published_text():
    county, notice = make_published_notice()
    with pytest.raises(Refusal, match="更正的原因"):
        services.draft_correction(notice, reason=" ", by=county.clerk)
    draft = services.draft_correction(notice, reason="有误", by=county.clerk)
    assert services.draft_correction(notice, reason="有误", by=county.clerk) == draft
    with pytest.raises(Refusal, match="正在公开"):
        services.draft_correction(draft, reason="有误", by=county.clerk)


def test_a_correction_given_up_leaves_room_for_another():
    county, notice = make_published_notice()
    draft = services.draft_correction(notice, reason="有误", by=county.clerk)
    services.discard_draft(draft, reason="不需要更正", by=county.clerk)
    again = services.draft_correction(notice, reason="真的有误", by=county.clerk)
    assert again != draft
    assert again.slug == f"{notice.slug}-v2-again2"


def test_a_draft_given_up_and_a_text_withdrawn_leave_room_for_another():
    check = make_reviewed()
    first = services.draft_result(check.task, by=check.clerk)
    services.discard_draft(first, reason="写错了", by=check.clerk)
    second = publish_now(services.draft_result(check.task, by=check.clerk), by=check.approver)
    withdraw(second, reason="结论有误", asked_by=check.clerk, by=check.approver)
    assert list(results_to_draft()) == [check.task]
    third = services.draft_result(check.task, by=check.clerk)
    assert len({first.slug, second.slug, third.slug}) == 3
    tasks.draft_due_results()
    assert Publication.objects.filter(kind="result").count() == 3


def test_a_text_is_withdrawn_by_two_people_with_a_reason():
    check, result = make_public_result()
    with pytest.raises(Refusal, match="一人提出"):
        services.withdraw_publication(result, by=check.approver)
    with pytest.raises(Refusal, match="撤回的原因"):
        services.propose_withdrawal(result, reason="", by=check.approver)
    services.propose_withdrawal(result, reason="处罚决定被撤销", by=check.approver)
    with pytest.raises(Refusal, match="不能自己决定"):
        services.withdraw_publication(result, by=check.approver)
    gone = services.withdraw_publication(result, by=check.county.head)
    again = services.withdraw_publication(result, by=check.county.head)
    assert (gone.state, again.end_reason) == ("withdrawn", "处罚决定被撤销")
    assert AuditEvent.objects.filter(action="publication.withdrawn").count() == 1


def test_a_proposal_to_withdraw_stands_alone_and_may_be_refused():
    check, result = make_public_result()
    services.propose_withdrawal(result, reason="有误", by=check.clerk)
    with pytest.raises(Refusal, match="等待决定"):
        services.propose_withdrawal(result, reason="另一个原因", by=check.county.head)
    kept = services.refuse_withdrawal(result, by=check.approver)
    assert (kept.state, kept.withdrawal_reason) == ("published", "")
    assert AuditEvent.objects.get(action="publication.withdrawal_refused").detail["reason"] == "有误"


def test_the_database_wants_two_people_and_keeps_their_reason():
    check, result = make_public_result()
    alone = {"state": "withdrawn", "end_reason": "有误", "ended_by": check.approver, "ended_at": timezone.now()}
    with pytest.raises(IntegrityError, match="two_people_withdraw"), transaction.atomic():
        Publication.objects.filter(pk=result.pk).update(**alone)
    withdraw(result, reason="有误", asked_by=check.clerk, by=check.approver)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Publication.objects.filter(pk=result.pk).update(end_reason="另一个原因")


def test_nothing_is_called_corrected_without_a_correction():
    _, result = make_public_result()
    with pytest.raises(DatabaseError, match="no correction of it is public"), transaction.atomic():
        Publication.objects.filter(pk=result.pk).update(state="corrected", ended_at=timezone.now())


def test_a_withdrawn_correction_does_not_bring_the_wrong_version_back(client):
    check, first = make_public_result()
    second = publish_now(services.draft_correction(first, reason="结论有误", by=check.clerk), by=check.approver)
    withdraw(second, reason="检查程序违法", asked_by=check.clerk, by=check.approver)
    page = client.get(f"/results/{first.slug}/").content.decode()
    assert "这一版已更正" in page
    assert "检查程序违法" in page
    assert "目前没有有效的版本" in page
    name = first.content["enterprise"]["name"]
    assert name not in client.get("/results/").content.decode()
    whole = client.get(f"/api/v1/publications/{first.slug}").json()
    assert (whole["state"], whole["corrected_by"], whole["in_force"]) == ("corrected", second.slug, "")
    rows = client.get("/open-data/results.json").getvalue().decode()
    assert check.task.number not in rows
    [checked] = [one for one in figures.year_figures(today=timezone.localdate()) if "企业" in one["label"]]
    assert checked["value"] == 0


def test_after_a_withdrawn_correction_the_result_may_be_published_again_as_the_next_version(client):
    check, first = make_public_result()
    second = publish_now(services.draft_correction(first, reason="结论有误", by=check.clerk), by=check.approver)
    withdraw(second, reason="检查程序违法", asked_by=check.clerk, by=check.approver)
    assert list(results_to_draft()) == [check.task]
    third = services.draft_result(check.task, by=check.clerk)
    assert (third.state, third.version, third.corrects, third.slug) == ("drafted", 3, second, f"{first.slug}-v3")
    assert "检查程序违法" in third.correction_reason
    publish_now(third, by=check.approver)
    second.refresh_from_db()
    assert second.state == "withdrawn"
    assert f"/results/{third.slug}/" in client.get(f"/results/{first.slug}/").content.decode()
    assert f"/results/{third.slug}/" in client.get(f"/results/{second.slug}/").content.decode()
    assert client.get("/open-data/results.json").getvalue().decode().count(f"/results/{third.slug}/") > 0


def test_another_reason_is_not_dropped_behind_a_correction_under_way():
    county, notice = make_published_notice()
    draft = services.draft_correction(notice, reason="名称有误", by=county.clerk)
    assert services.draft_correction(notice, reason="名称有误", by=county.clerk) == draft
    with pytest.raises(Refusal, match="已有更正稿第2版"):
        services.draft_correction(notice, reason="日期有误", by=county.clerk)


def test_the_address_of_a_withdrawn_text_tells_when_and_why_and_not_what(client):
    check, result = make_public_result()
    name = result.content["enterprise"]["name"]
    assert name in client.get(f"/results/{result.slug}/").content.decode()
    withdraw(result, reason="处罚决定被撤销", asked_by=check.clerk, by=check.approver)
    page = client.get(f"/results/{result.slug}/")
    text = page.content.decode()
    assert page.status_code == 410
    assert "处罚决定被撤销" in text
    assert name not in text
    assert name not in client.get("/results/").content.decode()


def test_an_exposure_expires_by_the_job_exactly_once():
    check, exposure = make_exposed()
    assert exposure.expires_on > timezone.localdate() + dt.timedelta(days=360)
    tasks.expire_due()
    exposure.refresh_from_db()
    assert exposure.state == "published"
    last = dt.datetime.combine(exposure.expires_on, dt.time(23), tzinfo=timezone.get_current_timezone())
    with time_machine.travel(last):
        tasks.expire_due()
    exposure.refresh_from_db()
    assert exposure.state == "published"
    with time_machine.travel(last + dt.timedelta(hours=2)):
        tasks.expire_due()
        tasks.expire_due()
    exposure.refresh_from_db()
    assert (exposure.state, exposure.end_reason) == ("expired", "公开期限届满。")
    assert AuditEvent.objects.filter(action="publication.expired", target_key=str(exposure.pk)).count() == 1
    assert Message.objects.filter(user=check.clerk, subject__startswith="公开期限届满").count() == 1


def test_a_correction_stands_as_long_as_what_it_corrects():
    check, exposure = make_exposed()
    with time_machine.travel(timezone.now() + dt.timedelta(days=30)):
        draft = services.draft_correction(exposure, reason="事项有误", by=check.clerk)
        corrected = publish_now(draft, by=check.approver)
    assert corrected.expires_on == exposure.expires_on


def test_a_notice_stands_for_ever():
    _, notice = make_published_notice()
    assert notice.expires_on is None


def test_the_paper_and_the_data_of_a_withdrawn_notice_tell_when_and_why_too(client):
    county, notice = make_published_notice()
    withdraw(notice, reason="检查内容有误", asked_by=county.clerk, by=county.approver)
    paper = client.get(f"/notices/{notice.slug}/notice.pdf")
    data = client.get(f"/api/v1/publications/{notice.slug}")
    assert (paper.status_code, data.status_code) == (410, 410)
    today = timezone.localdate()
    for words in (paper.content.decode(), data.json()["detail"]):
        assert "检查内容有误" in words
        assert f"{today.year}年{today.month}月{today.day}日" in words
