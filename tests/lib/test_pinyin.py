from __future__ import annotations

import pytest

from shuangsuiji.lib import pinyin


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("示范化工", "shi fan hua gong"),
        ("重庆长乐", "chong qing chang le"),
        ("银行", "yin hang"),
        ("绿化", "lv hua"),
        ("Ａ厂（二期）2号", "a chang er qi 2 hao"),
        ("", ""),
    ],
)
def test_a_name_sounds_as_people_say_it(text, key):
    assert pinyin.sort_key(text, limit=100) == key


def test_initials_are_the_first_letters():
    assert pinyin.initials("长乐A厂", limit=100) == "clac"


def test_a_sound_is_cut_to_its_column():
    assert pinyin.sort_key("示范化工", limit=7) == "shi fan"
    assert pinyin.initials("示范化工", limit=2) == "sf"


@pytest.mark.parametrize("name", ["示范化工有限公司", "重庆长乐A厂（汨罗）", "ＡＢ 厂·二", "", "𠮷野", "重重要要"])
def test_the_quick_way_says_what_the_long_way_says(name):
    spoken = pinyin.syllables(name)
    assert pinyin.sounds(name) == (" ".join(spoken), "".join(sound[0] for sound in spoken))
