"""Usual words are read as the official ones, in sight of the reader; a word that may mean two things is not."""

from __future__ import annotations

import pytest
from django.urls import reverse

from enterprises.importing import EnterpriseImporter
from enterprises.importing.usual_words import RISK_WORDS
from enterprises.models import Enterprise
from inspectors.models import Inspector
from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.services import apply_batch, mend_row, stage_upload
from shuangsuiji.imports.words import named, one_of, several_named
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import FieldAlias, SupervisedField, Township
from tests.factories.accounts import DepartmentFactory
from tests.factories.enterprises import credit_code
from tests.factories.workbooks import workbook_of

pytestmark = pytest.mark.django_db
HEADER = ["企业名称", "统一社会信用代码", "监管领域", "风险等级", "所在乡镇"]
RISKS = {"A": "A 低", "B": "B 一般", "C": "C 较高", "D": "D 重大"}


def staged(*rows, by, header=HEADER, register="enterprises") -> ImportBatch:
    return stage_upload(register=register, content=workbook_of([header, *rows]), name="名录.xlsx", by=by)


def words_read(batch: ImportBatch) -> list[tuple[str, str, str, list[int]]]:
    return [(one["column"], one["written"], one["word"], one["rows"]) for one in batch.words_read]


def read(column: str, cell: str):
    return EnterpriseImporter().column(column).parse(cell)


@pytest.mark.parametrize(
    "written", ["C", "c", "C 较高", "C较高", "C级", "C 类", "较高风险", "较高", "较大风险", "橙色"]
)
def test_a_risk_class_is_known_by_its_usual_words(written):
    assert one_of(RISKS, also=RISK_WORDS)(written) == "C"


@pytest.mark.parametrize(("written", "choices"), [("高风险", "C 较高”“D 重大"), ("中等风险", "B 一般”“C 较高")])
def test_a_word_that_may_mean_two_classes_is_a_fault_that_names_them(written, choices):
    with pytest.raises(Refusal, match=f"“{written}”说的是哪一个不清楚：请从“{choices}”中选一个"):
        one_of(RISKS, also=RISK_WORDS)(written)


@pytest.mark.parametrize(
    ("written", "field"), [("危化品", "危险化学品"), ("有色金属", "有色"), ("花炮", "烟花爆竹"), ("建材行业", "建材")]
)
def test_a_field_is_known_by_its_usual_words(written, field):
    assert read("field", written) == field


@pytest.mark.parametrize("written", ["工贸", "化工", "矿山"])
def test_a_word_wider_than_any_field_is_a_fault(written):
    with pytest.raises(Refusal, match=f"没有名为“{written}”的监管领域：请从“危险化学品、"):
        read("field", written)


def test_a_usual_word_that_a_person_adds_holds_from_then_on():
    FieldAlias.objects.create(name="加油站", field=SupervisedField.objects.get(code="hazchem"))
    assert read("field", "加油站") == "危险化学品"


def test_a_township_may_lack_its_last_word_where_only_one_is_meant():
    for code, name in (("901", "示例镇"), ("902", "双名镇"), ("903", "双名街道")):
        Township.objects.create(code=code, name=name)
    assert read("township", "示例") == "示例镇"
    with pytest.raises(Refusal, match="“双名”说的是哪一个不清楚：请从“双名街道”“双名镇”中选一个"):
        read("township", "双名")


def test_an_official_word_and_its_spelling_are_not_called_another_word():
    parse = one_of(RISKS, also=RISK_WORDS)
    assert [parse.read_as(written) for written in ("C", "C较高", "C 较高", "无此类")] == [[], [], [], []]
    assert parse.read_as("C 类") == [("C 类", "C 较高")]


def test_each_word_of_a_cell_is_told_by_itself():
    parse = several_named(["轻工", "机械"], what="领域", also={"轻工业": "轻工", "机械制造": "机械"})
    assert parse("轻工业、机械") == ["机械", "轻工"]
    assert parse.read_as("轻工业、机械") == [("轻工业", "轻工")]


def test_a_usual_word_for_what_is_not_kept_is_no_word():
    with pytest.raises(Refusal, match="没有名为“危化品”的领域"):
        named(["轻工"], what="领域", also={"危化品": "危险化学品"})("危化品")


def test_the_batch_tells_what_was_read_as_what_and_in_which_rows(clerk):
    rows = [["示范厂", credit_code(number), "危化品", "C 类" if number else "C 较高"] for number in range(7)]
    batch = staged(*rows, by=clerk)
    assert words_read(batch) == [
        ("监管领域", "危化品", "危险化学品", [2, 3, 4, 5, 6]),
        ("风险等级", "C 类", "C 较高", [3, 4, 5, 6, 7]),
    ]
    assert [one["count"] for one in batch.words_read] == [7, 6]


def test_the_preview_shows_it_and_the_register_holds_the_official_words(at_desk, clerk):
    batch = staged(["示范厂", credit_code(1), "危化品", "较高风险"], by=clerk)
    page = at_desk.get(reverse("import_preview", args=[batch.pk])).content.decode()
    assert "种写法按规范用词读取" in page
    assert '“危化品” <span aria-hidden="true">→</span> 读作 <strong>危险化学品</strong>' in page
    apply_batch(batch.pk, by=clerk)
    assert Enterprise.objects.values_list("field__name", "risk_class").get() == ("危险化学品", "C")


def test_a_file_of_official_words_says_nothing_of_it(at_desk, clerk):
    batch = staged(["示范厂", credit_code(1), "轻工", "C 较高"], by=clerk)
    assert "种写法按规范用词读取" not in at_desk.get(reverse("import_preview", args=[batch.pk])).content.decode()


def test_a_faulty_row_joins_when_it_is_mended(clerk):
    batch = staged(["示范厂", credit_code(1), "危化品", "高风险"], by=clerk)
    assert words_read(batch) == []
    mend_row(batch.pk, number=2, cells={"risk_class": "重大风险"}, by=clerk)
    batch.refresh_from_db()
    assert words_read(batch) == [
        ("监管领域", "危化品", "危险化学品", [2]),
        ("风险等级", "重大风险", "D 重大", [2]),
    ]


def test_people_are_described_in_the_same_words(clerk):
    department = DepartmentFactory()
    header = ["姓名", "执法证号", "执法证有效期至", "所属部门", "专业领域"]
    row = ["张示例", "18069999777", "2099-12-31", department.name, "危化品、轻工业"]
    apply_batch(staged(row, by=clerk, header=header, register="inspectors").pk, by=clerk)
    assert {field.name for field in Inspector.objects.get().fields.all()} == {"危险化学品", "轻工"}


def test_the_usual_words_are_kept_among_the_vocabularies(at_desk):
    page = at_desk.get(reverse("word_list_of", args=["field-aliases"])).content.decode()
    assert "危化品" in page
    assert "导入时读作规范名称" in page
