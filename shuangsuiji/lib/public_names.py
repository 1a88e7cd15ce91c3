"""How an enterprise is named in public: the one place that decides.

个人信息保护法: the name and the code of an 个体工商户 may identify a person. Its code loses the middle;
its name loses the operator's name, or, where nobody can tell which characters those are, all that is
neither place nor trade. A company, a cooperative and a public body are named as they are registered.
"""

from __future__ import annotations

import re
import unicodedata

from shuangsuiji.lib.credit_code import is_individual_business, mask_person_name

MASK = "某某"
_BLANKS = re.compile(r"\s+")
_PLACE = re.compile(r"^(?:[\u4e00-\u9fff]{1,6}?(?:省|自治区|市|县|区|镇|乡|街道|村|社区))+")
_GOODS = (
    "五金|建材|副食|食品|烟酒|百货|日杂|日用品?|烟花|爆竹|花炮|粮油|农资|农机|农药|化肥|汽车|摩托车?|电器|家电|家具|服装|布匹|水果|蔬菜|"
    "餐饮|小吃|早餐|土菜|饭|酒|药|茶|液化气|燃气|石材|木材|竹木|塑料|机械|电子|印刷|广告|手机|文具|玩具|鞋|米粉|面|豆制品|日化|装饰|"
    "门窗|铝合金|不锈钢|汽修|维修|修理|加工|批发|零售|养殖|种植|美容|理发|运输|物流"
)
_SHOPS = (
    "经营部|经营店|服务部|门市部|批发部|工作室|个体工商户|加油站|商店|商行|超市|酒店|宾馆|旅馆|药房|作坊|中心|厂|店|部|行|坊|馆|场|站|园|铺|室|"
    "屋|吧"
)
_TRADE = re.compile(rf"(?:{_GOODS})*(?:{_SHOPS})?(?:\([^()]*\))?$")


def public_code(credit_code: str) -> str:
    """The code as it may be shown: that of an individual business without its middle."""
    if is_individual_business(credit_code):
        return f"{credit_code[:8]}********{credit_code[-2:]}"
    return credit_code


def public_name(name: str, *, credit_code: str, operator: str = "") -> str:
    """The name as it may be shown: 汨罗镇张示例五金店, operated by 张示例 → 汨罗镇张某某五金店.

    Where the operator is not known, or does not stand in the name: 汨罗镇旺旺五金店 → 汨罗镇某某五金店.
    """
    if not is_individual_business(credit_code):
        return name
    plain, person = _plain(name), _plain(operator)
    if len(person) > 1 and person in plain:
        return plain.replace(person, mask_person_name(person))
    return _without_sign(plain)


def _plain(text: str) -> str:
    """Without blanks, and in one spelling: 欧阳 小明 is 欧阳小明."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)) if text else ""


def _without_sign(name: str) -> str:
    place = _PLACE.match(name)
    start = place.end() if place else 0
    trade = _TRADE.search(name, start + 1)
    return f"{name[:start]}{MASK}{name[trade.start() :] if trade else ''}"
