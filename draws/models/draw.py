"""A draw while it is prepared: rules, strata, sources. What is sealed stands in ledger.py."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from draws.models.guards import draw_guards, part_guards
from draws.models.outcome_guards import current_transaction
from draws.models.plan import Plan
from draws.states import DrawState
from enterprises.models import RiskClass
from shuangsuiji.lib.models import SupervisedField


class Draw(models.Model):
    """One draw. `rules` holds the filters as typed by the drafter (see draws.selectors)."""

    class Mode(models.TextChoices):
        ANNOUNCED = "announced", "公告后检查"
        NOTIFIED = "notified", "通知即检查"
        COVERT = "covert", "暗查后公开"

    class OfficerMode(models.TextChoices):
        MIXED = "mixed", "全局混合"
        LOCAL = "local", "区域定向"
        CROSSED = "crossed", "所所交叉"
        MATCHED = "matched", "专业匹配"

    class Basis(models.TextChoices):
        DRAWN = "drawn", "双随机抽取"
        NAMED = "named", "年度计划点名"

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    basis = models.CharField("产生方式", max_length=8, choices=Basis, default=Basis.DRAWN, editable=False)
    made_in = models.BigIntegerField("写入事务", db_default=current_transaction(), editable=False)
    title = models.CharField("名称", max_length=120)
    number = models.CharField("台账号", max_length=30, unique=True, null=True, editable=False)  # noqa: DJ001
    state = models.CharField("状态", max_length=10, choices=DrawState, default=DrawState.DRAFT)
    mode = models.CharField("公开方式", max_length=10, choices=Mode, default=Mode.ANNOUNCED)
    officer_mode = models.CharField("派员方式", max_length=10, choices=OfficerMode, default=OfficerMode.MIXED)
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, verbose_name="年度计划")
    visits_from = models.DateField("检查开始")
    visits_to = models.DateField("检查结束")
    carry_out_by = models.DateField("须在此日前抽取")
    inspectors_per_enterprise = models.PositiveSmallIntegerField("每家执法人员", default=2)
    items_per_group = models.JSONField("各类事项抽取数", default=dict)
    rules = models.JSONField("抽取范围", default=dict)
    requirements = models.TextField("相关要求", blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="起草人")
    drafted_at = models.DateTimeField("起草时间", auto_now_add=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    approved_at = models.DateTimeField("审批时间", null=True, blank=True)
    returned_reason = models.CharField("退回意见", max_length=300, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作废批准人"
    )
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=300, blank=True)
    void_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作废提出人"
    )
    void_asked_at = models.DateTimeField("作废提出时间", null=True, blank=True)
    rehearsal = models.JSONField("预演", default=dict, blank=True, editable=False)
    """The last trial draws as counts and sentences, and the fingerprint of what they drew from."""
    blocking_note = models.CharField("预演受阻的说明", max_length=200, blank=True)
    scarcity = models.JSONField("可派人员偏少", default=dict, blank=True, editable=False)
    """As the approver saw it: `{"codes": [...], "least": 3, "fewest": 1}`; empty when nobody is short of people."""
    scarcity_note = models.CharField("可派人员偏少的说明", max_length=200, blank=True)
    cleared_people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name="知情人员"
    )

    class Meta:
        verbose_name = verbose_name_plural = "抽取"
        ordering = ["-drafted_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(visits_to__gte=F("visits_from")), name="visits_end_after_they_begin"),
            models.CheckConstraint(condition=Q(inspectors_per_enterprise__gte=2), name="at_least_two_officers"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drafted_by")),
                name="a_draw_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="draw_approved_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=Q(state="void", voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")
                | ~Q(state="void") & Q(voided_at__isnull=True, voided_by__isnull=True),
                name="a_void_draw_says_why_and_who",
            ),
            models.CheckConstraint(
                condition=Q(void_asked_at__isnull=True, void_asked_by__isnull=True)
                | Q(void_asked_at__isnull=False, void_asked_by__isnull=False) & ~Q(void_reason=""),
                name="void_asked_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=Q(voided_by__isnull=True) | Q(void_asked_by__isnull=True) | ~Q(voided_by=F("void_asked_by")),
                name="a_draw_is_voided_by_two",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "approved", "void"]) | Q(number__isnull=False),
                name="a_sealed_draw_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(scarcity={}) | ~Q(scarcity_note=""), name="scarce_people_are_approved_with_a_word"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(rehearsal={})
                | Q(rehearsal__blocked_count=0)
                | ~Q(blocking_note=""),
                name="a_blocked_rehearsal_is_approved_with_a_word",
            ),
            models.CheckConstraint(
                condition=Q(state="assigned", basis="named") | ~Q(state="assigned") & ~Q(basis="named"),
                name="what_the_plan_names_is_assigned_and_nothing_else",
            ),
        ]
        triggers = draw_guards()

    def __str__(self) -> str:
        return self.title

    @property
    def is_named(self) -> bool:
        """Whether the yearly plan names its enterprise: nothing was drawn, and no ledger holds it."""
        return self.basis == self.Basis.NAMED

    @property
    def ledger_number(self) -> str:
        """Its number in the public ledger; empty where there is none."""
        return "" if self.is_named else self.number or ""

    @property
    def source_words(self) -> str:
        """Where a check comes from, as documents say it."""
        if self.is_named:
            return f"年度监督检查计划重点检查（批号 {self.number}）"
        return f"双随机抽查（抽取台账号 {self.number}）"

    @property
    def is_covert(self) -> bool:
        """Whether names are kept from all but the people cleared for it."""
        return self.Mode.COVERT in (self.mode, self.sealed_mode)

    @property
    def is_announced(self) -> bool:
        """Whether names may be public as soon as they are drawn: neither the draw nor its seal says otherwise."""
        return self.mode == self.Mode.ANNOUNCED and self.sealed_mode in ("", self.mode)

    @cached_property
    def sealed_mode(self) -> str:
        """The mode as the sealed record says it, for whoever has been at this row; empty before the sealing."""
        if not self.number or self.is_named:
            return ""
        found = Draw.objects.filter(pk=self.pk).values_list("sealed__mode", flat=True).first()
        return found or ""


class ClearedPerson(Draw.cleared_people.through):  # type: ignore[name-defined,misc]
    """Somebody named for a covert draw. Once it is sealed nobody is added: later there are admissions, with a name."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "知情人员"
        ordering = ["id"]
        triggers = part_guards("cleared")

    def __str__(self) -> str:
        return f"{self.draw_id} {self.user_id}"


