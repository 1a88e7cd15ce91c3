"""On site beside the record: the code the enterprise scans, measurements, signatures, an expert's opinion."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from draws.models import DrawnItem
from inspections.models.guards import filed_guards
from inspections.models.record import Evidence, SiteRecord
from inspections.models.revisit import Revisit
from inspections.models.task import Task
from inspectors.models import Expert, Inspector
from shuangsuiji.audit.models import append_only


class SiteCode(models.Model):
    """扫码入企: a link that shows who came, with which certificate, for which task. It ends by itself."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="site_codes", verbose_name="任务")
    token = models.CharField("链接码", max_length=43, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="出示人")
    made_at = models.DateTimeField("出示时间")
    expires_at = models.DateTimeField("失效时间")
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)
    first_scanned_at = models.DateTimeField("首次扫码时间", null=True, blank=True)
    scan_count = models.PositiveIntegerField("扫码次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "入企码"
        ordering = ["-made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="a_site_code_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.task} 入企码"


NOT_FOUND = "未检出"


class Measurement(models.Model):
    """A value read from an instrument, as it is read: 85.5, <5 or 未检出; written once.

    A wrong one is followed by another that names it.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="measurements", verbose_name="任务")
    drawn_item = models.ForeignKey(
        DrawnItem, models.PROTECT, null=True, blank=True, related_name="measurements", verbose_name="检查事项"
    )
    upload_key = models.CharField("上传标识", max_length=64)
    name = models.CharField("测量项目", max_length=60)
    place = models.CharField("测点", max_length=80, blank=True)
    value = models.CharField("测量值", max_length=20)
    unit = models.CharField("单位", max_length=20)
    instrument = models.CharField("仪器名称及编号", max_length=80)
    device_time = models.DateTimeField("设备时间", null=True, blank=True)
    measured_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="测量人")
    measured_at = models.DateTimeField("登记时间")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="更正对象"
    )

    class Meta:
        verbose_name = verbose_name_plural = "现场测量"
        ordering = ["measured_at", "id"]
        constraints = [
            models.UniqueConstraint("task", "upload_key", name="a_measurement_once_a_task"),
            models.CheckConstraint(condition=~Q(value=""), name="a_measurement_says_something"),
        ]
        triggers = [
            *append_only("measurement"),
            *filed_guards("measurement", path_to_task="{row}.task_id", against=("added",)),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.reading}"

    @property
    def reading(self) -> str:
        """The value with its unit: 85.5 dB(A), <5 mg/m³; what was not found has none: 未检出."""
        return self.value if self.value == NOT_FOUND else f"{self.value} {self.unit}"


_PATH_OF_SIGNATURE = """
    SELECT task_id FROM inspections_siterecord WHERE id = {row}.record_id
    UNION ALL
    SELECT o.task_id FROM inspections_order o JOIN inspections_revisit r ON r.order_id = o.id
    WHERE r.id = {row}.revisit_id
"""


class Signature(models.Model):
    """A signature drawn on the screen, under a record or a re-inspection as it read then (`content_sha256`)."""

    class Role(models.TextChoices):
        OFFICER = "officer", "检查人员"
        REPRESENTATIVE = "representative", "被检查单位在场人员"

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(
        SiteRecord, models.PROTECT, null=True, blank=True, related_name="signatures", verbose_name="记录"
    )
    revisit = models.ForeignKey(
        Revisit, models.PROTECT, null=True, blank=True, related_name="signatures", verbose_name="复查记录"
    )
    role = models.CharField("身份", max_length=16, choices=Role)
    inspector = models.ForeignKey(
        Inspector, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="执法人员"
    )
    name = models.CharField("姓名", max_length=40)
    content_sha256 = models.CharField("所签内容 SHA-256", max_length=64)
    sha256 = models.CharField("签名图 SHA-256", max_length=64)
    file_name = models.CharField("文件", max_length=120)
    device_time = models.DateTimeField("设备时间", null=True, blank=True)
    signed_at = models.DateTimeField("签名时间")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="采集人")

    class Meta:
        verbose_name = verbose_name_plural = "签名"
        ordering = ["signed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role="officer", inspector__isnull=False) | Q(role="representative", inspector__isnull=True),
                name="an_officers_signature_has_its_officer",
            ),
            models.CheckConstraint(
                condition=Q(record__isnull=True) ^ Q(revisit__isnull=True), name="a_signature_stands_under_one_sheet"
            ),
        ]
        triggers = [
            *append_only("signature"),
            *filed_guards(
                "signature",
                path_to_task=_PATH_OF_SIGNATURE,
                against=("added",),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_role_display()}）"

    @property
    def task(self) -> Task:
        """The check whose sheet was signed."""
        sheet = self.record or self.revisit
        assert sheet, "a signature stands under one sheet"
        return sheet.task


class ExpertOpinion(models.Model):
    """An expert's written opinion on a check. Experts advise; they exercise no power."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="expert_opinions", verbose_name="任务")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="+", verbose_name="专家")
    opinion = models.TextField("书面意见")
    given_on = models.DateField("出具日期")
    scan = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签字原件")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "专家意见"
        ordering = ["given_on", "id"]
        constraints = [models.CheckConstraint(condition=~Q(opinion=""), name="an_opinion_says_something")]
        triggers = [
            *append_only("expert_opinion"),
            *filed_guards("expert_opinion", path_to_task="{row}.task_id", against=("added",)),
        ]

    def __str__(self) -> str:
        return f"{self.expert} {self.given_on:%Y-%m-%d}"
