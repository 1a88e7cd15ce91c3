"""Which supervised field an enterprise may belong to: a suggestion that a person confirms.

The table below is read from the top; the first line that fits decides. The name says
more than the business scope (a hotel's scope may list fireworks sales), so all lines
are tried on the name first. The scope counts only for what is made or stored there,
read clause by clause; what is merely sold counts for 危险化学品 and 烟花爆竹 alone, and
only when the scope does not exclude it (“不含危险化学品”).

There is no national table of such words. These are the bureau's to change; whoever
changes a line adds its case to the test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_EXCLUDED = re.compile(r"[（(][^（）()]*(?:不含|除外|不得|除)[^（）()]*[）)]|(?:不含|不得|除)[^，。；,;]*")
_CLAUSES = re.compile(r"[，。；;,、\s]+")
_MADE = re.compile(r"生产|制造|加工|冶炼|铸造|开采|采掘|储存|仓储|充装|锻造|轧制|回收|拆解|提炼|印染|纺纱|织造")
_DEALT_IN = re.compile(r"销售|批发|零售|经营")


@dataclass(frozen=True)
class Words:
    """One line: a field's code, what its names say, what its scopes say; words between blanks."""

    field: str
    in_name: str
    in_scope: str = ""


TABLE = (
    Words(
        "fireworks",
        "烟花 花炮 鞭炮 爆竹 焰火",
        "烟花 鞭炮 爆竹 焰火 引火线",
    ),
    Words(
        "hazchem",
        "化工 加油站 加气站 石油 石化 燃气 液化气 天然气 油漆 涂料 农药 气体 化学 助剂 溶剂",
        "危险化学品 汽油 柴油 液化石油气 天然气 油漆 涂料 农药 氧气 乙炔 甲醇 硫酸 盐酸",
    ),
    Words(
        "mining",
        "矿业 采石 石料 砂石 采矿 矿山 石场 页岩矿 砖用页岩",
        "采石 花岗岩 石灰石 砂石 河砂 矿石 高岭土 长石 石英",
    ),
    Words(
        "nonferrous",
        "铜业 铝业 铝型材 铅 锌 有色 稀贵 再生金属 循环铜 铝材 铜材",
        "铜 铝 铅 锌 锡 锑 有色金属 稀有金属",
    ),
    Words(
        "metallurgy",
        "钢铁 冶金 冶炼 炼钢 轧钢 铁合金 不锈钢",
        "炼钢 炼铁 轧钢 钢坯 铁合金",
    ),
    Words(
        "building",
        "水泥 混凝土 砖 建材 石材 玻璃 瓷 预制 商砼 石膏 新型墙体 管桩 沥青",
        "水泥 混凝土 砖 预制构件 石材 玻璃 陶瓷 石膏 建筑材料 墙体材料",
    ),
    Words(
        "machinery",
        "机械厂 机械制造 塑料机械",
    ),
    Words(
        "tobacco",
        "烟草 卷烟 复烤",
        "烟叶复烤 卷烟生产",
    ),
    Words(
        "textile",
        "纺织 针织 服装 服饰 制衣 印染 棉 麻纺 织造 鞋服 被服",
        "纺织 针织 服装 服饰 棉纱 坯布 印染 床上用品",
    ),
    Words(
        "light",
        "食品 塑料 造纸 纸业 纸品 包装 印刷 家具 木业 粮油 饮料 酒业 茶 皮革 鞋业 "
        "玩具 日用 橡胶 粮食 米业 油脂 饲料 电池 竹",
        "食品 塑料 纸制品 印刷 家具 木材 粮食 食用油 饮料 白酒 茶叶 皮革 橡胶 饲料 竹制品",
    ),
    Words(
        "machinery",
        "机械 机电 设备 铸造 模具 电器 电机 车辆 汽车制造 五金 阀门 轴承 电子 精密 装备 金属制品 钢结构 焊接 电缆 线缆",
        "机械 机电 设备 铸件 模具 电器 电机 五金 阀门 轴承 电子 金属制品 钢结构 电缆",
    ),
    Words(
        "commerce",
        "商场 超市 百货 酒店 宾馆 商贸 商业 购物 物流 仓储 市场 贸易",
    ),
)


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile("|".join(words.split()))


_NAMES = [(words.field, _any_of(words.in_name)) for words in TABLE]
_SCOPES = [(words.field, _any_of(words.in_scope)) for words in TABLE if words.in_scope]
_SILENT = len(TABLE)
SOLD_TOO = frozenset({"hazchem", "fireworks"})
"""Fields in which trade alone is supervised."""


def suggest(name: str, *, scope: str = "") -> str:
    """The code of a field from name and business scope, or "" when nothing speaks clearly.

    suggest("示范化工有限公司") → "hazchem"; suggest("示例贸易有限公司", scope="钢坯生产") → "metallurgy"
    """
    by_name = next((field for field, spoken in _NAMES if spoken.search(name)), "")
    if by_name and by_name != "commerce":
        return by_name
    return _suggest_by_scope(scope) or by_name


def _suggest_by_scope(scope: str) -> str:
    places = (_heard_at(clause) for clause in _CLAUSES.split(_EXCLUDED.sub("", scope)))
    first = min(places, default=_SILENT)
    return "" if first == _SILENT else _SCOPES[first][0]


@lru_cache(maxsize=50_000)
def _heard_at(clause: str) -> int:
    """The first line of the table that a clause speaks for; the same clauses stand in thousands of scopes."""
    is_made = bool(_MADE.search(clause))
    if not is_made and not _DEALT_IN.search(clause):
        return _SILENT
    found = (
        place for place, (field, said) in enumerate(_SCOPES) if (is_made or field in SOLD_TOO) and said.search(clause)
    )
    return next(found, _SILENT)
