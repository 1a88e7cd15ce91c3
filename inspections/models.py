"""From the drawn task to the dossier: plan of the visit, record, evidence, volume."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from draws.models import DrawnEnterprise, DrawnItem
from enterprises.models import Enterprise
from inspections.states import DossierState, TaskState
from shuangsuiji.audit.models import append_only
from shuangsuiji.documents.models import IssuedDocument


class Task(models.Model):
    """One check of one drawn enterprise. Its officers and items are those of `drawn`."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("任务号", max_length=40, unique=True)
    drawn = models.OneToOneField(DrawnEnterprise, models.PROTECT, related_name="task", verbose_name="抽中记录")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="tasks", verbose_name="企业")
    state = models.CharField("状态", max_length=12, choices=TaskState, default=TaskState.ASSIGNED)
    is_covert = models.BooleanField("暗查", default=False)
    visit_on = models.DateField("计划检查日期", null=True, blank=True)
    visited_on = models.DateField("实际检查日期", null=True, blank=True)
    results_public_at = models.DateTimeField("结果公开时间", null=True, blank=True)
    created_at = models.DateTimeField("派发时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "检查任务"
        ordering = ["visit_on", "number"]
        indexes = [models.Index(fields=["state", "visit_on"])]

    def __str__(self) -> str:
        return self.number


class Scheme(models.Model):
    """现场检查方案: approved before the visit."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="scheme", verbose_name="任务")
    starts_at = models.DateTimeField("检查开始时间")
    ends_at = models.DateTimeField("检查结束时间")
    method = models.TextField("检查方式")
    equipment = models.CharField("携带装备", max_length=300, blank=True)
    remarks = models.TextField("备注", blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="编制人")
    drafted_at = models.DateTimeField("编制时间", auto_now_add=True)
    opinion = models.CharField("审批意见", max_length=300, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    approved_at = models.DateTimeField("审批时间", null=True, blank=True)
    document = models.OneToOneField(IssuedDocument, models.PROTECT, null=True, blank=True, verbose_name="文书")

    class Meta:
        verbose_name = verbose_name_plural = "现场检查方案"
        ordering = ["task_id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="scheme_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drafted_by")),
                name="a_scheme_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="scheme_approved_by_and_at_agree",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} 方案"


class SiteRecord(models.Model):
    """现场检查记录. `revision` rises with every save; a stale save is refused, both told."""

    class Signature(models.TextChoices):
        SIGNED = "signed", "已签名"
        REFUSED = "refused", "拒绝签名"

    task = models.OneToOneField(Task, models.PROTECT, related_name="record", verbose_name="任务")
    place = models.CharField("检查场所", max_length=200, blank=True)
    started_at = models.DateTimeField("检查开始", null=True, blank=True)
    ended_at = models.DateTimeField("检查结束", null=True, blank=True)
    representative_name = models.CharField("被检查单位在场人员", max_length=40, blank=True)
    representative_post = models.CharField("职务", max_length=40, blank=True)
    representative_phone = models.CharField("联系电话", max_length=30, blank=True)
    certificates_shown = models.BooleanField("已出示执法证件并告知", default=False)
    findings = models.TextField("检查情况", blank=True)
    signature = models.CharField("签名情况", max_length=8, choices=Signature, blank=True)
    refusal_reason = models.CharField("拒签原因", max_length=200, blank=True)
    revision = models.PositiveIntegerField("版本", default=0)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="开始人")
    opened_at = models.DateTimeField("系统开始时间")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提交人"
    )
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    approved_at = models.DateTimeField("审核时间", null=True, blank=True)
    document = models.OneToOneField(IssuedDocument, models.PROTECT, null=True, blank=True, verbose_name="文书")

    class Meta:
        verbose_name = verbose_name_plural = "现场检查记录"
        ordering = ["task_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="record_submitted_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="record_approved_by_and_at_agree",
            ),
            models.CheckConstraint(
                condition=~Q(signature="refused") | ~Q(refusal_reason=""), name="a_refused_signature_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} 记录"


class ItemResult(models.Model):
    """The result of one drawn item on site."""

    class Result(models.TextChoices):
        PASSED = "passed", "合格"
        FAILED = "failed", "不合格"
        ABSENT = "absent", "不涉及"

    class Hazard(models.TextChoices):
        GENERAL = "general", "一般隐患"
        MAJOR = "major", "重大隐患"

    record = models.ForeignKey(SiteRecord, models.PROTECT, related_name="results", verbose_name="记录")
    drawn_item = models.OneToOneField(DrawnItem, models.PROTECT, related_name="result", verbose_name="抽中事项")
    result = models.CharField("结论", max_length=8, choices=Result, blank=True)
    seen = models.TextField("检查所见", blank=True)
    hazard = models.CharField("隐患级别", max_length=8, choices=Hazard, blank=True)
    rectify_by = models.DateField("整改期限", null=True, blank=True)
    rectified_on = models.DateField("整改完成", null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="保存人"
    )
    saved_at = models.DateTimeField("保存时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "事项结论"
        ordering = ["record_id", "drawn_item__item__code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hazard="") | Q(result="failed"), name="only_a_failed_item_has_a_hazard"
            )
        ]

    def __str__(self) -> str:
        return f"{self.drawn_item}：{self.get_result_display()}"


class Evidence(models.Model):
    """A photo as it came from the device: original bytes by hash, never changed."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(Task, models.PROTECT, related_name="evidence", verbose_name="任务")
    drawn_item = models.ForeignKey(
        DrawnItem, models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name="检查事项"
    )
    upload_key = models.CharField("上传标识", max_length=64)
    sha256 = models.CharField("SHA-256", max_length=64)
    file_name = models.CharField("文件", max_length=120)
    media_type = models.CharField("类型", max_length=40)
    byte_count = models.PositiveIntegerField("字节数")
    width = models.PositiveIntegerField("宽")
    height = models.PositiveIntegerField("高")
    caption = models.CharField("说明", max_length=120, blank=True)
    device_time = models.DateTimeField("设备时间", null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "证据"
        ordering = ["uploaded_at", "id"]
        constraints = [models.UniqueConstraint("task", "upload_key", name="an_upload_once_a_task")]
        triggers = append_only("evidence")

    def __str__(self) -> str:
        return self.caption or self.sha256[:12]


class Dossier(models.Model):
    """一案一卷: one volume per check, with the catalogue as it was printed."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="dossier", verbose_name="任务")
    archive_number = models.CharField("归档号", max_length=12, unique=True, null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=DossierState, default=DossierState.OPEN)
    retention = models.CharField("保存期限", max_length=10, default="30年")
    catalogue = models.JSONField("卷内目录", default=list)
    file_name = models.CharField("文件", max_length=120, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    page_count = models.PositiveIntegerField("页数", default=0)
    queued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="立卷人"
    )
    queued_at = models.DateTimeField("提交组卷时间", null=True, blank=True)
    rendered_at = models.DateTimeField("组卷时间", null=True, blank=True)
    last_error = models.CharField("最近错误", max_length=300, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="归档人"
    )
    locked_at = models.DateTimeField("归档时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "案卷"
        ordering = ["-queued_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True, locked_by__isnull=True)
                | Q(locked_at__isnull=False, locked_by__isnull=False),
                name="dossier_locked_by_and_at_agree",
            )
        ]

    def __str__(self) -> str:
        return self.archive_number or f"{self.task} 案卷"
