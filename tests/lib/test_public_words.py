"""One check for every text that the public will read: private numbers however they are written, and nothing else."""

import pytest

from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.public_words import check_public_words, private_part

PRIVATE = [
    ("13812345678", "手机号码"),
    ("138-1234-5678", "手机号码"),
    ("138 1234 5678", "手机号码"),
    ("138.1234.5678", "手机号码"),
    ("+8613812345678", "手机号码"),
    ("+86 138 1234 5678", "手机号码"),
    ("１３８１２３４５６７８", "手机号码"),
    ("0730-5222222", "电话号码"),
    ("(0730)5222222", "电话号码"),
    ("（0730）5222222", "电话号码"),
    ("07305222222", "电话号码"),
    ("电话：5222222", "电话号码"),
    ("430681199001011234", "身份证号码"),
    ("430681 19900101 1234", "身份证号码"),
    ("430681-19900101-123x", "身份证号码"),
    ("6222021234567890128", "银行卡号"),
    ("6222 0212 3456 7890 128", "银行卡号"),
    ("QQ：12345678", "个人社交账号"),
    ("微信号 zhang_1234", "个人社交账号"),
    ("加我vx13812345678", "个人社交账号"),
    ("someone@example.com", "电子邮箱"),
]
ORDINARY = [
    "示应急检查〔2026〕31号",
    "信用代码91440300708461136T",
    "2026年4月1日起15日内，共1300000家",
    "2026-04-01 2026-04-15",
    "18-20 2026-4-15",
    "2023 2024 2025 2026",
    "举报请拨打12350，或400-123-4567",
    "微信公众号：示例应急",
    "国办发〔2015〕58号、GB/T 4754-2017",
    "湘公网安备 43068102000012号",
    "注册资本1,388,000.00元",
    f"指纹 {'a13812345678b'.ljust(64, '7')}",
]


@pytest.mark.parametrize(("text", "kind"), PRIVATE)
def test_private_numbers_are_refused_however_they_are_written_and_not_repeated(text, kind):
    with pytest.raises(Refusal, match=kind) as refused:
        check_public_words(title="公告", reason=f"请联系{text}办理")
    assert refused.value.field == "reason"
    assert text not in refused.value.sentence


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_pass(text):
    assert private_part(text) == ""


def test_the_bureaus_own_telephones_may_stand(settings):
    assert private_part("咨询电话0730-5222222") == "电话号码"
    settings.BUREAU_PHONE, settings.PUBLIC_PHONES = "0730-5222222", ["13800001111"]
    assert private_part("咨询电话0730-5222222，值班 138-0000-1111，电话：5222222") == ""
    assert private_part("0730-5333333") == "电话号码"


def test_a_sign_that_turns_the_text_round_is_refused():
    with pytest.raises(Refusal, match="控制字符"):
        check_public_words(title="公告\u202e告公")
