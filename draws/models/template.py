"""抽取模板: the rules of a draw kept under a name, to begin the next draft with."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from draws.models.draw import Draw


class DrawTemplate(models.Model):
    """What a draft may take over. Business keys only, so that it outlives the rows it was made from."""

    name = models.CharField("模板名称", max_length=60)
    mode = models.CharField("公开方式", max_length=10, choices=Draw.Mode)
    officer_mode = models.CharField("派员方式", max_length=10, choices=Draw.OfficerMode)
    inspectors_per_enterprise = models.PositiveSmallIntegerField("每家执法人员", default=2)
    items_per_group = models.JSONField("各类事项抽取数", default=dict)
    rules = models.JSONField("抽取范围", default=dict)
    strata = models.JSONField("分层", default=list)
    """`[{"field": code, "risk_class": "C", "take": 3, "share": null}, …]`."""
    sources = models.JSONField("种子来源", default=list)
    """`[{"name": …, "kind": "account", "username": …}, …]`; a public event is named afresh each time."""
    requirements = models.TextField("相关要求", blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="保存人")
    made_at = models.DateTimeField("保存时间", auto_now_add=True)
    retired_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "抽取模板"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint("name", condition=Q(retired_at__isnull=True), name="a_template_name_in_use_once"),
            models.CheckConstraint(condition=~Q(name=""), name="a_template_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
