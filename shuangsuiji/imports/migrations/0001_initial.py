import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("register", models.CharField(max_length=30, verbose_name="名录")),
                ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                ("file_sha256", models.CharField(max_length=64, verbose_name="文件 SHA-256")),
                ("sheet_name", models.CharField(blank=True, max_length=100, verbose_name="工作表")),
                ("sheet_names", models.JSONField(default=list, verbose_name="全部工作表")),
                ("header", models.JSONField(default=list, verbose_name="表头")),
                ("places", models.JSONField(default=dict, verbose_name="对应列")),
                ("ignored", models.JSONField(default=list, verbose_name="未用的列")),
                ("samples", models.JSONField(default=list, verbose_name="前几行")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "读取中"),
                            ("refused", "未能读取"),
                            ("unmatched", "待对应列"),
                            ("staged", "待确认"),
                            ("applying", "导入中"),
                            ("applied", "已导入"),
                            ("undoing", "撤销中"),
                            ("undone", "已撤销"),
                            ("discarded", "已放弃"),
                        ],
                        default="received",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("refusal", models.CharField(blank=True, max_length=500, verbose_name="没有办成的原因")),
                ("create_count", models.PositiveIntegerField(default=0, verbose_name="将新增")),
                ("update_count", models.PositiveIntegerField(default=0, verbose_name="将更新")),
                ("same_count", models.PositiveIntegerField(default=0, verbose_name="未变")),
                ("fault_count", models.PositiveIntegerField(default=0, verbose_name="有误")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="上传时间")),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="导入时间")),
                ("row_versions", models.JSONField(default=list, verbose_name="导入后的行版本")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                (
                    "applied_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="导入人",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="交办人",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤销人",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入批次",
                "verbose_name_plural": "导入批次",
                "ordering": ["-uploaded_at", "id"],
                "indexes": [
                    models.Index(fields=["register", "-uploaded_at", "id"], name="imports_imp_registe_bf547b_idx"),
                    models.Index(
                        condition=models.Q(("state__in", ["received", "applying", "undoing"])),
                        fields=["uploaded_at"],
                        name="imports_waiting_for_worker",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("applied_at__isnull", False), ("state__in", ["applied", "undoing", "undone"])),
                            models.Q(
                                models.Q(("state__in", ["applied", "undoing", "undone"]), _negated=True),
                                ("applied_at__isnull", True),
                                ("applied_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="an_applied_batch_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "undone"), ("undone_at__isnull", False)),
                            models.Q(
                                models.Q(("state", "undone"), _negated=True),
                                ("undone_at__isnull", True),
                                ("undone_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="an_undone_batch_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "applied",
                                    "applying",
                                    "discarded",
                                    "received",
                                    "refused",
                                    "staged",
                                    "undoing",
                                    "undone",
                                    "unmatched",
                                ],
                            )
                        ),
                        name="import_state_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportFile",
            fields=[
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="imports.importbatch",
                        verbose_name="批次",
                    ),
                ),
                ("content", models.BinaryField(verbose_name="内容")),
            ],
            options={
                "verbose_name": "导入的文件",
                "verbose_name_plural": "导入的文件",
                "ordering": ["batch_id"],
            },
        ),
        migrations.CreateModel(
            name="ImportProgress",
            fields=[
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="progress",
                        serialize=False,
                        to="imports.importbatch",
                        verbose_name="批次",
                    ),
                ),
                ("done_count", models.PositiveIntegerField(default=0, verbose_name="已办行数")),
                ("whole_count", models.PositiveIntegerField(default=0, verbose_name="总行数")),
                ("attempt_count", models.PositiveSmallIntegerField(default=0, verbose_name="尝试次数")),
            ],
            options={
                "verbose_name": "导入进度",
                "verbose_name_plural": "导入进度",
                "ordering": ["batch_id"],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_number", models.PositiveIntegerField(verbose_name="行号")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("create", "将新增"), ("update", "将更新"), ("same", "未变"), ("fault", "有误")],
                        max_length=8,
                        verbose_name="结论",
                    ),
                ),
                ("typed", models.JSONField(default=list, verbose_name="原文")),
                ("values", models.JSONField(default=dict, verbose_name="取值")),
                ("changes", models.JSONField(default=dict, verbose_name="变动")),
                ("faults", models.JSONField(default=list, verbose_name="错误")),
                ("key", models.CharField(blank=True, max_length=60, verbose_name="业务主键")),
                ("before", models.JSONField(blank=True, null=True, verbose_name="导入前的整行")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="imports.importbatch",
                        verbose_name="批次",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入行",
                "verbose_name_plural": "导入行",
                "ordering": ["batch_id", "row_number"],
                "indexes": [
                    models.Index(fields=["batch", "outcome", "row_number"], name="imports_imp_batch_i_285ef0_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("batch"), models.F("row_number"), name="a_row_once_a_batch")
                ],
            },
        ),
        migrations.CreateModel(
            name="RememberedColumn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register", models.CharField(max_length=30, verbose_name="名录")),
                ("title_key", models.CharField(max_length=200, verbose_name="表头")),
                ("column", models.CharField(blank=True, max_length=40, verbose_name="对应列")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "记住的对应列",
                "verbose_name_plural": "记住的对应列",
                "ordering": ["user_id", "register", "title_key"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("user"),
                        models.F("register"),
                        models.F("title_key"),
                        name="a_title_is_remembered_once_a_person",
                    )
                ],
            },
        ),
    ]
