"""调查取证: inquiry, survey, samples, preservation; the papers of an investigation."""

from __future__ import annotations

from django.conf import settings

from inspections.documents import cases as papers
from inspections.models import Case
from inspections.policies import cases as rules
from inspections.services.cases import clock
from inspections.services.cases.dates import visit_start
from inspections.services.cases.engine import Act, Taken, is_kept
from inspections.services.cases.fields import APPOINTMENT, CHOICE, COUNT, LINES, MINUTE, ROWS, Field
from shuangsuiji.lib.deadlines import keep_deadline, open_deadline
from shuangsuiji.lib.errors import Refusal

SIGNATURE = Field("signature", "对方签名情况", CHOICE, choices=(("signed", "已签名"), ("refused", "拒绝签名")))
REFUSAL = Field("refusal_reason", "拒签原因", is_required=False, hint="拒绝签名的必须写明。")
GOODS_HINT = "每行一件：名称｜规格型号｜数量｜特征"
GOODS = ("证据名称", "规格型号", "数量", "特征或备注")
STEP_KIND = "case_step"


def check_signature(taken: Taken) -> None:
    """安全生产法 §68 by analogy: a refusal to sign is itself recorded."""
    if taken.fields.get("signature") == "refused" and not taken.fields.get("refusal_reason"):
        raise Refusal("拒绝签名的，请写明拒签原因。", field="refusal_reason")


def check_span(taken: Taken) -> None:
    """What is written down ended after it began."""
    check_signature(taken)
    if taken.fields["ends_at"] <= taken.fields["starts_at"]:
        raise Refusal("结束时间须在开始时间之后。", field="ends_at")


def _preserved(taken: Taken) -> None:
    """§56: seven working days to deal with what was preserved; each notice has its own row."""
    step = taken.case.steps.filter(act="preservation").latest("id")
    open_deadline(
        clock.PRESERVE,
        subject_kind=STEP_KIND,
        subject_key=str(step.pk),
        label=f"案件 {taken.case.number} 对先行登记保存的证据作出处理",
        start_on=taken.on,
        by=taken.by,
        is_confidential=is_kept(taken.case),
    )


def _preservation_settled(taken: Taken) -> None:
    """The oldest notice that had no outcome is the one dealt with."""
    done = taken.case.steps.filter(act="preservation_outcome").count()
    step = taken.case.steps.filter(act="preservation").order_by("id")[done - 1]
    keep_deadline(clock.PRESERVE, subject_kind=STEP_KIND, subject_key=str(step.pk), on=taken.on, by=taken.by)


def _place_of(case: Case) -> dict:
    return {"place": case.task.enterprise.address}


ACTS = (
    Act(
        "inquiry_notice",
        "询问通知书",
        rules.check_may_investigate,
        fields=(
            Field("person", "被询问人"),
            Field("appear_at", "接受询问的时间", APPOINTMENT),
            Field("place", "接受询问的地点", initial=settings.BUREAU_ADDRESS or settings.BUREAU_NAME),
            Field("bring", "须携带的证件和材料", LINES, is_required=False, most=1000),
            Field("contact", "联系人", initial=settings.BUREAU_CONTACT),
            Field("phone", "联系电话", initial=settings.BUREAU_PHONE),
        ),
        kinds=lambda case: (papers.INQUIRY_NOTICE,),
        group="调查取证",
    ),
    Act(
        "inquiry_record",
        "询问笔录",
        rules.check_may_investigate,
        fields=(
            Field("number", "第几次询问", COUNT, initial=1),
            Field("starts_at", "开始时间", MINUTE),
            Field("ends_at", "结束时间", MINUTE),
            Field("place", "询问地点"),
            Field("person", "被询问人"),
            Field("sex", "性别", is_required=False),
            Field("age", "年龄", is_required=False),
            Field("unit", "工作单位", is_required=False),
            Field("post", "职务", is_required=False),
            Field("address", "住址", is_required=False),
            Field("phone", "电话", is_required=False),
            Field("text", "询问内容", LINES, hint="问、答分行写。", most=20_000),
            SIGNATURE,
            REFUSAL,
        ),
        kinds=lambda case: (papers.INQUIRY_RECORD,),
        moment="starts_at",
        after=visit_start,
        check=check_span,
        group="调查取证",
    ),
    Act(
        "survey_record",
        "勘验笔录",
        rules.check_may_investigate,
        fields=(
            Field("starts_at", "开始时间", MINUTE),
            Field("ends_at", "结束时间", MINUTE),
            Field("place", "勘验场所"),
            Field("weather", "天气情况", is_required=False),
            Field("party_person", "当事人（在场人）"),
            Field("party_post", "单位及职务", is_required=False),
            Field("invited", "被邀请人", is_required=False, hint="当事人不到场的，邀请有关人员见证。"),
            Field("recorder", "记录人"),
            Field("text", "勘验情况及结果", LINES, most=10_000),
            SIGNATURE,
            REFUSAL,
        ),
        kinds=lambda case: (papers.SURVEY_RECORD,),
        moment="starts_at",
        after=visit_start,
        check=check_span,
        initial=_place_of,
        group="调查取证",
    ),
    Act(
        "sampling",
        "抽样取证凭证",
        rules.check_may_investigate,
        fields=(
            Field("person", "现场负责人"),
            Field("taken_at", "抽样时间", MINUTE),
            Field("place", "抽样地点"),
            Field(
                "samples",
                "样品",
                ROWS,
                columns=("样品名称", "规格及批号", "数量", "抽样基数及备注"),
                hint="每行一件：样品名称｜规格及批号｜数量｜备注",
                most=4000,
            ),
            SIGNATURE,
            REFUSAL,
        ),
        kinds=lambda case: (papers.SAMPLING,),
        moment="taken_at",
        after=visit_start,
        check=check_signature,
        initial=_place_of,
        group="调查取证",
    ),
    Act(
        "preservation",
        "先行登记保存证据通知书",
        rules.check_may_investigate,
        fields=(
            Field("reason", "涉嫌的违法行为"),
            Field(
                "goods", "登记保存的证据", ROWS, columns=GOODS, hint="每行一件：名称｜规格型号｜数量｜特征", most=4000
            ),
            Field("way", "保存方式", CHOICE, choices=(("here", "就地保存"), ("away", "异地保存"))),
            Field("place", "保存地点"),
        ),
        kinds=lambda case: (papers.PRESERVATION,),
        settle=_preserved,
        initial=_place_of,
        warning="须在 7 个工作日内作出处理决定。",
        group="调查取证",
    ),
    Act(
        "preservation_outcome",
        "先行登记保存证据处理决定书",
        rules.check_may_settle_preservation,
        fields=(
            Field("goods", "处理的证据", ROWS, columns=GOODS, hint=GOODS_HINT),
            Field("outcome", "处理决定", LINES, hint="例如：解除登记保存，予以发还。", most=1000),
        ),
        kinds=lambda case: (papers.PRESERVATION_OUTCOME,),
        settle=_preservation_settled,
        group="调查取证",
    ),
)
