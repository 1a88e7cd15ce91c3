from __future__ import annotations

import pytest

from enterprises.models import Enterprise
from enterprises.services import update_enterprise
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.services import apply_batch, discard_batch, stage_upload
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField, Township
from tests.factories.accounts import person_with
from tests.factories.enterprises import EnterpriseFactory, credit_code
from tests.factories.workbooks import workbook_of

pytestmark = pytest.mark.django_db
HEADER = ["企业名称", "统一社会信用代码", "注册地址", "监管领域", "风险等级"]


def stage(*rows, by=None, header=HEADER, **options) -> ImportBatch:
    content = workbook_of([header, *rows])
    return stage_upload(register="enterprises", content=content, name="名录.xlsx", by=by, **options)


def faults(batch: ImportBatch) -> list[tuple[int, str, str, str]]:
    return [
        (row.row_number, fault["column"], fault["value"], fault["reason"])
        for row in batch.rows.filter(outcome="fault").order_by("row_number")
        for fault in row.faults
    ]


def test_staging_changes_nothing_and_leaves_a_trace(clerk):
    batch = stage(["示范化工有限公司", credit_code(1)], by=clerk)
    assert (batch.state, batch.create_count, Enterprise.objects.count()) == ("staged", 1, 0)
    assert AuditEvent.objects.latest("sequence").action == "import.staged"


def test_only_the_office_imports():
    with pytest.raises(Refusal, match="经办人"):
        stage(["示范化工有限公司", credit_code(1)], by=person_with(Role.INSPECTOR))
    assert not ImportBatch.objects.exists()


def test_an_applied_row_is_an_enterprise_with_all_that_follows(clerk):
    Township.objects.get_or_create(code="430681102", defaults={"name": "新市镇"})
    batch = stage(["示范化工有限公司", credit_code(1), "汨罗市新市镇示例路1号"], by=clerk)
    apply_batch(batch.pk, by=clerk)
    enterprise = Enterprise.objects.get()
    assert (enterprise.township.name, enterprise.suggested_field.name) == ("新市镇", "危险化学品")
    assert (enterprise.field, enterprise.name_initials) == (None, "sfhgyxgs")
    assert enterprise.name_key == "shi fan hua gong you xian gong si"


def test_a_field_that_a_person_filled_in_is_confirmed(clerk):
    apply_batch(stage(["示范有限公司", credit_code(1), "", "轻工", "C 较高"], by=clerk).pk, by=clerk)
    enterprise = Enterprise.objects.get()
    assert (enterprise.field.name, enterprise.risk_class, enterprise.is_classified) == ("轻工", "C", True)


def test_applying_twice_changes_once(clerk):
    batch = stage(["示范化工有限公司", credit_code(1)], by=clerk)
    first, second = apply_batch(batch.pk, by=clerk), apply_batch(batch.pk, by=clerk)
    assert (first.state, second.state, first.applied_at) == ("applied", "applied", second.applied_at)
    assert Enterprise.objects.count() == 1
    assert AuditEvent.objects.filter(action="import.applied").count() == 1


def test_an_update_shows_old_and_new_and_touches_nothing_else(clerk):
    kept = EnterpriseFactory(name="示范化工有限公司", address="旧路1号", contact_phone="0730-0000000")
    batch = stage(["示范化工有限公司", kept.credit_code, "新路2号"], by=clerk)
    assert batch.rows.get().changes == {"address": ["旧路1号", "新路2号"]}
    apply_batch(batch.pk, by=clerk)
    kept.refresh_from_db()
    assert (kept.address, kept.contact_phone) == ("新路2号", "0730-0000000")


def test_an_empty_cell_changes_nothing(clerk):
    kept = EnterpriseFactory(address="旧路1号")
    assert stage([kept.name, kept.credit_code, ""], by=clerk).same_count == 1


def test_a_new_name_changes_how_it_is_found(clerk):
    kept = EnterpriseFactory(name="示范化工有限公司")
    apply_batch(stage(["长乐烟花有限公司", kept.credit_code], by=clerk).pk, by=clerk)
    kept.refresh_from_db()
    assert kept.name_key.startswith("chang le yan hua")
    assert kept.suggested_field.name == "烟花爆竹"


