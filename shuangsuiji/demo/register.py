"""Some sixty enterprises that do not exist."""

from __future__ import annotations

import random
from dataclasses import dataclass

from enterprises.models import Enterprise
from enterprises.services import change_state, create_enterprise
from shuangsuiji.lib.credit_code import with_check_characters
from shuangsuiji.lib.models import SupervisedField, Township

WORDS = ("示范", "样例", "虚构", "示例", "样板", "范例", "演示", "假想", "模拟", "虚拟", "试样", "范本")


@dataclass(frozen=True)
class Trade:
    """How many enterprises of one field and risk class, and how their names end."""

    field_code: str
    risk_class: str
    count: int
    endings: tuple[str, ...]


TRADES = (
    Trade("hazchem", "C", 9, ("化工有限公司", "精细化学品厂", "气体充装有限公司")),
    Trade("hazchem", "B", 7, ("加油站", "油品储运有限公司", "涂料有限公司")),
    Trade("fireworks", "C", 8, ("烟花爆竹专营有限公司", "礼花制造厂")),
    Trade("mining", "C", 6, ("石灰石矿", "采石场")),
    Trade("machinery", "B", 11, ("机械制造有限公司", "装备有限公司", "五金厂")),
    Trade("building", "B", 8, ("建材有限公司", "水泥制品厂")),
    Trade("light", "A", 8, ("食品有限公司", "木业有限公司")),
    Trade("textile", "A", 5, ("纺织有限公司", "制衣厂")),
)


def build_register(*, rng: random.Random) -> list[Enterprise]:
    """Classified ones for every trade, four unclassified, one closed and one suspended."""
    fields = {field.code: field for field in SupervisedField.objects.all()}
    towns = list(Township.objects.all())
    made: list[Enterprise] = []
    for trade in TRADES:
        for number in range(trade.count):
            made.append(
                _enterprise(trade, number, serial=len(made) + 1, town=rng.choice(towns), field=fields[trade.field_code])
            )
    for number, ending in enumerate(("商贸有限公司", "物流有限公司", "农机服务部", "综合经营部")):
        made.append(_unclassified(ending, serial=900 + number, town=rng.choice(towns)))
    change_state(made[-5].pk, state=Enterprise.State.CLOSED, reason="示例：已注销", by=None)
    change_state(made[-6].pk, state=Enterprise.State.SUSPENDED, reason="示例：停产检修", by=None)
    return made


def _enterprise(trade: Trade, number: int, *, serial: int, town: Township, field: SupervisedField) -> Enterprise:
    ending = trade.endings[number % len(trade.endings)]
    name = (
        f"{WORDS[number % len(WORDS)]}{ending}" if number < len(WORDS) else f"{WORDS[number % len(WORDS)]}第二{ending}"
    )
    return create_enterprise(
        credit_code=with_check_characters(f"91999900MA{serial:06d}"),
        name=name,
        by=None,
        address=f"示例市{town.name}示范路{serial}号",
        township=town,
        field=field,
        risk_class=trade.risk_class,
        size=Enterprise.Size.SMALL,
        business_scope="仅供演示，非真实经营范围。",
        contact_name="联系人示例",
        contact_phone="000-00000000",
        contact_email=f"office{serial}@example.invalid" if serial % 4 else "",
        representative="负责人示例",
        expert_count_wanted=1 if trade.field_code in {"hazchem", "fireworks", "mining"} else 0,
    )


def _unclassified(ending: str, *, serial: int, town: Township) -> Enterprise:
    return create_enterprise(
        credit_code=with_check_characters(f"91999900MA{serial:06d}"),
        name=f"未分类示例{ending}",
        by=None,
        address=f"示例市{town.name}未分类路{serial}号",
        township=town,
    )
