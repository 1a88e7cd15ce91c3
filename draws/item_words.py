"""What the rows of a workbook say of the item that their sub-items belong to: one thing, or they are at fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shuangsuiji.lib.errors import Refusal

Words = Mapping[str, Any]
LABELS = {
    "group_name": "类别",
    "item_name": "检查事项",
    "item_basis": "事项依据",
    "fields": "适用领域",
    "department": "所属部门",
}
_SILENT: Words = dict.fromkeys(LABELS, "") | {"fields": []}


def words_of(values: Words) -> dict[str, Any]:
    """What a row says of its item; empty cells say nothing."""
    return {name: values[name] for name in LABELS if name in values}


class ItemWords:
    """What one file says of each item: `kept` is what the list says, by the item's code."""

    def __init__(self, kept: Mapping[str, Words]) -> None:
        self.kept = dict(kept)
        self.said: dict[str, dict[str, Any]] = {}

    def check(self, values: Words, *, is_new: bool) -> None:
        """An item is changed where the preview can show it, in the row of a sub-item that is there; rows agree.

        Refused: a new sub-item that calls its item something else, and a row that contradicts an earlier one.
        """
        code, words = values["item_code"], words_of(values)
        kept, said = self.kept.get(code), self.said.get(code)
        if said is not None:
            _check_agree(words, earlier=said, code=code)
        elif is_new and kept is not None:
            _check_the_same(words, kept=kept, code=code)
        self.said[code] = said or {**(kept or _SILENT), **words}


def _check_agree(words: Words, *, earlier: Words, code: str) -> None:
    if name := _first_other(words, earlier):
        raise Refusal(
            f"事项 {code} 的“{LABELS[name]}”，文件里前面的行是“{_shown(earlier[name])}”，这一行不同："
            "请把同一事项的各行改成一样的。",
            field=name,
        )


def _check_the_same(words: Words, *, kept: Words, code: str) -> None:
    if name := _first_other(words, kept):
        raise Refusal(
            f"清单里事项 {code} 的“{LABELS[name]}”是“{_shown(kept[name])}”，新增的子项不能顺带改它："
            "请改成与清单一致；要改事项本身，请在清单里修订它，或在它已有子项的行里改。",
            field=name,
        )


def _first_other(words: Words, others: Words) -> str | None:
    return next((name for name, said in words.items() if said != others[name]), None)


def _shown(value: str | Sequence[str]) -> str:
    return (value if isinstance(value, str) else "、".join(value)) or "（空）"
