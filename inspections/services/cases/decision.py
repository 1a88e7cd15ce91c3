"""决定: imposed by the head or on the spot; made public; revoked and taken back."""

from __future__ import annotations

from django.conf import settings

from inspections.documents.cases import decision_kind, opinion_of
from inspections.models import Case
from inspections.policies import cases as rules
from inspections.policies.penalties import NEEDS, WORDS, Penalty, check_not_harsher, check_whole
from inspections.services.cases import clock
from inspections.services.cases.dates import After, decided, visit_start
from inspections.services.cases.engine import Act, Taken
from inspections.services.cases.evidence import REFUSAL, SIGNATURE, check_signature
from inspections.services.cases.fields import CHOICE, DAY, LINES, MANY, MINUTE, MONEY, Field
from inspections.services.cases.imposing import MILDER_PARTS, impose, penalty_initial
from inspections.services.cases.register import tell_register
from inspections.services.cases.telling import tell_handlers
from inspections.states import CaseState
from shuangsuiji.lib.errors import Refusal

PAY_TO = Field(
    "pay_to",
    "缴款方式",
    LINES,
    is_required=False,
    most=300,
    initial=settings.FINE_PAYEE,
    hint="有罚款的写明代收银行、户名和账号。",
)
SPOT_KINDS = (("warning", "警告"), ("fine", "罚款"))


def _decide(taken: Taken) -> None:
    impose(taken.case, _decided_penalty(taken))
    taken.case.decided_on, taken.case.decided_by = taken.on, taken.by


def _check_decision(taken: Taken) -> None:
    penalty, told = _decided_penalty(taken), Penalty.told(taken.case)
    if told is not None:
        check_not_harsher(penalty, told=told)
    check_whole(penalty)
    _check_payee(taken, penalty)


def _check_payee(taken: Taken, penalty: Penalty) -> None:
    """行政处罚法 §67: a fine is paid at a bank, which the decision names."""
    if penalty.fine and not taken.fields["pay_to"]:
        raise Refusal("罚款须写明代收银行、户名和账号。", field="pay_to")


def _decided_penalty(taken: Taken) -> Penalty:
    """Kinds, sums and terms as decided; what the penalty is about as it was told."""
    told = Penalty.told(taken.case) or Penalty.proposed(taken.case)
    needed = {name for kind in taken.fields["penalty_kinds"] for name in NEEDS.get(kind, ())}
    return Penalty.of({**{name: getattr(told, name) for name in WORDS if name in needed}, **taken.fields})


def _offered_kinds(case: Case) -> dict:
    """Only what was told can be decided."""
    told = Penalty.told(case) or Penalty.proposed(case)
    return {"penalty_kinds": tuple((kind, str(Case.PenaltyKind(kind).label)) for kind in told.kinds)}


def _check_on_spot(taken: Taken) -> None:
    check_signature(taken)
    rules.check_spot_fine(taken.case, fine=taken.fields["fine"])
    penalty = Penalty.of(taken.fields)
    check_whole(penalty)
    if taken.fields["collected"] != "spot":
        _check_payee(taken, penalty)


def _decide_on_spot(taken: Taken) -> None:
    case = taken.case
    impose(case, Penalty.of(taken.fields))
    case.decided_on, case.decided_by = taken.on, taken.by
    case.filed_on, case.filed_by = taken.on, taken.by


def _decided(taken: Taken) -> None:
    """§61 seven working days to deliver, 安全生产法 §78 seven to make it public; the register learns of it."""
    clock.keep_for(taken.case, clock.DECIDE, on=taken.on, by=taken.by)
    clock.open_for(taken.case, clock.DELIVER, start_on=taken.on, by=taken.by)
    clock.open_for(taken.case, clock.PUBLISH, start_on=taken.on, by=taken.by)
    tell_register(taken.case)
    tell_handlers(taken.case, "已作出处罚决定，请送达决定书")


def _published(taken: Taken) -> None:
    clock.keep_for(taken.case, clock.PUBLISH, on=taken.fields["on"], by=taken.by)


