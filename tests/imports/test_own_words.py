"""What our own pages and exports print is read back as it was meant."""

from __future__ import annotations

import datetime

import pytest

from draws.models import Item, SubItem
from enterprises.importing import EnterpriseImporter, PermitImporter
from enterprises.models import Enterprise, ListMembership, Permit, SpecialList
from enterprises.selectors import search
from inspectors.models import Expert, Inspector
from shuangsuiji.imports.columns import FOREVER, show
from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.registry import importer_for
from shuangsuiji.imports.services import apply_batch, stage_upload, undo_batch
from shuangsuiji.imports.words import plain_names, several_named
from shuangsuiji.lib.models import SupervisedField
from tests.factories.accounts import DepartmentFactory
from tests.factories.enterprises import EnterpriseFactory, credit_code
from tests.factories.inspectors import ExpertFactory, InspectorFactory
from tests.factories.items import ItemFactory, SubItemFactory
from tests.factories.workbooks import workbook_of

pytestmark = pytest.mark.django_db
PERMIT = ["统一社会信用代码", "许可名称", "许可编号", "有效期至", "已注销"]
OFFICER = ["姓名", "执法证号", "执法证有效期至", "所属部门", "专业领域"]


def staged(register: str, *rows, by) -> ImportBatch:
    return stage_upload(register=register, content=workbook_of(rows), name="资料.xlsx", by=by)


def applied(register: str, *rows, by) -> ImportBatch:
    return apply_batch(staged(register, *rows, by=by).pk, by=by)


def exported(register: str, *keys: str) -> list[list[str]]:
    """The titles and cells of an export."""
    importer = importer_for(register)
    present = importer.present(set(keys))
    rows = [[show(present[key].get(column.name), column=column) for column in importer.columns] for key in keys]
    return [[column.header for column in importer.columns], *rows]


def fill(register: str) -> str:
    """A row with something in most columns; its business key."""
    fields = list(SupervisedField.objects.order_by("code")[:2])
    today = datetime.date(2026, 1, 5)
    if register == "enterprises":
        return EnterpriseFactory(
            state=Enterprise.State.CLOSED, is_key=True, risk_class="D", size="micro", registered_on=today,
            business_scope="Ⅱ类医疗器械；面积≥50㎡；①零售 ½", industry_code="2631", contact_phone="0730-5200000 转 2",
        ).credit_code  # fmt: skip
    if register == "inspectors":
        officer = InspectorFactory(certificate_expires_on=datetime.date(2020, 1, 1), department=DepartmentFactory())
        officer.fields.set(fields)
        return officer.certificate_number
    if register == "experts":
        return ExpertFactory(title="正高级工程师（Ⅱ级）", email="a@example.cn").number
    if register == "items":
        return SubItemFactory(item=ItemFactory(department=DepartmentFactory())).code
    enterprise = EnterpriseFactory()
    if register == "permits":
        Permit.objects.create(enterprise=enterprise, kind="示范许可", number="1", is_withdrawn=True)
        return f"{enterprise.credit_code}｜示范许可｜1"
    ListMembership.objects.create(
        enterprise=enterprise,
        special_list=SpecialList.objects.get(code=SpecialList.KEY),
        starts_on=today,
        reason="计划",
    )
    return f"{enterprise.credit_code}｜{SpecialList.objects.get(code=SpecialList.KEY).name}｜2026-01-05"


@pytest.mark.parametrize("register", ["enterprises", "inspectors", "experts", "items", "permits", "listings"])
def test_what_leaves_comes_back_unchanged(clerk, register):
    batch = staged(register, *exported(register, fill(register)), by=clerk)
    assert (batch.same_count, batch.row_count) == (1, 1)


