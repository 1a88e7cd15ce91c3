"""A code under quite another name: it is imported as it is told, but not unseen."""

from __future__ import annotations

import pytest
from django.urls import reverse

from shuangsuiji.imports.doubts import is_stranger
from shuangsuiji.imports.registry import importer_for
from shuangsuiji.imports.services import stage_upload
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.workbooks import workbook_of

pytestmark = pytest.mark.django_db
HEADER = ["企业名称", "统一社会信用代码"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("示范化工有限公司", "样例采石场", True),
        ("示例县示范化工有限公司", "示例县样例机械制造厂", True),
        ("示范化工有限公司", "样例有限公司", True),
        ("范例采石场", "样本采石场", True),
        ("张示例", "李某某", True),
        ("张示例", "张示力", False),
        ("王小明", "王晓明", False),
        ("李华", "李桦", False),
        ("王小明", "王大力", True),
        ("宏达化工有限公司", "弘达化工有限公司", False),
        ("永辉超市连锁有限公司", "百佳超市连锁有限公司", True),
        ("示范化工厂", "新示范化工厂", False),
        ("示范化工有限公司", "示范化工股份有限公司", False),
        ("示范化工厂", "示例县示范化工有限公司", False),
        ("示范化工有限公司", "示范新材料化工有限公司", False),
    ],
)
def test_a_name_is_another_when_hardly_anything_of_it_is_left(old, new, expected):
    assert is_stranger({"name": [old, new]}, importer=importer_for("enterprises")) is expected


def test_the_preview_says_how_many_and_marks_each(at_desk, clerk):
    known = EnterpriseFactory(name="示范化工有限公司")
    other = EnterpriseFactory(name="示范机械有限公司")
    rows = [["样例采石场", known.credit_code], ["示范机械股份有限公司", other.credit_code]]
    batch = stage_upload(register="enterprises", content=workbook_of([HEADER, *rows]), name="名录.xlsx", by=clerk)

    assert batch.update_count == 2
    (remark,) = batch.remarks
    assert remark.startswith("第 2 行（共 1 行）的统一社会信用代码在名录里是另一个名称")
    page = at_desk.get(reverse("import_preview", args=[batch.pk]), {"show": "update"}).content.decode()
    assert page.count("名称差别很大") == 1
