from __future__ import annotations

import datetime

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from enterprises.models import Enterprise, EnterpriseHazard, Hazard
from enterprises.services import create_enterprise, set_risk_class, update_enterprise
from inspectors.models import Inspector, InspectorField
from inspectors.services import update_inspector
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.authorship import explain, written_by
from shuangsuiji.audit.history import Trail, as_it_stood, changes, history_begins, sets_as_they_stood
from shuangsuiji.audit.tracking import VERSIONS
from shuangsuiji.imports.services import apply_batch, stage_upload
from shuangsuiji.lib.models import SupervisedField
from tests.factories.accounts import person_with
from tests.factories.enterprises import EnterpriseFactory, credit_code
from tests.factories.inspectors import InspectorFactory
from tests.factories.workbooks import workbook_of

pytestmark = pytest.mark.django_db
ROWS = Trail(Enterprise)


@pytest.fixture
def clerk():
    return person_with(Role.CLERK, name="李样本")


def told(enterprise, trail=ROWS) -> list[tuple[str, str, dict]]:
    """(who, verb, {label: (old, new)}) from the newest on."""
    found = changes([trail], of=enterprise.pk)
    return [(one.who, one.verb, {part.label: (part.before, part.after) for part in one.parts}) for one in found]


def test_a_change_says_who_changed_which_field_from_what_to_what(clerk):
    light = SupervisedField.objects.get(code="light")
    enterprise = create_enterprise(credit_code=credit_code(1), name="示范甲厂", by=clerk)
    update_enterprise(enterprise.pk, by=clerk, field=light, size="small")
    assert told(enterprise)[0] == ("李样本", "修改", {"监管领域": ("", "轻工"), "规模": ("", "小型")})
    assert told(enterprise)[1][:2] == ("李样本", "登记")


def test_the_system_signs_its_own_changes():
    enterprise = create_enterprise(credit_code=credit_code(1), name="示范甲厂", by=None)
    assert told(enterprise)[0][0] == "系统"


def test_nothing_changed_is_no_version(clerk):
    enterprise = EnterpriseFactory(address="示例路")
    update_enterprise(enterprise.pk, by=clerk, address="示例路")
    Enterprise.objects.get(pk=enterprise.pk).save()
    assert len(told(enterprise)) == 1


def test_raw_sql_is_kept_with_the_role_of_the_database(clerk):
    enterprise = EnterpriseFactory()
    update_enterprise(enterprise.pk, by=clerk, address="示例路1号")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE enterprises_enterprise SET address = '示例路2号' WHERE id = %s", [enterprise.pk])
        cursor.execute("SELECT SESSION_USER")
        role = cursor.fetchone()[0]
    assert told(enterprise)[0] == (
        f"数据库直接修改（{role}）", "修改", {"注册地址": ("示例路1号", "示例路2号")},
    )  # fmt: skip


def test_a_reason_stands_beside_the_change(clerk):
    enterprise = EnterpriseFactory()
    with written_by(clerk):
        explain(reason="核定")
        Enterprise.objects.filter(pk=enterprise.pk).update(risk_class="C")
    assert changes([ROWS], of=enterprise.pk)[0].why == "核定"


def test_what_was_said_outside_goes_on_after_what_was_said_inside(clerk):
    enterprise, other = EnterpriseFactory(), person_with(Role.CLERK, name="何样例")
    with written_by(clerk, reason="外"):
        with written_by(other):
            Enterprise.objects.filter(pk=enterprise.pk).update(address="一")
        Enterprise.objects.filter(pk=enterprise.pk).update(address="二")
    found = changes([ROWS], of=enterprise.pk)
    assert [(one.who, one.why) for one in found[:2]] == [("李样本", "外"), ("何样例", "外")]


def fail_half_way(enterprise, by):
    with written_by(by):
        Enterprise.objects.filter(pk=enterprise.pk).update(address="一")
        raise ZeroDivisionError


def test_a_failed_service_leaves_no_version_and_no_author(clerk):
    enterprise = EnterpriseFactory()
    with pytest.raises(ZeroDivisionError):
        fail_half_way(enterprise, clerk)
    Enterprise.objects.filter(pk=enterprise.pk).update(address="二")
    assert [who.partition("（")[0] for who, _, _ in told(enterprise)] == ["数据库直接修改"] * 2


def test_many_rows_in_one_statement_have_a_version_each(clerk):
    rows = [EnterpriseFactory(risk_class="A") for _ in range(3)]
    set_risk_class([row.pk for row in rows], risk_class="B", reason="年度评估", by=clerk)
    assert [told(row)[0][2] for row in rows] == [{"风险等级": ("A 低", "B 一般")}] * 3


def test_a_mask_hides_both_values():
    enterprise = EnterpriseFactory(contact_phone="13800001234")
    trail = Trail(Enterprise, masks={"contact_phone": lambda value: "***"})
    Enterprise.objects.filter(pk=enterprise.pk).update(contact_phone="13900001234")
    assert told(enterprise, trail)[0][2] == {"联系电话": ("***", "***")}


