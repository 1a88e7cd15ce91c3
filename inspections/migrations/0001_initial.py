import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("documents", "0001_initial"),
        ("draws", "0001_initial"),
        ("enterprises", "0001_initial"),
        ("inspectors", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckDocument",
            fields=[],
            options={
                "verbose_name": "检查和案件的文书",
                "verbose_name_plural": "检查和案件的文书",
                "ordering": ["issued_at", "id"],
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("documents.issueddocument",),
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("number", models.CharField(max_length=60, unique=True, verbose_name="案件号")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待立案"),
                            ("not_filed", "不予立案"),
                            ("investigating", "调查取证"),
                            ("reported", "待法制审核"),
                            ("reviewed", "审核通过"),
                            ("told", "已告知"),
                            ("decided", "已决定"),
                            ("fulfilled", "已履行"),
                            ("not_punished", "不予处罚"),
                            ("transferred", "已移送"),
                            ("revoked", "已撤销"),
                            ("closed", "已结案"),
                        ],
                        default="proposed",
                        max_length=14,
                        verbose_name="状态",
                    ),
                ),
                (
                    "procedure",
                    models.CharField(
                        choices=[("ordinary", "普通程序"), ("spot", "简易程序（当场处罚）")],
                        default="ordinary",
                        max_length=8,
                        verbose_name="程序",
                    ),
                ),
                (
                    "party_kind",
                    models.CharField(
                        choices=[("unit", "单位"), ("person", "个人")],
                        default="unit",
                        max_length=6,
                        verbose_name="当事人类别",
                    ),
                ),
                ("party_name", models.CharField(max_length=100, verbose_name="当事人")),
                ("party_post", models.CharField(blank=True, max_length=60, verbose_name="当事人职务")),
                ("party_address", models.CharField(blank=True, max_length=200, verbose_name="当事人地址")),
                ("source", models.CharField(max_length=100, verbose_name="案件来源")),
                ("cause", models.CharField(max_length=200, verbose_name="案由")),
                ("facts", models.TextField(verbose_name="案件基本情况")),
                ("provisions_broken", models.TextField(verbose_name="违反的规定")),
                ("provisions_applied", models.TextField(verbose_name="处罚依据")),
                ("found_on", models.DateField(verbose_name="发现日期")),
                ("penalty_kinds", models.JSONField(default=list, verbose_name="处罚种类")),
                ("fine", models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name="罚款（元）")),
                ("penalty_terms", models.JSONField(blank=True, default=dict, verbose_name="处罚的数额、期限和范围")),
                ("told_kinds", models.JSONField(blank=True, null=True, verbose_name="告知的处罚种类")),
                (
                    "told_fine",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="告知的罚款（元）"
                    ),
                ),
                ("told_terms", models.JSONField(blank=True, null=True, verbose_name="告知的数额、期限和范围")),
                (
                    "penalty_text",
                    models.TextField(blank=True, help_text="由处罚种类和数额写成，不另填写。", verbose_name="处罚内容"),
                ),
                ("is_grave", models.BooleanField(default=False, verbose_name="情节复杂或者重大违法")),
                ("proposed_at", models.DateTimeField(verbose_name="提请时间")),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="立案日期")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="决定日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="结案日期")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="决定人",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="立案批准人",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提请人",
                    ),
                ),
            ],
            options={
                "verbose_name": "行政处罚案件",
                "verbose_name_plural": "行政处罚案件",
                "ordering": ["-proposed_at", "number"],
            },
        ),
        migrations.CreateModel(
            name="CaseHandler",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="退出日期")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handlers",
                        to="inspections.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspectors.inspector",
                        verbose_name="承办人",
                    ),
                ),
            ],
            options={
                "verbose_name": "案件承办人",
                "verbose_name_plural": "案件承办人",
                "ordering": ["case_id", "position", "id"],
                "constraints": [
                    models.UniqueConstraint(models.F("case"), models.F("inspector"), name="a_handler_once_a_case")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="handler_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_case WHERE id = NEW.case_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="c3a4a663dd0fe2277d636e16f01c04e2b818f421",
                            operation="INSERT",
                            pgid="pgtrigger_handler_added_after_locking_83836",
                            table="inspections_casehandler",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="handler_changed_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_case WHERE id = OLD.case_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="0431b7cf24f4fdda77b4d059286b02ceac2614b7",
                            operation="UPDATE",
                            pgid="pgtrigger_handler_changed_after_locking_1aac5",
                            table="inspections_casehandler",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="handler_removed_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_case WHERE id = OLD.case_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN OLD;",
                            hash="a31c4a7d26eb4ba414aa90a5be9b967a173dbce7",
                            operation="DELETE",
                            pgid="pgtrigger_handler_removed_after_locking_67c24",
                            table="inspections_casehandler",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseRecusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("officer", "执法人员本人"), ("party", "当事人")], max_length=8, verbose_name="申请人"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="回避理由")),
                ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                ("is_granted", models.BooleanField(null=True, verbose_name="准许")),
                ("opinion", models.CharField(blank=True, max_length=300, verbose_name="决定理由")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="决定时间")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="inspections.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="决定人",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspectors.inspector",
                        verbose_name="被申请回避人",
                    ),
                ),
                (
                    "replacement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspectors.inspector",
                        verbose_name="接办人",
                    ),
                ),
            ],
            options={
                "verbose_name": "案件回避申请",
                "verbose_name_plural": "案件回避申请",
                "ordering": ["case_id", "asked_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=("case", "inspector"),
                        name="one_open_recusal_an_officer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True), ("decided_by__isnull", True), ("is_granted__isnull", True)
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("is_granted__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_recusal_is_decided_whole",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="case_recusal_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_case WHERE id = NEW.case_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="b2a1f021a6ef96fc650527836a4dd2d062596af3",
                            operation="INSERT",
                            pgid="pgtrigger_case_recusal_added_after_locking_54b3a",
                            table="inspections_caserecusal",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="case_recusal_changed_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_case WHERE id = OLD.case_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="fee3ba456634df2d0dcf35668ac76980fe520d61",
                            operation="UPDATE",
                            pgid="pgtrigger_case_recusal_changed_after_locking_4ac59",
                            table="inspections_caserecusal",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="case_recusal_removed_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_case WHERE id = OLD.case_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN OLD;",
                            hash="83499212347f1d3ea19b8d03f14ec88b94396c57",
                            operation="DELETE",
                            pgid="pgtrigger_case_recusal_removed_after_locking_c8359",
                            table="inspections_caserecusal",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=30, verbose_name="步骤")),
                ("on", models.DateField(verbose_name="日期")),
                ("at", models.DateTimeField(verbose_name="登记时间")),
                ("fields", models.JSONField(default=dict, verbose_name="填写内容")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="inspections.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_step",
                        to="documents.issueddocument",
                        verbose_name="文书",
                    ),
                ),
            ],
            options={
                "verbose_name": "案件步骤",
                "verbose_name_plural": "案件步骤",
                "ordering": ["case_id", "at", "id"],
                "indexes": [models.Index(fields=["case", "act"], name="inspections_case_id_2a331f_idx")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="case_step_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5a2adbdcec84ffd9614c5b6228cc20df11173eb8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_case_step_keep_rows_e8f8b",
                            table="inspections_casestep",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="case_step_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="0f8c0e9d6ec51fc6b30df7e5658d67857204d122",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_case_step_keep_table_55644",
                            table="inspections_casestep",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="case_step_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_case WHERE id = NEW.case_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="0307f1cf706a95ad6aac8601a78ec435d89d71a2",
                            operation="INSERT",
                            pgid="pgtrigger_case_step_added_after_locking_5e906",
                            table="inspections_casestep",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(verbose_name="提交时间")),
                ("count", models.PositiveIntegerField(verbose_name="份数")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提交人",
                    ),
                ),
            ],
            options={
                "verbose_name": "批量组卷",
                "verbose_name_plural": "批量组卷",
                "ordering": ["-asked_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "archive_number",
                    models.CharField(blank=True, max_length=12, null=True, unique=True, verbose_name="归档号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "未组卷"),
                            ("queued", "生成中"),
                            ("rendered", "已组卷"),
                            ("locked", "已归档"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "retention",
                    models.CharField(
                        choices=[("30年", "30年"), ("永久", "永久")],
                        default="30年",
                        max_length=10,
                        verbose_name="保存期限",
                    ),
                ),
                ("catalogue", models.JSONField(default=list, verbose_name="卷内目录")),
                ("file_name", models.CharField(blank=True, max_length=120, verbose_name="文件")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("page_count", models.PositiveIntegerField(default=0, verbose_name="页数")),
                ("queued_at", models.DateTimeField(blank=True, null=True, verbose_name="提交组卷时间")),
                ("rendered_at", models.DateTimeField(blank=True, null=True, verbose_name="组卷时间")),
                ("attempt_count", models.PositiveSmallIntegerField(default=0, verbose_name="尝试次数")),
                ("last_error", models.CharField(blank=True, max_length=300, verbose_name="最近错误")),
                ("excused_gaps", models.JSONField(blank=True, default=list, verbose_name="准予归档的缺项")),
                ("excuse_reason", models.CharField(blank=True, max_length=300, verbose_name="缺项原因")),
                ("excused_at", models.DateTimeField(blank=True, null=True, verbose_name="准予归档时间")),
                ("locked_at", models.DateTimeField(blank=True, null=True, verbose_name="归档时间")),
                (
                    "excused_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="准予归档人",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="归档人",
                    ),
                ),
                (
                    "queued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="立卷人",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="inspections.dossierbatch",
                        verbose_name="批次",
                    ),
                ),
            ],
            options={
                "verbose_name": "案卷",
                "verbose_name_plural": "案卷",
                "ordering": ["-queued_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="DossierOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="查阅理由")),
                ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                ("is_granted", models.BooleanField(null=True, verbose_name="准许")),
                ("opinion", models.CharField(blank=True, max_length=300, verbose_name="审批意见")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="审批时间")),
                ("open_until", models.DateTimeField(blank=True, null=True, verbose_name="开放至")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="合卷时间")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请人",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审批人",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="inspections.dossier",
                        verbose_name="案卷",
                    ),
                ),
            ],
            options={
                "verbose_name": "调卷申请",
                "verbose_name_plural": "调卷申请",
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=("dossier", "asked_by"),
                        name="one_open_request_a_reader",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True), ("decided_by__isnull", True), ("is_granted__isnull", True)
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("is_granted__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_opening_is_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="an_opening_is_granted_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("open_until__isnull", True), ("is_granted", True), _connector="OR"),
                        name="only_a_granted_opening_has_an_end",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="opening_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="f81a06cee25cae767c1f922af62e665e59a39e2e",
                            operation="DELETE",
                            pgid="pgtrigger_opening_kept_31a3e",
                            table="inspections_dossieropening",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="a_decided_opening_stands",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.decided_at IS NOT NULL)",
                            func="\n                    IF OLD.closed_at IS NOT NULL\n                       OR (NEW.dossier_id, NEW.reason, NEW.asked_by_id,\n                           NEW.is_granted, NEW.decided_by_id, NEW.open_until)\n                          IS DISTINCT FROM\n                          (OLD.dossier_id, OLD.reason, OLD.asked_by_id,\n                           OLD.is_granted, OLD.decided_by_id, OLD.open_until)\n                    THEN\n                        RAISE EXCEPTION 'opening % has been decided and can only be closed', OLD.id;\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="0dfecceec31db29cd423b8f256efadf0eb393d5b",
                            operation="UPDATE",
                            pgid="pgtrigger_a_decided_opening_stands_bc783",
                            table="inspections_dossieropening",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.CharField(
                        choices=[
                            ("volume", "案卷 PDF"),
                            ("bundle", "案卷与原件压缩包"),
                            ("content", "卷内文书、证据或者记录"),
                        ],
                        max_length=8,
                        verbose_name="文件",
                    ),
                ),
                ("what", models.CharField(blank=True, max_length=120, verbose_name="内容")),
                ("read_at", models.DateTimeField(verbose_name="查阅时间")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="inspections.dossier",
                        verbose_name="案卷",
                    ),
                ),
                (
                    "opening",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="inspections.dossieropening",
                        verbose_name="调卷申请",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="查阅人",
                    ),
                ),
            ],
            options={
                "verbose_name": "案卷查阅",
                "verbose_name_plural": "案卷查阅",
                "ordering": ["-read_at", "-id"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="dossier_reading_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="355234610ff4a31918ea3b6cffee3236fa5a26df",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_dossier_reading_keep_rows_fec55",
                            table="inspections_dossierreading",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="dossier_reading_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="55c098b7439b0129e2dccd397091877c2b1e26b5",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_dossier_reading_keep_table_901ae",
                            table="inspections_dossierreading",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("upload_key", models.CharField(max_length=64, verbose_name="上传标识")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("file_name", models.CharField(max_length=120, verbose_name="文件")),
                ("media_type", models.CharField(max_length=40, verbose_name="类型")),
                ("byte_count", models.PositiveIntegerField(verbose_name="字节数")),
                ("width", models.PositiveIntegerField(verbose_name="宽")),
                ("height", models.PositiveIntegerField(verbose_name="高")),
                ("caption", models.CharField(blank=True, max_length=120, verbose_name="说明")),
                ("device_time", models.DateTimeField(blank=True, null=True, verbose_name="设备时间")),
                (
                    "latitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="纬度"),
                ),
                (
                    "longitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="经度"),
                ),
                ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "drawn_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="draws.drawnitem",
                        verbose_name="检查事项",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
            ],
            options={
                "verbose_name": "证据",
                "verbose_name_plural": "证据",
                "ordering": ["uploaded_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="EvidenceSetAside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("at", models.DateTimeField(verbose_name="说明时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="说明人",
                    ),
                ),
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="set_aside",
                        to="inspections.evidence",
                        verbose_name="证据",
                    ),
                ),
            ],
            options={
                "verbose_name": "不作为证据",
                "verbose_name_plural": "不作为证据",
                "ordering": ["evidence_id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="what_is_set_aside_says_why"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="set_aside_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="41523780d3cc416fb7c726f2ded95f33ec1cea57",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_set_aside_keep_rows_a7b29",
                            table="inspections_evidencesetaside",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="set_aside_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="6fadad9392d0d94194ddcd7c8c100cc38ac39709",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_set_aside_keep_table_345ae",
                            table="inspections_evidencesetaside",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="set_aside_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_evidence WHERE id = NEW.evidence_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="cf30506e02827e0608a23d31748a219d59c4a406",
                            operation="INSERT",
                            pgid="pgtrigger_set_aside_added_after_locking_fadc1",
                            table="inspections_evidencesetaside",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("passed", "合格"), ("failed", "不合格"), ("absent", "不涉及")],
                        max_length=8,
                        verbose_name="结论",
                    ),
                ),
                ("sub_answers", models.JSONField(blank=True, default=dict, verbose_name="检查要点结论")),
                ("seen", models.TextField(blank=True, verbose_name="检查所见")),
                ("basis", models.TextField(blank=True, verbose_name="违反依据")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="部位")),
                ("responsible", models.CharField(blank=True, max_length=40, verbose_name="整改责任人")),
                ("is_concealed", models.BooleanField(default=False, verbose_name="隐瞒不报")),
                (
                    "hazard",
                    models.CharField(
                        blank=True,
                        choices=[("general", "一般隐患"), ("major", "重大隐患")],
                        max_length=8,
                        verbose_name="隐患级别",
                    ),
                ),
                ("rectify_by", models.DateField(blank=True, null=True, verbose_name="整改期限")),
                ("rectified_on", models.DateField(blank=True, null=True, verbose_name="整改完成")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="版本")),
                ("saved_at", models.DateTimeField(auto_now=True, verbose_name="保存时间")),
                (
                    "drawn_item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="result",
                        to="draws.drawnitem",
                        verbose_name="抽中事项",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="保存人",
                    ),
                ),
            ],
            options={
                "verbose_name": "事项结论",
                "verbose_name_plural": "事项结论",
                "ordering": ["record_id", "drawn_item__item__code", "id"],
            },
        ),
        migrations.CreateModel(
            name="HandlingDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("basis", models.TextField(verbose_name="法律依据")),
                ("measures", models.TextField(verbose_name="处理措施")),
                ("decided_at", models.DateTimeField(verbose_name="签发时间")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签发人",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="documents.issueddocument", verbose_name="文书"
                    ),
                ),
                (
                    "results",
                    models.ManyToManyField(related_name="handlings", to="inspections.itemresult", verbose_name="问题"),
                ),
            ],
            options={
                "verbose_name": "现场处理措施决定",
                "verbose_name_plural": "现场处理措施决定",
                "ordering": ["decided_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="次序")),
                ("measures", models.TextField(blank=True, verbose_name="整改期间安全措施")),
                ("issued_at", models.DateTimeField(verbose_name="签发时间")),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="documents.issueddocument", verbose_name="文书"
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签发人",
                    ),
                ),
            ],
            options={
                "verbose_name": "责令限期整改指令书",
                "verbose_name_plural": "责令限期整改指令书",
                "ordering": ["task_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="OrderPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rectify_by", models.DateField(verbose_name="整改期限")),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="inspections.order",
                        verbose_name="指令书",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order_points",
                        to="inspections.itemresult",
                        verbose_name="事项结论",
                    ),
                ),
            ],
            options={
                "verbose_name": "责令整改事项",
                "verbose_name_plural": "责令整改事项",
                "ordering": ["order_id", "result__drawn_item__item__code", "id"],
                "constraints": [
                    models.UniqueConstraint(models.F("order"), models.F("result"), name="a_result_once_an_order")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="order_point_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="bf0c37ffd001b953ac0be7206440452ba41a4054",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_order_point_keep_rows_5f309",
                            table="inspections_orderpoint",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="order_point_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="1b9d73aae2137c235e035909d7bec3df7ade56c9",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_order_point_keep_table_cd056",
                            table="inspections_orderpoint",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="order_point_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_order WHERE id = NEW.order_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="65a8c51a2b9ad12466c960b1de8d6f07e814c2a1",
                            operation="INSERT",
                            pgid="pgtrigger_order_point_added_after_locking_4db66",
                            table="inspections_orderpoint",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="金额（元）")),
                ("paid_on", models.DateField(verbose_name="缴款日期")),
                ("receipt_number", models.CharField(max_length=60, verbose_name="票据号")),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="inspections.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "缴款",
                "verbose_name_plural": "缴款",
                "ordering": ["case_id", "paid_on", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="a_payment_is_positive"),
                    models.UniqueConstraint(models.F("receipt_number"), name="a_receipt_number_once"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="payment_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d1c88710f2ff1a24b055c43d5be80fc0e581ab5f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_payment_keep_rows_46db7",
                            table="inspections_payment",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="payment_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="0f57a0860761224368d5bed4364a688310026da2",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_payment_keep_table_f58db",
                            table="inspections_payment",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="payment_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_case WHERE id = NEW.case_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="ca076fb81b8795b5b85db23300af6674aa8af7df",
                            operation="INSERT",
                            pgid="pgtrigger_payment_added_after_locking_b7bc3",
                            table="inspections_payment",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RectificationReport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("done", models.TextField(verbose_name="整改情况")),
                ("reporter_name", models.CharField(max_length=40, verbose_name="填报人")),
                ("reporter_phone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
                ("reported_at", models.DateTimeField(verbose_name="填报时间")),
                (
                    "order_point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="inspections.orderpoint",
                        verbose_name="责令整改事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "整改报告",
                "verbose_name_plural": "整改报告",
                "ordering": ["reported_at", "id"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="rectification_report_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3b04e1b8fc743dcd198e61c21c1cdd7bb7bb6391",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_rectification_report_keep_rows_e6a58",
                            table="inspections_rectificationreport",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="rectification_report_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="5ba1ed502eb24527052ecf259f3fa162ff7e4992",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_rectification_report_keep_table_88d29",
                            table="inspections_rectificationreport",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="rectification_report_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT o.task_id FROM inspections_order o JOIN inspections_orderpoint p ON p.order_id = o.id WHERE p.id = NEW.order_point_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="934b50c7d035f12ecf1b08522e20a7a8df03b565",
                            operation="INSERT",
                            pgid="pgtrigger_rectification_report_added_after_locking_9991e",
                            table="inspections_rectificationreport",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RectificationPhoto",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("file_name", models.CharField(max_length=120, verbose_name="文件")),
                ("media_type", models.CharField(max_length=40, verbose_name="类型")),
                ("byte_count", models.PositiveIntegerField(verbose_name="字节数")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="inspections.rectificationreport",
                        verbose_name="整改报告",
                    ),
                ),
            ],
            options={
                "verbose_name": "整改照片",
                "verbose_name_plural": "整改照片",
                "ordering": ["report_id", "id"],
                "constraints": [
                    models.UniqueConstraint(models.F("report"), models.F("sha256"), name="a_photo_once_a_report")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="rectification_photo_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5279a0f6317944e5d6e97b4b4b6883d48f7aa11c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_rectification_photo_keep_rows_67759",
                            table="inspections_rectificationphoto",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="rectification_photo_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="971c48f481ef117897de1b869825d2dc20761e77",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_rectification_photo_keep_table_5e321",
                            table="inspections_rectificationphoto",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="rectification_photo_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT o.task_id FROM inspections_order o JOIN inspections_orderpoint p ON p.order_id = o.id JOIN inspections_rectificationreport r ON r.order_point_id = p.id WHERE r.id = NEW.report_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="caf56b421d7f2af51ffa4b1fc7be17569c6e9f71",
                            operation="INSERT",
                            pgid="pgtrigger_rectification_photo_added_after_locking_2e3b8",
                            table="inspections_rectificationphoto",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reinspection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reinspected_on", models.DateField(verbose_name="复查日期")),
                ("opinion", models.CharField(max_length=300, verbose_name="复查意见")),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签发人",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="documents.issueddocument", verbose_name="文书"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="复查人",
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reinspection",
                        to="inspections.order",
                        verbose_name="指令书",
                    ),
                ),
            ],
            options={
                "verbose_name": "整改复查",
                "verbose_name_plural": "整改复查",
                "ordering": ["order_id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("approved_by", models.F("made_by")), _negated=True),
                        name="a_reinspection_is_issued_by_somebody_else",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="reinspection_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0ce5261d16752ab796621b2424d475b802128fd3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_reinspection_keep_rows_09356",
                            table="inspections_reinspection",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="reinspection_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="c0f1258212a35a127e3eae1ae75ac55fdb29c42e",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_reinspection_keep_table_5d9ee",
                            table="inspections_reinspection",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="reinspection_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_order WHERE id = NEW.order_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="4a0c3b120d957f74624bab4e1903d43b715b5ff5",
                            operation="INSERT",
                            pgid="pgtrigger_reinspection_added_after_locking_b1f13",
                            table="inspections_reinspection",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReinspectionPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_passed", models.BooleanField(verbose_name="整改到位")),
                ("seen", models.TextField(verbose_name="复查情况")),
                (
                    "order_point",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcome",
                        to="inspections.orderpoint",
                        verbose_name="责令整改事项",
                    ),
                ),
                (
                    "reinspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="inspections.reinspection",
                        verbose_name="复查",
                    ),
                ),
            ],
            options={
                "verbose_name": "复查事项",
                "verbose_name_plural": "复查事项",
                "ordering": ["reinspection_id", "order_point_id"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="reinspection_point_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ef572b76f9ed1c7cd37d28c3d9579828a1c18774",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_reinspection_point_keep_rows_c1498",
                            table="inspections_reinspectionpoint",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="reinspection_point_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="42d1ced74a6b9f81a34a68ef1153df9e30dfed0f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_reinspection_point_keep_table_0f370",
                            table="inspections_reinspectionpoint",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="reinspection_point_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT o.task_id FROM inspections_order o JOIN inspections_reinspection r ON r.order_id = o.id WHERE r.id = NEW.reinspection_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="713f2c6dc5a47bff3dff61afef09a4fe2a73b02f",
                            operation="INSERT",
                            pgid="pgtrigger_reinspection_point_added_after_locking_2810f",
                            table="inspections_reinspectionpoint",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reinspected_on", models.DateField(blank=True, null=True, verbose_name="复查日期")),
                ("opinion", models.CharField(blank=True, max_length=300, verbose_name="复查意见")),
                ("representative_name", models.CharField(blank=True, max_length=40, verbose_name="被复查单位在场人员")),
                ("representative_post", models.CharField(blank=True, max_length=40, verbose_name="职务")),
                ("certificates_shown", models.BooleanField(default=False, verbose_name="已出示执法证件并告知")),
                (
                    "signature",
                    models.CharField(
                        blank=True,
                        choices=[("signed", "已签名"), ("refused", "拒绝签名")],
                        max_length=8,
                        verbose_name="签名情况",
                    ),
                ),
                ("refusal_reason", models.CharField(blank=True, max_length=200, verbose_name="拒签原因")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="版本")),
                ("saved_at", models.DateTimeField(auto_now=True, verbose_name="保存时间")),
                ("opened_at", models.DateTimeField(verbose_name="系统开始时间")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="提交时间")),
                ("returned_reason", models.CharField(blank=True, max_length=300, verbose_name="退回意见")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="审核时间")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="开始人",
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisit",
                        to="inspections.order",
                        verbose_name="指令书",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="保存人",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提交人",
                    ),
                ),
            ],
            options={
                "verbose_name": "复查记录",
                "verbose_name_plural": "复查记录",
                "ordering": ["order_id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                            models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="revisit_submitted_by_and_at_agree",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="revisit_approved_by_and_at_agree",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_revisit_is_approved_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signature", "refused"), _negated=True),
                            models.Q(("refusal_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_refusal_at_a_revisit_has_a_reason",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="revisit_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_order WHERE id = NEW.order_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="977ff8419ccaddb540c5a1a3bb9a7414365258a6",
                            operation="INSERT",
                            pgid="pgtrigger_revisit_added_after_locking_c1fd9",
                            table="inspections_revisit",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="revisit_changed_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_order WHERE id = OLD.order_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="da2e4ad29aea177d503bb545c708eb5a3aabd328",
                            operation="UPDATE",
                            pgid="pgtrigger_revisit_changed_after_locking_36e91",
                            table="inspections_revisit",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="revisit_removed_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_order WHERE id = OLD.order_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN OLD;",
                            hash="13636d018cfffcc5901471ac0a60e112b71dd0c6",
                            operation="DELETE",
                            pgid="pgtrigger_revisit_removed_after_locking_31cd3",
                            table="inspections_revisit",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="evidence",
            name="revisit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="inspections.revisit",
                verbose_name="复查记录",
            ),
        ),
        migrations.CreateModel(
            name="RevisitPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("passed", "已整改到位"), ("undone", "未整改到位")],
                        max_length=8,
                        verbose_name="是否整改到位",
                    ),
                ),
                ("seen", models.TextField(blank=True, verbose_name="复查情况")),
                ("rectify_by", models.DateField(blank=True, null=True, verbose_name="新的整改期限")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="版本")),
                ("saved_at", models.DateTimeField(auto_now=True, verbose_name="保存时间")),
                (
                    "order_point",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisit_point",
                        to="inspections.orderpoint",
                        verbose_name="责令整改事项",
                    ),
                ),
                (
                    "revisit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="inspections.revisit",
                        verbose_name="复查记录",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="保存人",
                    ),
                ),
            ],
            options={
                "verbose_name": "复查记录事项",
                "verbose_name_plural": "复查记录事项",
                "ordering": ["revisit_id", "order_point_id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rectify_by__isnull", True), ("outcome", "undone"), _connector="OR"),
                        name="only_what_is_undone_has_a_new_limit",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="revisit_point_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT o.task_id FROM inspections_order o JOIN inspections_revisit r ON r.order_id = o.id WHERE r.id = NEW.revisit_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="1d80df5e373bb413b7886a6be0ef2581afe1178e",
                            operation="INSERT",
                            pgid="pgtrigger_revisit_point_added_after_locking_3d5e0",
                            table="inspections_revisitpoint",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="revisit_point_changed_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT o.task_id FROM inspections_order o JOIN inspections_revisit r ON r.order_id = o.id WHERE r.id = OLD.revisit_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="55363ea7b8cf32dd981ea83789742971a4897290",
                            operation="UPDATE",
                            pgid="pgtrigger_revisit_point_changed_after_locking_cbcfe",
                            table="inspections_revisitpoint",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="revisit_point_removed_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT o.task_id FROM inspections_order o JOIN inspections_revisit r ON r.order_id = o.id WHERE r.id = OLD.revisit_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN OLD;",
                            hash="16e2cfe0eaa8e5bfb0e72e545fd8f704444366a3",
                            operation="DELETE",
                            pgid="pgtrigger_revisit_point_removed_after_locking_5c01c",
                            table="inspections_revisitpoint",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="检查场所")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="检查开始")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="检查结束")),
                ("representative_name", models.CharField(blank=True, max_length=40, verbose_name="被检查单位在场人员")),
                ("representative_post", models.CharField(blank=True, max_length=40, verbose_name="职务")),
                ("representative_phone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
                ("certificates_shown", models.BooleanField(default=False, verbose_name="已出示执法证件并告知")),
                ("findings", models.TextField(blank=True, verbose_name="检查情况")),
                ("time_reason", models.CharField(blank=True, max_length=200, verbose_name="时间说明")),
                (
                    "signature",
                    models.CharField(
                        blank=True,
                        choices=[("signed", "已签名"), ("refused", "拒绝签名")],
                        max_length=8,
                        verbose_name="签名情况",
                    ),
                ),
                ("refusal_reason", models.CharField(blank=True, max_length=200, verbose_name="拒签原因")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="版本")),
                ("saved_at", models.DateTimeField(auto_now=True, verbose_name="保存时间")),
                ("opened_at", models.DateTimeField(verbose_name="系统开始时间")),
                ("device_opened_at", models.DateTimeField(blank=True, null=True, verbose_name="设备开始时间")),
                (
                    "latitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="纬度"),
                ),
                (
                    "longitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="经度"),
                ),
                ("accuracy", models.PositiveIntegerField(blank=True, null=True, verbose_name="定位精度（米）")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="提交时间")),
                ("returned_reason", models.CharField(blank=True, max_length=300, verbose_name="退回意见")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="审核时间")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="documents.issueddocument",
                        verbose_name="文书",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="开始人",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="保存人",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提交人",
                    ),
                ),
            ],
            options={
                "verbose_name": "现场检查记录",
                "verbose_name_plural": "现场检查记录",
                "ordering": ["task_id"],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("officer", "检查人员"), ("representative", "被检查单位在场人员")],
                        max_length=16,
                        verbose_name="身份",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("content_sha256", models.CharField(max_length=64, verbose_name="所签内容 SHA-256")),
                ("sha256", models.CharField(max_length=64, verbose_name="签名图 SHA-256")),
                ("file_name", models.CharField(max_length=120, verbose_name="文件")),
                ("device_time", models.DateTimeField(blank=True, null=True, verbose_name="设备时间")),
                ("signed_at", models.DateTimeField(verbose_name="签名时间")),
                (
                    "inspector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspectors.inspector",
                        verbose_name="执法人员",
                    ),
                ),
                (
                    "revisit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="inspections.revisit",
                        verbose_name="复查记录",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="采集人",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="inspections.siterecord",
                        verbose_name="记录",
                    ),
                ),
            ],
            options={
                "verbose_name": "签名",
                "verbose_name_plural": "签名",
                "ordering": ["signed_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("inspector__isnull", False), ("role", "officer")),
                            models.Q(("inspector__isnull", True), ("role", "representative")),
                            _connector="OR",
                        ),
                        name="an_officers_signature_has_its_officer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("record__isnull", True), ("revisit__isnull", True), _connector="XOR"),
                        name="a_signature_stands_under_one_sheet",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="signature_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ed8c838ad522ff1576422a9d02338adceb988614",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_signature_keep_rows_89458",
                            table="inspections_signature",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="signature_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="9b2947c73b7f17a0d6569a94ae7563f554553053",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_signature_keep_table_77986",
                            table="inspections_signature",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="signature_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (\n    SELECT task_id FROM inspections_siterecord WHERE id = NEW.record_id\n    UNION ALL\n    SELECT o.task_id FROM inspections_order o JOIN inspections_revisit r ON r.order_id = o.id\n    WHERE r.id = NEW.revisit_id\n)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="8f830c281ae474610529c499bcfe3ee4e85bcd6c",
                            operation="INSERT",
                            pgid="pgtrigger_signature_added_after_locking_0cd1c",
                            table="inspections_signature",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="itemresult",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="results",
                to="inspections.siterecord",
                verbose_name="记录",
            ),
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="任务号")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("assigned", "已派发"),
                            ("noticed", "已公告"),
                            ("withheld", "保密中"),
                            ("ready", "方案已批"),
                            ("on_site", "检查中"),
                            ("recorded", "已记录"),
                            ("ordered", "责令整改中"),
                            ("reinspected", "已复查"),
                            ("closed", "已办结"),
                            ("archived", "已归档"),
                            ("dropped", "已替换"),
                        ],
                        default="assigned",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("is_covert", models.BooleanField(default=False, verbose_name="暗查")),
                ("visit_on", models.DateField(verbose_name="计划检查日期")),
                ("visited_on", models.DateField(blank=True, null=True, verbose_name="实际检查日期")),
                ("results_public_at", models.DateTimeField(blank=True, null=True, verbose_name="结果公开时间")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="派发时间")),
                (
                    "drawn",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="task",
                        to="draws.drawnenterprise",
                        verbose_name="抽中记录",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="enterprises.enterprise",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查任务",
                "verbose_name_plural": "检查任务",
                "ordering": ["visit_on", "number"],
                "indexes": [models.Index(fields=["state", "visit_on"], name="inspections_state_82bb68_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["closed", "archived"]), _negated=True),
                            ("closed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="a_closed_task_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["assigned", "noticed", "withheld", "ready", "dropped"]),
                            ("visited_on__isnull", False),
                            _connector="OR",
                        ),
                        name="a_begun_task_has_its_visit",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="task_state_step",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state IS DISTINCT FROM NEW.state)",
                            func="\n            IF NOT (OLD.state || '>' || NEW.state = ANY (ARRAY['assigned>noticed', 'assigned>withheld', 'assigned>on_site', 'assigned>dropped', 'noticed>ready', 'noticed>on_site', 'noticed>dropped', 'withheld>ready', 'withheld>on_site', 'withheld>dropped', 'ready>on_site', 'ready>dropped', 'on_site>recorded', 'recorded>on_site', 'recorded>ordered', 'recorded>closed', 'ordered>reinspected', 'reinspected>ordered', 'reinspected>closed', 'closed>archived'])) THEN\n                RAISE EXCEPTION 'task %: no step from % to %', OLD.id, OLD.state, NEW.state;\n            END IF;\n            RETURN NEW;\n        ",
                            hash="ec191ea0f52abbf72f21e6cafff5f659c624d82d",
                            operation="UPDATE",
                            pgid="pgtrigger_task_state_step_e0d2d",
                            table="inspections_task",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="task_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="8935608638452ee2daecad3f009cd81a3710f0b7",
                            operation="DELETE",
                            pgid="pgtrigger_task_kept_ce9d3",
                            table="inspections_task",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="task_changed_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (OLD.id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="c17edf08a84945a9c47a41cee253a28f5bfd5f1e",
                            operation="UPDATE",
                            pgid="pgtrigger_task_changed_after_locking_9ab0f",
                            table="inspections_task",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="siterecord",
            name="task",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="record",
                to="inspections.task",
                verbose_name="任务",
            ),
        ),
        migrations.CreateModel(
            name="SiteCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=43, unique=True, verbose_name="链接码")),
                ("made_at", models.DateTimeField(verbose_name="出示时间")),
                ("expires_at", models.DateTimeField(verbose_name="失效时间")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
                ("first_scanned_at", models.DateTimeField(blank=True, null=True, verbose_name="首次扫码时间")),
                ("scan_count", models.PositiveIntegerField(default=0, verbose_name="扫码次数")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="出示人",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="site_codes",
                        to="inspections.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "入企码",
                "verbose_name_plural": "入企码",
                "ordering": ["-made_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="a_site_code_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignedScan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("file_name", models.CharField(max_length=120, verbose_name="文件")),
                ("media_type", models.CharField(max_length=40, verbose_name="类型")),
                ("byte_count", models.PositiveIntegerField(verbose_name="字节数")),
                ("added_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="documents.issueddocument",
                        verbose_name="文书",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="inspections.payment",
                        verbose_name="缴款",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="inspections.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "签字扫描件",
                "verbose_name_plural": "签字扫描件",
                "ordering": ["added_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document__isnull", False), ("payment__isnull", True)),
                            models.Q(("document__isnull", True), ("payment__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_scan_belongs_to_one_thing",
                    ),
                    models.UniqueConstraint(models.F("document"), models.F("sha256"), name="a_scan_once_a_document"),
                    models.UniqueConstraint(models.F("payment"), models.F("sha256"), name="a_scan_once_a_payment"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="signed_scan_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ffd89ba59196ac63156b2d172b652dbfc686a724",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_signed_scan_keep_rows_ede52",
                            table="inspections_signedscan",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="signed_scan_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="1dc79585663eb03f83d961f4ed9d6eaef4576d06",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_signed_scan_keep_table_324c5",
                            table="inspections_signedscan",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="signed_scan_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (NEW.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="5c628f93aedf9c5ff032f4fc285ea150a784975c",
                            operation="INSERT",
                            pgid="pgtrigger_signed_scan_added_after_locking_661f1",
                            table="inspections_signedscan",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField(verbose_name="检查开始时间")),
                ("ends_at", models.DateTimeField(verbose_name="检查结束时间")),
                ("method", models.TextField(verbose_name="检查方式")),
                ("equipment_kinds", models.JSONField(blank=True, default=list, verbose_name="携带装备")),
                ("equipment", models.CharField(blank=True, max_length=300, verbose_name="其他装备")),
                ("remarks", models.TextField(blank=True, verbose_name="备注")),
                ("drafted_at", models.DateTimeField(auto_now_add=True, verbose_name="编制时间")),
                ("review_opinion", models.CharField(blank=True, max_length=300, verbose_name="审核意见")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="审核时间")),
                ("opinion", models.CharField(blank=True, max_length=300, verbose_name="审批意见")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="审批时间")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审批人",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="documents.issueddocument",
                        verbose_name="文书",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="编制人",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人",
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scheme",
                        to="inspections.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "现场检查方案",
                "verbose_name_plural": "现场检查方案",
                "ordering": ["task_id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="scheme_ends_after_it_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_scheme_is_approved_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="scheme_approved_by_and_at_agree",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                            models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="scheme_reviewed_by_and_at_agree",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_by__isnull", True),
                            models.Q(("reviewed_by", models.F("drafted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_scheme_is_reviewed_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(
                                ("reviewed_by__isnull", False),
                                models.Q(("approved_by", models.F("reviewed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_approved_scheme_was_reviewed_by_a_third_person",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="scheme_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (NEW.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="0792dade8eda9320adf68c421d05b952fa3c12be",
                            operation="INSERT",
                            pgid="pgtrigger_scheme_added_after_locking_71b91",
                            table="inspections_scheme",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="scheme_changed_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (OLD.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="373bbe2488cefd9328ecb789d41d85a3f09fc30a",
                            operation="UPDATE",
                            pgid="pgtrigger_scheme_changed_after_locking_2219a",
                            table="inspections_scheme",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="scheme_removed_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (OLD.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN OLD;",
                            hash="4c6c607d49063b5266fdc221b940913286d7132c",
                            operation="DELETE",
                            pgid="pgtrigger_scheme_removed_after_locking_9828d",
                            table="inspections_scheme",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("exposure", "曝光"), ("listing", "列入严重失信主体名单")],
                        max_length=10,
                        verbose_name="种类",
                    ),
                ),
                ("origin", models.CharField(blank=True, max_length=80, verbose_name="来源标识")),
                ("reason", models.CharField(max_length=200, verbose_name="建议理由")),
                ("facts", models.TextField(verbose_name="事实")),
                ("proposed_at", models.DateTimeField(verbose_name="建议时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待处理"),
                            ("taken", "已采纳"),
                            ("dismissed", "不采纳"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="处理时间")),
                ("settled_reason", models.CharField(blank=True, max_length=300, verbose_name="处理说明")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="enterprises.enterprise",
                        verbose_name="企业",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="inspections.order",
                        verbose_name="指令书",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="建议人",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="处理人",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="inspections.task",
                        verbose_name="检查任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "公开建议",
                "verbose_name_plural": "公开建议",
                "ordering": ["-proposed_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("kind"),
                        models.F("origin"),
                        condition=models.Q(("origin", ""), _negated=True),
                        name="a_proposal_once_a_kind_and_origin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True), models.Q(("facts", ""), _negated=True)
                        ),
                        name="a_proposal_says_why_and_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("state", "open")),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                ("state__in", ["taken", "dismissed"]),
                            ),
                            models.Q(
                                ("settled_at__isnull", False), ("settled_by__isnull", True), ("state", "withdrawn")
                            ),
                            _connector="OR",
                        ),
                        name="a_settled_proposal_has_its_person_and_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["dismissed", "withdrawn"]), _negated=True),
                            models.Q(("settled_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_dismissed_proposal_has_its_reason",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="a_proposal_stands_as_made",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."enterprise_id" IS DISTINCT FROM (NEW."enterprise_id") OR OLD."task_id" IS DISTINCT FROM (NEW."task_id") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."facts" IS DISTINCT FROM (NEW."facts") OR OLD."proposed_by_id" IS DISTINCT FROM (NEW."proposed_by_id") OR OLD."proposed_at" IS DISTINCT FROM (NEW."proposed_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="faa0552f7552e292aa47409f5f1945b1cc77b1bd",
                            operation="UPDATE",
                            pgid="pgtrigger_a_proposal_stands_as_made_85372",
                            table="inspections_proposal",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="proposals_are_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="36e8512cf7c8035562a0e51ceb3ceb32f09a68ba",
                            operation="DELETE",
                            pgid="pgtrigger_proposals_are_kept_afe90",
                            table="inspections_proposal",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="order",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="inspections.task",
                verbose_name="任务",
            ),
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("upload_key", models.CharField(max_length=64, verbose_name="上传标识")),
                ("name", models.CharField(max_length=60, verbose_name="测量项目")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="测点")),
                ("value", models.CharField(max_length=20, verbose_name="测量值")),
                ("unit", models.CharField(max_length=20, verbose_name="单位")),
                ("instrument", models.CharField(max_length=80, verbose_name="仪器名称及编号")),
                ("device_time", models.DateTimeField(blank=True, null=True, verbose_name="设备时间")),
                ("measured_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "drawn_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measurements",
                        to="draws.drawnitem",
                        verbose_name="检查事项",
                    ),
                ),
                (
                    "measured_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="测量人",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="inspections.measurement",
                        verbose_name="更正对象",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measurements",
                        to="inspections.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "现场测量",
                "verbose_name_plural": "现场测量",
                "ordering": ["measured_at", "id"],
                "constraints": [
                    models.UniqueConstraint(models.F("task"), models.F("upload_key"), name="a_measurement_once_a_task"),
                    models.CheckConstraint(
                        condition=models.Q(("value", ""), _negated=True), name="a_measurement_says_something"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="measurement_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f1d9c4d696942ad45898fc7d8432127dade535a4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_measurement_keep_rows_dfcab",
                            table="inspections_measurement",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="measurement_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="77b90393706d5701de8783b145193609f3d9667e",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_measurement_keep_table_aa4b9",
                            table="inspections_measurement",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="measurement_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (NEW.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="54febfc9cc2fd1b499a582c74957cfffb600b420",
                            operation="INSERT",
                            pgid="pgtrigger_measurement_added_after_locking_c2797",
                            table="inspections_measurement",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandlingDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("basis", models.TextField(verbose_name="法律依据")),
                ("measures", models.TextField(verbose_name="处理措施")),
                ("urgent_reason", models.CharField(blank=True, max_length=300, verbose_name="当场实施的理由")),
                ("drafted_at", models.DateTimeField(verbose_name="拟定时间")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="审批时间")),
                ("refused_reason", models.CharField(blank=True, max_length=300, verbose_name="不批准的理由")),
                (
                    "decision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft",
                        to="inspections.handlingdecision",
                        verbose_name="决定书",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟定人",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审批人",
                    ),
                ),
                (
                    "results",
                    models.ManyToManyField(
                        related_name="handling_drafts", to="inspections.itemresult", verbose_name="问题"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handling_drafts",
                        to="inspections.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "现场处理措施拟定",
                "verbose_name_plural": "现场处理措施拟定",
                "ordering": ["drafted_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("settled_by", models.F("drafted_by")), _negated=True),
                        name="a_measure_is_approved_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decision__isnull", True),
                                ("refused_reason", ""),
                                ("settled_at__isnull", True),
                                ("settled_by__isnull", True),
                            ),
                            models.Q(
                                ("decision__isnull", False),
                                ("refused_reason", ""),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                            ),
                            models.Q(
                                ("decision__isnull", True),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                models.Q(("refused_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_settled_measure_is_issued_or_refused_with_a_reason",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="handling_drafts_are_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="6354a5d870b2abe77166953256d8c0640391e312",
                            operation="DELETE",
                            pgid="pgtrigger_handling_drafts_are_kept_d3a53",
                            table="inspections_handlingdraft",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="handling_draft_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (NEW.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="d46541f454f2879605ba46d445acee6ce318aecf",
                            operation="INSERT",
                            pgid="pgtrigger_handling_draft_added_after_locking_ba65e",
                            table="inspections_handlingdraft",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="handling_draft_changed_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (OLD.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="cd227a35b5433852dab151e5ce3e9799a64efde7",
                            operation="UPDATE",
                            pgid="pgtrigger_handling_draft_changed_after_locking_a6fc4",
                            table="inspections_handlingdraft",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="handlingdecision",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handlings",
                to="inspections.task",
                verbose_name="任务",
            ),
        ),
        migrations.CreateModel(
            name="ExpertOpinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opinion", models.TextField(verbose_name="书面意见")),
                ("given_on", models.DateField(verbose_name="出具日期")),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspectors.expert",
                        verbose_name="专家",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.evidence",
                        verbose_name="签字原件",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expert_opinions",
                        to="inspections.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "专家意见",
                "verbose_name_plural": "专家意见",
                "ordering": ["given_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("opinion", ""), _negated=True), name="an_opinion_says_something"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="expert_opinion_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="54e74fa420ec797969c438678f53af7c9528e51f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_expert_opinion_keep_rows_fcbc6",
                            table="inspections_expertopinion",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="expert_opinion_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="dd38d87af9834154ea3a6d299aa763957702c5d0",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_expert_opinion_keep_table_8b979",
                            table="inspections_expertopinion",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="expert_opinion_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (NEW.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="838d9d4a24b63c45ce86fbff167b8658c4f45f28",
                            operation="INSERT",
                            pgid="pgtrigger_expert_opinion_added_after_locking_ba186",
                            table="inspections_expertopinion",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="evidence",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="inspections.task",
                verbose_name="任务",
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="task",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossier",
                to="inspections.task",
                verbose_name="任务",
            ),
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("delivered_at", models.DateTimeField(verbose_name="送达时间")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("direct", "直接送达"),
                            ("left", "留置送达"),
                            ("post", "邮寄送达"),
                            ("entrusted", "委托送达"),
                            ("electronic", "电子送达"),
                            ("announced", "公告送达"),
                        ],
                        max_length=12,
                        verbose_name="送达方式",
                    ),
                ),
                ("place", models.CharField(max_length=200, verbose_name="送达地点")),
                ("receiver", models.CharField(max_length=60, verbose_name="收件人")),
                ("refusal_reason", models.CharField(blank=True, max_length=200, verbose_name="拒收事由")),
                ("witness", models.CharField(blank=True, max_length=60, verbose_name="见证人")),
                ("late_reason", models.CharField(blank=True, max_length=200, verbose_name="迟延登记的原因")),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="inspections.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delivery",
                        to="documents.issueddocument",
                        verbose_name="文书",
                    ),
                ),
                (
                    "receipt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.issueddocument",
                        verbose_name="送达回执",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="inspections.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "送达",
                "verbose_name_plural": "送达",
                "ordering": ["delivered_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "left"), _negated=True),
                            models.Q(
                                models.Q(("refusal_reason", ""), _negated=True),
                                models.Q(("witness", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_document_left_behind_has_reason_and_witness",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="delivery_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="43ff548b55dddb628b77fa564d083ae2d8fa8749",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_delivery_keep_rows_acf75",
                            table="inspections_delivery",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delivery_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="c9735b2827f368f7b3742170c7be506eaf1e20aa",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_delivery_keep_table_87451",
                            table="inspections_delivery",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delivery_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (NEW.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="2c89d3ff887d5c95145ea75e48937d5d3f4a85d1",
                            operation="INSERT",
                            pgid="pgtrigger_delivery_added_after_locking_6e48a",
                            table="inspections_delivery",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckApproval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="检查事由")),
                ("is_afterwards", models.BooleanField(default=False, verbose_name="事后补办")),
                ("afterwards_reason", models.CharField(blank=True, max_length=300, verbose_name="补办理由")),
                ("applied_at", models.DateTimeField(verbose_name="申请时间")),
                ("opinion", models.CharField(blank=True, max_length=300, verbose_name="审批意见")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="审批时间")),
                (
                    "applied_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请人",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审批人",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="documents.issueddocument",
                        verbose_name="文书",
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approval",
                        to="inspections.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "行政检查审批",
                "verbose_name_plural": "行政检查审批",
                "ordering": ["task_id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("applied_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_check_is_approved_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", True), ("approved_by__isnull", True), ("document__isnull", True)
                            ),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("document__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_approved_check_has_person_time_and_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_afterwards", False),
                            models.Q(("afterwards_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_approval_afterwards_has_its_reason",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="approval_added_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (NEW.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="c6ac17409b4d1295283d10b9a201e50064858bc3",
                            operation="INSERT",
                            pgid="pgtrigger_approval_added_after_locking_2711d",
                            table="inspections_checkapproval",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="approval_changed_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (OLD.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                            hash="2e96035b847020f9700a63501a5db1239664ab99",
                            operation="UPDATE",
                            pgid="pgtrigger_approval_changed_after_locking_e35c5",
                            table="inspections_checkapproval",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="approval_removed_after_locking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (OLD.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN OLD;",
                            hash="2f3a7cb4ec6e4bd74537c1efbf8103fced70ba19",
                            operation="DELETE",
                            pgid="pgtrigger_approval_removed_after_locking_60803",
                            table="inspections_checkapproval",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="inspections.task",
                verbose_name="任务",
            ),
        ),
        migrations.CreateModel(
            name="WorkEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[("check", "监督检查"), ("other_duty", "其他执法工作"), ("no_duty", "非执法工作")],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                (
                    "half_days",
                    models.PositiveSmallIntegerField(choices=[(1, "半天"), (2, "一天")], verbose_name="半日数"),
                ),
                ("note", models.CharField(blank=True, max_length=120, verbose_name="内容")),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_entries",
                        to="inspectors.inspector",
                        verbose_name="执法人员",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_entries",
                        to="inspections.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "工作日志",
                "verbose_name_plural": "工作日志",
                "ordering": ["-on", "inspector_id", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("inspector"),
                        models.F("on"),
                        models.F("task"),
                        condition=models.Q(("task__isnull", False)),
                        name="a_task_once_an_officers_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("half_days__in", [1, 2])), name="work_is_counted_in_half_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("task__isnull", True), ("kind", "check"), _connector="OR"),
                        name="a_task_is_a_check",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="check_document_added_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (CASE\n    WHEN NEW.subject_key !~ '^[0-9a-f-]{36}$' THEN NULL\n    WHEN NEW.subject_kind = 'task' THEN NEW.subject_key::uuid\n    WHEN NEW.subject_kind = 'case' THEN (SELECT task_id FROM inspections_case WHERE id = NEW.subject_key::uuid)\nEND)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                    hash="9770f4ad9652fb8580cd662093085165f3fb48ac",
                    operation="INSERT",
                    pgid="pgtrigger_check_document_added_after_locking_8a5c0",
                    table="documents_issueddocument",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="HandlingDraftResult",
            fields=[],
            options={
                "verbose_name": "拟采取的措施所针对的问题",
                "verbose_name_plural": "拟采取的措施所针对的问题",
                "ordering": ["pk"],
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("inspections.handlingdraft_results",),
        ),
        migrations.CreateModel(
            name="HandlingResult",
            fields=[],
            options={
                "verbose_name": "处理措施所针对的问题",
                "verbose_name_plural": "处理措施所针对的问题",
                "ordering": ["pk"],
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("inspections.handlingdecision_results",),
        ),
        migrations.AddConstraint(
            model_name="itemresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("hazard", ""), ("result", "failed"), _connector="OR"),
                name="only_a_failed_item_has_a_hazard",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("rectify_by__isnull", True), ("result", "failed"), _connector="OR"),
                name="only_a_failed_item_is_rectified_by_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_concealed", False), ("hazard", "major"), _connector="OR"),
                name="only_a_major_hazard_is_concealed",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="itemresult",
            trigger=pgtrigger.compiler.Trigger(
                name="result_added_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_siterecord WHERE id = NEW.record_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                    hash="3a95babd4f31befe35eaee305bab818d53e5102e",
                    operation="INSERT",
                    pgid="pgtrigger_result_added_after_locking_24398",
                    table="inspections_itemresult",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="itemresult",
            trigger=pgtrigger.compiler.Trigger(
                name="result_changed_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_siterecord WHERE id = OLD.record_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                    hash="2fd572401395aec38ea84faaa9d6ebcef9146daa",
                    operation="UPDATE",
                    pgid="pgtrigger_result_changed_after_locking_f5a56",
                    table="inspections_itemresult",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="itemresult",
            trigger=pgtrigger.compiler.Trigger(
                name="result_removed_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_siterecord WHERE id = OLD.record_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN OLD;",
                    hash="7fd7358156fcb8ed5603b97b4e30392ed602e732",
                    operation="DELETE",
                    pgid="pgtrigger_result_removed_after_locking_187b6",
                    table="inspections_itemresult",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="siterecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                    _connector="OR",
                ),
                name="record_submitted_by_and_at_agree",
            ),
        ),
        migrations.AddConstraint(
            model_name="siterecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="record_approved_by_and_at_agree",
            ),
        ),
        migrations.AddConstraint(
            model_name="siterecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("submitted_by")), _negated=True),
                    _connector="OR",
                ),
                name="a_record_is_approved_by_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="siterecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signature", "refused"), _negated=True),
                    models.Q(("refusal_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_refused_signature_has_a_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="siterecord",
            trigger=pgtrigger.compiler.Trigger(
                name="record_added_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (NEW.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                    hash="5adc2518d4af248f206b869fe8bebdf2381abd76",
                    operation="INSERT",
                    pgid="pgtrigger_record_added_after_locking_a4f42",
                    table="inspections_siterecord",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="siterecord",
            trigger=pgtrigger.compiler.Trigger(
                name="record_changed_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (OLD.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                    hash="e66ee20496aac96e21088f2ec82470b2ed10f226",
                    operation="UPDATE",
                    pgid="pgtrigger_record_changed_after_locking_5c4d3",
                    table="inspections_siterecord",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="siterecord",
            trigger=pgtrigger.compiler.Trigger(
                name="record_removed_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (OLD.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN OLD;",
                    hash="a036bad522f42b53552432b6aef8cc9492b46f9a",
                    operation="DELETE",
                    pgid="pgtrigger_record_removed_after_locking_1b838",
                    table="inspections_siterecord",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                models.F("task"), models.F("position"), name="an_order_position_once_a_task"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_keep_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6f1f0523f6211c4a57c6fe813e0384911630afb6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_order_keep_rows_39c43",
                    table="inspections_order",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_keep_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                    hash="ea29871b1adb8033a3df5220fbfd447cd554e7d0",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_order_keep_table_9279d",
                    table="inspections_order",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_added_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (NEW.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                    hash="ff3bfb9efab936ace30e0027e900c266fc5a21ce",
                    operation="INSERT",
                    pgid="pgtrigger_order_added_after_locking_ae5a7",
                    table="inspections_order",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handlingdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="handling_keep_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0d1656a976670f99cb74805dc2bf265ed293e85f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_handling_keep_rows_fa33d",
                    table="inspections_handlingdecision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handlingdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="handling_keep_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                    hash="6bd426442d8f3c2a6b2d234219909512a359074b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_handling_keep_table_f8828",
                    table="inspections_handlingdecision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handlingdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="handling_added_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (NEW.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                    hash="8e1d09eec3c34273a233d8a1a9a4da9a4ab4f361",
                    operation="INSERT",
                    pgid="pgtrigger_handling_added_after_locking_e8716",
                    table="inspections_handlingdecision",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(models.F("task"), models.F("upload_key"), name="an_upload_once_a_task"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="evidence_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."task_id" IS DISTINCT FROM (NEW."task_id") OR OLD."drawn_item_id" IS DISTINCT FROM (NEW."drawn_item_id") OR OLD."revisit_id" IS DISTINCT FROM (NEW."revisit_id") OR OLD."upload_key" IS DISTINCT FROM (NEW."upload_key") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."file_name" IS DISTINCT FROM (NEW."file_name") OR OLD."media_type" IS DISTINCT FROM (NEW."media_type") OR OLD."byte_count" IS DISTINCT FROM (NEW."byte_count") OR OLD."width" IS DISTINCT FROM (NEW."width") OR OLD."height" IS DISTINCT FROM (NEW."height") OR OLD."device_time" IS DISTINCT FROM (NEW."device_time") OR OLD."latitude" IS DISTINCT FROM (NEW."latitude") OR OLD."longitude" IS DISTINCT FROM (NEW."longitude") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="a6015a732ad58d4cfcb0538f3fbe584fce85e8e4",
                    operation="UPDATE",
                    pgid="pgtrigger_evidence_stands_e3617",
                    table="inspections_evidence",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="evidence_keep_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="1dadde7c78401a95801116e9e95cdd75baf46569",
                    operation="DELETE",
                    pgid="pgtrigger_evidence_keep_rows_fd688",
                    table="inspections_evidence",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="evidence_keep_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                    hash="8958d57228615a0bac25e8a56d022c330b3b9af0",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_evidence_keep_table_a9ca2",
                    table="inspections_evidence",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="evidence_added_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (NEW.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                    hash="1d859fcb40e1efe525d9bec2bc4a74d7b2900cbd",
                    operation="INSERT",
                    pgid="pgtrigger_evidence_added_after_locking_aa7dc",
                    table="inspections_evidence",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="evidence_changed_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (OLD.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                    hash="9e3f5bdd6ad94d81d27e9c97f1ab9fed9609454e",
                    operation="UPDATE",
                    pgid="pgtrigger_evidence_changed_after_locking_93177",
                    table="inspections_evidence",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("locked_at__isnull", True), ("locked_by__isnull", True)),
                    models.Q(("locked_at__isnull", False), ("locked_by__isnull", False)),
                    _connector="OR",
                ),
                name="dossier_locked_by_and_at_agree",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("excuse_reason", ""), ("excused_at__isnull", True), ("excused_by__isnull", True)),
                    models.Q(
                        ("excused_at__isnull", False),
                        ("excused_by__isnull", False),
                        models.Q(("excuse_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="an_excuse_has_person_time_and_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("archive_number__isnull", False),
                        ("locked_at__isnull", False),
                        ("state", "locked"),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    models.Q(models.Q(("state", "locked"), _negated=True), ("locked_at__isnull", True)),
                    _connector="OR",
                ),
                name="a_locked_dossier_is_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dossier",
            trigger=pgtrigger.compiler.Trigger(
                name="dossier_state_step",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.state IS DISTINCT FROM NEW.state)",
                    func="\n            IF NOT (OLD.state || '>' || NEW.state = ANY (ARRAY['open>queued', 'queued>rendered', 'queued>open', 'rendered>queued', 'rendered>locked'])) THEN\n                RAISE EXCEPTION 'dossier %: no step from % to %', OLD.id, OLD.state, NEW.state;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="dee713e106a466465c9b676460a29ef31274c5ff",
                    operation="UPDATE",
                    pgid="pgtrigger_dossier_state_step_e8ae5",
                    table="inspections_dossier",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dossier",
            trigger=pgtrigger.compiler.Trigger(
                name="locked_dossier_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.state = 'locked')",
                    func="RAISE EXCEPTION 'dossier % is locked and does not change', OLD.archive_number;",
                    hash="f8256b742bcda0176b9c4dbaa8f6d4a5381dfe00",
                    operation="UPDATE",
                    pgid="pgtrigger_locked_dossier_stands_80dd3",
                    table="inspections_dossier",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dossier",
            trigger=pgtrigger.compiler.Trigger(
                name="dossier_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="48dc24458b8131dd948521b4bf08e89ae71c6de7",
                    operation="DELETE",
                    pgid="pgtrigger_dossier_kept_77fe3",
                    table="inspections_dossier",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dossier",
            trigger=pgtrigger.compiler.Trigger(
                name="dossier_keep_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                    hash="9c6204f409f0919ebae17421373a0a19d292214c",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_dossier_keep_table_125a8",
                    table="inspections_dossier",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["state", "-proposed_at"], name="inspections_state_c37337_idx"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(condition=models.Q(("fine__gte", 0)), name="a_fine_is_not_negative"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("told_fine__isnull", True), ("fine__lte", models.F("told_fine")), _connector="OR"),
                name="a_fine_is_not_above_what_was_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("told_kinds__isnull", True),
                    ("penalty_kinds__contained_by", models.F("told_kinds")),
                    _connector="OR",
                ),
                name="no_kind_of_penalty_that_was_not_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("told_fine__isnull", True), ("told_kinds__isnull", True), ("told_terms__isnull", True)),
                    models.Q(
                        ("told_fine__isnull", False), ("told_kinds__isnull", False), ("told_terms__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="what_was_told_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("filed_by__isnull", True), ("filed_on__isnull", True)),
                    models.Q(("filed_by__isnull", False), ("filed_on__isnull", False)),
                    _connector="OR",
                ),
                name="case_filed_by_and_on_agree",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", True), ("decided_on__isnull", True)),
                    models.Q(("decided_by__isnull", False), ("decided_on__isnull", False)),
                    _connector="OR",
                ),
                name="case_decided_by_and_on_agree",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("procedure", "spot"),
                    ("filed_by__isnull", True),
                    models.Q(("filed_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="a_case_is_filed_by_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True), ("closed_on__isnull", False), _connector="OR"
                ),
                name="a_closed_case_has_its_day",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="case_state_step",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.state IS DISTINCT FROM NEW.state)",
                    func="\n            IF NOT (OLD.state || '>' || NEW.state = ANY (ARRAY['proposed>investigating', 'proposed>not_filed', 'investigating>reported', 'investigating>transferred', 'investigating>decided', 'reported>reviewed', 'reported>investigating', 'reviewed>told', 'reviewed>not_punished', 'told>decided', 'told>not_punished', 'decided>fulfilled', 'decided>revoked', 'fulfilled>closed', 'fulfilled>revoked', 'not_punished>closed', 'transferred>closed', 'revoked>closed'])) THEN\n                RAISE EXCEPTION 'case %: no step from % to %', OLD.id, OLD.state, NEW.state;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="0747b07e75f78a1cd02881e850f4d7b04399ab3a",
                    operation="UPDATE",
                    pgid="pgtrigger_case_state_step_55e71",
                    table="inspections_case",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="case_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="0bce2a942bb5013f7643602f27effe74544062f7",
                    operation="DELETE",
                    pgid="pgtrigger_case_kept_b913a",
                    table="inspections_case",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="case_added_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (NEW.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                    hash="698728890cc87508aa490fb98de7589aab48b3c4",
                    operation="INSERT",
                    pgid="pgtrigger_case_added_after_locking_2187b",
                    table="inspections_case",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="case_changed_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (OLD.task_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                    hash="aac4db5a97431ec5c169495673b8d37ab3872419",
                    operation="UPDATE",
                    pgid="pgtrigger_case_changed_after_locking_2758b",
                    table="inspections_case",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handlingdraftresult",
            trigger=pgtrigger.compiler.Trigger(
                name="handling_draft_result_added_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_handlingdraft WHERE id = NEW.handlingdraft_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                    hash="c9f3e32c0305db0cf5bd121a1b1ddf3b137ac697",
                    operation="INSERT",
                    pgid="pgtrigger_handling_draft_result_added_after_locking_9bef2",
                    table="inspections_handlingdraft_results",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handlingdraftresult",
            trigger=pgtrigger.compiler.Trigger(
                name="handling_draft_result_changed_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_handlingdraft WHERE id = OLD.handlingdraft_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                    hash="4af948dab2c04f3254b7e298931411b49bdcbe76",
                    operation="UPDATE",
                    pgid="pgtrigger_handling_draft_result_changed_after_locking_16cc5",
                    table="inspections_handlingdraft_results",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handlingdraftresult",
            trigger=pgtrigger.compiler.Trigger(
                name="handling_draft_result_removed_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_handlingdraft WHERE id = OLD.handlingdraft_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN OLD;",
                    hash="1b06c4676c0166cc10e582d984070265fa12667c",
                    operation="DELETE",
                    pgid="pgtrigger_handling_draft_result_removed_after_locking_11cc6",
                    table="inspections_handlingdraft_results",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handlingresult",
            trigger=pgtrigger.compiler.Trigger(
                name="handling_result_added_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_handlingdecision WHERE id = NEW.handlingdecision_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                    hash="a5b6425a1b0edf1fdf5251fbf11f79bef99c163f",
                    operation="INSERT",
                    pgid="pgtrigger_handling_result_added_after_locking_1a9a4",
                    table="inspections_handlingdecision_results",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handlingresult",
            trigger=pgtrigger.compiler.Trigger(
                name="handling_result_changed_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_handlingdecision WHERE id = OLD.handlingdecision_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN NEW;",
                    hash="32dd5caa04a22c4613c79533ac4a548fc38b81cd",
                    operation="UPDATE",
                    pgid="pgtrigger_handling_result_changed_after_locking_135f5",
                    table="inspections_handlingdecision_results",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handlingresult",
            trigger=pgtrigger.compiler.Trigger(
                name="handling_result_removed_after_locking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (\n            SELECT 1 FROM inspections_dossier WHERE state = 'locked' AND task_id = (SELECT task_id FROM inspections_handlingdecision WHERE id = OLD.handlingdecision_id)\n        ) THEN\n            RAISE EXCEPTION 'the volume is locked: nothing of its check changes';\n        END IF;\n    RETURN OLD;",
                    hash="e9040c047cbb606728719696c860c3543c2cc6e7",
                    operation="DELETE",
                    pgid="pgtrigger_handling_result_removed_after_locking_af355",
                    table="inspections_handlingdecision_results",
                    when="BEFORE",
                ),
            ),
        ),
    ]
