"""统一社会信用代码 (GB 32100-2015): reading it as people type it, and checking it.

    9 1 430681 19016076 8 R
    │ │   │       │     │ └ 18: check character over the first 17, modulo 31
    │ │   │       │     └── 17: check character of the body's own code (GB 11714), modulo 11
    │ │   │       └──────── 9–16: the body's own code
    │ │   └──────────────── 3–8: administrative division of registration
    │ └──────────────────── 2: kind of body (with 9 before it: 1 enterprise, 2 individual business, 3 cooperative)
    └────────────────────── 1: registering authority (9 = market supervision)

python-stdnum knows the last character; the one before it is checked here.
"""

from __future__ import annotations

import re
import unicodedata

from stdnum.cn import uscc

from shuangsuiji.lib.errors import Refusal

CODE_LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714-1997
OLD_REGISTRATION_LENGTH = 15

_QUOTES = "'‘’`´\""
_IGNORED = re.compile(r"[\s\-\u00ad\u200b-\u200f\u2010-\u2015\u2060\ufeff]")
_ROUNDED = re.compile(r"\d(\.\d+)?E\+?\d+|\d+\.\d+", re.IGNORECASE)
_COMPOUND_SURNAMES = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "夏侯",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "宇文",
        "长孙",
        "司徒",
        "司空",
        "端木",
        "东方",
        "独孤",
        "南宫",
        "闻人",
        "轩辕",
        "呼延",
        "申屠",
        "赫连",
    ]
)


def normalise(raw: object) -> str:
    """The code as the register keeps it: half-width, upper case, without blanks, dashes or a leading apostrophe.

    A number with a fraction or an exponent has already lost its last digits in
    the spreadsheet, so it is refused rather than repaired.
    """
    if isinstance(raw, float):
        raise _rounded()
    text = unicodedata.normalize("NFKC", "" if raw is None else str(raw))
    text = _IGNORED.sub("", text).strip(_QUOTES).upper()
    if _ROUNDED.fullmatch(text):
        raise _rounded()
    return text


def check(raw: object) -> str:
    """The normalised code, or a Refusal that names the rule it breaks. Nothing is guessed."""
    code = normalise(raw)
    _check_length(code)
    _check_characters(code)
    _check_digits(code)
    return code


def explain(raw: object) -> str:
    """What is wrong with a code, in one sentence; an empty string when nothing is."""
    try:
        check(raw)
    except Refusal as refusal:
        return refusal.sentence
    return ""


def body_check_character(body: str) -> str:
    """The 17th character from the eight before it: "19016076" → "8", "70846113" → "6"."""
    total = sum(int(character, 36) * weight for character, weight in zip(body, BODY_WEIGHTS, strict=True))
    return "0123456789X"[(11 - total % 11) % 11]


def with_check_characters(stem: str) -> str:
    """A whole code from its first 16 characters, for fictitious enterprises: "9143068119016076" → "…8R"."""
    code = stem + body_check_character(stem[8:16])
    return code + uscc.calc_check_digit(code)


def is_individual_business(code: str) -> bool:
    """Whether the code belongs to an 个体工商户, whose name may identify a person and is masked in public."""
    return code.startswith("92")


def is_cooperative(code: str) -> bool:
    """Whether the code belongs to a 农民专业合作社."""
    return code.startswith("93")


def mask_person_name(name: str) -> str:
    """A natural person's name as it may be published: 张示例 → 张某某, 张三 → 张某, 欧阳示例 → 欧阳某某."""
    name = unicodedata.normalize("NFKC", name).strip()
    if not name:
        return ""
    surname = name[:2] if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else name[:1]
    return surname + "某" * min(2, max(1, len(name) - len(surname)))


def _check_length(code: str) -> None:
    if not code:
        raise Refusal("请填写统一社会信用代码（18 位，见营业执照）。")
    if len(code) == OLD_REGISTRATION_LENGTH and code.isdigit():
        raise Refusal("这是 15 位的旧工商注册号，不是统一社会信用代码：请按新版营业执照填写 18 位代码。")
    if len(code) != CODE_LENGTH:
        raise Refusal(f"统一社会信用代码应为 18 位，这里是 {len(code)} 位：请对照营业执照重新填写。")


def _check_characters(code: str) -> None:
    for place, character in enumerate(code, start=1):
        if character not in ALPHABET:
            raise Refusal(
                f"统一社会信用代码第 {place} 位“{character}”不能出现在代码里"
                "（只用数字和大写字母，不用 I、O、S、V、Z）：请对照营业执照改正。"
            )
    if not code[2:8].isdigit():
        raise Refusal("统一社会信用代码第 3 至 8 位是登记机关行政区划，只能是数字：请对照营业执照改正。")


def _check_digits(code: str) -> None:
    body_holds = code[16] == body_check_character(code[8:16])
    whole_holds = code[17] == uscc.calc_check_digit(code[:17])
    if body_holds and whole_holds:
        return
    if body_holds:
        raise Refusal("统一社会信用代码第 18 位校验码不符，至少有一位写错：请对照营业执照逐位核对。")
    if whole_holds:
        raise Refusal("统一社会信用代码第 17 位校验码不符（第 9 至 17 位主体标识码有误）：请对照营业执照逐位核对。")
    raise Refusal("统一社会信用代码第 17、18 位校验码都不符：请对照营业执照逐位核对，先看第 9 至 17 位。")


def _rounded() -> Refusal:
    return Refusal("统一社会信用代码被表格存成了数字，末几位已经丢失：请把该列设为“文本”格式后按营业执照重新填写。")
