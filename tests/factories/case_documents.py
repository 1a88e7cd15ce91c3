"""One full, fictitious context for every paper of a penalty case."""

from __future__ import annotations

from tests.factories.documents import CONTACT, ENTERPRISE, LINK, OFFICERS, OPINION

UNIT = {
    "is_unit": True,
    "name": ENTERPRISE["name"],
    "address": ENTERPRISE["address"],
    "representative": "赵翀",
    "credit_code": ENTERPRISE["credit_code"],
    "phone": ENTERPRISE["contact_phone"],
    "post": "",
    "unit": "",
}
PERSON = {**UNIT, "is_unit": False, "name": "赵翀", "post": "总经理", "unit": ENTERPRISE["name"], "credit_code": ""}
FACTS = (
    "2026年4月20日，执法人员对示范化工有限公司进行双随机检查时发现：\n"
    "2号罐区可燃气体报警器已停用，检定证书于2026年1月15日过期；4月11日动火作业票没有监护人签名。"
)
EVIDENCE = [
    {"cells": ["现场检查记录（示应急检记〔2026〕12号）", "证明检查时的现场状况"]},
    {"cells": ["钱镕询问笔录", "报警器停用的时间和原因"]},
    {"cells": ["现场照片6张", "报警器停用、作业票不全"]},
]
REPORT = {
    "facts": FACTS,
    "evidence": EVIDENCE,
    "party_view": "当事人认为停用时间较短，请求从轻处罚。",
    "discretion": "当事人主动停用2号罐区并在三日内完成整改，属于从轻情形",
}
CASE = {
    "number": "SLYJ-2026-004-01-案1",
    "name": "示范化工有限公司未对安全设备进行定期检测案",
    "cause": "未对安全设备进行定期检测",
    "source": "“双随机、一公开”执法检查发现",
    "facts": FACTS,
    "broken": "《中华人民共和国安全生产法》第三十六条第二款",
    "applied": "《中华人民共和国安全生产法》第九十九条第三项",
    "found_on": "2026-04-20",
    "filed_on": "2026-04-24",
    "decided_on": "2026-05-28",
    "procedure": "普通程序",
}
ACCOUNT = {
    "fine": "20000",
    "surcharge": "3000",
    "paid": "0",
    "outstanding": "23000",
    "outstanding_words": "贰万叁仟元整",
    "due_on": "2026-06-15",
}
PAPERS = {
    "penalty_notice": {"number": "示应急罚告〔2026〕12号", "on": "2026-05-11"},
    "penalty_unit": {"number": "示应急罚〔2026〕12号", "on": "2026-05-28"},
    "preservation": {"number": "示应急先保〔2026〕12号", "on": "2026-04-25"},
}
SIGNED = {"signature": "signed", "refusal_reason": ""}
REFUSED = {"signature": "refused", "refusal_reason": "当事人认为停用时间记载有误。"}
GOODS = [
    {"cells": ["可燃气体报警器检定证书", "JD-2025-堃", "1份", "复印件，加盖公章"]},
    {"cells": ["动火作业票", "2026年4月", "12份", ""]},
]
SPAN = {"starts_at": "2026-04-25T09:00+08:00", "ends_at": "2026-04-25T10:20+08:00"}
TALK = "\n".join(f"问：第{n}个问题？\n答：报警器由李喆负责，停用时我不在现场。" for n in range(1, 19))


def paper(name: str, mark: str, *, party: dict | None = None, **fields) -> dict:
    """A full context: the case, its party, and the fields of the step."""
    return {
        "kind_name": name,
        "number": f"示应急{mark}〔2026〕12号" if mark else "",
        "issued_on": "2026-05-28",
        "qr_link": LINK,
        "check_link": LINK,
        "enterprise": ENTERPRISE,
        "party": party or UNIT,
        "case": CASE,
        "officers": OFFICERS,
        "penalty": {
            "kinds": ["警告", "罚款"],
            "fine": "20000",
            "fine_words": "贰万元整",
            "text": "警告、罚款人民币贰万元整（￥20000元）",
        },
        "papers": PAPERS,
        "f": fields,
        "opinions": {
            "undertaker": OPINION,
            "review": OPINION,
            "approval": OPINION,
            "report": REPORT,
            "account": ACCOUNT,
            "asked": {"execution": "罚款已于2026年6月8日缴清。\n隐患已经复查整改到位。"},
        },
        "contact": CONTACT,
        "appeal": {},
    }