def test_a_wrong_code_says_which_check_fails(clerk):
    wrong = credit_code(1)[:17] + ("1" if credit_code(1)[17] != "1" else "2")
    ((row, column, value, reason),) = faults(stage(["示范有限公司", wrong], by=clerk))
    assert (row, column, value) == (2, "统一社会信用代码", wrong)
    assert "第 18 位校验码不符" in reason


def test_a_number_in_place_of_a_code_is_not_guessed(clerk):
    ((_, column, _, reason),) = faults(stage(["示范有限公司", 914306811901607680], by=clerk))
    assert (column, reason) == ("统一社会信用代码", "这个单元格被存成了数字，末几位已经丢失。")


def test_the_second_of_two_equal_rows_is_one_too_many_and_names_the_first(clerk):
    batch = stage(["示范甲有限公司", credit_code(1)], ["示范甲有限公司", credit_code(1)], by=clerk)
    assert (batch.create_count, batch.fault_count) == (1, 1)
    assert faults(batch)[0][0] == 3
    assert "与第 2 行的统一社会信用代码相同，同一份文件里只能出现一次" in faults(batch)[0][3]


def test_rows_of_one_code_that_contradict_each_other_are_all_at_fault_and_name_each_other(clerk, monkeypatch):
    monkeypatch.setattr("shuangsuiji.imports.reading.AT_ONCE", 2)
    rows = [["示范甲有限公司", credit_code(1)], *([f"示范{n}有限公司", credit_code(n)] for n in range(2, 6))]
    batch = stage(*rows, ["示范乙有限公司", credit_code(1)], ["示范甲有限公司", credit_code(1)], by=clerk)
    assert (batch.create_count, batch.fault_count) == (4, 3)
    told = {row: reason for row, _, _, reason in faults(batch)}
    assert told[2].startswith("与第 7、8 行的统一社会信用代码相同而内容不同")
    assert told[7].startswith("与第 2、8 行的")
    assert told[8].startswith("与第 2、7 行的")


def test_a_code_filled_down_by_mistake_is_told_in_each_row_in_few_words(clerk):
    batch = stage(*([f"示范{n}有限公司", credit_code(1)] for n in range(40)), by=clerk)
    assert batch.fault_count == 40
    assert faults(batch)[0][3].startswith("与第 3、4、5、6、7 行等的统一社会信用代码相同而内容不同")


def test_every_fault_of_a_row_is_told_at_once(clerk):
    batch = stage(["示" * 121, "123", "址" * 201, "航天", "E"], by=clerk)
    assert [column for _, column, _, _ in faults(batch)] == HEADER
    assert "最多 120 个字，这里有 121 个字" in faults(batch)[0][3]


def test_a_missing_name_is_a_fault_of_its_row_only(clerk):
    batch = stage(["", credit_code(1)], ["示范有限公司", credit_code(2)], by=clerk)
    assert (batch.create_count, batch.fault_count) == (1, 1)
    apply_batch(batch.pk, by=clerk)
    assert Enterprise.objects.get().credit_code == credit_code(2)


def test_a_row_with_a_serial_number_alone_is_blank(clerk):
    header = ["序号", *HEADER[:2]]
    batch = stage(["1", "示范化工有限公司", credit_code(1)], ["2", "", ""], [3, None, None], by=clerk, header=header)
    assert (batch.create_count, batch.fault_count) == (1, 0)


def test_a_row_with_a_number_among_its_columns_is_not_blank(clerk):
    batch = stage(["示范化工有限公司", credit_code(1)], ["12345", ""], by=clerk)
    assert faults(batch) == [
        (3, "企业名称", "12345", "名称里没有文字，像是编号。"),
        (3, "统一社会信用代码", "", "“统一社会信用代码”没有填写。"),
    ]


def test_a_word_for_nothing_changes_no_date_and_no_number(clerk):
    header = [*HEADER[:2], "联系电话", "注册地址"]
    batch = stage(["示范化工有限公司", credit_code(1), "无", "无"], by=clerk, header=header)
    assert (batch.create_count, batch.fault_count) == (1, 0)
    values = batch.rows.get().values
    assert (values.get("contact_phone", ""), values["address"]) == ("", "无")
    ((_, column, _, reason),) = faults(stage(["示范化工有限公司", "无"], by=clerk))
    assert (column, reason) == ("统一社会信用代码", "“统一社会信用代码”没有填写。")


def test_a_missing_column_refuses_the_file(clerk):
    with pytest.raises(Refusal, match="缺少“统一社会信用代码”列"):
        stage(["示范有限公司"], header=["企业名称"], by=clerk)
    assert not ImportBatch.objects.exists()


