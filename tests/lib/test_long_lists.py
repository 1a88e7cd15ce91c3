"""Far pages of a long list hold what they would hold without the short cut."""

from __future__ import annotations

import django_tables2 as tables
import pytest

from enterprises.models import Enterprise
from enterprises.selectors import enterprises
from shuangsuiji.lib import long_lists
from shuangsuiji.lib.long_lists import LongRows
from tests.factories.enterprises import EnterpriseFactory

pytestmark = pytest.mark.django_db


class NameTable(tables.Table):
    name = tables.Column("名称", order_by=("name_key", "credit_code"))


@pytest.mark.parametrize("sort", ["name", "-name"])
def test_every_page_is_the_page_of_the_plain_list(monkeypatch, sort):
    monkeypatch.setattr(long_lists, "NEAR", 3)
    for number in range(23):
        EnterpriseFactory(name=f"示范{number % 5}厂")
    plain, quick = NameTable(enterprises(), order_by=sort), NameTable(LongRows(enterprises()), order_by=sort)
    for page in range(1, 6):
        for table in (plain, quick):
            table.paginate(page=page, per_page=5)
        names = [[row.record.pk for row in table.page.object_list] for table in (plain, quick)]
        assert names[0] == names[1]
    assert len(names[0]) == 3
    assert Enterprise.objects.count() == 23
