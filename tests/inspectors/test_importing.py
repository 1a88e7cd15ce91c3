from __future__ import annotations

import datetime

import pytest

from inspectors.models import Expert, Inspector
from shuangsuiji.imports.services import apply_batch, stage_upload
from tests.factories.accounts import DepartmentFactory
from tests.factories.inspectors import ExpertFactory, InspectorFactory
from tests.factories.workbooks import workbook_of

pytestmark = pytest.mark.django_db
OFFICERS = ["姓名", "执法证号", "有效期至", "部门", "专业领域", "每批最多检查家数"]
EXPERTS = ["姓名", "专家编号", "工作单位", "主管部门", "专业领域"]


@pytest.fixture
def department(db):
    return DepartmentFactory(name="执法大队")


def stage(register, header, *rows, by):
    return stage_upload(register=register, content=workbook_of([header, *rows]), name="名单.xlsx", by=by)


def reasons(batch) -> list[str]:
    return [
        fault["reason"] for row in batch.rows.filter(outcome="fault").order_by("row_number") for fault in row.faults
    ]


def test_officers_are_entered_with_department_fields_and_sound(clerk, department):
    batch = stage(
        "inspectors", OFFICERS, ["张示例", "18060001001", "2099年1月1日", "执法大队", "轻工、机械", 5], by=clerk
    )
    apply_batch(batch.pk, by=clerk)
    officer = Inspector.objects.get()
    assert (officer.certificate_expires_on, officer.department, officer.visit_limit) == (
        datetime.date(2099, 1, 1),
        department,
        5,
    )
    assert ({field.name for field in officer.fields.all()}, officer.name_initials) == ({"轻工", "机械"}, "zsl")


def test_imported_again_nothing_changes(clerk, department):
    row = ["张示例", "18060001001", "2099-01-01", "执法大队", "轻工", 5]
    apply_batch(stage("inspectors", OFFICERS, row, by=clerk).pk, by=clerk)
    assert stage("inspectors", OFFICERS, row, by=clerk).same_count == 1


def test_a_change_of_fields_and_expiry_is_shown_and_written(clerk, department):
    officer = InspectorFactory(name="张示例", certificate_number="1", department=department)
    batch = stage("inspectors", OFFICERS, ["张示例", "1", "2099-06-30", "执法大队", "轻工"], by=clerk)
    assert batch.rows.get().changes == {
        "certificate_expires_on": ["2099-12-31", "2099-06-30"],
        "fields": [[], ["轻工"]],
    }
    apply_batch(batch.pk, by=clerk)
    officer.refresh_from_db()
    assert officer.certificate_expires_on == datetime.date(2099, 6, 30)
    assert [field.name for field in officer.fields.all()] == ["轻工"]


def test_an_expired_certificate_and_an_unknown_department_are_faults(clerk, department):
    batch = stage(
        "inspectors",
        OFFICERS,
        ["张示例", "1", "2020-01-01", "执法大队"],
        ["李示例", "2", "2099-01-01", "财务科"],
        ["王示例", "3", "", "执法大队"],
        by=clerk,
    )
    assert batch.fault_count == 3
    assert reasons(batch) == [
        "执法证已于 2020-01-01 到期，不能登记。",
        "没有名为“财务科”的部门。",
        "“执法证有效期至”没有填写。",
    ]


def test_experts_are_entered_and_changed(clerk):
    kept = ExpertFactory(number="ZJ001", name="李示例", employer="旧单位")
    batch = stage(
        "experts", EXPERTS, ["李示例", "ZJ001", "示例大学"], ["王示例", "ZJ002", "示例学院", "示例厅", "轻工"], by=clerk
    )
    assert (batch.create_count, batch.update_count) == (1, 1)
    apply_batch(batch.pk, by=clerk)
    kept.refresh_from_db()
    assert kept.employer == "示例大学"
    assert Expert.objects.get(number="ZJ002").fields.get().name == "轻工"


def test_what_an_expert_knows_comes_by_workbook_too(clerk):
    header = ["姓名", "专家编号", "专业领域", "技术专长"]
    apply_batch(stage("experts", header, ["李示例", "ZJ001", "轻工", "制冷、粉尘防爆"], by=clerk).pk, by=clerk)
    expert = Expert.objects.get()
    assert {one.name for one in expert.features.all()} == {"制冷", "粉尘防爆"}
    apply_batch(stage("experts", header, ["李示例", "ZJ001", "", "制冷"], by=clerk).pk, by=clerk)
    assert [one.name for one in expert.features.all()] == ["制冷"]
    assert [one.name for one in expert.fields.all()] == ["轻工"]