def _revoked(taken: Taken) -> None:
    """What still ran falls away; what was public must be taken back within three working days (§48)."""
    open_duties = (clock.DELIVER, clock.PUBLISH, clock.PAY, clock.DEMAND, clock.ENFORCE)
    rights = (clock.APPEAL_REVIEW, clock.APPEAL_COURT)
    clock.cancel_for(taken.case, *open_duties, *rights, reason="处罚决定被撤销", by=taken.by)
    if rules.has_step(taken.case, "published"):
        clock.open_for(taken.case, clock.WITHDRAW, start_on=taken.on, by=taken.by)


def _revoked_on(case: Case) -> After | None:
    step = case.steps.filter(act="revoke").order_by("-at", "-id").first()
    return After(step.on, "决定被撤销的日期") if step else None


def _withdrawn(taken: Taken) -> None:
    clock.keep_for(taken.case, clock.WITHDRAW, on=taken.fields["on"], by=taken.by)


ACTS = (
    Act(
        "decide",
        "作出处罚决定",
        rules.check_may_decide,
        fields=(
            Field(
                "penalty_kinds",
                "处罚种类",
                MANY,
                choices=tuple(Case.PenaltyKind.choices),
                hint="不得重于告知的种类、数额和期限。",
            ),
            *MILDER_PARTS,
            Field("considered", "陈述申辩和听证意见的复核及采纳情况", LINES, is_required=False, most=2000),
            PAY_TO,
        ),
        kinds=lambda case: (decision_kind(case),),
        to=CaseState.DECIDED,
        check=_check_decision,
        prepare=_decide,
        settle=_decided,
        initial=penalty_initial,
        offered=_offered_kinds,
        opinions=lambda taken: {"approval": opinion_of("同意。", by=taken.by, on=taken.on), **_report_of(taken)},
        warning="决定书签发后不能改动，须在 7 个工作日内送达、7 个工作日内公开。",
        group="决定",
    ),
    Act(
        "decide_on_spot",
        "当场作出处罚决定",
        rules.check_may_decide_on_spot,
        fields=(
            Field("decided_at", "决定时间", MINUTE),
            Field("place", "地点"),
            Field("penalty_kinds", "处罚种类", MANY, choices=SPOT_KINDS),
            Field("fine", "罚款（元）", MONEY, is_required=False, hint="对单位不超过 3000 元，对个人不超过 200 元。"),
            Field(
                "collected",
                "罚款缴纳",
                CHOICE,
                is_required=False,
                choices=(("spot", "当场收缴"), ("bank", "到指定银行缴纳")),
            ),
            PAY_TO,
            SIGNATURE,
            REFUSAL,
        ),
        kinds=lambda case: (decision_kind(case),),
        to=CaseState.DECIDED,
        moment="decided_at",
        after=visit_start,
        check=_check_on_spot,
        prepare=_decide_on_spot,
        settle=_decided,
        initial=lambda case: {"place": case.task.enterprise.address},
        warning="当场处罚决定书应当当场交付当事人。",
        group="决定",
    ),
    Act(
        "published",
        "登记处罚信息公开",
        rules.check_may_publish_penalty,
        fields=(Field("on", "公开日期", DAY), Field("where", "公开的网站和栏目", most=200)),
        moment="on",
        after=decided,
        settle=_published,
        group="公开",
    ),
    Act(
        "revoke",
        "登记决定被撤销",
        rules.check_may_revoke,
        fields=(
            Field(
                "cause",
                "撤销的原因",
                CHOICE,
                choices=(("review", "行政复议"), ("court", "行政诉讼"), ("self", "本机关自行纠正")),
            ),
            Field("number", "复议决定书、裁判文书或者本机关文书的文号"),
            Field("reason", "理由", LINES, most=2000),
        ),
        to=CaseState.REVOKED,
        settle=_revoked,
        warning="已公开的处罚信息须在 3 个工作日内撤回并公开说明理由。",
        group="公开",
    ),
    Act(
        "withdrawn",
        "登记撤回已公开的处罚信息",
        rules.check_may_withdraw_publication,
        fields=(Field("on", "撤回日期", DAY), Field("explanation", "公开说明的理由", LINES, most=1000)),
        moment="on",
        after=_revoked_on,
        settle=_withdrawn,
        group="公开",
    ),
)


def _report_of(taken: Taken) -> dict:
    """Evidence and reasons as the officer in charge set them down; §59 wants them in the decision."""
    reported = taken.case.steps.filter(act="report").order_by("-at", "-id").first()
    return {"report": reported.fields} if reported else {}
