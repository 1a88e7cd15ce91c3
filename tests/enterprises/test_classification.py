from __future__ import annotations

import pytest

from enterprises.classification import TABLE, suggest
from shuangsuiji.lib import reference


@pytest.mark.parametrize(
    ("name", "scope", "field"),
    [
        ("示范化工有限公司", "", "hazchem"),
        ("示范加油站", "汽油、柴油零售", "hazchem"),
        ("示范烟花爆竹专营有限公司", "", "fireworks"),
        ("示范采石场", "", "mining"),
        ("示范铜业有限公司", "", "nonferrous"),
        ("示范钢铁有限公司", "", "metallurgy"),
        ("示范水泥制品厂", "", "building"),
        ("示范塑料机械厂", "", "machinery"),
        ("示范烟草复烤厂", "", "tobacco"),
        ("示范制衣厂", "", "textile"),
        ("示范食品厂", "", "light"),
        ("示范百货商场", "", "commerce"),
        ("示范科技有限公司", "钢坯生产、销售", "metallurgy"),
        ("示范商贸有限公司", "危险化学品销售", "hazchem"),
        ("示范咨询有限公司", "管理咨询", ""),
    ],
)
def test_a_name_or_scope_that_speaks_clearly_suggests_a_field(name, scope, field):
    assert suggest(name, scope=scope) == field


def test_what_the_scope_excludes_does_not_speak():
    assert suggest("示范商店", scope="日用百货（不含危险化学品、烟花爆竹）销售") == ""


def test_what_is_only_sold_counts_where_trade_is_supervised():
    assert suggest("示范经营部", scope="水泥销售") == ""
    assert suggest("示范经营部", scope="鞭炮零售") == "fireworks"


def test_the_name_says_more_than_the_scope():
    assert suggest("示范食品厂", scope="包装机械制造") == "light"


def test_the_table_names_only_fields_that_there_are():
    known = {entry["code"] for entry in reference.read("supervised_fields")}
    assert {words.field for words in TABLE} <= known
