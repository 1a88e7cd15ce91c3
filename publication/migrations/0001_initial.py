import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
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
        ("inspections", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("slug", models.CharField(max_length=40, unique=True, verbose_name="网址标识")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plan", "年度计划"),
                            ("items", "抽查事项清单"),
                            ("officers", "执法人员名录"),
                            ("notice", "检查公告"),
                            ("result", "检查结果"),
                            ("handling", "查处结果"),
                            ("exposure", "曝光"),
                            ("listing", "严重失信名单"),
                            ("removal", "移出名单"),
                            ("statistics", "统计"),
                        ],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("index_number", models.CharField(blank=True, max_length=60, verbose_name="索引号")),
                ("number", models.CharField(blank=True, max_length=60, null=True, unique=True, verbose_name="文号")),
                ("introduction", models.TextField(blank=True, verbose_name="引言")),
                ("content", models.JSONField(default=dict, verbose_name="内容")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "起草"),
                            ("approved", "已批准"),
                            ("scheduled", "待发布"),
                            ("published", "已发布"),
                            ("corrected", "已更正"),
                            ("withdrawn", "已撤回"),
                            ("expired", "已到期"),
                        ],
                        default="drafted",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("is_confidential", models.BooleanField(default=False, verbose_name="发布前保密")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版本")),
                ("correction_reason", models.CharField(blank=True, max_length=300, verbose_name="更正原因")),
                ("drafted_at", models.DateTimeField(auto_now_add=True, verbose_name="起草时间")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="审批时间")),
                ("publish_at", models.DateTimeField(blank=True, null=True, verbose_name="定时发布")),
                ("must_publish_by", models.DateField(blank=True, null=True, verbose_name="最迟发布日")),
                ("late_reason", models.CharField(blank=True, max_length=300, verbose_name="逾期发布的原因")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="发布时间")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="公开至")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束公开时间")),
                ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="结束公开的原因")),
                ("withdrawal_reason", models.CharField(blank=True, max_length=300, verbose_name="建议撤回的原因")),
                ("withdrawal_asked_at", models.DateTimeField(blank=True, null=True, verbose_name="建议撤回时间")),
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
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="publication.publication",
                        verbose_name="更正对象",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="起草人",
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="draws.draw",
                        verbose_name="抽取",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤回人",
                    ),
                ),
            ],
            options={
                "verbose_name": "公开信息",
                "verbose_name_plural": "公开信息",
                "ordering": ["-published_at", "-drafted_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="编号")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "拟列入"),
                            ("notified", "已告知"),
                            ("stated", "已陈述申辩"),
                            ("decided", "已决定列入"),
                            ("dropped", "不予列入"),
                            ("listed", "公布中"),
                            ("asked", "申请提前移出"),
                            ("removed", "已移出"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("concealed", "隐瞒重大事故隐患"),
                            ("not_rectified", "逾期不整改"),
                            ("poorly_rectified", "整改不到位"),
                            ("other", "其他严重违法行为"),
                        ],
                        max_length=20,
                        verbose_name="事由",
                    ),
                ),
                ("facts", models.TextField(verbose_name="违法事实")),
                ("penalty_number", models.CharField(max_length=60, verbose_name="处罚决定书文号")),
                ("penalty_on", models.DateField(verbose_name="处罚决定日期")),
                ("penalty_authority", models.CharField(blank=True, max_length=100, verbose_name="作出处罚的机关")),
                ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                ("notified_on", models.DateField(blank=True, null=True, verbose_name="告知日期")),
                ("statement_until", models.DateField(blank=True, null=True, verbose_name="陈述申辩截止")),
                ("statement", models.TextField(blank=True, verbose_name="陈述申辩")),
                ("stated_on", models.DateField(blank=True, null=True, verbose_name="收到陈述申辩")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="决定时间")),
                ("decision_reason", models.CharField(blank=True, max_length=300, verbose_name="决定理由")),
                ("listed_on", models.DateField(blank=True, null=True, verbose_name="列入公布日")),
                ("early_removal_from", models.DateField(blank=True, null=True, verbose_name="可申请提前移出")),
                ("term_ends_on", models.DateField(blank=True, null=True, verbose_name="管理期限届满")),
                ("asked_on", models.DateField(blank=True, null=True, verbose_name="申请提前移出")),
                ("ask_reason", models.CharField(blank=True, max_length=300, verbose_name="申请理由")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="答复")),
                ("removed_on", models.DateField(blank=True, null=True, verbose_name="移出日期")),
                ("revoked_reason", models.CharField(blank=True, max_length=300, verbose_name="撤销列入决定的理由")),
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
                    "decision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.issueddocument",
                        verbose_name="决定书",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listings",
                        to="enterprises.enterprise",
                        verbose_name="企业",
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.issueddocument",
                        verbose_name="告知书",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
                (
                    "removal",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.issueddocument",
                        verbose_name="移出决定书",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listings",
                        to="inspections.task",
                        verbose_name="检查任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "严重失信名单",
                "verbose_name_plural": "严重失信名单",
                "ordering": ["-proposed_at", "id"],
                "indexes": [models.Index(fields=["state", "-proposed_at"], name="publication_state_672653_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("penalty_number", ""), _negated=True), models.Q(("facts", ""), _negated=True)
                        ),
                        name="a_listing_rests_on_facts_and_a_penalty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "dropped"]), ("notified_on__isnull", False), _connector="OR"
                        ),
                        name="nobody_is_listed_without_being_told_before",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "notified", "dropped"]),
                            ("statement_until__isnull", False),
                            _connector="OR",
                        ),
                        name="nobody_is_listed_before_the_notice_was_served",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="listing_decided_by_and_at_agree",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_listing_is_decided_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "notified", "stated", "dropped"]),
                            models.Q(("decided_at__isnull", False), ("decision__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_listing_rests_on_a_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["listed", "asked"]), _negated=True),
                            models.Q(
                                ("early_removal_from__isnull", False),
                                ("listed_on__isnull", False),
                                ("term_ends_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_listing_has_its_term",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "removed"), _negated=True),
                            ("removed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="a_removed_listing_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "removed"), _negated=True),
                            ("removal__isnull", False),
                            ("removed_on__gt", models.F("term_ends_on")),
                            _connector="OR",
                        ),
                        name="a_listing_ends_by_decision_or_by_its_term",
                    ),
                    models.UniqueConstraint(
                        models.F("enterprise"),
                        condition=models.Q(
                            ("state__in", ["proposed", "notified", "stated", "decided", "listed", "asked"])
                        ),
                        name="an_enterprise_is_listed_once_at_a_time",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="listing_state_step",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state IS DISTINCT FROM NEW.state)",
                            func="\n            IF NOT (OLD.state || '>' || NEW.state = ANY (ARRAY['proposed>notified', 'proposed>dropped', 'notified>stated', 'notified>decided', 'notified>dropped', 'stated>decided', 'stated>dropped', 'decided>listed', 'decided>removed', 'listed>asked', 'listed>removed', 'asked>listed', 'asked>removed'])) THEN\n                RAISE EXCEPTION 'listing %: no step from % to %', OLD.id, OLD.state, NEW.state;\n            END IF;\n            RETURN NEW;\n        ",
                            hash="8561a8b3b6cc66d7d7f27c4fd5face561a5a52f0",
                            operation="UPDATE",
                            pgid="pgtrigger_listing_state_step_2b9ef",
                            table="publication_listing",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="listings_are_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="20f504d257f5791d09f7a16827c87c4b050eded0",
                            operation="DELETE",
                            pgid="pgtrigger_listings_are_kept_af0e7",
                            table="publication_listing",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListingDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.CharField(
                        choices=[("notice", "告知书"), ("decision", "决定书")], max_length=8, verbose_name="文书"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("handed", "当面送达"),
                            ("left", "留置送达"),
                            ("posted", "邮寄送达"),
                            ("announced", "公告送达"),
                        ],
                        max_length=10,
                        verbose_name="送达方式",
                    ),
                ),
                ("delivered_on", models.DateField(verbose_name="送达日期")),
                ("receiver", models.CharField(blank=True, max_length=40, verbose_name="收件人")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="publication.listing",
                        verbose_name="名单",
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
                "verbose_name": "名单文书送达",
                "verbose_name_plural": "名单文书送达",
                "ordering": ["listing_id", "delivered_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("listing"), models.F("paper"), name="a_listing_paper_is_served_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "handed"), _negated=True),
                            models.Q(("receiver", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_listing_paper_handed_over_names_its_receiver",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way__in", ["left", "announced"]), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_listing_paper_left_says_why",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="listing_delivery_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="808966095336252764937353c8e8f75b2f4f5b8d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_listing_delivery_keep_rows_cbbfe",
                            table="publication_listingdelivery",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="listing_delivery_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="537d9210c1117df82a0febb3cc446d893001d65b",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_listing_delivery_keep_table_ff000",
                            table="publication_listingdelivery",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicEntry",
            fields=[
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="entry",
                        serialize=False,
                        to="publication.publication",
                        verbose_name="公开信息",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plan", "年度计划"),
                            ("items", "抽查事项清单"),
                            ("officers", "执法人员名录"),
                            ("notice", "检查公告"),
                            ("result", "检查结果"),
                            ("handling", "查处结果"),
                            ("exposure", "曝光"),
                            ("listing", "严重失信名单"),
                            ("removal", "移出名单"),
                            ("statistics", "统计"),
                        ],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "起草"),
                            ("approved", "已批准"),
                            ("scheduled", "待发布"),
                            ("published", "已发布"),
                            ("corrected", "已更正"),
                            ("withdrawn", "已撤回"),
                            ("expired", "已到期"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("slug", models.CharField(max_length=40, unique=True, verbose_name="网址标识")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                ("index_number", models.CharField(blank=True, max_length=60, verbose_name="索引号")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="摘要")),
                ("published_at", models.DateTimeField(verbose_name="发布时间")),
                ("visits_from", models.DateField(blank=True, null=True, verbose_name="检查开始")),
                ("visits_to", models.DateField(blank=True, null=True, verbose_name="检查结束")),
                ("enterprise_name", models.CharField(blank=True, max_length=120, verbose_name="企业")),
                (
                    "townships",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40, verbose_name="乡镇"),
                        default=list,
                        size=None,
                        verbose_name="乡镇",
                    ),
                ),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20, verbose_name="监管领域"),
                        default=list,
                        size=None,
                        verbose_name="监管领域",
                    ),
                ),
                ("enterprise_count", models.PositiveIntegerField(default=0, verbose_name="企业数")),
                ("passed_count", models.PositiveSmallIntegerField(default=0, verbose_name="合格项")),
                ("failed_count", models.PositiveSmallIntegerField(default=0, verbose_name="不合格项")),
                ("general_count", models.PositiveSmallIntegerField(default=0, verbose_name="一般隐患")),
                ("major_count", models.PositiveSmallIntegerField(default=0, verbose_name="重大隐患")),
                ("words", models.TextField(blank=True, verbose_name="可查文字")),
                (
                    "pieces",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=48, verbose_name="片段"),
                        default=list,
                        size=None,
                        verbose_name="片段",
                    ),
                ),
            ],
            options={
                "verbose_name": "公开条目",
                "verbose_name_plural": "公开条目",
                "ordering": ["-published_at", "publication_id"],
                "indexes": [
                    models.Index(fields=["kind", "-published_at", "publication"], name="entries_of_a_kind"),
                    models.Index(fields=["-published_at", "publication"], name="entries_newest_first"),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["pieces"], name="entries_by_pieces"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="publication",
            name="listing",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="publications",
                to="publication.listing",
                verbose_name="名单",
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="task",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="publications",
                to="inspections.task",
                verbose_name="任务",
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="withdrawal_asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="建议撤回",
            ),
        ),
        migrations.CreateModel(
            name="PlatformPush",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("publication_state", models.CharField(max_length=10, verbose_name="公开状态")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "待推送"), ("sent", "已推送"), ("dead", "推送失败")],
                        default="waiting",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("attempt_count", models.PositiveSmallIntegerField(default=0, verbose_name="尝试次数")),
                ("not_before", models.DateTimeField(verbose_name="最早推送时间")),
                ("last_error", models.CharField(blank=True, max_length=300, verbose_name="最近错误")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="产生时间")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="推送时间")),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pushes",
                        to="publication.publication",
                        verbose_name="公开信息",
                    ),
                ),
            ],
            options={
                "verbose_name": "省平台推送",
                "verbose_name_plural": "省平台推送",
                "ordering": ["-created_at", "id"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["not_before"], name="waiting_pushes")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("publication"), models.F("publication_state"), name="a_state_is_pushed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="pushed_state_and_time_agree",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("token", models.CharField(max_length=43, unique=True, verbose_name="链接码")),
                ("attempt_count", models.PositiveSmallIntegerField(default=0, verbose_name="尝试次数")),
                ("last_error", models.CharField(blank=True, max_length=300, verbose_name="最近错误")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="产生时间")),
                ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="签发时间")),
                ("first_opened_at", models.DateTimeField(blank=True, null=True, verbose_name="链接首次被打开")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认收悉")),
                ("confirmed_name", models.CharField(blank=True, max_length=40, verbose_name="确认人")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="链接有效期至")),
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
                        related_name="letter",
                        to="inspections.task",
                        verbose_name="任务",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="publication.publication",
                        verbose_name="公告",
                    ),
                ),
            ],
            options={
                "verbose_name": "通知书",
                "verbose_name_plural": "通知书",
                "ordering": ["created_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document__isnull", True), ("issued_at__isnull", True)),
                            models.Q(("document__isnull", False), ("issued_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_issued_letter_has_its_document",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at__isnull", True),
                            models.Q(("confirmed_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_confirmation_names_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicationEnterprise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="enterprises.enterprise",
                        verbose_name="企业",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enterprises",
                        to="publication.publication",
                        verbose_name="公开信息",
                    ),
                ),
            ],
            options={
                "verbose_name": "公开信息所列企业",
                "verbose_name_plural": "公开信息所列企业",
                "ordering": ["publication_id", "enterprise_id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("publication"), models.F("enterprise"), name="an_enterprise_once_a_publication"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RetiredLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_sha256", models.CharField(max_length=64, unique=True, verbose_name="原链接码的 SHA-256")),
                ("retired_at", models.DateTimeField(verbose_name="更换时间")),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retired_links",
                        to="publication.letter",
                        verbose_name="通知书",
                    ),
                ),
            ],
            options={
                "verbose_name": "已更换的链接",
                "verbose_name_plural": "已更换的链接",
                "ordering": ["letter_id", "retired_at", "id"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="retired_link_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="27d3d6832b90f71fa1a2c589812a211fd5a6b82a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_retired_link_keep_rows_4b47d",
                            table="publication_retiredlink",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="retired_link_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="db658f8f2f7325d7f556dfd2d1a01e01f28bb433",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_retired_link_keep_table_8ab9d",
                            table="publication_retiredlink",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("printed", "打印"),
                            ("handed", "当面送达"),
                            ("refused", "拒收留置"),
                            ("posted", "邮寄"),
                            ("reminded", "提醒确认"),
                            ("revoked", "停用链接"),
                            ("renewed", "更换链接"),
                            ("recusal", "申请回避"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="次序")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("receiver", models.CharField(blank=True, max_length=40, verbose_name="收件人")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="地点")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("proof_name", models.CharField(blank=True, max_length=120, verbose_name="证明文件")),
                ("proof_sha256", models.CharField(blank=True, max_length=64, verbose_name="证明文件 SHA-256")),
                ("proof_type", models.CharField(blank=True, max_length=40, verbose_name="证明文件类型")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="publication.letter",
                        verbose_name="通知书",
                    ),
                ),
                (
                    "receipt",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="documents.issueddocument",
                        verbose_name="送达回执",
                    ),
                ),
                (
                    "recusal",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="draws.recusal",
                        verbose_name="回避申请",
                    ),
                ),
            ],
            options={
                "verbose_name": "通知书经过",
                "verbose_name_plural": "通知书经过",
                "ordering": ["letter_id", "at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("letter"), models.F("kind"), models.F("number"), name="a_letter_event_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "handed"), _negated=True),
                            models.Q(("receiver", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_letter_handed_over_names_its_receiver",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["refused", "revoked"]), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_refused_or_revoked_letter_says_why",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="letter_event_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="733a8147c01290a8ad802492f282bae7638a4b44",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_letter_event_keep_rows_5fb39",
                            table="publication_letterevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="letter_event_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="36baa474411698e94fd904587d2353125a108aa8",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_letter_event_keep_table_6b60e",
                            table="publication_letterevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["kind", "-published_at"], name="publication_kind_4efe44_idx"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("state", "scheduled")), fields=["publish_at"], name="scheduled_publications"
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("state", "published")), fields=["expires_on"], name="expiring_publications"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("drafted_by__isnull", True),
                    models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                    _connector="OR",
                ),
                name="a_publication_is_approved_by_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="publication_approved_by_and_at_agree",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["published", "corrected", "expired"]), _negated=True),
                    models.Q(("published_at__isnull", False), models.Q(("sha256", ""), _negated=True)),
                    _connector="OR",
                ),
                name="what_is_public_has_time_and_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["withdrawn", "expired"]), _negated=True),
                    models.Q(("end_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="what_left_the_public_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("corrects__isnull", True), models.Q(("correction_reason", ""), _negated=True), _connector="OR"
                ),
                name="a_correction_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawal_asked_at__isnull", True),
                        ("withdrawal_asked_by__isnull", True),
                        ("withdrawal_reason", ""),
                    ),
                    models.Q(
                        ("withdrawal_asked_at__isnull", False),
                        ("withdrawal_asked_by__isnull", False),
                        models.Q(("withdrawal_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="withdrawal_asked_by_and_at_agree",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), _negated=True),
                    ("published_at__isnull", True),
                    models.Q(
                        ("ended_by__isnull", False),
                        ("withdrawal_asked_by__isnull", False),
                        models.Q(("ended_by", models.F("withdrawal_asked_by")), _negated=True),
                        models.Q(("kind", "listing"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="two_people_withdraw_and_never_a_listing",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                models.F("draw"),
                condition=models.Q(("kind", "notice"), ("version", 1), models.Q(("state", "withdrawn"), _negated=True)),
                name="one_notice_a_draw",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                models.F("task"),
                condition=models.Q(("kind", "result"), ("version", 1), models.Q(("state", "withdrawn"), _negated=True)),
                name="one_result_a_task",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publication",
            trigger=pgtrigger.compiler.Trigger(
                name="published_words_stand",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."published_at" IS NOT NULL AND (OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."introduction" IS DISTINCT FROM (NEW."introduction") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."corrects_id" IS DISTINCT FROM (NEW."corrects_id") OR OLD."correction_reason" IS DISTINCT FROM (NEW."correction_reason") OR OLD."index_number" IS DISTINCT FROM (NEW."index_number") OR OLD."late_reason" IS DISTINCT FROM (NEW."late_reason")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="cdae70792ac5e93a21598d14dfcf652e2e10078e",
                    operation="UPDATE",
                    pgid="pgtrigger_published_words_stand_0c544",
                    table="publication_publication",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publication",
            trigger=pgtrigger.compiler.Trigger(
                name="approved_words_stand",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."state" = \'scheduled\' AND (OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."introduction" IS DISTINCT FROM (NEW."introduction") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="e2c0b6438fd6ece5479ddf9b9cb21ef47e8e2677",
                    operation="UPDATE",
                    pgid="pgtrigger_approved_words_stand_33bc9",
                    table="publication_publication",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publication",
            trigger=pgtrigger.compiler.Trigger(
                name="an_end_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."state" IN (\'corrected\', \'withdrawn\', \'expired\') AND (OLD."end_reason" IS DISTINCT FROM (NEW."end_reason") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ended_by_id" IS DISTINCT FROM (NEW."ended_by_id") OR OLD."withdrawal_reason" IS DISTINCT FROM (NEW."withdrawal_reason") OR OLD."withdrawal_asked_by_id" IS DISTINCT FROM (NEW."withdrawal_asked_by_id") OR OLD."withdrawal_asked_at" IS DISTINCT FROM (NEW."withdrawal_asked_at")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="bd325e424c26c0bf1378ec362d5a9b040b487948",
                    operation="UPDATE",
                    pgid="pgtrigger_an_end_stands_96177",
                    table="publication_publication",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publication",
            trigger=pgtrigger.compiler.Trigger(
                name="corrected_has_its_correction",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"state\" = 'corrected' AND NOT (OLD.\"state\" = 'corrected'))",
                    func="\n        IF NOT EXISTS (\n            SELECT FROM publication_publication later WHERE later.corrects_id = NEW.id AND later.state = 'published'\n        ) THEN\n            RAISE EXCEPTION 'publication %: no correction of it is public', NEW.id;\n        END IF;\n        RETURN NEW;\n    ",
                    hash="995e0bc58b5a2f4200032ce21ed21b37fea567b3",
                    operation="UPDATE",
                    pgid="pgtrigger_corrected_has_its_correction_a9955",
                    table="publication_publication",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publication",
            trigger=pgtrigger.compiler.Trigger(
                name="publication_state_step",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.state IS DISTINCT FROM NEW.state)",
                    func="\n            IF NOT (OLD.state || '>' || NEW.state = ANY (ARRAY['drafted>approved', 'drafted>withdrawn', 'approved>drafted', 'approved>scheduled', 'scheduled>published', 'scheduled>drafted', 'published>corrected', 'published>withdrawn', 'published>expired'])) THEN\n                RAISE EXCEPTION 'publication %: no step from % to %', OLD.id, OLD.state, NEW.state;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="4e63f10e26a5cf9ca2f5c033352411e896eb052f",
                    operation="UPDATE",
                    pgid="pgtrigger_publication_state_step_bed95",
                    table="publication_publication",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publication",
            trigger=pgtrigger.compiler.Trigger(
                name="publications_are_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="667d34f4cf1f49b5e55f67f90ece39309c8541ac",
                    operation="DELETE",
                    pgid="pgtrigger_publications_are_kept_49acf",
                    table="publication_publication",
                    when="BEFORE",
                ),
            ),
        ),
    ]
