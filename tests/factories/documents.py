"""One full, fictitious context for every document template, and pictures for the evidence."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PIL import Image, ImageDraw

LINK = "https://bureau.example/documents/3v1uX9mBq0example0token0of0fortythree0chars0"
OFFICERS = [
    {"name": "张示例", "certificate_number": "18060001001"},
    {"name": "李堃", "certificate_number": "18060001002"},
]
EXPERTS = [{"name": "王喆"}]
ENTERPRISE = {
    "name": "示范化工有限公司",
    "credit_code": "91999999MA0000001X",
    "address": "示例市示范镇工业大道1号",
    "representative": "赵翀",
    "representative_post": "总经理",
    "contact_name": "钱镕",
    "contact_phone": "0730-0000000",
    "field": "危险化学品",
}
ITEMS = [
    {
        "code": "W0101",
        "name": "主要负责人、安全生产管理人员的安全生产知识和管理能力考核",
        "legal_basis": "《中华人民共和国安全生产法》第二十七条",
    },
    {
        "code": "W0203",
        "name": "危险化学品储存场所的安全设施、设备设置和维护",
        "legal_basis": "《危险化学品安全管理条例》第二十条",
    },
    {"code": "W0305", "name": "特殊作业票证的审批和现场监护", "legal_basis": "《中华人民共和国安全生产法》第四十三条"},
]
BASIS = ["《中华人民共和国安全生产法》第六十五条", "《示例市安全生产“双随机、一公开”检查实施方案》"]
CONTACT = {"name": "孙示例", "phone": "0730-0000001", "address": "示例市示范路2号"}
APPEAL = {"government": "示例市人民政府", "court": "示例市人民法院"}
OPINION = {"opinion": "同意。", "name": "周示例", "on": "2026-04-02"}
_ISSUED = {"issued_on": "2026-04-01", "qr_link": LINK, "check_link": LINK}


def _numbered(name: str, mark: str, **context) -> dict:
    return {"kind_name": name, "number": f"示应急{mark}〔2026〕12号", **_ISSUED, "enterprise": ENTERPRISE, **context}


PROBLEMS = [
    {
        "text": "储罐区可燃气体报警器未按规定定期检定，2号罐区报警器已停用。",
        "basis": "《危险化学品安全管理条例》第二十条",
        "is_major": True,
        "rectify_by": "2026-04-28",
    },
    {
        "text": "动火作业票未填写监护人。",
        "basis": "《中华人民共和国安全生产法》第四十三条",
        "is_major": False,
        "rectify_by": "2026-05-08",
    },
]
NOTICE = _numbered(
    "行政检查通知书",
    "检通",
    draw_number="SLYJ-2026-004",
    drawn_on="2026-03-31",
    year=2026,
    check_count=1,
    check_limit=2,
    basis=BASIS,
    visit_from="2026-04-20",
    visit_to="2026-04-24",
    place="",
    officers=OFFICERS,
    experts=EXPERTS,
    items=ITEMS,
    requirements=[
        "请主要负责人或者授权人员到场，如实介绍情况。",
        "请备好与检查事项有关的制度、台账、检测报告和培训记录。",
    ],
    method="现场查看、查阅资料、询问有关人员",
    contact=CONTACT,
    confirm_by="2026-04-10",
    departments=[],
)
PUBLIC_NOTICE = {
    **_ISSUED,
    "kind_name": "双随机抽查公告",
    "number": "示应急公告〔2026〕3号",
    "basis": BASIS,
    "title": "示例市应急管理局关于开展2026年第二季度安全生产“双随机”抽查的公告",
    "draw": {"number": "SLYJ-2026-004", "drawn_on": "2026-03-31", "sealed_hash": "9f2c41aa07d3" * 5 + "b8e1"},
    "visits_from": "2026-04-20",
    "visits_to": "2026-05-15",
    "items": ["安全生产责任制和管理制度的落实情况", "危险化学品储存场所的安全设施", "特殊作业管理"],
    "requirements": [
        "被抽取的单位应当配合检查，如实提供资料，不得拒绝、阻碍。",
        "检查人员出示执法证件；不出示的，可以拒绝检查。",
    ],
    "contact": CONTACT,
    "copied_to": ["示例市人民政府办公室", "各镇人民政府"],
    "enterprises": [
        {
            "name": f"示范{trade}有限公司",
            "credit_code": f"91999999MA00000{n:02d}X",
            "township": "示范镇",
            "visit_on": f"2026-04-{n:02d}",
            "items": ["W0101", "W0203"],
        }
        for n, trade in enumerate(["化工", "烟花", "矿业", "冶金", "机械", "建材", "轻工", "纺织"], start=20)
    ],
}
CHECK_APPROVAL = _numbered(
    "行政检查审批表",
    "检批",
    source="“双随机、一公开”抽取 SLYJ-2026-004",
    reason="年度随机抽查计划第二季度任务",
    basis=BASIS,
    items=ITEMS,
    method="现场检查",
    visit_from="2026-04-20T09:00:00+08:00",
    visit_to="2026-04-20T17:00:00+08:00",
    officers=OFFICERS,
    experts=EXPERTS,
    year=2026,
    check_count=1,
    check_limit=2,
    is_urgent=False,
    urgent_reason="",
    undertaker=OPINION,
    department=OPINION,
    head=OPINION,
    remarks="",
)
SCHEME = _numbered(
    "现场检查方案",
    "检查",
    draw_number="SLYJ-2026-004",
    starts_at="2026-04-20T09:00:00+08:00",
    ends_at="2026-04-20T17:00:00+08:00",
    officers=OFFICERS,
    experts=EXPERTS,
    method="现场查看、查阅资料、询问有关人员、使用便携式仪器检测",
    review=OPINION,
    approval=OPINION,
    remarks="",
    items=[{**item, "sub_items": ["是否经考核合格；", "证书是否在有效期内。"]} for item in ITEMS],
    equipment=[
        {"name": "执法记录仪", "taken": True},
        {"name": "可燃气体检测仪", "taken": True},
        {"name": "防静电服", "taken": False},
    ],
)
SITE_RECORD = _numbered(
    "现场检查记录",
    "检记",
    place="储罐区、装卸区、控制室",
    started_at="2026-04-20T09:05:00+08:00",
    ended_at="2026-04-20T11:40:00+08:00",
    representative={"name": "钱镕", "post": "安全总监", "phone": "0730-0000000"},
    officers=OFFICERS,
    experts=EXPERTS,
    certificates_shown=True,
    results=[
        {
            **ITEMS[0],
            "result": "passed",
            "result_label": "合格",
            "seen": "主要负责人和3名安全管理人员均持有效合格证。",
            "hazard_label": "",
            "rectify_by": None,
        },
        {
            **ITEMS[1],
            "result": "failed",
            "result_label": "不合格",
            "seen": "2号罐区可燃气体报警器停用，检定已过期。",
            "hazard_label": "重大隐患",
            "rectify_by": "2026-04-28",
        },
        {
            **ITEMS[2],
            "result": "failed",
            "result_label": "不合格",
            "seen": "4月11日动火作业票没有监护人签名。",
            "hazard_label": "一般隐患",
            "rectify_by": "2026-05-08",
        },
    ],
    findings="储罐区设有围堰和消防设施，控制室有人值守。\n检查人员对上述问题拍照取证，并当场向在场负责人说明。",
    evidence_count=4,
    signature="signed",
    refusal_reason="",
    witness="",
    recorded_on="2026-04-20",
)
REFUSED_RECORD = {
    **SITE_RECORD,
    "signature": "refused",
    "refusal_reason": "在场负责人认为第2项结论有误。",
    "witness": "示范镇安监站 吴示例",
}
ORDER = _numbered(
    "责令限期整改指令书",
    "责改",
    checked_on="2026-04-20",
    record_number="示应急检记〔2026〕12号",
    problems=PROBLEMS,
    measures="",
    officers=OFFICERS,
    appeal=APPEAL,
)
HANDLING = _numbered(
    "现场处理措施决定书",
    "现决",
    checked_on="2026-04-20",
    record_number="示应急检记〔2026〕12号",
    problems=PROBLEMS[:1],
    basis=["《中华人民共和国安全生产法》第六十五条第一款第（三）项"],
    measures=["暂时停止使用2号罐区储存设施。", "撤出2号罐区作业人员。"],
    officers=OFFICERS,
    appeal=APPEAL,
)
REINSPECTION = _numbered(
    "整改复查意见书",
    "复查",
    order_name="责令限期整改",
    order_number="示应急责改〔2026〕12号",
    order_on="2026-04-20",
    reinspected_on="2026-05-09",
    items=[
        {
            "text": PROBLEMS[0]["text"],
            "passed": True,
            "seen": "报警器已检定合格并恢复使用。",
            "rectified_on": "2026-04-26",
        },
        {
            "text": PROBLEMS[1]["text"],
            "passed": False,
            "seen": "抽查5份作业票，1份仍无监护人签名。",
            "rectified_on": None,
        },
    ],
    opinion="第1项已按要求整改完毕。\n第2项未整改到位，另行依法处理。",
    officers=OFFICERS,
)
RECEIPT = _numbered(
    "送达回执",
    "回",
    recipient={"name": ENTERPRISE["name"], "address": ENTERPRISE["address"]},
    blank_rows=[1, 2, 3],
    remarks="",
    deliveries=[
        {
            "name": "责令限期整改指令书",
            "number": "示应急责改〔2026〕12号",
            "receiver": "",
            "place": "示范化工有限公司办公室",
            "delivered_at": "2026-04-20T11:50:00+08:00",
            "way": "直接送达",
            "deliverers": ["张示例", "李堃"],
        }
    ],
)
MINUTES = {
    **_ISSUED,
    "kind_name": "双随机抽取记录",
    "number": "",
    "place": "示例市应急管理局三楼会议室",
    "host": "周示例",
    "recorder": "孙示例",
    "draw": {
        "number": "SLYJ-2026-004",
        "title": "2026年第二季度安全生产随机抽查",
        "mode_label": "公告后检查",
        "officer_mode_label": "全局混合",
    },
    "sealed_at": "2026-03-31T09:00:00+08:00",
    "drawn_at": "2026-03-31T09:32:00+08:00",
    "sealed_hash": "9f2c41aa07d3" * 5 + "b8e1",
    "seed": "07d39f2c41aa" * 5 + "11c0",
    "pool_count": 124,
    "rules": ["按风险等级分层，各层名额在封存前确定。", "每家派执法人员2名，不得与企业有利害关系。"],
    "funnel": [
        {"label": "名录", "count": 683},
        {"label": "正常经营", "count": 611},
        {"label": "本次领域", "count": 124},
    ],
    "strata": [{"name": "危险化学品/A", "pool": 60, "drawn": 3}, {"name": "危险化学品/B", "pool": 64, "drawn": 5}],
    "sources": [
        {"name": "纪检监察组", "given_at": "2026-03-31T09:30:00+08:00", "text": "第一段随机文字 7203"},
        {"name": "企业代表", "given_at": "2026-03-31T09:32:00+08:00", "text": "清明前后 种瓜点豆"},
    ],
    "enterprises": [
        {
            "position": n,
            "name": f"示范{trade}有限公司",
            "credit_code": f"91999999MA00000{n:02d}X",
            "stratum": "危险化学品/A",
            "officers": ["张示例", "李堃"],
            "experts": ["王喆"] if n % 2 else [],
            "items": ["W0101", "W0203", "W0305"],
        }
        for n, trade in enumerate(["化工", "烟花", "矿业", "冶金", "机械", "建材", "轻工", "纺织"], start=1)
    ],
    "recusals": ["李堃申请回避示范矿业有限公司，经主要负责人批准。"],
    "amendments": [],
    "remarks": "",
    "witnesses": [
        {"name": "吴示例", "organisation": "示例市纪检监察组"},
        {"name": "郑示例", "organisation": "示范镇人民政府"},
    ],
}
COVER = {
    "number": "示应急案〔2026〕12号",
    "case_name": "示范化工有限公司安全生产随机检查",
    "cause": "随机抽查：储罐区安全设施停用、特殊作业票证不全",
    "enterprise_name": ENTERPRISE["name"],
    "outcome": "责令限期整改，复查第1项合格、第2项另案处理。",
    "opened_on": "2026-03-31",
    "closed_on": "2026-05-10",
    "undertakers": ["张示例", "李堃"],
    "archive_number": "20260012",
    "archived_on": "2026-05-12",
    "retention": "30年",
    "year": 2026,
    "volume_label": "",
}
CLOSING = {
    "remarks": "原始照片和录音另存于证据介质，清单见证据清单。",
    "compiled_by": "孙示例",
    "checked_by": "周示例",
    "on": "2026-05-12",
}


def evidence(folder: Path, *, count: int = 4) -> tuple[dict, dict[str, Path]]:
    """The context of an evidence list and its pictures, drawn into `folder`."""
    rows, pictures = [], {}
    for n in range(1, count + 1):
        path = _picture(folder / f"photo-{n}.jpg", number=n)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        pictures[digest] = path
        rows.append(
            {
                "sha256": digest,
                "caption": f"储罐区{n}号报警器，堃喆翀镕",
                "item": "W0203",
                "uploaded_at": f"2026-04-20T09:{10 + n}:00+08:00",
                "device_time": f"2026-04-20T09:{9 + n:02d}:30+08:00",
                "uploaded_by": "张示例",
                "byte_count": path.stat().st_size,
                "media_type": "image/jpeg",
                "shown": True,
            }
        )
    return {
        "kind_name": "证据清单",
        "number": "",
        **_ISSUED,
        "task_number": "RW-2026-0012",
        "enterprise": ENTERPRISE,
        "evidence": rows,
    }, pictures


def _picture(path: Path, *, number: int) -> Path:
    image = Image.new("RGB", (2400, 1800), (120, 140 + number * 9 % 100, 150))
    pen = ImageDraw.Draw(image)
    for step in range(0, 2400, 60):
        pen.line([(step, 0), (2400 - step, 1800)], fill=(step % 255, 90, number * 20 % 255), width=9)
    image.save(path, quality=88)
    return path


SAMPLES: dict[str, dict] = {
    "inspection_notice": NOTICE,
    "public_notice": PUBLIC_NOTICE,
    "check_approval": CHECK_APPROVAL,
    "scheme": SCHEME,
    "site_record": SITE_RECORD,
    "order": ORDER,
    "handling": HANDLING,
    "reinspection": REINSPECTION,
    "delivery_receipt": RECEIPT,
    "draw_minutes": MINUTES,
}
