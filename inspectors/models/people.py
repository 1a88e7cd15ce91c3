"""Officers and experts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from shuangsuiji.accounts.models import Department
from shuangsuiji.audit.tracking import keep_history
from shuangsuiji.lib.models import SupervisedField, TechnicalFeature, Township


class PersonState(models.TextChoices):
    """Whether somebody may be drawn at all."""

    ACTIVE = "active", "在岗"
    AWAY = "away", "暂离"
    LEFT = "left", "已调离"


@keep_history()
class Inspector(models.Model):
    """An officer with a certificate; the certificate number is the business key."""

    certificate_number = models.CharField("执法证号", max_length=30, unique=True)
    certificate_expires_on = models.DateField("执法证有效期至")
    name = models.CharField("姓名", max_length=40)
    name_key = models.CharField("姓名拼音", max_length=200, blank=True, editable=False)
    name_initials = models.CharField("姓名首字母", max_length=40, blank=True, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="所属部门")
    township = models.ForeignKey(Township, models.PROTECT, null=True, blank=True, verbose_name="所在乡镇")
    fields = models.ManyToManyField(SupervisedField, blank=True, verbose_name="专业领域")
    phone = models.CharField("联系电话", max_length=30, blank=True)
    visit_limit = models.PositiveSmallIntegerField("每批最多检查家数", default=6)
    state = models.CharField("状态", max_length=8, choices=PersonState, default=PersonState.ACTIVE)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspector",
        verbose_name="登录账号",
    )
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "执法人员"
        ordering = ["name_key", "certificate_number"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["active", "away", "left"]), name="inspector_state_is_known"),
            models.CheckConstraint(condition=~Q(certificate_number=""), name="an_inspector_has_a_certificate"),
            models.UniqueConstraint(Upper("certificate_number"), name="a_certificate_number_once_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name


@keep_history()
class Expert(models.Model):
    """A technical expert; the expert number is the business key. Phones stay internal."""

    number = models.CharField("专家编号", max_length=30, unique=True)
    name = models.CharField("姓名", max_length=40)
    name_key = models.CharField("姓名拼音", max_length=200, blank=True, editable=False)
    name_initials = models.CharField("姓名首字母", max_length=40, blank=True, editable=False)
    title = models.CharField("职称", max_length=60, blank=True)
    employer = models.CharField("工作单位", max_length=120, blank=True)
    supervising_department = models.CharField("主管部门", max_length=120, blank=True)
    fields = models.ManyToManyField(SupervisedField, blank=True, verbose_name="专业领域")
    features = models.ManyToManyField(TechnicalFeature, blank=True, verbose_name="技术专长")
    phone = models.CharField("联系电话", max_length=30, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    visit_limit = models.PositiveSmallIntegerField("每批最多参与家数", default=4)
    state = models.CharField("状态", max_length=8, choices=PersonState, default=PersonState.ACTIVE)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "专家"
        ordering = ["name_key", "number"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["active", "away", "left"]), name="expert_state_is_known"),
            models.CheckConstraint(condition=~Q(number=""), name="an_expert_has_a_number"),
            models.UniqueConstraint(Upper("number"), name="an_expert_number_once_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name


@keep_history(owner="inspector")
class InspectorField(Inspector.fields.through):  # type: ignore[name-defined,misc]
    """One field of one officer; a name for the table between, so that its history is kept."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "专业领域"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.supervisedfield)


@keep_history(owner="expert")
class ExpertField(Expert.fields.through):  # type: ignore[name-defined,misc]
    """One field of one expert."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "专业领域"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.supervisedfield)


@keep_history(owner="expert")
class ExpertFeature(Expert.features.through):  # type: ignore[name-defined,misc]
    """One technical feature an expert knows."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "技术专长"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.technicalfeature)
