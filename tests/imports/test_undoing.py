"""A batch is taken back exactly, or not at all; or, asked for, what nobody touched of it."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from enterprises.models import DuplicatePair, Enterprise, Permit, SpecialList
from enterprises.services import add_to_list, update_enterprise
from inspectors.models import Inspector
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.services import apply_batch, stage_upload, undo_batch, undo_rest
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


# The rest of a batch.


def test_what_nobody_touched_is_taken_back_and_the_others_stay_with_their_reason(clerk):
    kept, theirs = EnterpriseFactory(address="旧路"), EnterpriseFactory(address="旧路")
    batch = applied(
        ["示范甲厂", credit_code(1)],
        ["示范乙厂", credit_code(2)],
        [kept.name, kept.credit_code, "新路"],
        [theirs.name, theirs.credit_code, "新路"],
        by=clerk,
    )
    update_enterprise(theirs.pk, by=clerk, address="别人改的路")
    Permit.objects.create(enterprise=Enterprise.objects.get(credit_code=credit_code(2)), kind="示范许可", number="1")
    undone = undo_rest(batch.pk, by=clerk)
    assert undone.state == ImportState.UNDONE
    assert [(row["number"], row["key"], row["reason"]) for row in undone.kept_rows] == [
        (3, credit_code(2), "已被其他业务用到"),
        (5, theirs.credit_code, "在导入之后又有改动"),
    ]
    addresses = dict(Enterprise.objects.values_list("credit_code", "address"))
    assert addresses == {kept.credit_code: "旧路", theirs.credit_code: "别人改的路", credit_code(2): ""}
    assert AuditEvent.objects.latest("sequence").detail["kept"] == 2


def test_a_deleted_row_hinders_the_others_no_more(clerk):
    batch = applied(["示范甲厂", credit_code(1)], ["示范乙厂", credit_code(2)], by=clerk)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM enterprises_enterprise WHERE credit_code = %s", [credit_code(1)])
    assert [row["number"] for row in undo_rest(batch.pk, by=clerk).kept_rows] == [2]
    assert not Enterprise.objects.exists()


def test_where_every_row_was_touched_nothing_is_left_to_take_back(clerk):
    batch = applied(["示范甲厂", credit_code(1)], by=clerk)
    Enterprise.objects.update(address="x")
    with pytest.raises(Refusal, match="没有可以撤销的"):
        undo_rest(batch.pk, by=clerk)
    assert Enterprise.objects.count() == 1


def test_an_untouched_batch_goes_whole_and_once(clerk):
    batch = applied(["示范甲厂", credit_code(1)], by=clerk)
    first, second = undo_rest(batch.pk, by=clerk), undo_rest(batch.pk, by=clerk)
    assert (first.kept_rows, first.undone_at) == ([], second.undone_at)


def test_what_hangs_on_a_person_that_stays_is_left_alone(clerk):
    light, machinery = (SupervisedField.objects.get(code=code) for code in ("light", "machinery"))
    kept, theirs = InspectorFactory(name="张示例"), InspectorFactory(name="李示例")
    header = ["姓名", "执法证号", "执法证有效期至", "所属部门", "专业领域"]
    rows = [[one.name, one.certificate_number, "2099-12-31", one.department.name, light.name] for one in (kept, theirs)]
    batch = applied(*rows, by=clerk, header=header, register="inspectors")
    theirs.fields.set([machinery])
    undo_rest(batch.pk, by=clerk)
    assert [field.code for field in kept.fields.all()] == []
    assert [field.code for field in theirs.fields.all()] == ["machinery"]


@pytest.mark.parametrize("undo", [undo_batch, undo_rest])
def test_what_cannot_stand_beside_what_was_entered_since_is_not_put_back(clerk, undo):
    kept, key = EnterpriseFactory(), SpecialList.objects.get(code=SpecialList.KEY)
    add_to_list(kept.pk, list_code=key.code, reason="计划", on=datetime.date(2026, 1, 5), by=clerk)
    header = ["统一社会信用代码", "名单", "移出日期", "移出原因"]
    row = [kept.credit_code, key.name, "2026-02-05", "期满"]
    batch = applied(row, by=clerk, header=header, register="listings")
    add_to_list(kept.pk, list_code=key.code, reason="又列入", on=datetime.date(2026, 3, 5), by=clerk)
    with pytest.raises(Refusal, match="恢复原样会与导入之后登记的内容冲突"):
        undo(batch.pk, by=clerk)
    assert set(kept.memberships.values_list("end_reason", flat=True)) == {"期满", ""}


def test_only_the_office_takes_the_rest_back(clerk):
    batch = applied(["示范甲厂", credit_code(1)], by=clerk)
    with pytest.raises(Refusal, match="经办人"):
        undo_rest(batch.pk, by=person_with(Role.LEADER))


def test_the_page_offers_the_rest_and_lists_what_stays(at_desk, clerk):
    batch = applied(["示范甲厂", credit_code(1)], ["示范乙厂", credit_code(2)], by=clerk)
    Enterprise.objects.filter(credit_code=credit_code(2)).update(address="x")
    page = at_desk.post(reverse("import_undo", args=[batch.pk]), follow=True).content.decode()
    assert "会留在名录里的行：1 行" in page
    assert "撤销其余 1 行" in page
    page = at_desk.post(reverse("import_undo_rest", args=[batch.pk]), follow=True).content.decode()
    assert "这一批已撤销 1 行，另有 1 行留在名录里" in page
    assert f'第 3 行 <span class="code">{credit_code(2)}</span>' in page
    assert Enterprise.objects.get().credit_code == credit_code(2)


def test_the_page_offers_nothing_before_it_is_asked(at_desk, clerk):
    batch = applied(["示范甲厂", credit_code(1)], by=clerk)
    assert "撤销其余" not in at_desk.get(reverse("import_preview", args=[batch.pk])).content.decode()


@pytest.mark.parametrize("is_dismissed", [False, True])
def test_a_suspicion_that_two_are_one_is_no_use_made_of_a_row(clerk, is_dismissed):
    batch = applied(["示范甲化工", credit_code(1)], ["示范乙化工", credit_code(2)], by=clerk)
    first, second = Enterprise.objects.order_by("credit_code")
    now = timezone.now()
    decided = {"dismissed_at": now, "dismissed_by": clerk, "dismissed_reason": "两家"} if is_dismissed else {}
    first, second = sorted((first, second), key=lambda one: one.pk)
    DuplicatePair.objects.create(first=first, second=second, reason="name", similarity=90, found_at=now, **decided)
    undo_batch(batch.pk, by=clerk)
    assert not Enterprise.objects.exists()
    assert not DuplicatePair.objects.exists()