@pytest.mark.parametrize("written", ["长期", "永久", "长期有效"])
def test_a_permit_without_an_end_is_one_and_loses_the_end_it_had(clerk, written):
    kept = EnterpriseFactory()
    permit = Permit.objects.create(enterprise=kept, kind="示范许可", number="1", expires_on=datetime.date(2026, 1, 1))
    batch = applied("permits", PERMIT, [kept.credit_code, "示范许可", "1", written], by=clerk)
    assert batch.rows.get().changes == {"expires_on": ["2026-01-01", FOREVER]}
    permit.refresh_from_db()
    assert permit.expires_on is None
    undo_batch(batch.pk, by=clerk)
    permit.refresh_from_db()
    assert permit.expires_on == datetime.date(2026, 1, 1)


def test_a_new_permit_may_have_no_end(clerk):
    kept = EnterpriseFactory()
    applied("permits", PERMIT, [kept.credit_code, "示范许可", "1", "长期", "有效"], by=clerk)
    assert Permit.objects.values_list("expires_on", "is_withdrawn").get() == (None, False)


@pytest.mark.parametrize(("written", "meant"), [("已注销", True), ("有效", False), ("已过期", False), ("否", False)])
def test_the_state_of_a_permit_says_whether_it_was_withdrawn(written, meant):
    assert PermitImporter().column("is_withdrawn").parse(written) is meant


@pytest.mark.parametrize("written", ["全部", "全部领域"])
def test_an_item_for_all_fields_is_one_and_loses_those_it_had(clerk, written):
    item = ItemFactory()
    item.fields.set(SupervisedField.objects.order_by("code")[:1])
    sub_item = SubItemFactory(item=item)
    titles, row = exported("items", sub_item.code)
    row[titles.index("适用领域")] = written
    batch = applied("items", titles, row, by=clerk)
    assert (batch.update_count, list(Item.objects.latest("version").fields.all())) == (1, [])
    assert SubItem.objects.exists()


def test_an_officer_for_any_field_is_one(clerk):
    squad = DepartmentFactory(name="示例大队（示例）")
    row = ["张示例", "18069999777", "2099-12-31", "示例大队", "不限"]
    batch = applied("inspectors", OFFICER, row, by=clerk)
    officer = Inspector.objects.get()
    assert (officer.department, list(officer.fields.all())) == (squad, [])
    assert [(one["written"], one["word"]) for one in batch.words_read] == [("示例大队", "示例大队（示例）")]


def test_a_plain_name_of_two_departments_is_that_of_neither():
    names = ["示例大队（一）", "示例大队（二）"]
    assert plain_names(names) == {"示例大队": set(names)}


@pytest.mark.parametrize("written", ["重点", "重点检查单位"])
def test_the_mark_of_the_key_list_is_its_name(clerk, written):
    kept = EnterpriseFactory()
    header = ["统一社会信用代码", "名单", "列入日期", "列入原因"]
    applied("listings", header, [kept.credit_code, written, "2026-01-05", "计划"], by=clerk)
    assert ListMembership.objects.get().special_list.code == SpecialList.KEY


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("已注销", "closed"),
        ("注销关闭", "closed"),
        ("已停产", "suspended"),
        ("正常经营", "active"),
        ("已迁出", "moved"),
    ],
)
def test_a_state_is_known_by_the_words_of_papers(written, state):
    assert EnterpriseImporter().column("state").parse(written) == state


@pytest.mark.parametrize(("column", "written"), [("risk_class", "未定"), ("township", "未判明"), ("field", "未确认")])
def test_what_a_page_shows_for_nothing_is_nothing(column, written):
    assert EnterpriseImporter().column(column).parse(written) == ""


@pytest.mark.parametrize(
    ("register", "column", "written", "number"),
    [
        ("enterprises", "expert_count_wanted", "不需要", 0),
        ("enterprises", "expert_count_wanted", "2 名", 2),
        ("inspectors", "visit_limit", "6 家", 6),
        ("experts", "visit_limit", "４家", 4),
    ],
)
def test_a_number_may_bear_its_unit(register, column, written, number):
    assert importer_for(register).column(column).parse(written) == number


