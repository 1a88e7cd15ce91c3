"""The workbook that the clerk imports: the real register where it is, else a fictitious one of the same shape."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from shuangsuiji.lib.credit_code import with_check_characters

HEADER = [
    *("企业名称", "统一社会信用代码", "校验", "注册日期", "企业类型", "注册资金", "经营范围"),
    *("地区", "注册地址", "行业初判(关键词)"),
]
CODE, GUESS, EMAIL = "统一社会信用代码", "行业初判(关键词)", "电子邮箱"
FICTITIOUS_COUNT = 60
FICTITIOUS = (
    ("建材有限公司", "建材"),
    ("水泥制品厂", "建材?"),
    ("机械制造有限公司", "机械"),
    ("农机服务部", "其他"),
)
"""How names end, and what the register guesses from them."""


@dataclass(frozen=True)
class Register:
    """A workbook on disk, and what somebody counts in it by hand."""

    path: Path
    good_count: int
    fault_row: int
    trade: str
    trade_count: int
    """Rows whose guess is this trade; the system may suggest it for others too."""


def make_workbook(folder: Path, *, real: Path) -> Register:
    """Write the workbook; two things are added to the rows as they stand.

    The register holds no e-mail addresses, so every row is given one that leads nowhere,
    and one row with a mistyped code stands at the end: the preview must name it.
    """
    rows = list(_read(real) if real.exists() else _fictitious())
    book = Workbook()
    sheet = book.active
    sheet.append([*HEADER, EMAIL])
    for number, row in enumerate(rows, start=1):
        sheet.append([*(row[title] for title in HEADER), f"office{number}@example.invalid"])
    sheet.append(["错码示例有限公司", "91999900000000000A", *[""] * (len(HEADER) - 2), ""])
    path = folder / "检查对象名录.xlsx"
    book.save(path)
    trades = [row[GUESS].rstrip("?") for row in rows]
    return Register(path, len(rows), len(rows) + 2, "建材", trades.count("建材"))


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [{title: row[title] or "" for title in HEADER} for row in csv.DictReader(file, delimiter="\t")]


def _fictitious() -> list[dict[str, str]]:
    return [
        dict.fromkeys(HEADER, "")
        | {
            "企业名称": f"第{number}示例{FICTITIOUS[number % 4][0]}",
            CODE: with_check_characters(f"91999900MA7{number:05d}"),
            "校验": "OK",
            "注册日期": f"20{number % 20:02d}-05-01",
            "企业类型": "有限责任公司",
            "注册资金": "N/A" if number % 3 else "100万元人民币",
            "经营范围": "仅供测试，非真实经营范围。",
            "地区": "示例",
            "注册地址": f"示例市示范路{number}号",
            GUESS: FICTITIOUS[number % 4][1],
        }
        for number in range(1, FICTITIOUS_COUNT + 1)
    ]