def test_hazards_and_fields_between_tables_are_kept_too(clerk):
    enterprise, dust = EnterpriseFactory(), Hazard.objects.get(code="combustible_dust")
    enterprise.hazards.set([dust])
    enterprise.hazards.set([])
    trail = Trail(EnterpriseHazard, owner="enterprise")
    assert [(verb, parts) for _, verb, parts in told(enterprise, trail)] == [
        ("移除", {"危险因素": ("涉爆粉尘", "")}),
        ("登记", {"危险因素": ("", "涉爆粉尘")}),
    ]
    officer = InspectorFactory()
    update_inspector(officer.pk, fields=[SupervisedField.objects.get(code="light")], by=clerk)
    assert len(changes([Trail(InspectorField, owner="inspector")], of=officer.pk)) == 1


@pytest.mark.parametrize("statement", ["UPDATE {} SET name = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_versions_are_never_changed(statement):
    EnterpriseFactory()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("enterprises_enterpriseevent"))


@pytest.mark.parametrize("model", list(VERSIONS.values()), ids=lambda model: model.__name__)
def test_the_applications_role_cannot_rewrite_history(app_role_connection, model):
    """It may add a version; to rewrite, remove or empty needs a right it does not have, and triggers stand behind."""
    table = model._meta.db_table
    triggers = app_role_connection.execute(
        "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'pgtrigger_history_keep%%'",
        [table],
    ).fetchone()
    assert triggers == (2,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_role_connection.execute(f"TRUNCATE {table}")


def test_the_applications_role_is_refused_row_by_row(app_role_connection):
    EnterpriseFactory()
    for statement in ("UPDATE enterprises_enterpriseevent SET name = 'x'", "DELETE FROM enterprises_enterpriseevent"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app_role_connection.execute(statement)
    with pytest.raises(psycopg.Error):
        app_role_connection.execute("ALTER TABLE enterprises_enterpriseevent DISABLE TRIGGER ALL")


def aged(model, **values):
    """Versions as if written days ago: the history takes new rows, and the application's clock can be told."""
    with transaction.atomic(), connection.cursor() as cursor:
        days = values.pop("days")
        at = (timezone.now() - datetime.timedelta(days=days)).isoformat()
        cursor.execute("SELECT set_config('shuangsuiji.at', %s, true)", [at])
        model()
        cursor.execute("SELECT set_config('shuangsuiji.at', '', true)")


def test_the_register_is_shown_as_it_stood_on_a_day():
    today = timezone.localdate()
    rows: list[Enterprise] = []
    aged(lambda: rows.append(EnterpriseFactory(name="示范旧名厂", risk_class="A")), days=30)
    aged(lambda: Enterprise.objects.filter(pk=rows[0].pk).update(name="示范新名厂", risk_class="C"), days=10)
    ago = lambda days: today - datetime.timedelta(days=days)  # noqa: E731
    stood = lambda on: [(row.name, row.risk_class) for row in as_it_stood(Enterprise, on=on)]  # noqa: E731
    assert stood(ago(31)) == []
    assert stood(ago(30)) == [("示范旧名厂", "A")]
    assert stood(ago(11)) == [("示范旧名厂", "A")]
    assert stood(today) == [("示范新名厂", "C")]
    assert history_begins(Enterprise) == ago(30)


def test_sets_are_shown_as_they_stood_on_a_day():
    today, rows = timezone.localdate(), [InspectorFactory()]
    light = SupervisedField.objects.get(code="light")
    aged(lambda: rows[0].fields.add(light), days=30)
    aged(lambda: rows[0].fields.clear(), days=10)
    stood = lambda on: sets_as_they_stood(  # noqa: E731
        InspectorField, owner="inspector", target="supervisedfield", ids=[rows[0].pk], on=on
    )
    assert stood(today - datetime.timedelta(days=20)) == {rows[0].pk: [light.pk]}
    assert stood(today) == {}


def test_a_row_that_is_gone_stood_until_it_went():
    today, officer = timezone.localdate(), InspectorFactory()
    Inspector.objects.filter(pk=officer.pk).delete()
    assert list(as_it_stood(Inspector, on=today)) == []
    assert changes([Trail(Inspector)], of=officer.pk)[0].verb == "移除"


def test_an_import_signs_every_row_with_its_file_and_the_person(clerk):
    enterprise = EnterpriseFactory(name="示范旧名厂", credit_code=credit_code(1))
    content = workbook_of(
        [["企业名称", "统一社会信用代码"], ["示范新名厂", credit_code(1)], ["示范乙厂", credit_code(2)]]
    )
    batch = stage_upload(register="enterprises", content=content, name="名录.xlsx", by=clerk)
    apply_batch(batch.pk, by=clerk)
    assert told(enterprise)[0][2]["企业名称"] == ("示范旧名厂", "示范新名厂")
    for row in Enterprise.objects.all():
        newest = changes([ROWS], of=row.pk)[0]
        assert (newest.who, newest.why) == ("李样本", "导入《名录.xlsx》")