def test_a_blank_word_stands_alone():
    parse = several_named(["轻工"], what="领域", blank=("全部",))
    assert (parse("全部"), parse.read_as("全部"), parse("轻工")) == ([], [], ["轻工"])


@pytest.mark.parametrize(
    ("register", "title", "column"),
    [
        ("enterprises", "风险分级", "risk_class"),
        ("enterprises", "生产经营范围", "business_scope"),
        ("inspectors", "最多家数", "visit_limit"),
        ("permits", "发证日期", "starts_on"),
    ],
)
def test_a_usual_title_is_known(register, title, column):
    assert title in importer_for(register).column(column).aliases


def test_an_issue_date_does_not_take_the_place_of_the_first_day(clerk):
    kept = EnterpriseFactory()
    header = ["统一社会信用代码", "许可名称", "许可编号", "发证日期", "有效期起"]
    batch = staged("permits", header, [kept.credit_code, "示范许可", "1", "2024-01-01", "2024-02-01"], by=clerk)
    assert batch.rows.get().values["starts_on"] == "2024-02-01"


def test_an_officer_whose_certificate_ran_out_may_stay_and_may_not_be_given_an_older_one(clerk):
    officer = InspectorFactory(certificate_expires_on=datetime.date(2020, 1, 1))
    row = [officer.name, officer.certificate_number, "2020-01-01", officer.department.name]
    assert staged("inspectors", OFFICER[:4], row, by=clerk).same_count == 1
    batch = staged("inspectors", OFFICER[:4], [*row[:2], "2019-01-01", row[3]], by=clerk)
    assert batch.rows.get().faults[0]["column"] == "执法证有效期至"


# Prose as it was typed, numbers in one spelling.


def test_prose_is_kept_as_it_was_typed(clerk):
    scope = "Ⅱ类医疗器械；仓储面积 500㎡；①零售②批发；½ 自营；25℃"
    header = ["企业名称", "统一社会信用代码", "经营范围"]
    applied("enterprises", header, ["示范Ⅱ厂", credit_code(1), scope], by=clerk)
    assert Enterprise.objects.values_list("name", "business_scope").get() == ("示范Ⅱ厂", scope)
    assert staged("enterprises", header, ["示范Ⅱ厂", credit_code(1), scope], by=clerk).same_count == 1


def test_a_permit_is_found_by_its_number_however_it_is_typed(clerk):
    kept = EnterpriseFactory()
    Permit.objects.create(enterprise=kept, kind="II类示范许可", number="示字II-1号")
    batch = staged("permits", PERMIT, [kept.credit_code, "Ⅱ类示范许可", "示字Ⅱ-①号", "长期"], by=clerk)
    assert batch.same_count == 1


def test_a_name_beside_the_code_is_compared_in_one_spelling(clerk):
    kept = EnterpriseFactory(name="示范II厂")
    header = [*PERMIT[:3], "企业名称"]
    assert staged("permits", header, [kept.credit_code, "示范许可", "1", "示范Ⅱ厂"], by=clerk).create_count == 1


def test_experts_keep_their_titles_as_typed(clerk):
    header = ["姓名", "专家编号", "职称"]
    applied("experts", header, ["李示例", "zj Ⅱ 1", "高级工程师（Ⅱ级）"], by=clerk)
    assert Expert.objects.values_list("number", "title").get() == ("ZJII1", "高级工程师（Ⅱ级）")


@pytest.mark.parametrize("name", ["示范Ⅱ厂", "示范II厂"])
@pytest.mark.parametrize("typed", ["Ⅱ", "示范Ⅱ", "II", "ＩＩ"])
def test_a_name_is_found_however_it_is_kept_and_typed(name, typed):
    kept = EnterpriseFactory(name=name)
    assert list(search(Enterprise.objects.all(), typed)) == [kept]
