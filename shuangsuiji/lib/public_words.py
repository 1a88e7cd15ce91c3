"""One check for every text that a person types and that the public will read.

政府信息公开条例 and 个人信息保护法: no phone, identity number, bank card, mail address or account of a
person goes out, however it is written: 138-1234-5678 is as private as 13812345678. The bureau's own
telephones (settings) may stand. Credit codes, document numbers, days and amounts pass.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator

from django.conf import settings
from stdnum import luhn

from shuangsuiji.lib import credit_code
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.readable import has_hidden

_CODE_SHAPED = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{18}(?![0-9A-Za-z])")
_HASH = re.compile(r"(?<![0-9A-Za-z])[0-9a-fA-F]{32,}(?![0-9A-Za-z])")
# Groups of digits that one writes of one number: 138 1234 5678, (0730)522-2222, 430681-19900101-123X.
_RUN = re.compile(r"\(?\d{2,}(?:[ )\-.·‐‑–—_/]{1,2}\(?\d{2,})*(?:[ \-]?[Xx](?![0-9A-Za-z]))?")
_GROUP = re.compile(r"\d+")
_SEPARATOR = re.compile(r"[^\d()Xx]+")
_MOST_GROUPS = 6

_MOBILE = re.compile(r"(?:0{0,2}86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(?:0{0,2}86)?(0\d{2,3}[2-8]\d{6,7})")
_DAY = r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = re.compile(rf"[1-9]\d{{5}}{_DAY}\d{{3}}[\dX]")
_BANK_CARD = re.compile(r"[3-69]\d{15,18}")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ACCOUNT = re.compile(
    r"(?<![a-z])(?:qq|扣扣|微信|weixin|wechat|vx|wx|v信|钉钉|支付宝)\s*(?:账号|帐号|号码|号|群|id)?\s*[:是为]?\s*[a-z0-9][\w-]{4,}",
    re.IGNORECASE | re.ASCII,
)
_LOCAL_PHONE = re.compile(r"(?:电话|座机|手机|联系方式|传真)\D{0,4}([2-8]\d{6,7})(?!\d)")
_LABELLED_IDENTITY = re.compile(r"身份证\D{0,8}\d{15}")


def check_public_words(**texts: str) -> None:
    """Refuse what is private in `texts`, by the name of their field; the sentence says what, never the value."""
    for field, text in texts.items():
        if found := private_part(text):
            raise Refusal(f"文字中有{found}，公开后任何人都能看到。请删去后再提交。", field=field)
        if has_hidden(text):
            raise Refusal("文字中有看不见的控制字符，会让文字倒着显示。请删去后重新填写。", field=field)


def private_part(text: str) -> str:
    """What kind of private thing the text holds, in words; empty when there is none."""
    plain = unicodedata.normalize("NFKC", text)
    plain = _CODE_SHAPED.sub(lambda found: " / " if not credit_code.explain(found[0]) else found[0], plain)
    plain = _HASH.sub(" / ", plain)
    if _MAIL.search(plain):
        return "电子邮箱"
    if _ACCOUNT.search(plain):
        return "个人社交账号"
    if _LABELLED_IDENTITY.search(plain):
        return "身份证号码"
    if any(not _is_ours(number) for number in _LOCAL_PHONE.findall(plain)):
        return "电话号码"
    return next((kind for number in _numbers(plain) if (kind := _kind_of(number))), "")


def _numbers(text: str) -> Iterator[str]:
    """Every number that neighbouring groups of digits make up, where one sign parts them all alike."""
    for run in _RUN.finditer(text):
        whole = run[0].upper()
        tail = "X" if whole.endswith("X") else ""
        groups = list(_GROUP.finditer(whole))
        for first, last in itertools.combinations_with_replacement(range(len(groups)), 2):
            if last - first < _MOST_GROUPS and _is_of_one_piece(whole, groups[first : last + 1]):
                number = "".join(group[0] for group in groups[first : last + 1])
                yield number
                if tail and last == len(groups) - 1:
                    yield number + tail


def _is_of_one_piece(whole: str, groups: list[re.Match[str]]) -> bool:
    """138 1234 5678 is one number; 2026-04-15 13:00 is not. The first group is never as short as a day."""
    between = [whole[one.end() : two.start()] for one, two in itertools.pairwise(groups)]
    signs = {sign for gap in between for sign in _SEPARATOR.findall(gap)}
    return len(signs) <= 1 and (len(groups) == 1 or len(groups[0][0]) > 2)


def _kind_of(number: str) -> str:
    """What a number is; empty when it is nobody's."""
    if mobile := _MOBILE.fullmatch(number):
        return "" if _is_ours(mobile[1]) else "手机号码"
    if landline := _LANDLINE.fullmatch(number):
        return "" if _is_ours(landline[1]) else "电话号码"
    if _IDENTITY.fullmatch(number):
        return "身份证号码"
    if _BANK_CARD.fullmatch(number) and luhn.is_valid(number):
        return "银行卡号"
    return ""


def _is_ours(number: str) -> bool:
    """A telephone that the bureau itself makes public, with or without its area code."""
    ours = ["".join(_GROUP.findall(phone)) for phone in (settings.BUREAU_PHONE, *settings.PUBLIC_PHONES)]
    return any(phone and (number == phone or phone.endswith(number)) for phone in ours)
