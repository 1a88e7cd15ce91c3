"""How an individual business is named in public: never by its operator, whatever the register holds."""

import pytest

from shuangsuiji.lib.public_names import public_code, public_name

SHOP, COMPANY = "92430681MA00000011", "91430681MA00000011"


@pytest.mark.parametrize(
    ("name", "operator", "shown"),
    [
        ("汨罗镇张示例五金店", "张示例", "汨罗镇张某某五金店"),
        ("汨罗镇张示例五金店", "", "汨罗镇某某五金店"),
        ("欧阳 小明五金店", "欧阳小明", "欧阳某某五金店"),
        ("汨罗市归义镇 张 三 烟花爆竹经营部", "张三", "汨罗市归义镇张某烟花爆竹经营部"),
        ("汨罗市旺旺副食店", "李四", "汨罗市某某副食店"),
        ("张三", "张三", "张某"),
        ("王五饭店（个体工商户）", "", "某某饭店(个体工商户)"),
    ],
)
def test_the_operator_is_not_named(name, operator, shown):
    assert public_name(name, credit_code=SHOP, operator=operator) == shown


def test_a_company_keeps_its_name_and_code():
    assert public_name("汨罗市张三五金有限公司", credit_code=COMPANY, operator="张三") == "汨罗市张三五金有限公司"
    assert public_code(COMPANY) == COMPANY
    assert public_code(SHOP) == "92430681********11"
