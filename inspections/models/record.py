"""What was found on site: the record, a result per drawn item, the photos."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from draws.models import DrawnItem
from inspections.models.guards import filed_guards
from inspections.models.task import Task
from shuangsuiji.audit.models import append_only
from shuangsuiji.documents.models import IssuedDocument

_EVIDENCE_STANDS = (
    *(
        "task",
        "drawn_item",
        "revisit",
        "upload_key",
        "sha256",
        "file_name",
        "media_type",
        "byte_count",
        "width",
        "height",
    ),
    *("device_time", "latitude", "longitude", "uploaded_by", "uploaded_at"),
)


def _any_changed(*names: str) -> pgtrigger.Q:
    condition = pgtrigger.Q()
    for name in names:
        condition |= pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")})
    return condition


class SiteRecord(models.Model):
    """现场检查记录. `revision` counts saves of its head; a stale save is refused, both told."""

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
    time_reason = models.CharField("时间说明", max_length=200, blank=True)
    signature = models.CharField("签名情况", max_length=8, choices=Signature, blank=True)
    refusal_reason = models.CharField("拒签原因", max_length=200, blank=True)
    revision = models.PositiveIntegerField("版本", default=0)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保存人"
    )
    saved_at = models.DateTimeField("保存时间", auto_now=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="开始人")
    opened_at = models.DateTimeField("系统开始时间")
    device_opened_at = models.DateTimeField("设备开始时间", null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    accuracy = models.PositiveIntegerField("定位精度（米）", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提交人"
    )
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    returned_reason = models.CharField("退回意见", max_length=300, blank=True)
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
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("submitted_by")),
                name="a_record_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~Q(signature="refused") | ~Q(refusal_reason=""), name="a_refused_signature_has_a_reason"
            ),
        ]
        triggers = filed_guards("record", path_to_task="{row}.task_id")

    def __str__(self) -> str:
        return f"{self.task} 记录"


class ItemResult(models.Model):
    """The result of one drawn item on site. `revision` counts its saves."""

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
    sub_answers = models.JSONField("检查要点结论", default=dict, blank=True)
    seen = models.TextField("检查所见", blank=True)
    basis = models.TextField("违反依据", blank=True)
    place = models.CharField("部位", max_length=120, blank=True)
    responsible = models.CharField("整改责任人", max_length=40, blank=True)
    is_concealed = models.BooleanField("隐瞒不报", default=False)
    hazard = models.CharField("隐患级别", max_length=8, choices=Hazard, blank=True)
    rectify_by = models.DateField("整改期限", null=True, blank=True)
    rectified_on = models.DateField("整改完成", null=True, blank=True)
    revision = models.PositiveIntegerField("版本", default=0)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="保存人"
    )
    saved_at = models.DateTimeField("保存时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "事项结论"
        ordering = ["record_id", "drawn_item__item__code", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(hazard="") | Q(result="failed"), name="only_a_failed_item_has_a_hazard"),
            models.CheckConstraint(
                condition=Q(rectify_by__isnull=True) | Q(result="failed"),
                name="only_a_failed_item_is_rectified_by_a_day",
            ),
            models.CheckConstraint(
                condition=Q(is_concealed=False) | Q(hazard="major"), name="only_a_major_hazard_is_concealed"
            ),
        ]
        triggers = filed_guards(
            "result", path_to_task="SELECT task_id FROM inspections_siterecord WHERE id = {row}.record_id"
        )

    def __str__(self) -> str:
        return f"{self.drawn_item}：{self.get_result_display()}"

    @property
    def answered_subs(self) -> list[dict[str, str]]:
        """The sub-items that were answered: text and answer in words."""
        words = dict(self.Result.choices)
        return [
            {"text": sub.text, "label": words[self.sub_answers[sub.code]]}
            for sub in self.drawn_item.item.sub_items.all()
            if self.sub_answers.get(sub.code)
        ]


class Evidence(models.Model):
    """A photo, sound or film as it came from the device: original bytes by hash, never changed; its caption may be."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(Task, models.PROTECT, related_name="evidence", verbose_name="任务")
    drawn_item = models.ForeignKey(
        DrawnItem, models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name="检查事项"
    )
    revisit = models.ForeignKey(
        "inspections.Revisit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name="复查记录",
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
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "证据"
        ordering = ["uploaded_at", "id"]
        constraints = [models.UniqueConstraint("task", "upload_key", name="an_upload_once_a_task")]
        triggers = [
            pgtrigger.Protect(
                name="evidence_stands", operation=pgtrigger.Update, condition=_any_changed(*_EVIDENCE_STANDS)
            ),
            *append_only("evidence", against=pgtrigger.Delete),
            *filed_guards("evidence", path_to_task="{row}.task_id", against=("added", "changed")),
        ]

    def __str__(self) -> str:
        return self.caption or self.sha256[:12]

    @property
    def is_picture(self) -> bool:
        """Whether it can be looked at as a picture; sound and film cannot."""
        return self.media_type.startswith("image/")

    @property
    def medium(self) -> str:
        """What it is, in one word."""
        return {"image": "照片", "audio": "录音", "video": "录像"}.get(self.media_type.partition("/")[0], "文件")


class EvidenceSetAside(models.Model):
    """不作为证据: taken in error. The file stays as it is; it no longer counts, and the record says so and why."""

    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="set_aside", verbose_name="证据")
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="说明人")
    at = models.DateTimeField("说明时间")

    class Meta:
        verbose_name = verbose_name_plural = "不作为证据"
        ordering = ["evidence_id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="what_is_set_aside_says_why")]
        triggers = [
            *append_only("set_aside"),
            *filed_guards(
                "set_aside",
                path_to_task="SELECT task_id FROM inspections_evidence WHERE id = {row}.evidence_id",
                against=("added",),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence}：不作为证据"
