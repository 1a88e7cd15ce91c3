from __future__ import annotations

import pytest
from django.utils import timezone

from enterprises.models import Enterprise, FormerName, Hazard, IndustryClass
from enterprises.selectors import enterprises, former_names_of, history_of, memberships_of, risk_history, search
from enterprises.services import create_enterprise, set_risk_class, update_enterprise
from enterprises.services.bulk import create_enterprises, update_enterprises
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField
from tests.factories.enterprises import EnterpriseFactory, credit_code

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["老字号", "laozihao", "llzhhg", "老字号化工"])
def test_an_enterprise_is_found_by_a_former_name(clerk, text):
    enterprise = EnterpriseFactory(name="示例老字号化工厂")
    EnterpriseFactory(name="样例采石场")
    update_enterprise(enterprise.pk, name="示范新化工有限公司", by=clerk)
    assert list(search(enterprises(), text)) == [enterprise]
    assert [(one.name, one.used_until) for one in former_names_of(enterprise)] == [
        ("示例老字号化工厂", timezone.localdate())
    ]


def test_a_name_changed_by_a_workbook_is_kept_too():
    enterprise = EnterpriseFactory(name="示例旧厂")
    update_enterprises({enterprise.credit_code: {"name": "示例新厂"}})
    assert FormerName.objects.get().source == "工作簿导入"
    assert list(search(enterprises(), "示例旧厂")) == [enterprise]


def test_a_name_borne_twice_is_kept_once_and_not_while_it_is_borne(clerk):
    enterprise = EnterpriseFactory(name="示例甲厂")
    for name in ("示例乙厂", "示例甲厂", "示例乙厂", "示例丙厂"):
        update_enterprise(enterprise.pk, name=name, by=clerk)
    assert sorted(FormerName.objects.values_list("name", flat=True)) == ["示例乙厂", "示例甲厂"]
    update_enterprise(enterprise.pk, name="示例甲厂", by=clerk)
    assert sorted(FormerName.objects.values_list("name", flat=True)) == ["示例丙厂", "示例乙厂"]
    assert list(search(enterprises(), "示例丙厂")) == [enterprise]


@pytest.mark.parametrize(("code", "field"), [("3110", "metallurgy"), ("C3110", "metallurgy"), ("31", "metallurgy")])
def test_the_class_of_industry_speaks_before_name_and_scope(clerk, code, field):
    enterprise = create_enterprise(credit_code=credit_code(1), name="示范食品有限公司", industry_code=code, by=clerk)
    assert (enterprise.suggested_field.code, enterprise.field) == (field, None)


def test_the_longest_class_decides_and_one_supervised_elsewhere_suggests_nothing(clerk):
    light = SupervisedField.objects.get(code="light")
    IndustryClass.objects.create(code="3119", name="示例小类", field=light, is_confirmed=True)
    assert create_enterprise(
        credit_code=credit_code(1), name="示范", industry_code="3119", by=clerk
    ).suggested_field == light  # fmt: skip
    assert create_enterprise(
        credit_code=credit_code(2), name="示范化工厂", industry_code="0610", by=clerk
    ).suggested_field is None  # fmt: skip


def test_a_code_that_is_none_of_industry_is_refused(clerk):
    with pytest.raises(Refusal, match="行业代码应为 2 至 4 位数字"):
        create_enterprise(credit_code=credit_code(1), name="示范", industry_code="化工", by=clerk)


def test_another_risk_class_asks_for_a_reason_which_stays_in_the_history(clerk):
    enterprise = EnterpriseFactory()
    update_enterprise(enterprise.pk, risk_class="B", by=clerk)
    with pytest.raises(Refusal, match="写明原因"):
        update_enterprise(enterprise.pk, risk_class="C", by=clerk)
    with pytest.raises(Refusal, match="写明原因"):
        set_risk_class([enterprise.pk], risk_class="C", by=clerk)
    update_enterprise(enterprise.pk, risk_class="C", reason="新增涉爆粉尘", by=clerk)
    steps = [(step.before, step.after, step.who, step.why) for step in risk_history(enterprise)]
    assert steps == [("B 一般", "C 较高", clerk.name, "新增涉爆粉尘"), ("", "B 一般", clerk.name, "")]


def test_the_mark_of_a_key_unit_and_the_list_agree(clerk):
    enterprise = EnterpriseFactory()
    update_enterprise(enterprise.pk, is_key=True, by=clerk)
    update_enterprise(enterprise.pk, is_key=False, by=clerk)
    assert [bool(row.ends_on) for row in memberships_of(enterprise)] == [True]
    create_enterprises([{"credit_code": credit_code(1), "name": "示范", "is_key": True}])
    assert memberships_of(Enterprise.objects.get(credit_code=credit_code(1))).get().special_list.code == "key"


def test_hazards_come_by_workbook_and_are_replaced_as_a_whole():
    dust, space = (Hazard.objects.get(code=code) for code in ("combustible_dust", "confined_space"))
    create_enterprises([{"credit_code": credit_code(1), "name": "示范", "hazards": [dust.pk]}])
    enterprise = Enterprise.objects.get()
    assert list(enterprise.hazards.all()) == [dust]
    update_enterprises({credit_code(1): {"hazards": [space.pk]}})
    assert list(enterprise.hazards.all()) == [space]


def test_the_history_of_an_enterprise_hides_persons_and_numbers(clerk):
    enterprise = EnterpriseFactory(contact_phone="13800001234", contact_name="王示例")
    update_enterprise(enterprise.pk, contact_phone="13900001234", contact_name="赵示例", by=clerk)
    said = str(history_of(enterprise))
    assert "13800001234" not in said
    assert "13900001234" not in said
    assert "王某某" in said
    assert "王示例" not in said
