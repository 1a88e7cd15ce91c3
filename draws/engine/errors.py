"""What can be wrong with a draw, as a vocabulary: a code, a place and parameters.

The engine raises codes; one function, `phrase`, turns a code into the Chinese sentence
a person reads. So a test can ask for the code and a page can show the sentence.

>>> phrase(ProtocolError("unsorted", "sealed.enterprises[3].id", found="B", before="C"))
'sealed.enterprises[3].id：排序不对，“B”不应排在“C”之后'
"""

from __future__ import annotations

import json
from typing import Any

PHRASES = {
    # the file
    "unreadable": "文件读不出来（{reason}）",
    "not_utf8": "文件不是 UTF-8 文本",
    "not_json": "文件不是合法的 JSON（第 {line} 行第 {column} 列附近）",
    "duplicate_key": "同一个对象里“{key}”出现了两次",
    "float": "只允许整数，不允许小数或指数写法：{found}",
    "too_deep": "嵌套层数过多（最多 {most} 层）",
    # the shape of a value
    "not_object": "应为对象（大括号），实为{found}",
    "not_list": "应为列表（方括号），实为{found}",
    "not_text": "应为文字，实为{found}",
    "not_integer": "应为整数，实为{found}",
    "not_boolean": "应为 true 或 false，实为{found}",
    "not_canonical": "这种类型的值不能写进记录：{found}",
    "missing_key": "缺少“{key}”",
    "extra_key": "多出了协议里没有的“{key}”",
    "key_not_ascii": "键名只能用 ASCII 字符：{found}",
    "surrogate": "文字里有不成对的代理字符",
    "not_nfc": "文字不是 NFC 规范形式：{found}",
    "empty": "不能为空",
    "integer_range": "整数超出 ±(2^53−1) 的范围",
    "negative": "不能小于 0，实为 {found}",
    "not_hex": "应为 64 位小写十六进制数",
    "not_one_of": "应为{allowed}之一，实为{found}",
    # the sealed record and what goes with it
    "duplicate": "“{found}”重复出现",
    "unsorted": "排序不对，“{found}”不应排在“{before}”之后",
    "unknown_group": "事项组“{found}”不存在",
    "unknown_enterprise": "“{found}”不在封存的检查对象名单里",
    "leaf_missing": "缺少检查对象“{enterprise}”的叶子",
    "leaf_not_drawn": "“{enterprise}”没有被抽中，它的叶子不应公开",
    "seal_mismatch": "叶子与封存时的封条不符（检查对象“{enterprise}”）",
    "commitment_mismatch": "密钥与封存时的承诺值不符",
    "source_missing": "缺少来源“{source}”的输入",
    "source_unknown": "来源“{source}”没有在封存记录里登记",
    # verification
    "differs": "与重算结果不一致：应为{expected}，实为{found}",
    "opening_missing": "缺少检查对象“{enterprise}”的拆封内容",
    "not_in_an_envelope": "“{enterprise}”的拆封内容不在抽取当天公布的信封里",
    "two_of_a_kind": "给了两份同一种文件",
    "not_a_record": "不是公开记录、封存记录或信封",
    "opening_unknown": "“{enterprise}”没有被抽中，不应有拆封内容",
    # amendments
    "not_standing": "“{enterprise}”现在不在抽取结果里",
    "not_seated": "“{person}”在“{enterprise}”没有席位",
    "already_seated": "“{person}”在“{enterprise}”已有席位",
    "may_not_come": "“{person}”不得到“{enterprise}”检查（回避或其他排除）",
    "rule_names": "按规则应由“{person}”接替，不能另行指定",
    "not_blocked": "抽取没有受阻，不能补充人员",
    "leaf_needed": "由“{enterprise}”接替，须同时公开它的叶子",
    "leaf_of_another": "接替的应是“{enterprise}”，给出的是“{found}”的叶子",
    "no_reserve": "同层已没有候补，叶子与结果应为空",
    "draw_needs_salt": "检查对象“{enterprise}”没有给出信封用的随机数",
}


class ProtocolError(Exception):
    """Something the protocol refuses. `code` is in `PHRASES`; `place` says where, as a path."""

    def __init__(self, code: str, place: str = "", **params: Any) -> None:
        super().__init__(code, place, params)
        self.code = code
        self.place = place
        self.params = params

    def __str__(self) -> str:
        return phrase(self)


def phrase(error: ProtocolError) -> str:
    """The error as one Chinese line, with its place in front. Never contains a line break."""
    params = {name: printable(value) for name, value in error.params.items()}
    sentence = PHRASES[error.code].format(**params)
    return f"{printable(error.place)}：{sentence}" if error.place else sentence


def shown(value: Any) -> str:
    """A value as a short piece of JSON for a sentence: `"甲"`, `3`, `[…]`, `{…}`."""
    if isinstance(value, dict):
        return "对象{…}" if value else "空对象{}"
    if isinstance(value, (list, tuple)):
        return f"列表[{len(value)} 项]"
    if value is None or isinstance(value, (bool, int, str)):
        return json.dumps(value, ensure_ascii=False) if not _is_huge(value) else "很大的整数"
    return type(value).__name__


def _is_huge(value: Any) -> bool:
    return isinstance(value, int) and value.bit_length() > 256


def printable(value: Any) -> str:
    """Printable on one line: control characters and lone surrogates escaped, long texts cut."""
    text = str(value)
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    return text if len(text) <= 120 else text[:119] + "…"
