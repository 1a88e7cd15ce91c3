"""Permits, special lists, former names and penalties come in from workbooks, each row naming its enterprise."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from enterprises.importing import BESIDE
from enterprises.models import Enterprise, FormerName, ListMembership, PenaltyFact, Permit, SpecialList
from enterprises.selectors import history_of, search
from enterprises.services import add_to_list, record_penalty, save_permit, take_off_list
from shuangsuiji.accounts.models import Role
from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.services import apply_batch, mend_row, stage_upload, undo_batch
from shuangsuiji.lib.errors import Refusal
from tests.factories.accounts import person_with
from tests.factories.enterprises import EnterpriseFactory, credit_code
from tests.factories.workbooks import workbook_of

pytestmark = pytest.mark.django_db
DAY = datetime.date
KIND, NUMBER = "危险化学品经营许可证", "示危化经字〔2024〕001号"
HEADERS = {
    "permits": ["统一社会信用代码", "许可名称", "许可编号", "发证机关", "有效期自", "有效期至", "已注销", "企业名称"],
    "listings": ["统一社会信用代码", "名单", "列入日期", "列入原因", "移出日期", "移出原因"],
    "former-names": ["统一社会信用代码", "曾用名", "用至", "来源"],
    "penalties": ["统一社会信用代码", "决定书文号", "决定日期", "来源"],
}


def staged(register: str, *rows, by) -> ImportBatch:
    content = workbook_of([HEADERS[register], *rows])
    return stage_upload(register=register, content=content, name="资料.xlsx", by=by)


def applied(register: str, *rows, by) -> ImportBatch:
    return apply_batch(staged(register, *rows, by=by).pk, by=by)


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    return batch.create_count, batch.update_count, batch.same_count, batch.fault_count


def fault(batch: ImportBatch) -> str:
    """The one fault of the one faulty row: column, reason, remedy."""
    (found,) = batch.rows.get(outcome="fault").faults
    return f"{found['column']}：{found['reason']}{found['remedy']}"


@pytest.fixture
def enterprise(db) -> Enterprise:
    return EnterpriseFactory(name="示范化工有限公司")


# What the four have in common.


@pytest.mark.parametrize(
    ("register", "row"),
    [
        ("permits", [KIND, NUMBER, "示例局", "2024-04-01", "2027-03-31"]),
        ("listings", ["涉事故", "2026-01-10", "发生事故"]),
        ("former-names", ["示范化工厂", "2020-06-30", "登记档案"]),
        ("penalties", ["示市监罚〔2026〕1号", "2026-03-01", "示例市市场监督管理局"]),
    ],
)
def test_the_same_workbook_twice_changes_once_and_is_undone_once(register, row, enterprise, clerk):
    model = BESIDE[register].model
    batch = applied(register, [enterprise.credit_code, *row], by=clerk)
    assert (counts(batch), model.objects.get().enterprise) == ((1, 0, 0, 0), enterprise)
    assert counts(staged(register, [enterprise.credit_code, *row], by=clerk)) == (0, 0, 1, 0)
    undo_batch(batch.pk, by=clerk)
    assert not model.objects.exists()


@pytest.mark.parametrize("register", BESIDE)
def test_a_code_that_is_not_in_the_register_is_a_fault_with_its_remedy(register, clerk):
    batch = staged(register, [credit_code(7), *["2026-01-10"] * 3], by=clerk)
    (found, *_) = batch.rows.get().faults
    assert (found["column"], found["value"]) == ("统一社会信用代码", credit_code(7))
    assert found["reason"] == "名录里没有这个代码的企业。"
    assert found["remedy"].startswith("请对照营业执照核对代码")


def test_codes_are_looked_up_in_bulk(clerk, django_assert_max_num_queries):
    rows = [[EnterpriseFactory().credit_code, KIND, str(number)] for number in range(40)]
    with django_assert_max_num_queries(40):
        assert counts(staged("permits", *rows, by=clerk)) == (40, 0, 0, 0)


def test_a_code_that_was_merged_away_names_the_one_that_stays(enterprise, clerk):
    gone = EnterpriseFactory(state="closed", merged_into=enterprise)
    batch = staged("permits", [gone.credit_code, KIND, NUMBER], by=clerk)
    assert f"请改填 {enterprise.credit_code}" in fault(batch)


def test_a_name_beside_the_code_must_be_that_enterprises(enterprise, clerk):
    other = [enterprise.credit_code, KIND, "2", "", "", "", "", "别家有限公司"]
    batch = staged("permits", [enterprise.credit_code, KIND, "1", "", "", "", "", enterprise.name], other, by=clerk)
    assert counts(batch) == (1, 0, 0, 1)
    assert "名录里这个代码是“示范化工有限公司”，文件里写的是“别家有限公司”。请核对" in fault(batch)


def test_a_former_name_beside_the_code_will_do(enterprise, clerk):
    applied("former-names", [enterprise.credit_code, "示范化工厂"], by=clerk)
    batch = staged("permits", [enterprise.credit_code, KIND, "1", "", "", "", "", "示范化工厂"], by=clerk)
    assert batch.rows.get().values["enterprise_name"] == "示范化工有限公司"


def test_a_row_repeated_in_the_file_names_what_is_the_same(enterprise, clerk):
    row = [enterprise.credit_code, KIND, NUMBER]
    batch = staged("permits", row, row, [enterprise.credit_code, KIND, "另一号"], by=clerk)
    assert counts(batch) == (2, 0, 0, 1)
    assert fault(batch).startswith("许可编号：与第 2 行的统一社会信用代码、许可名称、许可编号相同")


def test_the_history_says_who_and_from_which_file(enterprise, clerk):
    applied("permits", [enterprise.credit_code, KIND, NUMBER], by=clerk)
    change = history_of(enterprise)[0]
    assert change.who == clerk.name
    assert "导入《资料.xlsx》" in change.why


def test_only_the_office_brings_facts_in(enterprise):
    with pytest.raises(Refusal, match="经办人"):
        staged("permits", [enterprise.credit_code, KIND, NUMBER], by=person_with(Role.LEADER))


# Permits


def test_a_permit_of_the_same_kind_and_number_is_renewed_and_the_renewal_taken_back(enterprise, clerk):
    save_permit(enterprise.pk, kind=KIND, number=NUMBER, issuer="示例局", expires_on=DAY(2026, 1, 1), by=clerk)
    batch = staged("permits", [enterprise.credit_code, KIND, NUMBER, "", "", "2029年1月1日"], by=clerk)
    assert batch.rows.get().changes == {"expires_on": ["2026-01-01", "2029-01-01"]}
    apply_batch(batch.pk, by=clerk)
    permit = Permit.objects.get()
    assert (permit.issuer, permit.expires_on) == ("示例局", DAY(2029, 1, 1))
    undo_batch(batch.pk, by=clerk)
    assert Permit.objects.get().expires_on == DAY(2026, 1, 1)


def test_a_permit_ends_after_it_starts_counting_what_is_kept(enterprise, clerk):
    save_permit(enterprise.pk, kind=KIND, number=NUMBER, starts_on=DAY(2026, 2, 1), by=clerk)
    batch = staged("permits", [enterprise.credit_code, KIND, NUMBER, "", "", "2026-01-31"], by=clerk)
    assert fault(batch) == "有效期至：许可的有效期至早于有效期自。请改正后再保存。"


def test_a_permit_changed_by_hand_since_is_named_and_nothing_is_undone(enterprise, clerk):
    batch = applied("permits", [enterprise.credit_code, KIND, NUMBER], by=clerk)
    save_permit(enterprise.pk, kind=KIND, number=NUMBER, is_withdrawn=True, by=clerk)
    with pytest.raises(Refusal, match=rf"第 2 行（{enterprise.credit_code}｜{KIND}｜{NUMBER}）在导入之后又有改动"):
        undo_batch(batch.pk, by=clerk)


def test_a_permit_changed_by_hand_since_the_preview_is_shown_again(enterprise, clerk):
    save_permit(enterprise.pk, kind=KIND, number=NUMBER, issuer="甲", by=clerk)
    batch = staged("permits", [enterprise.credit_code, KIND, NUMBER, "丙"], by=clerk)
    save_permit(enterprise.pk, kind=KIND, number=NUMBER, issuer="乙", by=clerk)
    assert apply_batch(batch.pk, by=clerk).state == "staged"
    assert batch.rows.get().changes == {"issuer": ["乙", "丙"]}


def test_a_permit_that_is_wrong_only_since_the_preview_stops_the_file_and_is_named(enterprise, clerk):
    save_permit(enterprise.pk, kind=KIND, number=NUMBER, by=clerk)
    batch = staged("permits", [enterprise.credit_code, KIND, NUMBER, "", "", "2026-06-30"], by=clerk)
    save_permit(enterprise.pk, kind=KIND, number=NUMBER, starts_on=DAY(2026, 7, 1), by=clerk)
    with pytest.raises(Refusal, match="预览之后名录有改动，第 2 行不能导入。许可的有效期至早于有效期自"):
        apply_batch(batch.pk, by=clerk)
    assert Permit.objects.get().expires_on is None


def test_a_faulty_permit_is_mended_in_place(enterprise, clerk):
    batch = staged("permits", [enterprise.credit_code, KIND, NUMBER, "", "2026-02-01", "2026-01-01"], by=clerk)
    row = mend_row(batch.pk, number=2, cells={"expires_on": "2029-01-01"}, by=clerk)
    assert (row.outcome, row.key) == ("create", f"{enterprise.credit_code}｜{KIND}｜{NUMBER}")


# Special lists


def test_one_file_puts_some_on_a_list_and_takes_others_off(enterprise, clerk):
    other = EnterpriseFactory()
    add_to_list(other.pk, list_code="accident", reason="事故", on=DAY(2026, 1, 10), by=clerk)
    off = [other.credit_code, "涉事故", "", "", "2026-02-01", "整改到位"]
    batch = applied("listings", [enterprise.credit_code, "涉事故", "2026-02-01", "事故"], off, by=clerk)
    assert counts(batch) == (1, 1, 0, 0)
    rows = ListMembership.objects.order_by("starts_on").values_list("enterprise", "starts_on", "ends_on", "end_reason")
    assert list(rows) == [
        (other.pk, DAY(2026, 1, 10), DAY(2026, 2, 1), "整改到位"),
        (enterprise.pk, DAY(2026, 2, 1), None, ""),
    ]
    assert counts(staged("listings", [*off[:2], "2026-01-10", *off[3:]], by=clerk)) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["2026-01-10", ""], "列入原因：没有写列入“涉事故”的原因。请写明。"),
        (["", "事故"], "列入日期：没有写列入日期，现在也不在这个名单上。请填写列入日期。"),
        (["2026-01-10", "事故", "2026-02-01", ""], "移出原因：没有写移出名单的原因。请写明。"),
        (["2026-01-10", "事故", "", "整改到位"], "移出日期：写了移出原因，没有移出日期。请补上移出日期。"),
        (["2026-01-10", "事故", "2026-01-09", "误"], "移出日期：移出日期早于列入日期（2026-01-10）。请改正。"),
        (["2026-01-10", "事故", "2099-01-01", "误"], "移出日期：移出日期还没有到。请到了那一天再办。"),
    ],
)
def test_a_listing_has_the_same_rules_as_by_hand(row, sentence, enterprise, clerk):
    assert fault(staged("listings", [enterprise.credit_code, "涉事故", *row], by=clerk)) == sentence


def test_nobody_stands_twice_on_a_list(enterprise, clerk):
    add_to_list(enterprise.pk, list_code="accident", reason="事故", on=DAY(2026, 1, 10), by=clerk)
    batch = staged("listings", [enterprise.credit_code, "涉事故", "2026-02-01", "又一次"], by=clerk)
    assert fault(batch).startswith("列入日期：从 2026-01-10 起已在“涉事故”名单上，同时只能有一次在列。请先移出")


def test_nor_by_two_rows_of_one_file(enterprise, clerk):
    rows = [[enterprise.credit_code, "涉事故", day, "事故"] for day in ("2026-01-10", "2026-02-01")]
    assert counts(staged("listings", *rows, by=clerk)) == (1, 0, 0, 1)


def test_nor_by_somebody_who_was_quicker(enterprise, clerk):
    batch = staged("listings", [enterprise.credit_code, "涉事故", "2026-01-10", "事故"], by=clerk)
    add_to_list(enterprise.pk, list_code="accident", reason="事故", on=DAY(2026, 2, 1), by=clerk)
    with pytest.raises(Refusal, match="会有两次同时在列：请从文件里删去"):
        apply_batch(batch.pk, by=clerk)


def test_what_has_ended_stays_as_it_is(enterprise, clerk):
    add_to_list(enterprise.pk, list_code="accident", reason="事故", on=DAY(2026, 1, 10), by=clerk)
    take_off_list(enterprise.pk, list_code="accident", reason="整改到位", on=DAY(2026, 2, 1), by=clerk)
    batch = staged("listings", [enterprise.credit_code, "涉事故", "2026-01-10", "改写"], by=clerk)
    assert fault(batch).startswith("列入日期：这一次列入已经在 2026-02-01 移出，不能再改。请从文件里删去这一行")


def test_pools_see_the_key_units_of_a_file_and_see_them_go_again(enterprise, clerk):
    key = SpecialList.objects.get(code=SpecialList.KEY).name
    batch = applied("listings", [enterprise.credit_code, key, "2026-01-10", "年度计划"], by=clerk)
    enterprise.refresh_from_db()
    assert enterprise.is_key
    undo_batch(batch.pk, by=clerk)
    enterprise.refresh_from_db()
    assert not enterprise.is_key


def test_pools_see_a_key_unit_taken_off_and_back_after_an_undo(enterprise, clerk):
    key = SpecialList.objects.get(code=SpecialList.KEY)
    add_to_list(enterprise.pk, list_code=key.code, reason="年度计划", on=DAY(2026, 1, 10), by=clerk)
    batch = applied("listings", [enterprise.credit_code, key.name, "", "", "2026-02-01", "计划调整"], by=clerk)
    enterprise.refresh_from_db()
    assert not enterprise.is_key
    undo_batch(batch.pk, by=clerk)
    enterprise.refresh_from_db()
    assert (enterprise.is_key, ListMembership.objects.get().end_reason) == (True, "")


# Former names


def test_an_enterprise_is_found_by_a_former_name_until_that_is_undone(enterprise, clerk):
    batch = applied("former-names", [enterprise.credit_code, "长乐花炮厂", "2020-06-30"], by=clerk)
    assert list(search(Enterprise.objects.all(), "changlehuapao")) == [enterprise]
    undo_batch(batch.pk, by=clerk)
    assert not search(Enterprise.objects.all(), "长乐花炮").exists()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["示范化工有限公司"], "曾用名：这就是企业现在的名称。请填写以前用过的名称"),
        (["示范化工厂", "2099-01-01"], "用至：“用至”的日期还没有到。请改正"),
    ],
)
def test_a_former_name_is_another_one_and_past(row, sentence, enterprise, clerk):
    assert fault(staged("former-names", [enterprise.credit_code, *row], by=clerk)).startswith(sentence)


def test_a_former_name_learns_its_last_day(enterprise, clerk):
    FormerName.objects.create(enterprise=enterprise, name="示范化工厂", source="登记档案")
    applied("former-names", [enterprise.credit_code, "示范化工厂", "2020-06-30"], by=clerk)
    assert FormerName.objects.values_list("used_until", "source").get() == (DAY(2020, 6, 30), "登记档案")


# Penalties


def test_a_penalty_that_is_noted_stays_as_it_is(enterprise, clerk):
    note = {"decided_on": DAY(2026, 3, 1), "document_number": "示应急罚〔2026〕1号", "source": "本机关"}
    record_penalty(enterprise=enterprise, by=None, **note)
    batch = staged("penalties", [enterprise.credit_code, note["document_number"], "2026-03-02", "本机关"], by=clerk)
    assert fault(batch).startswith("决定日期：这份决定书已经登记为“2026-03-01”，不再改动。请核对文号")
    assert PenaltyFact.objects.get().decided_on == DAY(2026, 3, 1)


def test_a_penalty_of_a_day_to_come_is_a_fault(enterprise, clerk):
    batch = staged("penalties", [enterprise.credit_code, "示市监罚〔2099〕1号", "2099-03-01", "示例局"], by=clerk)
    assert fault(batch) == "决定日期：决定日期 2099-03-01 还没有到。请核对后填写今天或以前的日期。"


# Pages


def test_the_facts_of_exactly_what_is_filtered_leave_as_a_workbook_that_comes_in_again(enterprise, at_desk, clerk):
    other = EnterpriseFactory(name="长乐烟花有限公司")
    for one in (enterprise, other):
        save_permit(one.pk, kind=KIND, number=NUMBER, expires_on=DAY(2029, 1, 1), by=clerk)
    response = at_desk.get(reverse("facts_export", args=["permits"]), {"q": "长乐"})
    batch = stage_upload(register="permits", content=response.content, name="再来.xlsx", by=clerk)
    assert counts(batch) == (0, 0, 1, 0)
    assert batch.rows.get().key.startswith(other.credit_code)


def test_facts_that_are_not_kept_are_no_page(at_desk):
    assert at_desk.get(reverse("facts_export", args=["inspectors"])).status_code == 404


def test_a_clerk_finds_the_workbooks_from_the_register_from_an_enterprise_and_from_the_imports(enterprise, at_desk):
    pages = {
        "permits": reverse("enterprise_facts", args=[enterprise.pk]),
        "listings": reverse("import_upload", args=["enterprises"]),
        "former-names": reverse("import_list"),
    }
    for register, page in pages.items():
        assert reverse("import_upload", args=[register]) in at_desk.get(page).content.decode()
    assert reverse("facts_export", args=["penalties"]) in at_desk.get(reverse("enterprise_list")).content.decode()
