"""行政处罚案件: one case against one party, grown out of a check."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models.guards import case_guards, filed_guards
from inspections.models.task import Task
from inspections.states import CaseState
from inspectors.models import Inspector
from shuangsuiji.audit.models import append_only
from shuangsuiji.documents.models import IssuedDocument

OF_THE_CASE = "SELECT task_id FROM inspections_case WHERE id = {row}.case_id"


class Case(models.Model):
    """A penalty case. What happened in it stands in its steps; these are the facts that rules ask for."""

    class Procedure(models.TextChoices):
        ORDINARY = "ordinary", "普通程序"
        SPOT = "spot", "简易程序（当场处罚）"

    class PartyKind(models.TextChoices):
        UNIT = "unit", "单位"
        PERSON = "person", "个人"

    class PenaltyKind(models.TextChoices):
        """行政处罚法（2021）第九条, as far as a safety bureau imposes it; in the order of the law."""

        WARNING = "warning", "警告"
        CENSURE = "censure", "通报批评"
        FINE = "fine", "罚款"
        CONFISCATION = "confiscation", "没收违法所得"
        GOODS = "goods", "没收非法财物"
        WITHHOLDING = "withholding", "暂扣许可证件"
        DOWNGRADE = "downgrade", "降低资质等级"
        REVOCATION = "revocation", "吊销许可证件"
        RESTRICTION = "restriction", "限制开展生产经营活动"
        SUSPENSION = "suspension", "责令停产停业整顿"
        CLOSURE = "closure", "责令关闭"

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("案件号", max_length=60, unique=True)
    task = models.ForeignKey(Task, models.PROTECT, related_name="cases", verbose_name="任务")
    state = models.CharField("状态", max_length=14, choices=CaseState, default=CaseState.PROPOSED)
    procedure = models.CharField("程序", max_length=8, choices=Procedure, default=Procedure.ORDINARY)
    party_kind = models.CharField("当事人类别", max_length=6, choices=PartyKind, default=PartyKind.UNIT)
    party_name = models.CharField("当事人", max_length=100)
    party_post = models.CharField("当事人职务", max_length=60, blank=True)
    party_address = models.CharField("当事人地址", max_length=200, blank=True)
    source = models.CharField("案件来源", max_length=100)
    cause = models.CharField("案由", max_length=200)
    facts = models.TextField("案件基本情况")
    provisions_broken = models.TextField("违反的规定")
    provisions_applied = models.TextField("处罚依据")
    found_on = models.DateField("发现日期")
    penalty_kinds = models.JSONField("处罚种类", default=list)
    fine = models.DecimalField("罚款（元）", max_digits=12, decimal_places=2, default=0)
    penalty_terms = models.JSONField("处罚的数额、期限和范围", default=dict, blank=True)
    told_kinds = models.JSONField("告知的处罚种类", null=True, blank=True)
    told_fine = models.DecimalField("告知的罚款（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    told_terms = models.JSONField("告知的数额、期限和范围", null=True, blank=True)
    penalty_text = models.TextField("处罚内容", blank=True, help_text="由处罚种类和数额写成，不另填写。")
    is_grave = models.BooleanField("情节复杂或者重大违法", default=False)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提请人")
    proposed_at = models.DateTimeField("提请时间")
    filed_on = models.DateField("立案日期", null=True, blank=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="立案批准人"
    )
    decided_on = models.DateField("决定日期", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    closed_on = models.DateField("结案日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "行政处罚案件"
        ordering = ["-proposed_at", "number"]
        indexes = [models.Index(fields=["state", "-proposed_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(fine__gte=0), name="a_fine_is_not_negative"),
            models.CheckConstraint(
                condition=Q(told_fine__isnull=True) | Q(fine__lte=models.F("told_fine")),
                name="a_fine_is_not_above_what_was_told",
            ),
            models.CheckConstraint(
                condition=Q(told_kinds__isnull=True) | Q(penalty_kinds__contained_by=models.F("told_kinds")),
                name="no_kind_of_penalty_that_was_not_told",
            ),
            models.CheckConstraint(
                condition=Q(told_kinds__isnull=True, told_fine__isnull=True, told_terms__isnull=True)
                | Q(told_kinds__isnull=False, told_fine__isnull=False, told_terms__isnull=False),
                name="what_was_told_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True, filed_by__isnull=True)
                | Q(filed_on__isnull=False, filed_by__isnull=False),
                name="case_filed_by_and_on_agree",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, decided_by__isnull=True)
                | Q(decided_on__isnull=False, decided_by__isnull=False),
                name="case_decided_by_and_on_agree",
            ),
            models.CheckConstraint(
                condition=Q(procedure="spot") | Q(filed_by__isnull=True) | ~Q(filed_by=models.F("proposed_by")),
                name="a_case_is_filed_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_on__isnull=False), name="a_closed_case_has_its_day"
            ),
        ]
        triggers = case_guards()

    def __str__(self) -> str:
        return self.number


class CaseHandler(models.Model):
    """An officer in charge of a case (承办人); one who was recused stays in view with the day they left."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="handlers", verbose_name="案件")
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="+", verbose_name="承办人")
    position = models.PositiveSmallIntegerField("次序")
    left_on = models.DateField("退出日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "案件承办人"
        ordering = ["case_id", "position", "id"]
        constraints = [models.UniqueConstraint("case", "inspector", name="a_handler_once_a_case")]
        triggers = filed_guards("handler", path_to_task=OF_THE_CASE)

    def __str__(self) -> str:
        return self.inspector.name


class CaseStep(models.Model):
    """One act of a case as it was done: what was written, and the document it became."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", verbose_name="案件")
    act = models.CharField("步骤", max_length=30)
    on = models.DateField("日期")
    at = models.DateTimeField("登记时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    fields = models.JSONField("填写内容", default=dict)
    document = models.OneToOneField(
        IssuedDocument, models.PROTECT, null=True, blank=True, related_name="case_step", verbose_name="文书"
    )

    class Meta:
        verbose_name = verbose_name_plural = "案件步骤"
        ordering = ["case_id", "at", "id"]
        indexes = [models.Index(fields=["case", "act"])]
        triggers = [
            *append_only("case_step"),
            *filed_guards("case_step", path_to_task=OF_THE_CASE, against=("added",)),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.act}"


class CaseRecusal(models.Model):
    """A request that an officer withdraw from a case; the head decides (行政处罚法 §43)."""

    class Side(models.TextChoices):
        OFFICER = "officer", "执法人员本人"
        PARTY = "party", "当事人"

    case = models.ForeignKey(Case, models.PROTECT, related_name="recusals", verbose_name="案件")
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="+", verbose_name="被申请回避人")
    side = models.CharField("申请人", max_length=8, choices=Side)
    reason = models.CharField("回避理由", max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    asked_at = models.DateTimeField("申请时间")
    is_granted = models.BooleanField("准许", null=True)
    opinion = models.CharField("决定理由", max_length=300, blank=True)
    replacement = models.ForeignKey(
        Inspector, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接办人"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "案件回避申请"
        ordering = ["case_id", "asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "inspector"], condition=Q(decided_at__isnull=True), name="one_open_recusal_an_officer"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, is_granted__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, is_granted__isnull=False),
                name="a_recusal_is_decided_whole",
            ),
        ]
        triggers = filed_guards("case_recusal", path_to_task=OF_THE_CASE)

    def __str__(self) -> str:
        return f"{self.case} {self.inspector}"
