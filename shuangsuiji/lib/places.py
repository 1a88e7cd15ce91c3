"""Whether an address names another county than ours, as far as it names one.

新市镇 lies in more than one county; an address that names its county is taken at its word.
"""

from __future__ import annotations

import re

from django.conf import settings

_UNITS = re.compile(r"(?:^|(?<=[省市州盟区]))[^省市县区州盟\W\d]{1,6}(?:县|市|区)")
_NO_COUNTY = ("园区", "开发区", "管理区", "新区", "社区", "小区", "街区", "库区", "片区", "景区")


def names_another_county(address: str) -> bool:
    """Whether one of the cities, counties and districts in front of an address is none of BUREAU_DISTRICT.

    `address` ends where the township begins. Nobody has said what is ours: nothing is another's.
    """
    if not settings.BUREAU_DISTRICT:
        return False
    found = [name for name in _UNITS.findall(address) if not name.endswith(_NO_COUNTY)]
    return any(name not in settings.BUREAU_DISTRICT for name in found)