class ApprovedPool(models.Model):
    """What the approver saw: who could be drawn and sent on that day. Sealing compares it with what it finds."""

    draw = models.OneToOneField(
        Draw, models.CASCADE, primary_key=True, related_name="approved_pool", verbose_name="抽取"
    )
    content = models.JSONField("内容")
    """`{"enterprises": {code: stratum}, "inspectors": {key: limit}, "experts": {key: limit}, "items": [codes]}`."""
    fingerprint = models.CharField("指纹", max_length=64)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="认可人")
    confirmed_at = models.DateTimeField("认可时间")

    class Meta:
        verbose_name = verbose_name_plural = "批准时的候选"
        ordering = ["draw_id"]
        triggers = part_guards("approved_pool")

    def __str__(self) -> str:
        return self.fingerprint[:8]


class DrawStratum(models.Model):
    """One stratum of a draw: so many enterprises of one field and risk class."""

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="strata", verbose_name="抽取")
    field = models.ForeignKey(SupervisedField, models.PROTECT, verbose_name="监管领域")
    risk_class = models.CharField("风险等级", max_length=1, choices=RiskClass)
    take = models.PositiveIntegerField("抽取家数")
    share = models.PositiveSmallIntegerField("抽取比例（%）", null=True, blank=True)
    """When the drafter gave a share: `take` follows the pool until the draw is sealed."""

    class Meta:
        verbose_name = verbose_name_plural = "分层"
        ordering = ["field__position", "risk_class", "id"]
        constraints = [
            models.UniqueConstraint("draw", "field", "risk_class", name="one_stratum_a_field_and_class"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=1, share__lte=100), name="a_share_is_1_to_100_per_cent"
            ),
        ]
        triggers = part_guards("stratum")

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The stratum's id in the protocol, e.g. `危险化学品/A`."""
        return f"{self.field.name}/{self.risk_class}"


class DrawSource(models.Model):
    """Somebody, or some public event, who contributes one text to the seed."""

    class Kind(models.TextChoices):
        ACCOUNT = "account", "账号"
        LINK = "link", "一次性链接"
        EVENT = "event", "公开事件"

    class Event(models.TextChoices):
        SSQ = "ssq", "双色球开奖号码"
        DRAND = "drand", "drand 公共随机信标"
        OTHER = "other", "其他公开数值"

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="sources", verbose_name="抽取")
    position = models.PositiveSmallIntegerField("次序")
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("方式", max_length=8, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="见证账号"
    )
    event = models.CharField("公开事件种类", max_length=8, choices=Event, blank=True)
    issue = models.CharField("期号或轮次", max_length=30, blank=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    """When a public event becomes known: after the sealing, never before."""

    class Meta:
        verbose_name = verbose_name_plural = "种子来源"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint("draw", "name", name="a_source_name_once_a_draw"),
            models.CheckConstraint(
                condition=~Q(kind="account") | Q(user__isnull=False), name="an_account_source_has_its_account"
            ),
            models.CheckConstraint(
                condition=Q(kind="event", published_at__isnull=False) & ~Q(event="")
                | ~Q(kind="event") & Q(published_at__isnull=True, event="", issue=""),
                name="an_event_is_named_with_its_time",
            ),
        ]
        triggers = part_guards("source")

    def __str__(self) -> str:
        return self.name
