"""What a form refuses a workbook refuses, in the same words; and the other way round."""

from __future__ import annotations

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from enterprises.models import Enterprise, ListMembership, PenaltyFact, Permit
from enterprises.selectors import risk_history
from enterprises.services import (
    add_to_list,
    change_state,
    create_enterprise,
    merge_enterprises,
    record_penalty,
    save_permit,
    update_enterprise,
)
from shuangsuiji.imports.services import apply_batch, stage_upload
from shuangsuiji.lib.errors import Refusal
from tests.factories.enterprises import EnterpriseFactory, credit_code
from tests.factories.workbooks import workbook_of
from tests.support.pages import as_shown

pytestmark = pytest.mark.django_db
DAY = datetime.date
TO_COME = DAY(2099, 1, 1)
PENALTY = {"decided_on": DAY(2026, 3, 1), "source": "示例市市场监督管理局"}
SPELLINGS = [
    "示市监罚〔2025〕1号",
    "示市监罚[2025]1号",
    "示市监罚(2025)1号",
    "示市监罚【2025】1号",
    "示市监罚（2025） 1 号",
]


@pytest.fixture
def enterprise(db) -> Enterprise:
    return EnterpriseFactory(name="示范化工有限公司")


@pytest.fixture
def gone(enterprise, clerk) -> Enterprise:
    """One that was merged into 示范化工有限公司."""
    row = EnterpriseFactory(name="示范旧厂")
    merge_enterprises(enterprise.pk, gone_pk=row.pk, take=(), reason="换发新码", by=clerk)
    row.refresh_from_db()
    return row


def staged(register: str, *rows: dict[str, str], by):
    content = workbook_of([list(rows[0]), *(list(row.values()) for row in rows)])
    return stage_upload(register=register, content=content, name="资料.xlsx", by=by)


def fault(register: str, *, by, **row: str) -> str:
    """Reason and remedy of the one fault of a workbook's one row."""
    (found,) = staged(register, row, by=by).rows.get(outcome="fault").faults
    return f"{found['reason']}{found['remedy']}"


def refusal(work, *args, **values) -> str:
    """The sentence a service refuses with, as a preview breaks it."""
    with pytest.raises(Refusal) as refused:
        work(*args, **values)
    return refused.value.sentence.replace("：请", "。请", 1) + ("" if refused.value.sentence.endswith("。") else "。")


# The register.


@pytest.mark.parametrize(
    ("name", "value", "header", "cell"),
    [
        ("registered_on", TO_COME, "注册日期", "2099-01-01"),
        ("capital", "-5", "注册资金", "-5"),
        ("contact_phone", "abc", "联系电话", "abc"),
        ("contact_phone", "-----", "联系电话", "-----"),
        ("industry_code", "9", "行业代码", "9"),
    ],
)
def test_what_a_workbook_may_not_say_of_an_enterprise_a_form_may_not_either(
    enterprise, clerk, name, value, header, cell
):
    said = fault("enterprises", by=clerk, 统一社会信用代码=enterprise.credit_code, 企业名称="示范厂", **{header: cell})
    assert refusal(update_enterprise, enterprise.pk, by=clerk, **{name: value}) == said
    assert refusal(create_enterprise, credit_code=credit_code(9), name="示范厂", by=clerk, **{name: value}) == said


def test_more_experts_than_a_visit_takes_are_refused_by_form_as_by_workbook(enterprise, clerk):
    assert "9" in fault(
        "enterprises", by=clerk, 统一社会信用代码=enterprise.credit_code, 企业名称="示范厂", 需要专家数="10"
    )
    assert "9" in refusal(update_enterprise, enterprise.pk, by=clerk, expert_count_wanted=10)


def test_the_sentence_stands_beside_its_field(at_desk, enterprise):
    address = reverse("enterprise_edit", args=[enterprise.pk])
    answer = at_desk.post(address, as_shown(at_desk.get(address), capital="-5", registered_on="2099-01-01"))
    assert list(answer.context["form"].errors) == ["registered_on"]
    answer = at_desk.post(address, as_shown(at_desk.get(address), contact_phone="abc"))
    assert answer.context["form"].errors["contact_phone"] == [
        "不像电话号码：请填写 5 至 30 位的号码，多个号码用“、”隔开。"
    ]


