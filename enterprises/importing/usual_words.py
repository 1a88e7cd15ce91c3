"""What people write in workbooks for the register's choices. A word used for several is read as none of them."""

from __future__ import annotations

from collections.abc import Mapping

_GRADES: Mapping[str, tuple[str, ...]] = {
    "A": ("低", "蓝"),
    "B": ("一般", "黄"),
    "C": ("较高", "较大", "橙"),
    "D": ("重大", "红"),
}
RISK_WORDS: dict[str, str | tuple[str, ...]] = {
    **{
        f"{grade}{ending}": grade
        for grade in _GRADES
        for ending in ("级", "类", "类企业", "级企业", "级风险", "类风险")
    },
    **{
        f"{word}{ending}": grade
        for grade, words in _GRADES.items()
        for word in words
        for ending in ("", "色", "风险", "色风险", "风险企业")
    },
    # In a scale of three steps: which of our four is meant, nobody can tell.
    **dict.fromkeys(("中", "中等", "中风险", "中等风险", "中度风险"), ("B", "C")),
    **dict.fromkeys(("高", "高风险", "高度风险"), ("C", "D")),
}
LEVEL_WORDS: dict[str, str | tuple[str, ...]] = {
    "市": "city",
    **dict.fromkeys(("县", "县区级", "区县级", "县市级", "县（市、区）级"), "county"),
    **dict.fromkeys(("镇级", "乡级", "乡镇级", "镇", "乡", "乡镇（街道）", "乡镇街道"), "township"),
}
SIZE_WORDS: dict[str, str | tuple[str, ...]] = {
    **dict.fromkeys(("大", "大型企业"), "large"),
    **dict.fromkeys(("中", "中型企业"), "medium"),
    **dict.fromkeys(("小", "小型企业"), "small"),
    **dict.fromkeys(("微", "微型企业"), "micro"),
    **dict.fromkeys(("小微", "小微企业"), ("small", "micro")),
    **dict.fromkeys(("中小", "中小型", "中小企业", "中小型企业"), ("medium", "small")),
}
STATE_WORDS: dict[str, str | tuple[str, ...]] = {
    **dict.fromkeys(("存续", "在业", "开业", "在营", "正常", "存续（在营、开业、在册）"), "active"),
    **dict.fromkeys(("停业", "停产", "歇业", "已停业", "已停产"), "suspended"),
    **dict.fromkeys(("注销", "吊销", "关闭", "吊销，未注销", "已注销", "已吊销", "已关闭"), "closed"),
    **dict.fromkeys(("迁移", "外迁", "已迁出"), "moved"),
}
