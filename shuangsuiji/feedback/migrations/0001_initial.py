import uuid

import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Feedback",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("number", models.CharField(editable=False, max_length=24, unique=True, verbose_name="受理号")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opinion", "意见建议"),
                            ("question", "咨询"),
                            ("mistake", "公开内容有误"),
                            ("complaint", "投诉工作人员"),
                            ("report", "举报安全隐患"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=200, verbose_name="涉及的文号或网址")),
                ("text", models.TextField(max_length=2000, verbose_name="内容")),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="姓名")),
                ("contact", models.CharField(blank=True, max_length=100, verbose_name="联系方式")),
                ("source_key", models.CharField(blank=True, editable=False, max_length=64, verbose_name="来源")),
                (
                    "state",
                    models.CharField(
                        choices=[("received", "已受理"), ("assigned", "办理中"), ("answered", "已答复")],
                        default="received",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="受理时间")),
                ("assigned_at", models.DateTimeField(blank=True, null=True, verbose_name="交办时间")),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="答复")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                ("public_question", models.CharField(blank=True, max_length=300, verbose_name="选登的问题")),
                ("public_answer", models.TextField(blank=True, max_length=2000, verbose_name="选登的答复")),
                ("public_at", models.DateTimeField(blank=True, null=True, verbose_name="选登时间")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="承办人",
                    ),
                ),
                (
                    "public_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准选登",
                    ),
                ),
            ],
            options={
                "verbose_name": "意见与投诉",
                "verbose_name_plural": "意见与投诉",
                "ordering": ["-received_at", "id"],
                "indexes": [
                    models.Index(fields=["state", "-received_at"], name="feedback_fe_state_fa52a6_idx"),
                    models.Index(fields=["source_key", "received_at"], name="feedback_fe_source__c0b91f_idx"),
                    models.Index(
                        condition=models.Q(("public_at__isnull", False)),
                        fields=["-public_at"],
                        name="feedback_in_public",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="feedback_answered_by_and_at_agree",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", False), ("state", "answered")),
                            models.Q(models.Q(("state", "answered"), _negated=True), ("answered_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="answered_feedback_has_its_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "received"),
                            models.Q(("assigned_at__isnull", False), ("handler__isnull", False)),
                            _connector="OR",
                        ),
                        name="feedback_in_hand_has_a_handler",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("public_at__isnull", True), ("public_by__isnull", True)),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("public_at__isnull", False),
                                ("public_by__isnull", False),
                                models.Q(("public_question", ""), _negated=True),
                                models.Q(("public_answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="feedback_in_public_was_answered_and_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("public_by__isnull", True),
                            models.Q(("public_by", models.F("answered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="feedback_is_made_public_by_somebody_else",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="letters_from_outside_stand",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="75e9050893354bd2ee398c9d58238c886fa7494e",
                            operation="UPDATE",
                            pgid="pgtrigger_letters_from_outside_stand_5c571",
                            table="feedback_feedback",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="letters_from_outside_are_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="ac90293ccfd07e07ecfa687daff047db2d315065",
                            operation="DELETE",
                            pgid="pgtrigger_letters_from_outside_are_kept_fe016",
                            table="feedback_feedback",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
    ]
