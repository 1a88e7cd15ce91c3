from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enterprises.models import Enterprise
from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.services import stage_upload
from tests.factories.enterprises import EnterpriseFactory, credit_code
from tests.factories.workbooks import workbook_of

pytestmark = pytest.mark.django_db
HEADER = ["企业名称", "统一社会信用代码", "注册地址", "备注"]


def uploaded(*rows, header=HEADER) -> SimpleUploadedFile:
    return SimpleUploadedFile("名录.xlsx", workbook_of([header, *rows]))


def upload(client, *rows, **options):
    return client.post(
        reverse("import_upload", args=["enterprises"]), {"file": uploaded(*rows, **options), "sheet": ""}
    )


def test_a_file_leads_to_its_preview_and_changes_nothing(at_desk):
    response = upload(at_desk, ["示范化工有限公司", credit_code(1), "示例路"])
    batch = ImportBatch.objects.get()
    assert response["Location"] == reverse("import_preview", args=[batch.pk])
    assert not Enterprise.objects.exists()


def test_the_preview_counts_every_outcome_and_names_unused_columns(at_desk):
    kept = EnterpriseFactory(address="旧路")
    upload(
        at_desk, ["示范甲有限公司", credit_code(1)], [kept.name, kept.credit_code, "新路"], ["示范乙有限公司", "123"]
    )
    page = at_desk.get(reverse("import_preview", args=[ImportBatch.objects.get().pk]))
    tabs = [(tab["label"], tab["count"]) for tab in page.context["tabs"]]
    assert tabs == [("将新增", 1), ("将更新", 1), ("未变", 0), ("有误", 1)]
    assert "未用 1 列（备注）" in page.content.decode()


def test_an_update_shows_what_is_now_and_what_will_be(at_desk):
    kept = EnterpriseFactory(address="旧路")
    upload(at_desk, [kept.name, kept.credit_code, "新路"])
    page = at_desk.get(
        reverse("import_preview", args=[ImportBatch.objects.get().pk]), {"show": "update"}
    ).content.decode()
    assert "<del>旧路</del>" in page
    assert "<ins>新路</ins>" in page


def test_a_fault_shows_row_column_value_reason_and_remedy(at_desk):
    upload(at_desk, ["示范乙有限公司", "123"])
    page = at_desk.get(
        reverse("import_preview", args=[ImportBatch.objects.get().pk]), {"show": "fault"}
    ).content.decode()
    for words in ("统一社会信用代码", ">123<", "应为 18 位，这里是 3 位。", "请对照营业执照重新填写。"):
        assert words in page


def test_a_double_click_imports_once(at_desk):
    upload(at_desk, ["示范化工有限公司", credit_code(1)])
    apply = reverse("import_apply", args=[ImportBatch.objects.get().pk])
    at_desk.post(apply)
    assert "导入完成" in at_desk.post(apply, follow=True).content.decode()
    assert Enterprise.objects.count() == 1


def test_a_refused_file_says_why_on_the_same_page(at_desk):
    response = upload(at_desk, ["示范化工有限公司"], header=["企业名称"])
    assert response.status_code == 200
    assert "缺少“统一社会信用代码”列" in response.content.decode()
    assert not ImportBatch.objects.exists()


def test_no_file_is_a_sentence_too(at_desk):
    response = at_desk.post(reverse("import_upload", args=["enterprises"]), {"sheet": ""})
    assert "请选择一个文件。" in response.content.decode()


def test_a_register_that_is_not_there_is_no_page(at_desk):
    assert at_desk.get(reverse("import_upload", args=["unknown"])).status_code == 404


@pytest.mark.parametrize(
    "register", ["enterprises", "permits", "listings", "former-names", "penalties", "inspectors", "experts", "items"]
)
def test_the_template_of_every_register_is_read_back_as_complete(at_desk, register, clerk):
    content = at_desk.get(reverse("import_template", args=[register])).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert "填写说明" in book.sheetnames
    with pytest.raises(Exception, match="表头下面没有内容"):
        stage_upload(register=register, content=content, name="模板.xlsx", by=clerk)


