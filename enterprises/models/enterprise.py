"""One enterprise, and how dangerous it is held to be."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace

from enterprises.models.vocabularies import Hazard
from shuangsuiji.audit.tracking import UNINTERESTING, keep_history
from shuangsuiji.lib.models import SupervisedField, TechnicalFeature, Township


class RiskClass(models.TextChoices):
    """A is the least, D the greatest risk."""

    A = "A", "A 低"
    B = "B", "B 一般"
    C = "C", "C 较高"
    D = "D", "D 重大"


NAME_SOUND = Replace(F("name_key"), Value(" "), Value(""))
"""The pinyin without blanks, as people type it; an index stands on this very expression."""

NAME_NOT_SOUNDED = ~Q(sounded_name="") & ~Q(sounded_name=F("name"))
"""Rows whose name was changed past the services: what is made of it still says the former one."""


@keep_history(without=UNINTERESTING | {"sounded_name"})
class Enterprise(models.Model):
    """An enterprise; its 统一社会信用代码 is the business key.

    Without a confirmed field and a risk class it is unclassified and stays out of pools.
    """

    class State(models.TextChoices):
        ACTIVE = "active", "正常经营"
        SUSPENDED = "suspended", "停产停业"
        CLOSED = "closed", "注销关闭"
        MOVED = "moved", "迁出"

    class Size(models.TextChoices):
        LARGE = "large", "大型"
        MEDIUM = "medium", "中型"
        SMALL = "small", "小型"
        MICRO = "micro", "微型"

    class Level(models.TextChoices):
        CITY = "city", "市级"
        COUNTY = "county", "县级"
        TOWNSHIP = "township", "乡镇"

    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    name = models.CharField("企业名称", max_length=120)
    name_key = models.CharField("名称拼音", max_length=600, blank=True, editable=False)
    name_initials = models.CharField("名称首字母", max_length=120, blank=True, editable=False)
    sounded_name = models.CharField("拼音所据名称", max_length=120, blank=True, default="", editable=False)
    registered_on = models.DateField("注册日期", null=True, blank=True)
    organisation_type = models.CharField("企业类型", max_length=60, blank=True)
    capital = models.CharField("注册资金", max_length=60, blank=True)
    business_scope = models.TextField("经营范围", blank=True)
    address = models.CharField("注册地址", max_length=200, blank=True)
    township = models.ForeignKey(Township, models.PROTECT, null=True, blank=True, verbose_name="所在乡镇")
    field = models.ForeignKey(SupervisedField, models.PROTECT, null=True, blank=True, verbose_name="监管领域")
    suggested_field = models.ForeignKey(
        SupervisedField, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="建议领域"
    )
    industry_code = models.CharField("国民经济行业代码", max_length=5, blank=True)
    risk_class = models.CharField("风险等级", max_length=1, choices=RiskClass, blank=True)
    enforcing_level = models.CharField("监管层级", max_length=10, choices=Level, default=Level.COUNTY)
    size = models.CharField("规模", max_length=8, choices=Size, blank=True)
    is_key = models.BooleanField("重点检查单位", default=False)
    hazards = models.ManyToManyField(Hazard, blank=True, verbose_name="危险因素")
    features = models.ManyToManyField(TechnicalFeature, blank=True, verbose_name="技术特点")
    expert_count_wanted = models.PositiveSmallIntegerField("需要专家数", default=0)
    contact_name = models.CharField("联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=30, blank=True)
    contact_email = models.EmailField("电子邮箱", blank=True)
    representative = models.CharField("主要负责人", max_length=40, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ACTIVE)
    last_checked_on = models.DateField("最近检查", null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged", verbose_name="已并入"
    )
    known_as = models.TextField("曾用名检索", blank=True, default="", editable=False)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "检查对象"
        ordering = ["name_key", "credit_code"]
        indexes = [
            models.Index(fields=["name_key", "credit_code"]),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="enterprise_name_trigrams"),
            GinIndex(OpClass(NAME_SOUND, name="gin_trgm_ops"), name="enterprise_pinyin_trigrams"),
            GinIndex(fields=["name_initials"], opclasses=["gin_trgm_ops"], name="enterprise_initial_trigrams"),
            GinIndex(fields=["known_as"], opclasses=["gin_trgm_ops"], name="enterprise_known_as_trigrams"),
            # A part of a code is looked for beside the names: without this all of them would be read row by row.
            GinIndex(fields=["credit_code"], opclasses=["gin_trgm_ops"], name="enterprise_code_trigrams"),
            models.Index(fields=["field", "name_key", "credit_code"]),
            models.Index(fields=["risk_class", "name_key", "credit_code"]),
            models.Index(fields=["township", "name_key", "credit_code"]),
            # What the list counts at its head, small enough to be read whole for every page.
            models.Index(fields=["state", "field", "risk_class", "suggested_field"], name="enterprise_standing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(credit_code__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"), name="credit_code_is_well_formed"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["active", "suspended", "closed", "moved"]), name="enterprise_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(risk_class="") | Q(risk_class__in=["A", "B", "C", "D"]), name="risk_class_is_known"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(state="closed") & ~Q(merged_into=F("pk")),
                name="a_merged_enterprise_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_classified(self) -> bool:
        """Whether it has a field and a risk class, and so may stand in a pool."""
        return self.field_id is not None and self.risk_class != ""


@keep_history(owner="enterprise")
class EnterpriseHazard(Enterprise.hazards.through):  # type: ignore[name-defined,misc]
    """One hazard of one enterprise; a name for the table between, so that its history is kept."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "危险因素"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.hazard)


@keep_history(owner="enterprise")
class EnterpriseFeature(Enterprise.features.through):  # type: ignore[name-defined,misc]
    """One technical feature of one enterprise."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "技术特点"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.technicalfeature)