def test_a_wrong_word_of_long_ago_does_not_keep_anybody_from_mending_another(enterprise, clerk):
    Enterprise.objects.filter(pk=enterprise.pk).update(contact_phone="abc")
    assert update_enterprise(enterprise.pk, by=clerk, name="示范新厂", contact_phone="abc").name == "示范新厂"


def test_a_state_that_the_form_does_not_offer_is_a_fault_of_the_workbook(enterprise, clerk):
    change_state(enterprise.pk, state="closed", reason="已注销", by=clerk)
    said = fault(
        "enterprises", by=clerk, 统一社会信用代码=enterprise.credit_code, 企业名称=enterprise.name, 状态="停业"
    )
    assert said == refusal(change_state, enterprise.pk, state="suspended", reason="停产", by=clerk)


def test_another_risk_class_by_workbook_has_its_reason_in_the_history_like_one_by_form(at_desk, clerk):
    enterprise = EnterpriseFactory(name="示范化工有限公司", risk_class="B")
    update_enterprise(enterprise.pk, by=clerk, risk_class="C", reason="2026年度评估")
    row = {"统一社会信用代码": enterprise.credit_code, "企业名称": enterprise.name, "风险等级": "D"}
    apply_batch(staged("enterprises", row, by=clerk).pk, by=clerk)
    steps = [(step.after, step.who, step.why) for step in risk_history(enterprise)[:2]]
    assert steps == [("D 重大", clerk.name, "导入《资料.xlsx》"), ("C 较高", clerk.name, "2026年度评估")]
    assert "导入《资料.xlsx》" in at_desk.get(reverse("enterprise_detail", args=[enterprise.pk])).content.decode()


# What is kept beside it.


def test_a_penalty_of_a_day_to_come_is_refused_by_form_as_by_workbook(enterprise, clerk):
    row = {
        "统一社会信用代码": enterprise.credit_code,
        "决定书文号": SPELLINGS[0],
        "决定日期": "2099-01-01",
        "来源": "示例局",
    }
    said = fault("penalties", by=clerk, **row)
    values = {"document_number": SPELLINGS[0], "decided_on": TO_COME, "source": "示例局"}
    assert refusal(record_penalty, enterprise=enterprise, by=clerk, **values) == said


def test_a_listing_of_a_day_to_come_is_refused_by_form_as_by_workbook(at_desk, enterprise, clerk):
    row = {"统一社会信用代码": enterprise.credit_code, "名单": "涉事故", "列入日期": "2099-01-01", "列入原因": "事故"}
    said = fault("listings", by=clerk, **row)
    assert refusal(add_to_list, enterprise.pk, list_code="accident", on=TO_COME, reason="事故", by=clerk) == said
    sent = {"list-list_code": "accident", "list-on": "2099-01-01", "list-reason": "事故"}
    answer = at_desk.post(reverse("list_add", args=[enterprise.pk]), sent)
    assert list(answer.context["list_form"].errors) == ["on"]
    assert not ListMembership.objects.exists()


def test_a_second_listing_of_another_day_is_refused_by_form_as_by_workbook(enterprise, clerk):
    add_to_list(enterprise.pk, list_code="accident", on=DAY(2026, 1, 10), reason="事故", by=clerk)
    row = {"统一社会信用代码": enterprise.credit_code, "名单": "涉事故", "列入日期": "2026-02-10", "列入原因": "事故"}
    said = fault("listings", by=clerk, **row)
    second = {"list_code": "accident", "on": DAY(2026, 2, 10), "reason": "事故", "by": clerk}
    assert refusal(add_to_list, enterprise.pk, **second) == said


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_penalty_is_one_whatever_brackets_its_number_has(enterprise, clerk, spelling):
    first = record_penalty(enterprise=enterprise, document_number=SPELLINGS[0], by=clerk, **PENALTY)
    assert record_penalty(enterprise=enterprise, document_number=spelling, by=clerk, **PENALTY) == first
    row = {"统一社会信用代码": enterprise.credit_code, "决定书文号": spelling, "决定日期": "2026-03-01"}
    assert staged("penalties", {**row, "来源": PENALTY["source"]}, by=clerk).same_count == 1
    assert PenaltyFact.objects.get().document_number == "示市监罚〔2025〕1号"