DECISION = {"considered": "对从轻处罚的请求予以采纳", "pay_to": "请持本决定书到示例银行示例支行缴纳。"}
SPOT = {
    "decided_at": "2026-04-20T11:30+08:00",
    "place": ENTERPRISE["address"],
    "collected": "bank",
    "pay_to": "请到示例银行缴纳。",
    "considered": "",
}
CASE_SAMPLES: dict[str, dict] = {
    "case_filing": paper("立案审批表", "立", opinion="同意立案。"),
    "inquiry_notice": paper(
        "询问通知书",
        "询",
        person="钱镕",
        appear_at="2026-04-27T09:00+08:00",
        place="示例市应急管理局执法大队",
        bring="报警器检定证书、设备台账。",
        contact="孙示例",
        phone="0730-0000001",
    ),
    "inquiry_record": paper(
        "询问笔录",
        "",
        **SPAN,
        number=1,
        place="示例市应急管理局执法大队",
        person="钱镕",
        sex="男",
        age="45",
        unit=ENTERPRISE["name"],
        post="安全总监",
        address="",
        phone="0730-0000000",
        text=TALK,
        **SIGNED,
    ),
    "survey_record": paper(
        "勘验笔录",
        "勘",
        **SPAN,
        place="2号罐区",
        weather="晴",
        party_person="钱镕",
        party_post="示范化工有限公司安全总监",
        invited="吴示例",
        recorder="李堃",
        text="2号罐区位于厂区东侧，设报警器4台，均处于断电状态。",
        **REFUSED,
    ),
    "sampling": paper(
        "抽样取证凭证",
        "抽",
        person="钱镕",
        taken_at="2026-04-25T10:30+08:00",
        place="2号罐区",
        samples=[{"cells": ["甲醇", "工业级 2026-03", "500毫升×2", "基数20吨"]}],
        **SIGNED,
    ),
    "preservation": paper(
        "先行登记保存证据通知书",
        "先保",
        reason="未对安全设备进行定期检测",
        goods=GOODS,
        way="here",
        place="示范化工有限公司档案室",
    ),
    "preservation_outcome": paper(
        "先行登记保存证据处理决定书", "先处", goods=GOODS, outcome="解除登记保存，原件发还当事人，复印件附卷。"
    ),
    "case_report": paper("案件处理呈批表", "呈"),
    "legal_review": paper("法制审核意见书", "法审", points=["body", "facts", "law", "procedure", "papers", "crime"]),
    "penalty_notice": paper("行政处罚告知书", "罚告"),
    "statement_record": paper(
        "当事人陈述申辩笔录",
        "",
        starts_at="2026-05-13T09:00+08:00",
        place="示例市应急管理局",
        person="钱镕",
        post="安全总监",
        phone="0730-0000000",
        text="我单位已经整改，请求从轻处罚。",
        considered="经复核，整改属实，予以采纳。",
        **SIGNED,
    ),
    "hearing_notice": paper("听证告知书", "听告"),
    "hearing_meeting": paper(
        "听证会通知书",
        "听通",
        held_at="2026-05-25T09:00+08:00",
        place="示例市应急管理局三楼会议室",
        chair="郑示例",
        is_open="open",
        clerk="冯示例",
    ),
    "hearing_record": paper(
        "听证笔录",
        "",
        **SPAN,
        place="示例市应急管理局三楼会议室",
        chair="郑示例",
        clerk="冯示例",
        present="当事人代表：钱镕\n调查人员：张示例、李堃",
        text="主持人：现在开始听证。\n调查人员：提出违法事实、证据和处罚建议。\n当事人：没有异议，请求从轻。",
        opinion="事实清楚，建议维持拟处罚意见。",
        **SIGNED,
    ),
    "notice_withdrawal": paper(
        "撤回行政处罚告知书通知书", "罚撤", cause="law", reason="告知的罚款数额超出裁量基准，应当重新审核。"
    ),
    "discussion_record": paper(
        "案件集体讨论记录",
        "",
        starts_at="2026-05-27T15:00+08:00",
        place="示例市应急管理局二楼会议室",
        host="周示例",
        reporter="张示例",
        recorder="冯示例",
        present=[
            {"cells": ["周示例", "局长", "同意"]},
            {"cells": ["郑示例", "副局长", "同意，可以从轻"]},
            {"cells": ["吴示例", "总工程师", "同意"]},
        ],
        text="张示例汇报案情。\n郑示例：同意处罚意见。",
        conclusion="一致同意罚款人民币2万元。",
    ),
    "penalty_unit": paper("行政处罚决定书（单位）", "罚", **DECISION),
    "penalty_person": paper("行政处罚决定书（个人）", "罚个", party=PERSON, **DECISION),
    "penalty_spot": paper("行政（当场）处罚决定书", "罚当", **SPOT, **SIGNED),
    "no_penalty": paper(
        "不予行政处罚决定书",
        "不罚",
        reason="违法行为轻微并及时改正，没有造成危害后果。",
        basis="《中华人民共和国行政处罚法》第三十三条第一款",
    ),
    "reminder": paper("行政决定履行催告书", "催", pay_to="请到示例银行缴纳。", contact="孙示例 0730-0000001"),
    "case_transfer": paper(
        "案件移送书",
        "移",
        to="示例市公安局",
        reason="涉嫌危险作业罪，依据《中华人民共和国行政处罚法》第二十七条移送。",
        materials=[{"cells": ["现场检查记录", "1份"]}, {"cells": ["询问笔录", "2份"]}],
    ),
    "case_closing": paper("结案审批表", "结", opinion="同意结案。"),
    "recusal_decision": paper(
        "回避决定书",
        "避",
        person="李堃",
        certificate_number="18060001002",
        side="当事人",
        asked_on="2026-04-26",
        reason="李堃的近亲属在本单位任职。",
        is_granted=True,
        opinion="经核实情况属实。",
        replacement="王示例",
    ),
}