def test_faulty_rows_come_back_with_reasons_and_can_be_mended(at_desk, clerk):
    upload(at_desk, ["示范甲有限公司", credit_code(1)], ["示范乙有限公司", "123", "示例路2号"])
    content = at_desk.get(reverse("import_faults", args=[ImportBatch.objects.get().pk])).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    titles = [str(cell.value).rstrip("*") for cell in page[1]]
    row = dict(zip(titles, [cell.value for cell in page[2]], strict=True))
    assert page.max_row == 2
    assert (row["企业名称"], row["统一社会信用代码"], row["注册地址"]) == ("示范乙有限公司", "123", "示例路2号")
    assert row["原因"].startswith("第 3 行“统一社会信用代码”：")
    page.cell(2, titles.index("统一社会信用代码") + 1).value = credit_code(2)
    mended = io.BytesIO()
    book.save(mended)
    batch = stage_upload(register="enterprises", content=mended.getvalue(), name="改.xlsx", by=clerk)
    assert (batch.create_count, batch.fault_count) == (1, 0)


def test_the_history_lists_what_became_of_each(at_desk):
    upload(at_desk, ["示范甲有限公司", credit_code(1)])
    at_desk.post(reverse("import_discard", args=[ImportBatch.objects.get().pk]))
    page = at_desk.get(reverse("import_list")).content.decode()
    assert "名录.xlsx" in page
    assert "已放弃" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_same_whatever_the_number_of_rows(at_desk, rows, django_assert_max_num_queries):
    upload(at_desk, *(["示范有限公司", credit_code(number)] for number in range(rows)))
    batch = ImportBatch.objects.get()
    for address in (reverse("import_preview", args=[batch.pk]), reverse("import_list")):
        with django_assert_max_num_queries(12):
            at_desk.get(address)


def test_a_preview_shows_numbers_in_part_only_and_so_does_the_history(at_desk):
    kept = EnterpriseFactory(contact_phone="13800001234", contact_name="王示例")
    header = ["企业名称", "统一社会信用代码", "联系人", "联系电话"]
    upload(at_desk, [kept.name, kept.credit_code, "李示例", "13900005678"], header=header)
    batch = ImportBatch.objects.get()
    address = reverse("import_preview", args=[batch.pk])
    at_desk.post(reverse("import_apply", args=[batch.pk]))
    page = at_desk.get(address, {"show": "update"}).content.decode()
    assert not any(secret in page for secret in ("13800001234", "13900005678", "王示例", "李示例"))
    assert "<del>138****1234</del>" in page
    assert "<ins>139****5678</ins>" in page


def test_a_value_that_stays_hidden_is_told_to_be_the_files_own(at_desk):
    kept = EnterpriseFactory(contact_email="old@example.cn")
    header = ["企业名称", "统一社会信用代码", "电子邮箱"]
    upload(
        at_desk,
        [kept.name, kept.credit_code, "changed@example.cn"],
        ["示范新厂", credit_code(1), "new@example.cn"],
        header=header,
    )
    address = reverse("import_preview", args=[ImportBatch.objects.get().pk])
    new, changed = (at_desk.get(address, {"show": show}).content.decode() for show in ("create", "update"))
    assert "<td>（文件中已填写，此处不显示）</td>" in new
    assert "已登记" not in new
    assert "<del>（已登记，此处不显示）</del>" in changed
    assert "<ins>（文件中已填写，此处不显示）</ins>" in changed
    for page in (new, changed):
        assert "只显示一部分，导入时按文件中的原样写入" in page
        assert "example.cn" not in page


def test_a_file_without_persons_says_nothing_of_them(at_desk):
    upload(at_desk, ["示范甲有限公司", credit_code(1), "示例路"])
    page = at_desk.get(reverse("import_preview", args=[ImportBatch.objects.get().pk])).content.decode()
    assert "只显示一部分" not in page
