"""A batch is taken back exactly, or not at all."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from enterprises.models import Enterprise, Permit
from enterprises.services import update_enterprise
from inspectors.models import Inspector
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.services import apply_batch, stage_upload, undo_batch
from shuangsuiji.imports.states import ImportState
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField, Township
from tests.factories.accounts import person_with
from tests.factories.enterprises import EnterpriseFactory, credit_code
from tests.factories.inspectors import InspectorFactory
from tests.factories.workbooks import workbook_of

pytestmark = pytest.mark.django_db
HEADER = ["企业名称", "统一社会信用代码", "注册地址", "所在乡镇", "监管领域"]


def applied(*rows, by, header=HEADER, register="enterprises") -> ImportBatch:
    batch = stage_upload(register=register, content=workbook_of([header, *rows]), name="名录.xlsx", by=by)
    return apply_batch(batch.pk, by=by)


def test_what_was_added_goes_and_what_was_changed_is_as_before(clerk):
    Township.objects.get_or_create(code="430681102", defaults={"name": "新市镇"})
    fireworks = SupervisedField.objects.get(code="fireworks")
    kept = EnterpriseFactory(name="示范化工有限公司", address="", suggested_field=fireworks)
    untouched = EnterpriseFactory(name="示范丙厂")
    before = Enterprise.objects.filter(pk=kept.pk).values().get()
    batch = applied(
        ["示范新厂", credit_code(1)],
        ["长乐烟花有限公司", kept.credit_code, "汨罗市新市镇示例路", "", "轻工"],
        [untouched.name, untouched.credit_code],
        by=clerk,
    )
    undone = undo_batch(batch.pk, by=clerk)
    after = Enterprise.objects.filter(pk=kept.pk).values().get()
    assert {**after, "updated_at": None} == {**before, "updated_at": None}
    assert set(Enterprise.objects.values_list("pk", flat=True)) == {kept.pk, untouched.pk}
    assert (undone.state, undone.undone_by) == (ImportState.UNDONE, clerk)
    assert AuditEvent.objects.latest("sequence").action == "import.undone"


def test_undone_twice_is_undone_once(clerk):
    batch = applied(["示范新厂", credit_code(1)], by=clerk)
    first, second = undo_batch(batch.pk, by=clerk), undo_batch(batch.pk, by=clerk)
    assert first.undone_at == second.undone_at
    assert AuditEvent.objects.filter(action="import.undone").count() == 1


def test_a_row_changed_since_is_named_and_nothing_is_undone(clerk):
    batch = applied(["示范甲厂", credit_code(1)], ["示范乙厂", credit_code(2)], by=clerk)
    update_enterprise(Enterprise.objects.get(credit_code=credit_code(2)).pk, by=clerk, address="别人改的路")
    with pytest.raises(Refusal, match=rf"不能撤销：第 3 行（{credit_code(2)}）在导入之后又有改动"):
        undo_batch(batch.pk, by=clerk)
    assert Enterprise.objects.count() == 2


def test_a_change_by_hand_in_sql_is_noticed_even_where_it_says_the_same(clerk):
    batch = applied(["示范甲厂", credit_code(1)], by=clerk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE enterprises_enterprise SET name = name")
    with pytest.raises(Refusal, match="在导入之后又有改动"):
        undo_batch(batch.pk, by=clerk)


def test_a_later_batch_must_be_undone_first(clerk):
    first = applied(["示范甲厂", credit_code(1), "一路"], by=clerk)
    second = applied(["示范甲厂", credit_code(1), "二路"], by=clerk)
    with pytest.raises(Refusal, match="又有改动"):
        undo_batch(first.pk, by=clerk)
    undo_batch(second.pk, by=clerk)
    assert Enterprise.objects.get().address == "一路"


def test_a_row_that_something_refers_to_stays(clerk):
    batch = applied(["示范甲厂", credit_code(1)], by=clerk)
    Permit.objects.create(enterprise=Enterprise.objects.get(), kind="示范许可", number="1")
    with pytest.raises(Refusal, match=r"第 2 行（.{18}）已被其他业务用到"):
        undo_batch(batch.pk, by=clerk)


def test_what_refers_to_its_neighbours_does_not_hinder(clerk):
    before = EnterpriseFactory()
    batch = applied(["示范甲厂", credit_code(1)], [before.name, before.credit_code, "新路"], by=clerk)
    for number, enterprise in enumerate([before, EnterpriseFactory()]):
        Permit.objects.create(enterprise=enterprise, kind="示范许可", number=str(number))
    undo_batch(batch.pk, by=clerk)
    assert not Enterprise.objects.filter(credit_code=credit_code(1)).exists()


def test_what_hangs_on_a_person_comes_back_too(clerk):
    light, machinery = (SupervisedField.objects.get(code=code) for code in ("light", "machinery"))
    kept = InspectorFactory(name="张示例")
    kept.fields.set([light])
    header = ["姓名", "执法证号", "执法证有效期至", "所属部门", "专业领域"]
    row = [kept.name, kept.certificate_number, "2099-12-31", kept.department.name, machinery.name]
    new = ["李示例", "18069999777", "2099-12-31", kept.department.name, light.name]
    batch = applied(row, new, by=clerk, header=header, register="inspectors")
    undo_batch(batch.pk, by=clerk)
    assert [field.code for field in kept.fields.all()] == ["light"]
    assert list(Inspector.objects.all()) == [kept]


def test_only_an_applied_batch_is_undone(clerk):
    batch = stage_upload(
        register="enterprises", content=workbook_of([HEADER, ["示范甲厂", credit_code(1)]]), name="a.xlsx", by=clerk
    )
    with pytest.raises(Refusal, match="待确认，不能这样办理"):
        undo_batch(batch.pk, by=clerk)


def test_only_the_office_undoes(clerk):
    batch = applied(["示范甲厂", credit_code(1)], by=clerk)
    with pytest.raises(Refusal, match="经办人"):
        undo_batch(batch.pk, by=person_with(Role.LEADER))


def test_the_page_undoes_and_the_history_says_who(at_desk, clerk):
    batch = applied(["示范甲厂", credit_code(1)], by=clerk)
    assert "撤销这一批" in at_desk.get(reverse("import_preview", args=[batch.pk])).content.decode()
    page = at_desk.post(reverse("import_undo", args=[batch.pk]), follow=True).content.decode()
    assert "这一批已撤销" in page
    history = at_desk.get(reverse("import_list")).content.decode()
    assert "已撤销" in history
    assert batch.file_sha256 in history


def test_the_page_says_why_it_cannot_be_undone(at_desk, clerk):
    batch = applied(["示范甲厂", credit_code(1)], by=clerk)
    Enterprise.objects.update(address="x")
    page = at_desk.post(reverse("import_undo", args=[batch.pk]), follow=True).content.decode()
    assert "不能撤销：第 2 行" in page