def test_a_penalty_that_is_noted_otherwise_is_told_not_passed_over(enterprise, clerk):
    record_penalty(enterprise=enterprise, document_number=SPELLINGS[0], by=clerk, **PENALTY)
    again = {"enterprise": enterprise, "document_number": SPELLINGS[1], "by": clerk, **PENALTY}
    assert "已经登记为“2026-03-01”" in refusal(record_penalty, **{**again, "decided_on": DAY(2026, 3, 2)})


def test_a_permit_is_renewed_whatever_brackets_its_number_has(enterprise, clerk):
    for number in ("示危化经字〔2024〕001号", "示危化经字[2024]001号"):
        save_permit(enterprise.pk, kind="危险化学品经营许可证", number=number, by=clerk)
    assert Permit.objects.get().number == "示危化经字〔2024〕001号"


def test_numbers_of_before_get_their_brackets_and_two_that_would_be_one_stay_as_they_were(enterprise):
    for number in ("甲罚[2024]1号", "乙罚[2024]2号", "乙罚〔2024〕2号"):
        PenaltyFact.objects.create(enterprise=enterprise, document_number=number, **PENALTY)
    import_module("enterprises.migrations.0003_numbers_in_one_spelling").fold(apps, None)
    kept = set(PenaltyFact.objects.values_list("document_number", flat=True))
    assert kept == {"甲罚〔2024〕1号", "乙罚[2024]2号", "乙罚〔2024〕2号"}


# What was merged away.


def test_a_merged_enterprise_is_not_edited_and_the_page_leads_to_the_one_that_stays(at_desk, gone, enterprise):
    address = reverse("enterprise_edit", args=[gone.pk])
    for answer in (at_desk.get(address), at_desk.post(address, {"name": "示范改名厂"})):
        assert answer.status_code == 409
        page = answer.content.decode()
        assert f'href="{reverse("enterprise_detail", args=[enterprise.pk])}"' in page
        assert "不再修改：请在那一条上办理" in page
    gone.refresh_from_db()
    assert gone.name == "示范旧厂"


@pytest.mark.parametrize("name", ["enterprise_detail", "enterprise_facts"])
def test_pages_of_a_merged_enterprise_offer_no_form_and_lead_to_the_one_that_stays(at_desk, gone, enterprise, name):
    page = at_desk.get(reverse(name, args=[gone.pk])).content.decode()
    assert reverse("enterprise_detail", args=[enterprise.pk]) in page
    for taken_away in ("enterprise_edit", "enterprise_state", "permit_save", "list_add", "penalty_add"):
        assert reverse(taken_away, args=[gone.pk]) not in page


def test_every_service_refuses_a_merged_enterprise_in_the_same_words(gone, clerk):
    today = timezone.localdate()
    said = {
        refusal(update_enterprise, gone.pk, by=clerk, name="示范改名厂"),
        refusal(change_state, gone.pk, state="active", reason="恢复", by=clerk),
        refusal(save_permit, gone.pk, kind="许可", number="1", by=clerk),
        refusal(add_to_list, gone.pk, list_code="accident", on=today, reason="事故", by=clerk),
        refusal(record_penalty, enterprise=gone, document_number="罚1号", by=clerk, **PENALTY),
        fault("enterprises", by=clerk, 统一社会信用代码=gone.credit_code, 企业名称="示范改名厂"),
    }
    assert said == {f"这一条已并入“示范化工有限公司”（{gone.merged_into.credit_code}），不再修改。请在那一条上办理。"}


def test_a_merged_enterprise_comes_back_from_an_export_unchanged(gone, clerk):
    row = {"统一社会信用代码": gone.credit_code, "企业名称": gone.name, "状态": "注销关闭"}
    assert staged("enterprises", row, by=clerk).same_count == 1