def test_a_title_above_the_header_is_passed_over(clerk):
    batch = stage(HEADER, ["示范有限公司", credit_code(1)], header=["检查对象一览表"], by=clerk)
    assert (batch.create_count, batch.rows.get().row_number) == (1, 3)


def test_the_wrong_sheet_is_named_with_the_others(clerk):
    content = workbook_of([HEADER, ["示范有限公司", credit_code(1)]], sheet="企业", before=["封面"])
    with pytest.raises(Refusal, match="读的是工作表“封面”（全部：封面、企业）"):
        stage_upload(register="enterprises", content=content, name="名录.xlsx", by=clerk)
    batch = stage_upload(register="enterprises", content=content, name="名录.xlsx", by=clerk, sheet="企业")
    assert (batch.sheet_name, batch.create_count) == ("企业", 1)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.xlsx", "空的"),
        (b"%PDF-1.7 nothing", "a.xlsx", "PDF"),
        (b"PK\x03\x04 not a package at all", "a.xlsx", "工作簿|打不开|损坏"),
        (b"\x89PNG\r\n\x1a\n", "a.xlsx", "图片"),
    ],
)
def test_what_is_no_workbook_is_refused_with_what_to_do(content, name, sentence, clerk):
    with pytest.raises(Refusal, match=sentence):
        stage_upload(register="enterprises", content=content, name=name, by=clerk)
    assert not ImportBatch.objects.exists()


def test_an_empty_sheet_is_refused(clerk):
    with pytest.raises(Refusal, match="表头下面没有内容"):
        stage(by=clerk)


def test_a_text_file_in_the_old_encoding_is_read(clerk):
    text = f"单位名称,信用代码\n示范有限公司,{credit_code(1)}\n"
    batch = stage_upload(register="enterprises", content=text.encode("gb18030"), name="名录.csv", by=clerk)
    assert (batch.create_count, batch.rows.get().values["name"]) == (1, "示范有限公司")


def test_a_register_changed_since_the_preview_is_shown_again(clerk):
    kept = EnterpriseFactory(name="示范化工有限公司", address="旧路1号")
    batch = stage(["示范化工有限公司", kept.credit_code, "新路2号"], ["示范乙有限公司", credit_code(2)], by=clerk)
    update_enterprise(kept.pk, by=clerk, address="别人改的路3号")
    seen = apply_batch(batch.pk, by=clerk)
    assert (seen.state, Enterprise.objects.count()) == ("staged", 1)
    assert batch.rows.get(key=kept.credit_code).changes == {"address": ["别人改的路3号", "新路2号"]}
    assert apply_batch(batch.pk, by=clerk).state == "applied"
    kept.refresh_from_db()
    assert kept.address == "新路2号"


def test_somebody_who_entered_the_same_code_meanwhile_is_not_doubled(clerk):
    batch = stage(["示范化工有限公司", credit_code(1)], by=clerk)
    EnterpriseFactory(name="示范化工有限公司", credit_code=credit_code(1))
    seen = apply_batch(batch.pk, by=clerk)
    assert (seen.state, seen.create_count, seen.same_count) == ("staged", 0, 1)
    assert Enterprise.objects.count() == 1


def test_a_discarded_batch_cannot_be_applied(clerk):
    batch = stage(["示范化工有限公司", credit_code(1)], by=clerk)
    discard_batch(batch.pk, by=clerk)
    assert discard_batch(batch.pk, by=clerk).rows.count() == 0
    with pytest.raises(Refusal, match="已放弃"):
        apply_batch(batch.pk, by=clerk)


def test_many_rows_change_different_columns_each_as_it_says(clerk):
    field = SupervisedField.objects.order_by("position").first()
    one, two, three = (EnterpriseFactory(address="旧路") for _ in range(3))
    rows = [
        [one.name, one.credit_code, "新路"],
        [two.name, two.credit_code, "", field.name],
        [three.name, three.credit_code, "旧路", "", "D"],
    ]
    batch = stage(*rows, by=clerk)
    apply_batch(batch.pk, by=clerk)
    found = Enterprise.objects.order_by("pk").values_list("address", "field__name", "risk_class")
    assert list(found) == [("新路", None, ""), ("旧路", field.name, ""), ("旧路", None, "D")]
