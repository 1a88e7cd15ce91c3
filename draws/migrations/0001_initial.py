import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.fields.json
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("enterprises", "0001_initial"),
        ("inspectors", "0001_initial"),
        ("lib", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draw",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[("drawn", "双随机抽取"), ("named", "年度计划点名")],
                        default="drawn",
                        editable=False,
                        max_length=8,
                        verbose_name="产生方式",
                    ),
                ),
                (
                    "made_in",
                    models.BigIntegerField(
                        db_default=django.db.models.functions.comparison.Cast(
                            django.db.models.functions.comparison.Cast(
                                models.Func(function="pg_current_xact_id", output_field=models.TextField()),
                                models.TextField(),
                            ),
                            models.BigIntegerField(),
                        ),
                        editable=False,
                        verbose_name="写入事务",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                (
                    "number",
                    models.CharField(editable=False, max_length=30, null=True, unique=True, verbose_name="台账号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "起草"),
                            ("submitted", "待审批"),
                            ("approved", "已批准"),
                            ("sealed", "已封存"),
                            ("blocked", "受阻"),
                            ("drawn", "已抽取"),
                            ("assigned", "已派发"),
                            ("void", "作废"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("announced", "公告后检查"), ("notified", "通知即检查"), ("covert", "暗查后公开")],
                        default="announced",
                        max_length=10,
                        verbose_name="公开方式",
                    ),
                ),
                (
                    "officer_mode",
                    models.CharField(
                        choices=[
                            ("mixed", "全局混合"),
                            ("local", "区域定向"),
                            ("crossed", "所所交叉"),
                            ("matched", "专业匹配"),
                        ],
                        default="mixed",
                        max_length=10,
                        verbose_name="派员方式",
                    ),
                ),
                ("visits_from", models.DateField(verbose_name="检查开始")),
                ("visits_to", models.DateField(verbose_name="检查结束")),
                ("carry_out_by", models.DateField(verbose_name="须在此日前抽取")),
                ("inspectors_per_enterprise", models.PositiveSmallIntegerField(default=2, verbose_name="每家执法人员")),
                ("items_per_group", models.JSONField(default=dict, verbose_name="各类事项抽取数")),
                ("rules", models.JSONField(default=dict, verbose_name="抽取范围")),
                ("requirements", models.TextField(blank=True, verbose_name="相关要求")),
                ("drafted_at", models.DateTimeField(auto_now_add=True, verbose_name="起草时间")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="提交时间")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="审批时间")),
                ("returned_reason", models.CharField(blank=True, max_length=300, verbose_name="退回意见")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="作废时间")),
                ("void_reason", models.CharField(blank=True, max_length=300, verbose_name="作废原因")),
                ("void_asked_at", models.DateTimeField(blank=True, null=True, verbose_name="作废提出时间")),
                ("rehearsal", models.JSONField(blank=True, default=dict, editable=False, verbose_name="预演")),
                ("blocking_note", models.CharField(blank=True, max_length=200, verbose_name="预演受阻的说明")),
                ("scarcity", models.JSONField(blank=True, default=dict, editable=False, verbose_name="可派人员偏少")),
                ("scarcity_note", models.CharField(blank=True, max_length=200, verbose_name="可派人员偏少的说明")),
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
                    "cleared_people",
                    models.ManyToManyField(
                        blank=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="知情人员"
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="起草人",
                    ),
                ),
                (
                    "void_asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="作废提出人",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="作废批准人",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽取",
                "verbose_name_plural": "抽取",
                "ordering": ["-drafted_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ItemGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=4, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
            ],
            options={
                "verbose_name": "事项类别",
                "verbose_name_plural": "事项类别",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("entry", models.JSONField(verbose_name="内容")),
                ("made_at", models.DateTimeField(verbose_name="时间")),
                (
                    "made_in",
                    models.BigIntegerField(
                        db_default=django.db.models.functions.comparison.Cast(
                            django.db.models.functions.comparison.Cast(
                                models.Func(function="pg_current_xact_id", output_field=models.TextField()),
                                models.TextField(),
                            ),
                            models.BigIntegerField(),
                        ),
                        editable=False,
                        verbose_name="写入事务",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "变更",
                "verbose_name_plural": "变更",
                "ordering": ["drawing_id", "number"],
            },
        ),
        migrations.CreateModel(
            name="SealedDraw",
            fields=[
                (
                    "draw",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="sealed",
                        serialize=False,
                        to="draws.draw",
                        verbose_name="抽取",
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="台账号")),
                ("record", models.TextField(verbose_name="封存记录")),
                ("sealed_hash", models.CharField(max_length=64, unique=True, verbose_name="封存指纹")),
                ("secret", models.CharField(max_length=64, verbose_name="系统密值")),
                ("internal_note", models.JSONField(default=dict, verbose_name="内部说明")),
                (
                    "mode",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.fields.json.KeyTextTransform(
                            "mode", django.db.models.functions.comparison.Cast("record", models.JSONField())
                        ),
                        output_field=models.CharField(max_length=10, verbose_name="公开方式"),
                        verbose_name="公开方式",
                    ),
                ),
                ("sealed_at", models.DateTimeField(verbose_name="封存时间")),
                (
                    "sealed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name="封存人"
                    ),
                ),
            ],
            options={
                "verbose_name": "封存",
                "verbose_name_plural": "封存",
                "ordering": ["-sealed_at", "number"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="sealed_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4d7eafe17bcc561becf7da064592db91de88fe9d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_sealed_keep_rows_b6431",
                            table="draws_sealeddraw",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="sealed_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="7f734657131e1fb694deecba93ec43592b169a35",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_sealed_keep_table_bdb1f",
                            table="draws_sealeddraw",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="sealed_from_approved",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NOT EXISTS (\n                SELECT 1 FROM draws_draw WHERE id = NEW.draw_id AND state = 'approved' AND number IS NULL\n            ) THEN\n                RAISE EXCEPTION 'only an approved draw is sealed';\n            END IF;\n            IF NOT EXISTS (\n                SELECT 1 FROM draws_drawsource AS source JOIN draws_draw AS draw ON draw.id = source.draw_id\n                WHERE draw.id = NEW.draw_id AND (source.kind <> 'account'\n                    OR source.user_id NOT IN (draw.drafted_by_id, draw.approved_by_id, NEW.sealed_by_id))\n            ) THEN\n                RAISE EXCEPTION 'a draw has a source that is neither its drafter nor its approver';\n            END IF;\n             RETURN NEW;",
                            hash="682a373c29048743dd6b18bd605c0e505426b2c6",
                            operation="INSERT",
                            pgid="pgtrigger_sealed_from_approved_aadae",
                            table="draws_sealeddraw",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="sealed_with_its_draw",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n            IF NOT EXISTS (SELECT 1 FROM draws_draw WHERE id = NEW.draw_id AND number = NEW.number) THEN\n                RAISE EXCEPTION 'a seal and its draw bear one number';\n            END IF;\n             RETURN NULL;",
                            hash="06e85f04ddb091e4c820f6ae1c0b3ef58a19197b",
                            operation="INSERT",
                            pgid="pgtrigger_sealed_with_its_draw_edfd2",
                            table="draws_sealeddraw",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountAdmission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("admitted_at", models.DateTimeField(auto_now_add=True, verbose_name="准许时间")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
                (
                    "admitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="准许人",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspectors.inspector",
                        verbose_name="执法人员",
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="admissions",
                        to="draws.draw",
                        verbose_name="抽取",
                    ),
                ),
            ],
            options={
                "verbose_name": "账号准许",
                "verbose_name_plural": "账号准许",
                "ordering": ["draw_id", "inspector_id", "account_id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("draw"), models.F("inspector"), models.F("account"), name="an_account_is_admitted_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("account", models.F("admitted_by")), _negated=True),
                        name="nobody_admits_their_own_account",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="admission_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0437cf9136e6a880c63156fb40dd191c9ea551ac",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_admission_keep_rows_fe13c",
                            table="draws_accountadmission",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="admission_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="cf20749a5869c0d66bd39851be5ffef4a9d8cf6c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_admission_keep_table_96087",
                            table="draws_accountadmission",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawnEnterprise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="次序")),
                ("stratum", models.CharField(max_length=60, verbose_name="分层")),
                ("ticket", models.CharField(max_length=64, verbose_name="签号")),
                ("is_standing", models.BooleanField(default=True, verbose_name="有效")),
                ("expert_missing_count", models.PositiveSmallIntegerField(default=0, verbose_name="专家空缺")),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawn",
                        to="draws.draw",
                        verbose_name="抽取",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawn",
                        to="enterprises.enterprise",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽中企业",
                "verbose_name_plural": "抽中企业",
                "ordering": ["draw_id", "position"],
                "constraints": [
                    models.UniqueConstraint(models.F("draw"), models.F("enterprise"), name="an_enterprise_once_a_draw")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="drawn_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF NOT (EXISTS (SELECT 1 FROM draws_drawing WHERE sealed_id = NEW.draw_id AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_amendment WHERE drawing_id = NEW.draw_id AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_draw WHERE id = NEW.draw_id AND basis = 'named' AND made_in = pg_current_xact_id()::text::bigint)) THEN\n            RAISE EXCEPTION 'rows of a result change only with a result or an amendment';\n        END IF;\n         RETURN NEW;",
                            hash="b7838ec3b8eb977fd33861a02b96009f03ca28f9",
                            operation="INSERT",
                            pgid="pgtrigger_drawn_insert_04566",
                            table="draws_drawnenterprise",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="drawn_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF NOT (EXISTS (SELECT 1 FROM draws_drawing WHERE sealed_id = OLD.draw_id AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_amendment WHERE drawing_id = OLD.draw_id AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_draw WHERE id = OLD.draw_id AND basis = 'named' AND made_in = pg_current_xact_id()::text::bigint)) THEN\n            RAISE EXCEPTION 'rows of a result change only with a result or an amendment';\n        END IF;\n        \n        IF NOT (EXISTS (SELECT 1 FROM draws_drawing WHERE sealed_id = NEW.draw_id AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_amendment WHERE drawing_id = NEW.draw_id AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_draw WHERE id = NEW.draw_id AND basis = 'named' AND made_in = pg_current_xact_id()::text::bigint)) THEN\n            RAISE EXCEPTION 'rows of a result change only with a result or an amendment';\n        END IF;\n         RETURN NEW;",
                            hash="93927e77995d7ad96ffb3105fd64bdd945ae892b",
                            operation="UPDATE",
                            pgid="pgtrigger_drawn_update_5ae2d",
                            table="draws_drawnenterprise",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="drawn_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF NOT (EXISTS (SELECT 1 FROM draws_drawing WHERE sealed_id = OLD.draw_id AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_amendment WHERE drawing_id = OLD.draw_id AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_draw WHERE id = OLD.draw_id AND basis = 'named' AND made_in = pg_current_xact_id()::text::bigint)) THEN\n            RAISE EXCEPTION 'rows of a result change only with a result or an amendment';\n        END IF;\n         RETURN OLD;",
                            hash="1240987b737d5f51eb625daf119fac943eb95c1c",
                            operation="DELETE",
                            pgid="pgtrigger_drawn_delete_03777",
                            table="draws_drawnenterprise",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="drawn_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="d1cc5117a9a7386ef71c65e54716354cf2ad1cf2",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_drawn_keep_table_34e41",
                            table="draws_drawnenterprise",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawnSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seat", models.PositiveSmallIntegerField(verbose_name="席次")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="派员时的账号",
                    ),
                ),
                (
                    "drawn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="draws.drawnenterprise",
                        verbose_name="抽中企业",
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="inspectors.expert",
                        verbose_name="专家",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="inspectors.inspector",
                        verbose_name="执法人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "派员",
                "verbose_name_plural": "派员",
                "ordering": ["drawn_id", "seat", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("expert__isnull", True), ("inspector__isnull", False)),
                            models.Q(("expert__isnull", False), ("inspector__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_seat_holds_one_person",
                    ),
                    models.UniqueConstraint(
                        models.F("drawn"), models.F("inspector"), name="an_officer_once_an_enterprise"
                    ),
                    models.UniqueConstraint(models.F("drawn"), models.F("expert"), name="an_expert_once_an_enterprise"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="seat_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF NOT (EXISTS (SELECT 1 FROM draws_drawing WHERE sealed_id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = NEW.drawn_id) AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_amendment WHERE drawing_id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = NEW.drawn_id) AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_draw WHERE id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = NEW.drawn_id) AND basis = 'named' AND made_in = pg_current_xact_id()::text::bigint)) THEN\n            RAISE EXCEPTION 'rows of a result change only with a result or an amendment';\n        END IF;\n         RETURN NEW;",
                            hash="719d75e687f7358dd9a7a5135c2bbbed232dcd4a",
                            operation="INSERT",
                            pgid="pgtrigger_seat_insert_7795e",
                            table="draws_drawnseat",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="seat_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF NOT (EXISTS (SELECT 1 FROM draws_drawing WHERE sealed_id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = OLD.drawn_id) AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_amendment WHERE drawing_id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = OLD.drawn_id) AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_draw WHERE id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = OLD.drawn_id) AND basis = 'named' AND made_in = pg_current_xact_id()::text::bigint)) THEN\n            RAISE EXCEPTION 'rows of a result change only with a result or an amendment';\n        END IF;\n        \n        IF NOT (EXISTS (SELECT 1 FROM draws_drawing WHERE sealed_id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = NEW.drawn_id) AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_amendment WHERE drawing_id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = NEW.drawn_id) AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_draw WHERE id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = NEW.drawn_id) AND basis = 'named' AND made_in = pg_current_xact_id()::text::bigint)) THEN\n            RAISE EXCEPTION 'rows of a result change only with a result or an amendment';\n        END IF;\n         RETURN NEW;",
                            hash="9b290666bc3acca9f4266584c3b3c22f02d07bf6",
                            operation="UPDATE",
                            pgid="pgtrigger_seat_update_74173",
                            table="draws_drawnseat",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="seat_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF NOT (EXISTS (SELECT 1 FROM draws_drawing WHERE sealed_id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = OLD.drawn_id) AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_amendment WHERE drawing_id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = OLD.drawn_id) AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_draw WHERE id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = OLD.drawn_id) AND basis = 'named' AND made_in = pg_current_xact_id()::text::bigint)) THEN\n            RAISE EXCEPTION 'rows of a result change only with a result or an amendment';\n        END IF;\n         RETURN OLD;",
                            hash="8d204ba18cc8a16b108c2fed693a604cbc4712ee",
                            operation="DELETE",
                            pgid="pgtrigger_seat_delete_ad774",
                            table="draws_drawnseat",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="seat_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="c5d24b9a894b09724b1482f17da71c3daaa5b4ba",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_seat_keep_table_f98bc",
                            table="draws_drawnseat",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[("account", "账号"), ("link", "一次性链接"), ("event", "公开事件")],
                        max_length=8,
                        verbose_name="方式",
                    ),
                ),
                (
                    "event",
                    models.CharField(
                        blank=True,
                        choices=[("ssq", "双色球开奖号码"), ("drand", "drand 公共随机信标"), ("other", "其他公开数值")],
                        max_length=8,
                        verbose_name="公开事件种类",
                    ),
                ),
                ("issue", models.CharField(blank=True, max_length=30, verbose_name="期号或轮次")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="公布时间")),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="draws.draw",
                        verbose_name="抽取",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="见证账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "种子来源",
                "verbose_name_plural": "种子来源",
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(models.F("draw"), models.F("name"), name="a_source_name_once_a_draw"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "account"), _negated=True), ("user__isnull", False), _connector="OR"
                        ),
                        name="an_account_source_has_its_account",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "event"),
                                ("published_at__isnull", False),
                                models.Q(("event", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("kind", "event"), _negated=True),
                                ("event", ""),
                                ("issue", ""),
                                ("published_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="an_event_is_named_with_its_time",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="source_added",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = NEW.draw_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'the draw is sealed: its parts do not change';\n        END IF;\n    RETURN NEW;",
                            hash="48155dc787a36a59360bee9a33ae23642e014c6c",
                            operation="INSERT",
                            pgid="pgtrigger_source_added_fc46e",
                            table="draws_drawsource",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="source_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = OLD.draw_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'the draw is sealed: its parts do not change';\n        END IF;\n    \n        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = NEW.draw_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'the draw is sealed: its parts do not change';\n        END IF;\n    RETURN NEW;",
                            hash="a6a711682bebe893f5ceacf483776683bd9744df",
                            operation="UPDATE",
                            pgid="pgtrigger_source_changed_f1daa",
                            table="draws_drawsource",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="source_removed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = OLD.draw_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'the draw is sealed: its parts do not change';\n        END IF;\n    RETURN OLD;",
                            hash="18f8d6c096ab093c7ca828dedb0bfc91d66e60d1",
                            operation="DELETE",
                            pgid="pgtrigger_source_removed_8f126",
                            table="draws_drawsource",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="source_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="b1afb27b0a50d6da792b1ae1528121d2f321ffe2",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_source_keep_table_dbe21",
                            table="draws_drawsource",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawStratum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "risk_class",
                    models.CharField(
                        choices=[("A", "A 低"), ("B", "B 一般"), ("C", "C 较高"), ("D", "D 重大")],
                        max_length=1,
                        verbose_name="风险等级",
                    ),
                ),
                ("take", models.PositiveIntegerField(verbose_name="抽取家数")),
                ("share", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="抽取比例（%）")),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="strata",
                        to="draws.draw",
                        verbose_name="抽取",
                    ),
                ),
                (
                    "field",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="lib.supervisedfield", verbose_name="监管领域"
                    ),
                ),
            ],
            options={
                "verbose_name": "分层",
                "verbose_name_plural": "分层",
                "ordering": ["field__position", "risk_class", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("draw"),
                        models.F("field"),
                        models.F("risk_class"),
                        name="one_stratum_a_field_and_class",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("share__isnull", True), models.Q(("share__gte", 1), ("share__lte", 100)), _connector="OR"
                        ),
                        name="a_share_is_1_to_100_per_cent",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stratum_added",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = NEW.draw_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'the draw is sealed: its parts do not change';\n        END IF;\n    RETURN NEW;",
                            hash="03bf97f974b8045408ee38f5d1cfb13d34fd8280",
                            operation="INSERT",
                            pgid="pgtrigger_stratum_added_8a9ac",
                            table="draws_drawstratum",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="stratum_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = OLD.draw_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'the draw is sealed: its parts do not change';\n        END IF;\n    \n        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = NEW.draw_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'the draw is sealed: its parts do not change';\n        END IF;\n    RETURN NEW;",
                            hash="958a26380a95874d4c00401c3c89397811e6caf7",
                            operation="UPDATE",
                            pgid="pgtrigger_stratum_changed_9f73e",
                            table="draws_drawstratum",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="stratum_removed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = OLD.draw_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'the draw is sealed: its parts do not change';\n        END IF;\n    RETURN OLD;",
                            hash="affddfc88565d3e3c2799f1d4adfe2121fa35980",
                            operation="DELETE",
                            pgid="pgtrigger_stratum_removed_2c415",
                            table="draws_drawstratum",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="stratum_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="91f21467286fcc4035067cb4823195e7d639afec",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_stratum_keep_table_20dd9",
                            table="draws_drawstratum",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="模板名称")),
                (
                    "mode",
                    models.CharField(
                        choices=[("announced", "公告后检查"), ("notified", "通知即检查"), ("covert", "暗查后公开")],
                        max_length=10,
                        verbose_name="公开方式",
                    ),
                ),
                (
                    "officer_mode",
                    models.CharField(
                        choices=[
                            ("mixed", "全局混合"),
                            ("local", "区域定向"),
                            ("crossed", "所所交叉"),
                            ("matched", "专业匹配"),
                        ],
                        max_length=10,
                        verbose_name="派员方式",
                    ),
                ),
                ("inspectors_per_enterprise", models.PositiveSmallIntegerField(default=2, verbose_name="每家执法人员")),
                ("items_per_group", models.JSONField(default=dict, verbose_name="各类事项抽取数")),
                ("rules", models.JSONField(default=dict, verbose_name="抽取范围")),
                ("strata", models.JSONField(default=list, verbose_name="分层")),
                ("sources", models.JSONField(default=list, verbose_name="种子来源")),
                ("requirements", models.TextField(blank=True, verbose_name="相关要求")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="保存时间")),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="保存人",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽取模板",
                "verbose_name_plural": "抽取模板",
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("name"),
                        condition=models.Q(("retired_at__isnull", True)),
                        name="a_template_name_in_use_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="a_template_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500, verbose_name="公布的数值")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="核对时间")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核对人",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="录入人",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="draws.drawsource",
                        verbose_name="种子来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "公开事件录入",
                "verbose_name_plural": "公开事件录入",
                "ordering": ["-entered_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("source"),
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        name="one_standing_entry_an_event",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="an_event_is_confirmed_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="event_confirmed_by_and_at_agree",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=10, verbose_name="事项编码")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版本")),
                ("name", models.CharField(max_length=120, verbose_name="检查事项")),
                ("legal_basis", models.CharField(max_length=300, verbose_name="依据")),
                ("method", models.CharField(blank=True, max_length=100, verbose_name="检查方式")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="公布日期")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="accounts.department",
                        verbose_name="所属部门",
                    ),
                ),
                ("fields", models.ManyToManyField(blank=True, to="lib.supervisedfield", verbose_name="适用领域")),
            ],
            options={
                "verbose_name": "检查事项",
                "verbose_name_plural": "检查事项",
                "ordering": ["code", "version"],
            },
        ),
        migrations.CreateModel(
            name="DrawnItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "drawn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="draws.drawnenterprise",
                        verbose_name="抽中企业",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="draws.item",
                        verbose_name="检查事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽中事项",
                "verbose_name_plural": "抽中事项",
                "ordering": ["drawn_id", "item__code"],
                "constraints": [
                    models.UniqueConstraint(models.F("drawn"), models.F("item"), name="an_item_once_an_enterprise")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="drawn_item_is_published",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NOT EXISTS (SELECT 1 FROM draws_item WHERE id = NEW.item_id AND published_on IS NOT NULL) THEN\n                RAISE EXCEPTION 'item % is not published and enters no draw', NEW.item_id;\n            END IF;\n            RETURN NEW;\n        ",
                            hash="682d0999f54777a53e60172bc4ba620a3555e8c6",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_drawn_item_is_published_e23df",
                            table="draws_drawnitem",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="drawn_item_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF NOT (EXISTS (SELECT 1 FROM draws_drawing WHERE sealed_id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = NEW.drawn_id) AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_amendment WHERE drawing_id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = NEW.drawn_id) AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_draw WHERE id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = NEW.drawn_id) AND basis = 'named' AND made_in = pg_current_xact_id()::text::bigint)) THEN\n            RAISE EXCEPTION 'rows of a result change only with a result or an amendment';\n        END IF;\n         RETURN NEW;",
                            hash="5970f04f67f16d5cd1fa537942f0a9cb91d965be",
                            operation="INSERT",
                            pgid="pgtrigger_drawn_item_insert_f7048",
                            table="draws_drawnitem",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="drawn_item_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF NOT (EXISTS (SELECT 1 FROM draws_drawing WHERE sealed_id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = OLD.drawn_id) AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_amendment WHERE drawing_id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = OLD.drawn_id) AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_draw WHERE id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = OLD.drawn_id) AND basis = 'named' AND made_in = pg_current_xact_id()::text::bigint)) THEN\n            RAISE EXCEPTION 'rows of a result change only with a result or an amendment';\n        END IF;\n        \n        IF NOT (EXISTS (SELECT 1 FROM draws_drawing WHERE sealed_id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = NEW.drawn_id) AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_amendment WHERE drawing_id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = NEW.drawn_id) AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_draw WHERE id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = NEW.drawn_id) AND basis = 'named' AND made_in = pg_current_xact_id()::text::bigint)) THEN\n            RAISE EXCEPTION 'rows of a result change only with a result or an amendment';\n        END IF;\n         RETURN NEW;",
                            hash="4d15b557c3f3522d630aa2ca31d8df3f8f4e73bc",
                            operation="UPDATE",
                            pgid="pgtrigger_drawn_item_update_d96fb",
                            table="draws_drawnitem",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="drawn_item_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF NOT (EXISTS (SELECT 1 FROM draws_drawing WHERE sealed_id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = OLD.drawn_id) AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_amendment WHERE drawing_id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = OLD.drawn_id) AND made_in = pg_current_xact_id()::text::bigint) OR EXISTS (SELECT 1 FROM draws_draw WHERE id = (SELECT draw_id FROM draws_drawnenterprise WHERE id = OLD.drawn_id) AND basis = 'named' AND made_in = pg_current_xact_id()::text::bigint)) THEN\n            RAISE EXCEPTION 'rows of a result change only with a result or an amendment';\n        END IF;\n         RETURN OLD;",
                            hash="1b0e348abb0f730929766a6c092ffc7cadb60cd3",
                            operation="DELETE",
                            pgid="pgtrigger_drawn_item_delete_d829e",
                            table="draws_drawnitem",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="drawn_item_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="0da4ef664d34db18e2e0953a1031f7fd35ebd5c1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_drawn_item_keep_table_35d0b",
                            table="draws_drawnitem",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(unique=True, verbose_name="版次")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="修订说明")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "起草"),
                            ("submitted", "待审批"),
                            ("approved", "已批准"),
                            ("published", "已公布"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("in_force_from", models.DateField(blank=True, null=True, verbose_name="施行日期")),
                ("in_force_to", models.DateField(blank=True, null=True, verbose_name="停止施行日期")),
                ("content", models.JSONField(blank=True, default=dict, verbose_name="内容")),
                ("drafted_at", models.DateTimeField(auto_now_add=True, verbose_name="起草时间")),
                ("returned_reason", models.CharField(blank=True, max_length=300, verbose_name="退回意见")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="审批时间")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="公布时间")),
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
            ],
            options={
                "verbose_name": "清单版次",
                "verbose_name_plural": "清单版次",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        models.Case(models.When(state__in=("draft", "submitted", "approved"), then=1)),
                        name="one_edition_in_hand",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="edition_approved_by_and_at_agree",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            ("drafted_by__isnull", True),
                            models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="an_edition_is_approved_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("in_force_from__isnull", False), ("published_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_published_edition_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force_to__isnull", True),
                            ("in_force_to__gte", models.F("in_force_from")),
                            _connector="OR",
                        ),
                        name="an_edition_ends_after_it_begins",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="edition_state_step",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state IS DISTINCT FROM NEW.state)",
                            func="\n                IF NOT (OLD.state || '>' || NEW.state = ANY (ARRAY['draft>submitted', 'submitted>draft', 'submitted>approved', 'approved>draft', 'approved>published'])) THEN\n                    RAISE EXCEPTION 'edition %: no step from % to %', OLD.number, OLD.state, NEW.state;\n                END IF;\n                RETURN NEW;\n            ",
                            hash="2bbc123d9134359e16170aafa58398e9345b2985",
                            operation="UPDATE",
                            pgid="pgtrigger_edition_state_step_a0be0",
                            table="draws_itemedition",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="published_edition_stands",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state = 'published')",
                            func="\n            IF to_jsonb(NEW) - ARRAY['in_force_to'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['in_force_to'] THEN\n                RAISE EXCEPTION '% is published: a change is a new version', TG_TABLE_NAME;\n            END IF;\n            RETURN NEW;\n        ",
                            hash="d7b852420da91d82b7f603e009200469ce728b74",
                            operation="UPDATE",
                            pgid="pgtrigger_published_edition_stands_11520",
                            table="draws_itemedition",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="published_edition_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state = 'published')",
                            func="RAISE EXCEPTION '% is published and is kept', TG_TABLE_NAME;",
                            hash="f4215065500d6b3cb0d75f534c4a56cf2beba005",
                            operation="DELETE",
                            pgid="pgtrigger_published_edition_kept_9f42b",
                            table="draws_itemedition",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="item",
            name="edition",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="draws.itemedition",
                verbose_name="列入版次",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="leaves_with",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="leaving",
                to="draws.itemedition",
                verbose_name="停用版次",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="draws.itemgroup",
                verbose_name="类别",
            ),
        ),
        migrations.CreateModel(
            name="NamedVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("visits_from", models.DateField(verbose_name="检查开始")),
                ("visits_to", models.DateField(verbose_name="检查结束")),
                ("requirements", models.TextField(blank=True, verbose_name="相关要求")),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "待批准"), ("approved", "已批准"), ("refused", "未批准")],
                        default="asked",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="提出时间")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="决定时间")),
                ("refusal_reason", models.CharField(blank=True, max_length=300, verbose_name="不予批准的原因")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
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
                    "draw",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_visit",
                        to="draws.draw",
                        verbose_name="检查批次",
                    ),
                ),
                ("items", models.ManyToManyField(related_name="+", to="draws.item", verbose_name="检查事项")),
            ],
            options={
                "verbose_name": "重点检查",
                "verbose_name_plural": "重点检查",
                "ordering": ["-asked_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="NamedSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seat", models.PositiveSmallIntegerField(verbose_name="席次")),
                (
                    "inspector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspectors.inspector",
                        verbose_name="执法人员",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="draws.namedvisit",
                        verbose_name="重点检查",
                    ),
                ),
            ],
            options={
                "verbose_name": "指派人员",
                "verbose_name_plural": "指派人员",
                "ordering": ["visit_id", "seat"],
                "constraints": [
                    models.UniqueConstraint(models.F("visit"), models.F("seat"), name="a_named_seat_once"),
                    models.UniqueConstraint(
                        models.F("visit"), models.F("inspector"), name="an_officer_once_a_named_visit"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("credit_code", models.CharField(max_length=18, verbose_name="统一社会信用代码")),
                ("opened_at", models.DateTimeField(verbose_name="拆封时间")),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拆封人",
                    ),
                ),
            ],
            options={
                "verbose_name": "拆封",
                "verbose_name_plural": "拆封",
                "ordering": ["drawing_id", "credit_code"],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版本")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="调整原因")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "起草"),
                            ("submitted", "待审批"),
                            ("approved", "已批准"),
                            ("published", "已公布"),
                            ("superseded", "已调整"),
                            ("closed", "已结束"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("working_days", models.PositiveIntegerField(default=0, verbose_name="国家法定工作日")),
                ("officer_count", models.PositiveIntegerField(default=0, verbose_name="执法人员数")),
                ("other_enforcement_days", models.PositiveIntegerField(default=0, verbose_name="其他执法工作日")),
                ("non_enforcement_days", models.PositiveIntegerField(default=0, verbose_name="非执法工作日")),
                (
                    "capacity_days",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("working_days"), "*", models.F("officer_count")
                                ),
                                "-",
                                models.F("other_enforcement_days"),
                            ),
                            "-",
                            models.F("non_enforcement_days"),
                        ),
                        output_field=models.IntegerField(),
                        verbose_name="监督检查工作日",
                    ),
                ),
                (
                    "days_per_check",
                    models.PositiveSmallIntegerField(
                        default=4,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="每次检查占用工作日",
                    ),
                ),
                ("frequency", models.PositiveSmallIntegerField(default=1, verbose_name="一般检查每家每年次数")),
                ("yearly_cap", models.PositiveSmallIntegerField(default=2, verbose_name="每家企业年度检查上限")),
                ("fewest_eligible", models.PositiveSmallIntegerField(default=3, verbose_name="可选人员下限")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                ("returned_reason", models.CharField(blank=True, max_length=300, verbose_name="退回意见")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="审批时间")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="公布时间")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
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
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="起草人",
                    ),
                ),
            ],
            options={
                "verbose_name": "年度计划",
                "verbose_name_plural": "年度计划",
                "ordering": ["-year", "-version"],
                "constraints": [
                    models.UniqueConstraint(models.F("year"), models.F("version"), name="a_plan_version_once_a_year"),
                    models.UniqueConstraint(
                        models.F("year"),
                        condition=models.Q(("state__in", ("draft", "submitted", "approved"))),
                        name="one_plan_in_hand_a_year",
                    ),
                    models.UniqueConstraint(
                        models.F("year"), condition=models.Q(("state", "published")), name="one_plan_in_force_a_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="plan_approved_by_and_at_agree",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_plan_is_approved_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["published", "superseded", "closed"]), _negated=True),
                            models.Q(("approved_at__isnull", False), ("published_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_public_plan_was_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="an_adjustment_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("frequency__gte", 1), ("yearly_cap__gte", models.F("frequency"))),
                        name="the_cap_holds_the_frequency",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="plan_state_step",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state IS DISTINCT FROM NEW.state)",
                            func="\n                IF NOT (OLD.state || '>' || NEW.state = ANY (ARRAY['draft>submitted', 'submitted>draft', 'submitted>approved', 'approved>published', 'published>superseded', 'published>closed'])) THEN\n                    RAISE EXCEPTION 'plan %: no step from % to %', OLD.id, OLD.state, NEW.state;\n                END IF;\n                RETURN NEW;\n            ",
                            hash="cb7f3bf9357c7e9956277458c215018bfe1f3474",
                            operation="UPDATE",
                            pgid="pgtrigger_plan_state_step_3a1a8",
                            table="draws_plan",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="published_plan_stands",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.published_at IS NOT NULL)",
                            func="\n                IF to_jsonb(NEW) - ARRAY['state', 'closed_at', 'capacity_days']\n                    IS DISTINCT FROM to_jsonb(OLD) - ARRAY['state', 'closed_at', 'capacity_days'] THEN\n                    RAISE EXCEPTION 'plan % is published and does not change', OLD.id;\n                END IF;\n                RETURN NEW;\n            ",
                            hash="16793558e52e7ad8cc79a3e5e22a187cb31ae411",
                            operation="UPDATE",
                            pgid="pgtrigger_published_plan_stands_5ff39",
                            table="draws_plan",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="published_plan_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.published_at IS NOT NULL)",
                            func="RAISE EXCEPTION 'plan % is published and is kept', OLD.id;",
                            hash="74b787cb6ff6c39f45bbeeb3812bc5b952a96655",
                            operation="DELETE",
                            pgid="pgtrigger_published_plan_kept_a3ea9",
                            table="draws_plan",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="draw",
            name="plan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="draws.plan",
                verbose_name="年度计划",
            ),
        ),
        migrations.CreateModel(
            name="PlanLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "risk_class",
                    models.CharField(
                        choices=[("A", "A 低"), ("B", "B 一般"), ("C", "C 较高"), ("D", "D 重大")],
                        max_length=1,
                        verbose_name="风险等级",
                    ),
                ),
                ("planned_count", models.PositiveIntegerField(verbose_name="计划检查家数")),
                ("share", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="比例（%）")),
                ("enterprise_count", models.PositiveIntegerField(default=0, verbose_name="编制时企业数")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="理由")),
                (
                    "field",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="lib.supervisedfield", verbose_name="监管领域"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="draws.plan",
                        verbose_name="计划",
                    ),
                ),
            ],
            options={
                "verbose_name": "计划任务",
                "verbose_name_plural": "计划任务",
                "ordering": ["field__position", "risk_class", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("plan"), models.F("field"), models.F("risk_class"), name="one_plan_line_a_stratum"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("share__isnull", True), models.Q(("share__gte", 1), ("share__lte", 100)), _connector="OR"
                        ),
                        name="a_share_is_a_percentage",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="line_added",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_plan WHERE id = NEW.plan_id AND published_at IS NOT NULL) THEN\n            RAISE EXCEPTION 'the plan is published: its parts do not change';\n        END IF;\n    RETURN NEW;",
                            hash="f7e8bd9616c6c8167ff1e29954173f755ac178ae",
                            operation="INSERT",
                            pgid="pgtrigger_line_added_25a5f",
                            table="draws_planline",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="line_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_plan WHERE id = OLD.plan_id AND published_at IS NOT NULL) THEN\n            RAISE EXCEPTION 'the plan is published: its parts do not change';\n        END IF;\n    \n        IF EXISTS (SELECT 1 FROM draws_plan WHERE id = NEW.plan_id AND published_at IS NOT NULL) THEN\n            RAISE EXCEPTION 'the plan is published: its parts do not change';\n        END IF;\n    RETURN NEW;",
                            hash="66fde5e111243897eeca89131aaf06774cf50e81",
                            operation="UPDATE",
                            pgid="pgtrigger_line_changed_338e1",
                            table="draws_planline",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="line_removed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_plan WHERE id = OLD.plan_id AND published_at IS NOT NULL) THEN\n            RAISE EXCEPTION 'the plan is published: its parts do not change';\n        END IF;\n    RETURN OLD;",
                            hash="8b5fc4e8367c022b78cfd21062c4a43bfc69aa42",
                            operation="DELETE",
                            pgid="pgtrigger_line_removed_28cea",
                            table="draws_planline",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("times", models.PositiveSmallIntegerField(default=1, verbose_name="全年次数")),
                ("month", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="计划月份")),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="列为重点的理由")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_units",
                        to="enterprises.enterprise",
                        verbose_name="企业",
                    ),
                ),
                (
                    "partners",
                    models.ManyToManyField(
                        blank=True,
                        limit_choices_to={"is_partner": True},
                        to="accounts.department",
                        verbose_name="综合查一次的协作部门",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="units",
                        to="draws.plan",
                        verbose_name="计划",
                    ),
                ),
            ],
            options={
                "verbose_name": "重点检查单位",
                "verbose_name_plural": "重点检查单位",
                "ordering": ["enterprise__name_key", "enterprise__credit_code", "id"],
                "constraints": [
                    models.UniqueConstraint(models.F("plan"), models.F("enterprise"), name="a_unit_once_a_plan"),
                    models.CheckConstraint(
                        condition=models.Q(("times__gte", 1)), name="a_unit_is_checked_at_least_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("month__isnull", True), models.Q(("month__gte", 1), ("month__lte", 12)), _connector="OR"
                        ),
                        name="a_month_is_one_of_twelve",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="unit_added",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_plan WHERE id = NEW.plan_id AND published_at IS NOT NULL) THEN\n            RAISE EXCEPTION 'the plan is published: its parts do not change';\n        END IF;\n    RETURN NEW;",
                            hash="fb2fac4e23ce2f5d4d4a8a35d592f46610c48838",
                            operation="INSERT",
                            pgid="pgtrigger_unit_added_d8a60",
                            table="draws_planunit",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="unit_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_plan WHERE id = OLD.plan_id AND published_at IS NOT NULL) THEN\n            RAISE EXCEPTION 'the plan is published: its parts do not change';\n        END IF;\n    \n        IF EXISTS (SELECT 1 FROM draws_plan WHERE id = NEW.plan_id AND published_at IS NOT NULL) THEN\n            RAISE EXCEPTION 'the plan is published: its parts do not change';\n        END IF;\n    RETURN NEW;",
                            hash="6a0ff016e5fcb41d6d3fb0749518ee5a5af54a2d",
                            operation="UPDATE",
                            pgid="pgtrigger_unit_changed_a177e",
                            table="draws_planunit",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="unit_removed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_plan WHERE id = OLD.plan_id AND published_at IS NOT NULL) THEN\n            RAISE EXCEPTION 'the plan is published: its parts do not change';\n        END IF;\n    RETURN OLD;",
                            hash="3bddafaa0c152d533da4f3dcb1791d1cc2a4e2aa",
                            operation="DELETE",
                            pgid="pgtrigger_unit_removed_bd572",
                            table="draws_planunit",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="namedvisit",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="draws.planunit",
                verbose_name="重点检查单位",
            ),
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("kinship", "近亲属关系"),
                            ("employment", "曾任职"),
                            ("shareholding", "持股或投资"),
                            ("same_department", "隶属同一主管部门"),
                            ("past_service", "曾提供评价、检测检验、设计、标准化评审服务"),
                            ("own_request", "本人申请"),
                            ("enterprise_request", "企业申请"),
                            ("other", "其他利害关系"),
                        ],
                        max_length=20,
                        verbose_name="事由",
                    ),
                ),
                (
                    "service",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("evaluation", "评价"),
                            ("testing", "检测检验"),
                            ("design", "设计"),
                            ("standardisation", "标准化评审"),
                        ],
                        max_length=16,
                        verbose_name="服务种类",
                    ),
                ),
                ("report_number", models.CharField(blank=True, max_length=60, verbose_name="报告或合同编号")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("source", models.CharField(max_length=100, verbose_name="来源")),
                ("starts_on", models.DateField(verbose_name="开始")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="结束")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待决定"),
                            ("granted", "已准"),
                            ("refused", "不予回避"),
                            ("ended", "已解除"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="决定时间")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="解除时间")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="解除理由")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
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
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="解除人",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="enterprises.enterprise", verbose_name="企业"
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="inspectors.expert",
                        verbose_name="专家",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="inspectors.inspector",
                        verbose_name="执法人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "回避",
                "verbose_name_plural": "回避",
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("expert__isnull", True), ("inspector__isnull", False)),
                            models.Q(("expert__isnull", False), ("inspector__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_recusal_names_one_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="recusal_decided_by_and_at_agree",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked_by__isnull", True),
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_recusal_is_decided_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("state", "ended"),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "ended"), _negated=True),
                                ("end_reason", ""),
                                ("ended_at__isnull", True),
                                ("ended_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="an_ended_recusal_says_why_and_who",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("expert__isnull", False),
                                ("reason", "past_service"),
                                models.Q(("service", ""), _negated=True),
                            ),
                            models.Q(models.Q(("reason", "past_service"), _negated=True), ("service", "")),
                            _connector="OR",
                        ),
                        name="a_past_service_is_an_experts_and_says_which",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="a_recusal_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(
                        models.F("report_number"),
                        condition=models.Q(("report_number", ""), _negated=True),
                        name="a_service_report_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=14, verbose_name="编码")),
                ("text", models.CharField(max_length=300, verbose_name="检查内容")),
                ("legal_basis", models.CharField(max_length=300, verbose_name="依据")),
                ("is_basis_confirmed", models.BooleanField(default=True, verbose_name="依据已核实")),
                ("method", models.CharField(blank=True, max_length=100, verbose_name="检查方式")),
                ("evidence", models.CharField(blank=True, max_length=200, verbose_name="取证要求")),
                ("consequence", models.CharField(blank=True, max_length=200, verbose_name="不合格的处置")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sub_items",
                        to="draws.item",
                        verbose_name="检查事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查子项",
                "verbose_name_plural": "检查子项",
                "ordering": ["code", "item_id"],
                "constraints": [
                    models.UniqueConstraint(models.F("item"), models.F("code"), name="a_sub_item_once_an_item")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="sub_item_added",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_item WHERE id = NEW.item_id AND published_on IS NOT NULL) THEN\n            RAISE EXCEPTION 'the item is published: its sub-items do not change';\n        END IF;\n    RETURN NEW;",
                            hash="9be647ab4e15618e25d99d849eb30a7da918ec1b",
                            operation="INSERT",
                            pgid="pgtrigger_sub_item_added_f406e",
                            table="draws_subitem",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="sub_item_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_item WHERE id = OLD.item_id AND published_on IS NOT NULL) THEN\n            RAISE EXCEPTION 'the item is published: its sub-items do not change';\n        END IF;\n    \n        IF EXISTS (SELECT 1 FROM draws_item WHERE id = NEW.item_id AND published_on IS NOT NULL) THEN\n            RAISE EXCEPTION 'the item is published: its sub-items do not change';\n        END IF;\n    RETURN NEW;",
                            hash="9c3b71fb59cbb913c9bc30b7757597ae542cd61f",
                            operation="UPDATE",
                            pgid="pgtrigger_sub_item_changed_2d1c5",
                            table="draws_subitem",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="sub_item_removed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_item WHERE id = OLD.item_id AND published_on IS NOT NULL) THEN\n            RAISE EXCEPTION 'the item is published: its sub-items do not change';\n        END IF;\n    RETURN OLD;",
                            hash="f7a8b57692128e6e00342142f9b73be2b1e6237e",
                            operation="DELETE",
                            pgid="pgtrigger_sub_item_removed_30bad",
                            table="draws_subitem",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WitnessLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True, verbose_name="链接码指纹")),
                ("made_at", models.DateTimeField(verbose_name="生成时间")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="作废时间")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="生成人",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="draws.drawsource",
                        verbose_name="种子来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "见证链接",
                "verbose_name_plural": "见证链接",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("source"),
                        condition=models.Q(("revoked_at__isnull", True)),
                        name="one_living_link_a_source",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovedPool",
            fields=[
                (
                    "draw",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="approved_pool",
                        serialize=False,
                        to="draws.draw",
                        verbose_name="抽取",
                    ),
                ),
                ("content", models.JSONField(verbose_name="内容")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="指纹")),
                ("confirmed_at", models.DateTimeField(verbose_name="认可时间")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="认可人",
                    ),
                ),
            ],
            options={
                "verbose_name": "批准时的候选",
                "verbose_name_plural": "批准时的候选",
                "ordering": ["draw_id"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="approved_pool_added",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = NEW.draw_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'the draw is sealed: its parts do not change';\n        END IF;\n    RETURN NEW;",
                            hash="effcde2acf084f242906ba09b59485249fa984a4",
                            operation="INSERT",
                            pgid="pgtrigger_approved_pool_added_2d8a6",
                            table="draws_approvedpool",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="approved_pool_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = OLD.draw_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'the draw is sealed: its parts do not change';\n        END IF;\n    \n        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = NEW.draw_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'the draw is sealed: its parts do not change';\n        END IF;\n    RETURN NEW;",
                            hash="cb5d10704368ebfbbcf3bc4ec27221313899d933",
                            operation="UPDATE",
                            pgid="pgtrigger_approved_pool_changed_f53c9",
                            table="draws_approvedpool",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="approved_pool_removed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = OLD.draw_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'the draw is sealed: its parts do not change';\n        END IF;\n    RETURN OLD;",
                            hash="3496e1c2384a81b1cff17355664b8c38a9f6c75c",
                            operation="DELETE",
                            pgid="pgtrigger_approved_pool_removed_2e557",
                            table="draws_approvedpool",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="approved_pool_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="6dc9116efa7382717bfcd8763ffd7c72d4b33555",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_approved_pool_keep_table_5e353",
                            table="draws_approvedpool",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Drawing",
            fields=[
                (
                    "sealed",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="drawing",
                        serialize=False,
                        to="draws.sealeddraw",
                        verbose_name="封存",
                    ),
                ),
                ("seed", models.CharField(max_length=64, verbose_name="种子")),
                ("result", models.JSONField(verbose_name="结果")),
                ("outcome_salts", models.JSONField(default=dict, verbose_name="信封盐值")),
                ("envelopes", models.JSONField(default=list, verbose_name="信封")),
                ("drawn_at", models.DateTimeField(verbose_name="抽取时间")),
                (
                    "made_in",
                    models.BigIntegerField(
                        db_default=django.db.models.functions.comparison.Cast(
                            django.db.models.functions.comparison.Cast(
                                models.Func(function="pg_current_xact_id", output_field=models.TextField()),
                                models.TextField(),
                            ),
                            models.BigIntegerField(),
                        ),
                        editable=False,
                        verbose_name="写入事务",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽取结果",
                "verbose_name_plural": "抽取结果",
                "ordering": ["-drawn_at", "sealed_id"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="drawing_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2aea3662233f2d76d1bb7d5fdbe6a6c3dfba1b18",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_drawing_keep_rows_54b6d",
                            table="draws_drawing",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="drawing_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="eb02ca218adce230b79dd891118d85fbd7859997",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_drawing_keep_table_11c1f",
                            table="draws_drawing",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="drawn_when_complete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE expected TEXT;",
                            func="\n            NEW.made_in := pg_current_xact_id()::text::bigint;\n            IF NOT EXISTS (SELECT 1 FROM draws_draw WHERE id = NEW.sealed_id AND state = 'sealed') THEN\n                RAISE EXCEPTION 'a draw is carried out once, while it is sealed';\n            END IF;\n            IF EXISTS (\n                SELECT 1 FROM draws_drawsource AS source WHERE draw_id = NEW.sealed_id\n                AND NOT EXISTS (SELECT 1 FROM draws_contribution WHERE source_id = source.id)\n            ) THEN\n                RAISE EXCEPTION 'not every source has contributed';\n            END IF;\n            \n    SELECT encode(sha256(string_agg(int4send(octet_length(part)) || part, ''::bytea ORDER BY place)), 'hex')\n    INTO expected\n    FROM (\n        SELECT place, convert_to(word, 'UTF8') AS part\n        FROM draws_sealeddraw AS sealed, unnest(ARRAY[\n            'shuangsuiji-draw/1', 'seed', sealed.number::text, sealed.sealed_hash::text, sealed.secret::text\n        ]) WITH ORDINALITY AS head (word, place)\n        WHERE sealed.draw_id = NEW.sealed_id\n        UNION ALL\n        SELECT 4 + 2 * turn + half, convert_to(normalize(CASE half WHEN 0 THEN name ELSE text END, NFC), 'UTF8')\n        FROM (\n            SELECT row_number() OVER (ORDER BY source.position, source.id) AS turn, source.name, given.text\n            FROM draws_drawsource AS source JOIN draws_contribution AS given ON given.source_id = source.id\n            WHERE source.draw_id = NEW.sealed_id\n        ) AS texts, generate_series(0, 1) AS half\n    ) AS parts;\n\n            IF NEW.seed IS DISTINCT FROM expected THEN\n                RAISE EXCEPTION 'the seed does not follow from the seal and the texts';\n            END IF;\n            IF NOT (NEW.result ? 'drawn' AND NEW.result ? 'blocked') THEN\n                RAISE EXCEPTION 'a result names who was drawn and whether the draw is blocked';\n            END IF;\n             RETURN NEW;",
                            hash="b2c94f358ecae4a2be2ea8989b1854d2ffe67b71",
                            operation="INSERT",
                            pgid="pgtrigger_drawn_when_complete_831a5",
                            table="draws_drawing",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="drawing_ends_the_seal",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n            IF NOT EXISTS (SELECT 1 FROM draws_draw WHERE id = NEW.sealed_id AND state IN ('drawn', 'blocked')) THEN\n                RAISE EXCEPTION 'a draw with a result is drawn or blocked';\n            END IF;\n             RETURN NULL;",
                            hash="3d610b4d2f6527452c8cd1afb1280351576bbb33",
                            operation="INSERT",
                            pgid="pgtrigger_drawing_ends_the_seal_e1139",
                            table="draws_drawing",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="draws.item",
                        verbose_name="检查事项",
                    ),
                ),
                (
                    "sealed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="draws.sealeddraw",
                        verbose_name="封存",
                    ),
                ),
            ],
            options={
                "verbose_name": "封存的事项",
                "verbose_name_plural": "封存的事项",
                "ordering": ["sealed_id", "item_id"],
                "constraints": [
                    models.UniqueConstraint(models.F("sealed"), models.F("item"), name="an_item_once_a_sealed_draw")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="sealed_item_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c6482d87b954ade269b4f60602d684e7b1a9653e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_sealed_item_keep_rows_5443b",
                            table="draws_sealeditem",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="sealed_item_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="51a59a49f157807c34433d521cfb3a6bec6eb45c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_sealed_item_keep_table_52cf7",
                            table="draws_sealeditem",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="sealed_item_is_published",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NOT EXISTS (SELECT 1 FROM draws_item WHERE id = NEW.item_id AND published_on IS NOT NULL) THEN\n                RAISE EXCEPTION 'item % is not published and enters no draw', NEW.item_id;\n            END IF;\n            RETURN NEW;\n        ",
                            hash="bea4c6ffa9f8daea9027df5124d1fc7364ebfb95",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_sealed_item_is_published_44cc2",
                            table="draws_sealeditem",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="sealed_item_with_the_seal",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (\n                SELECT 1 FROM draws_draw WHERE number IS NOT NULL AND id IN (SELECT DISTINCT sealed_id FROM added)\n            ) THEN\n                RAISE EXCEPTION 'the draw is sealed: nothing is added to it';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="13de0a66ebb42183bc2ce3a50f6079c9afbdcafd",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_sealed_item_with_the_seal_1ba47",
                            referencing="REFERENCING NEW TABLE AS added ",
                            table="draws_sealeditem",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PoolLeaf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("credit_code", models.CharField(max_length=18, verbose_name="统一社会信用代码")),
                ("leaf", models.JSONField(verbose_name="叶")),
                ("seal", models.CharField(max_length=64, verbose_name="封")),
                (
                    "sealed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves",
                        to="draws.sealeddraw",
                        verbose_name="封存",
                    ),
                ),
            ],
            options={
                "verbose_name": "候选",
                "verbose_name_plural": "候选",
                "ordering": ["sealed_id", "credit_code"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("sealed"), models.F("credit_code"), name="an_enterprise_once_a_pool"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="leaf_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c25ffb7f317cdb2d6cab45a5534092fd45e2aa00",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_leaf_keep_rows_41043",
                            table="draws_poolleaf",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="leaf_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="c679dbf7b05231b0016790f1349604376c099390",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_leaf_keep_table_315df",
                            table="draws_poolleaf",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="leaf_with_the_seal",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (\n                SELECT 1 FROM draws_draw WHERE number IS NOT NULL AND id IN (SELECT DISTINCT sealed_id FROM added)\n            ) THEN\n                RAISE EXCEPTION 'the draw is sealed: nothing is added to it';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="6ff024d1720b887e43884404f963472f6c35e4ff",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_leaf_with_the_seal_2a3f3",
                            referencing="REFERENCING NEW TABLE AS added ",
                            table="draws_poolleaf",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FilterStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("label", models.CharField(max_length=500, verbose_name="条件")),
                ("removed_count", models.PositiveIntegerField(verbose_name="筛除家数")),
                ("codes", models.JSONField(default=list, verbose_name="筛除的企业")),
                (
                    "sealed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filter_steps",
                        to="draws.sealeddraw",
                        verbose_name="封存",
                    ),
                ),
            ],
            options={
                "verbose_name": "筛除",
                "verbose_name_plural": "筛除",
                "ordering": ["sealed_id", "position"],
                "constraints": [
                    models.UniqueConstraint(models.F("sealed"), models.F("position"), name="a_filter_position_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="filter_step_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6ccf84717950dea1e135a9cae188c8e639df7d12",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_filter_step_keep_rows_951b8",
                            table="draws_filterstep",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="filter_step_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="09c079db152f535ccb144252a8fffd26c33983ee",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_filter_step_keep_table_f925d",
                            table="draws_filterstep",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="filter_step_with_the_seal",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (\n                SELECT 1 FROM draws_draw WHERE number IS NOT NULL AND id IN (SELECT DISTINCT sealed_id FROM added)\n            ) THEN\n                RAISE EXCEPTION 'the draw is sealed: nothing is added to it';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="b9b0ad998fea5f4ca23c22436d8b2d531ec06076",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_filter_step_with_the_seal_709f0",
                            referencing="REFERENCING NEW TABLE AS added ",
                            table="draws_filterstep",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500, verbose_name="内容")),
                ("given_at", models.DateTimeField(verbose_name="投入时间")),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contribution",
                        to="draws.drawsource",
                        verbose_name="来源",
                    ),
                ),
                (
                    "sealed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="draws.sealeddraw",
                        verbose_name="封存",
                    ),
                ),
            ],
            options={
                "verbose_name": "投入",
                "verbose_name_plural": "投入",
                "ordering": ["given_at", "id"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="contribution_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="fa0c488232647ff1665ae19592503aa6d73f7450",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_contribution_keep_rows_3c488",
                            table="draws_contribution",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="contribution_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="96abc80df4b4e04ec2ed97e7349462add3b0ddfd",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_contribution_keep_table_762ae",
                            table="draws_contribution",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="contributed_while_sealed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF NOT EXISTS (\n            SELECT 1 FROM draws_draw AS draw JOIN draws_drawsource AS source ON source.draw_id = draw.id\n            WHERE draw.id = NEW.sealed_id AND source.id = NEW.source_id AND draw.state = 'sealed'\n        ) OR EXISTS (SELECT 1 FROM draws_drawing WHERE sealed_id = NEW.sealed_id) THEN\n            RAISE EXCEPTION 'texts are taken between the sealing and the draw';\n        END IF;\n         RETURN NEW;",
                            hash="9f8edde315567a755cdffb82df03f0c63545a1ad",
                            operation="INSERT",
                            pgid="pgtrigger_contributed_while_sealed_6f838",
                            table="draws_contribution",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClearedPerson",
            fields=[],
            options={
                "verbose_name": "知情人员",
                "verbose_name_plural": "知情人员",
                "ordering": ["id"],
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("draws.draw_cleared_people",),
        ),
        migrations.CreateModel(
            name="AmendmentRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person_replaced", "更换人员"),
                            ("enterprise_replaced", "更换企业"),
                            ("people_added", "补充执法人员"),
                            ("expert_invited", "邀请专家"),
                        ],
                        max_length=20,
                        verbose_name="种类",
                    ),
                ),
                ("wanted", models.JSONField(default=dict, verbose_name="内容")),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "待批准"), ("approved", "已批准"), ("refused", "未批准")],
                        default="asked",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="提出时间")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="决定时间")),
                ("refusal", models.CharField(blank=True, max_length=200, verbose_name="不批准的理由")),
                ("together", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="同一申请")),
                (
                    "amendment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="request",
                        to="draws.amendment",
                        verbose_name="变更",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
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
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendment_requests",
                        to="draws.draw",
                        verbose_name="抽取",
                    ),
                ),
            ],
            options={
                "verbose_name": "变更申请",
                "verbose_name_plural": "变更申请",
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="amendment_decided_by_and_at_agree",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_change_is_approved_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), models.Q(("refusal", ""), _negated=True)),
                            models.Q(models.Q(("state", "refused"), _negated=True), ("refusal", "")),
                            _connector="OR",
                        ),
                        name="a_refused_change_says_why",
                    ),
                    models.UniqueConstraint(
                        models.F("draw"),
                        models.F("kind"),
                        django.db.models.fields.json.KeyTextTransform("stage", "wanted"),
                        django.db.models.fields.json.KeyTextTransform("enterprise", "wanted"),
                        django.db.models.fields.json.KeyTextTransform("out", "wanted"),
                        condition=models.Q(("state", "asked")),
                        name="one_open_request_a_seat",
                        nulls_distinct=False,
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="request_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="84b315cca17a68606fe1bcf35ff5fd5343e24811",
                            operation="DELETE",
                            pgid="pgtrigger_request_keep_rows_98f24",
                            table="draws_amendmentrequest",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="request_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="488319265232a62f980a1bbdc71f5bd942f04d99",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_request_keep_table_ffec8",
                            table="draws_amendmentrequest",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="request_stands",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF OLD.state <> 'asked' OR to_jsonb(NEW) - ARRAY['state', 'decided_by_id', 'decided_at', 'amendment_id', 'refusal'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['state', 'decided_by_id', 'decided_at', 'amendment_id', 'refusal'] THEN\n                    RAISE EXCEPTION 'a request stands as it was asked and decided';\n                END IF;\n                RETURN NEW;\n            ",
                            hash="dcbf9a506a9c1a64353a08baf23caea4b1a51cdb",
                            operation="UPDATE",
                            pgid="pgtrigger_request_stands_74f1e",
                            table="draws_amendmentrequest",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(models.F("code"), models.F("version"), name="an_item_version_once"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                models.F("code"),
                condition=models.Q(("published_on__isnull", True)),
                name="one_version_of_an_item_in_hand",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                models.F("code"),
                condition=models.Q(("published_on__isnull", False), ("withdrawn_on__isnull", True)),
                name="one_version_of_an_item_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("published_on__isnull", True), ("edition__isnull", False), _connector="OR"),
                name="a_published_item_belongs_to_an_edition",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="published_item_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.published_on IS NOT NULL)",
                    func="\n            IF to_jsonb(NEW) - ARRAY['withdrawn_on', 'leaves_with_id', 'updated_at'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['withdrawn_on', 'leaves_with_id', 'updated_at'] THEN\n                RAISE EXCEPTION '% is published: a change is a new version', TG_TABLE_NAME;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="9f23ff610f362d5f4df1bdb45134fb356c8f03c2",
                    operation="UPDATE",
                    pgid="pgtrigger_published_item_stands_9f83f",
                    table="draws_item",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="published_item_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.published_on IS NOT NULL)",
                    func="RAISE EXCEPTION '% is published and is kept', TG_TABLE_NAME;",
                    hash="4039c1dda1c6569fb659be9bb80261ebae2f5640",
                    operation="DELETE",
                    pgid="pgtrigger_published_item_kept_3ef57",
                    table="draws_item",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("visits_to__gte", models.F("visits_from"))), name="visits_end_after_they_begin"
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("inspectors_per_enterprise__gte", 2)), name="at_least_two_officers"
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                    _connector="OR",
                ),
                name="a_draw_is_approved_by_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="draw_approved_by_and_at_agree",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "void"),
                        ("voided_at__isnull", False),
                        ("voided_by__isnull", False),
                        models.Q(("void_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "void"), _negated=True),
                        ("voided_at__isnull", True),
                        ("voided_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="a_void_draw_says_why_and_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("void_asked_at__isnull", True), ("void_asked_by__isnull", True)),
                    models.Q(
                        ("void_asked_at__isnull", False),
                        ("void_asked_by__isnull", False),
                        models.Q(("void_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="void_asked_by_and_at_agree",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("voided_by__isnull", True),
                    ("void_asked_by__isnull", True),
                    models.Q(("voided_by", models.F("void_asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="a_draw_is_voided_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "submitted", "approved", "void"]),
                    ("number__isnull", False),
                    _connector="OR",
                ),
                name="a_sealed_draw_has_a_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("scarcity", {}), models.Q(("scarcity_note", ""), _negated=True), _connector="OR"),
                name="scarce_people_are_approved_with_a_word",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("rehearsal", {}),
                    ("rehearsal__blocked_count", 0),
                    models.Q(("blocking_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_blocked_rehearsal_is_approved_with_a_word",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", "named"), ("state", "assigned")),
                    models.Q(
                        models.Q(("state", "assigned"), _negated=True), models.Q(("basis", "named"), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="what_the_plan_names_is_assigned_and_nothing_else",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draw",
            trigger=pgtrigger.compiler.Trigger(
                name="draw_made_in",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.made_in := pg_current_xact_id()::text::bigint; RETURN NEW;",
                    hash="8fda3eabae02c2e137605fd86430a28c4ec57c71",
                    operation="INSERT",
                    pgid="pgtrigger_draw_made_in_254f9",
                    table="draws_draw",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draw",
            trigger=pgtrigger.compiler.Trigger(
                name="draw_step_has_its_ground",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.state IS DISTINCT FROM NEW.state)",
                    func="\n            IF NEW.state = 'sealed' AND NOT EXISTS (\n                SELECT 1 FROM draws_sealeddraw WHERE draw_id = NEW.id AND number = NEW.number\n            ) THEN\n                RAISE EXCEPTION 'a sealed draw has its seal';\n            END IF;\n            IF OLD.state = 'sealed' AND NEW.state IN ('drawn', 'blocked') AND NOT EXISTS (\n                SELECT 1 FROM draws_drawing WHERE sealed_id = NEW.id AND made_in = pg_current_xact_id()::text::bigint\n                AND (result -> 'blocked' = 'null'::jsonb) = (NEW.state = 'drawn')\n            ) THEN\n                RAISE EXCEPTION 'a draw is % by its result alone', NEW.state;\n            END IF;\n            IF OLD.state = 'blocked' AND NEW.state = 'drawn' AND NOT EXISTS (\n                SELECT 1 FROM draws_amendment WHERE drawing_id = NEW.id AND made_in = pg_current_xact_id()::text::bigint\n                AND entry ->> 'kind' = 'people_added' AND entry -> 'blocked' = 'null'::jsonb\n            ) THEN\n                RAISE EXCEPTION 'a blocked draw goes on when people were added';\n            END IF;\n            IF NEW.state = 'void' AND (NEW.voided_by_id = NEW.drafted_by_id\n                OR NEW.number IS NOT NULL\n                AND (OLD.void_asked_by_id IS NULL OR OLD.void_asked_by_id = NEW.voided_by_id)\n                OR NOT EXISTS (\n                    SELECT 1 FROM accounts_userrole WHERE user_id = NEW.voided_by_id AND role = 'approver'\n                )\n            ) THEN\n                RAISE EXCEPTION 'a sealed draw is void when one has asked and another, an approver, has agreed';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="ccec931ae0622a7f57a67837daad48b493d12e1b",
                    operation="UPDATE",
                    pgid="pgtrigger_draw_step_has_its_ground_2f95e",
                    table="draws_draw",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draw",
            trigger=pgtrigger.compiler.Trigger(
                name="draw_state_step",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.state IS DISTINCT FROM NEW.state)",
                    func="\n                IF NOT (OLD.state || '>' || NEW.state = ANY (ARRAY['draft>submitted', 'draft>void', 'submitted>draft', 'submitted>approved', 'submitted>void', 'approved>draft', 'approved>sealed', 'approved>assigned', 'approved>void', 'sealed>drawn', 'sealed>blocked', 'sealed>void', 'blocked>drawn', 'blocked>void'])) THEN\n                    RAISE EXCEPTION 'draw %: no step from % to %', OLD.id, OLD.state, NEW.state;\n                END IF;\n                RETURN NEW;\n            ",
                    hash="731d2921a89fc7884eabd48db673e9c41b4b070d",
                    operation="UPDATE",
                    pgid="pgtrigger_draw_state_step_a2a80",
                    table="draws_draw",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draw",
            trigger=pgtrigger.compiler.Trigger(
                name="sealed_draw_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.number IS NOT NULL)",
                    func="\n                IF to_jsonb(NEW) - ARRAY['state', 'voided_at', 'voided_by_id', 'void_asked_by_id', 'void_asked_at', 'void_reason'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['state', 'voided_at', 'voided_by_id', 'void_asked_by_id', 'void_asked_at', 'void_reason'] THEN\n                    RAISE EXCEPTION 'draw % is sealed and does not change', OLD.number;\n                END IF;\n                IF OLD.state IN ('drawn', 'void') AND NEW IS DISTINCT FROM OLD THEN\n                    RAISE EXCEPTION 'draw % has ended and does not change', OLD.number;\n                END IF;\n                IF NEW.state = 'void' AND NEW.void_reason <> OLD.void_reason THEN\n                    RAISE EXCEPTION 'draw % is void for the reason that was asked', OLD.number;\n                END IF;\n                RETURN NEW;\n            ",
                    hash="f0d001c72275e2a2744ece7c827a48fc710cdc27",
                    operation="UPDATE",
                    pgid="pgtrigger_sealed_draw_stands_8560d",
                    table="draws_draw",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draw",
            trigger=pgtrigger.compiler.Trigger(
                name="draw_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.number IS NOT NULL OR OLD.state <> 'draft')",
                    func="RAISE EXCEPTION 'draw % is never deleted', OLD.id;",
                    hash="8663b6b7083b5678163c2f7d47a4903e570a8656",
                    operation="DELETE",
                    pgid="pgtrigger_draw_kept_0866e",
                    table="draws_draw",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draw",
            trigger=pgtrigger.compiler.Trigger(
                name="draw_keep_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                    hash="23a2f7b22d00d9ff06d04cd113bf589194bd4764",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_draw_keep_table_419cf",
                    table="draws_draw",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="namedvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(("visits_to__gte", models.F("visits_from"))),
                name="a_named_visit_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="namedvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="a_named_visit_is_approved_by_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="namedvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="named_visit_decided_by_and_at_agree",
            ),
        ),
        migrations.AddConstraint(
            model_name="namedvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("draw__isnull", False), ("state", "approved")),
                    models.Q(models.Q(("state", "approved"), _negated=True), ("draw__isnull", True)),
                    _connector="OR",
                ),
                name="an_approved_named_visit_has_its_batch",
            ),
        ),
        migrations.AddField(
            model_name="opening",
            name="drawing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="openings",
                to="draws.drawing",
                verbose_name="抽取结果",
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="drawing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="amendments",
                to="draws.drawing",
                verbose_name="抽取结果",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clearedperson",
            trigger=pgtrigger.compiler.Trigger(
                name="cleared_added",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = NEW.draw_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'the draw is sealed: its parts do not change';\n        END IF;\n    RETURN NEW;",
                    hash="848e01d999c766350b136ac0e93d70ffc344521a",
                    operation="INSERT",
                    pgid="pgtrigger_cleared_added_47fc4",
                    table="draws_draw_cleared_people",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clearedperson",
            trigger=pgtrigger.compiler.Trigger(
                name="cleared_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = OLD.draw_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'the draw is sealed: its parts do not change';\n        END IF;\n    \n        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = NEW.draw_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'the draw is sealed: its parts do not change';\n        END IF;\n    RETURN NEW;",
                    hash="eb9d591679df9a1c6a5852116676af6a68ca026d",
                    operation="UPDATE",
                    pgid="pgtrigger_cleared_changed_3f268",
                    table="draws_draw_cleared_people",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clearedperson",
            trigger=pgtrigger.compiler.Trigger(
                name="cleared_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (SELECT 1 FROM draws_draw WHERE id = OLD.draw_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'the draw is sealed: its parts do not change';\n        END IF;\n    RETURN OLD;",
                    hash="b41218f8809cc35995b34590ed7e67ba1eebdd4c",
                    operation="DELETE",
                    pgid="pgtrigger_cleared_removed_abc96",
                    table="draws_draw_cleared_people",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clearedperson",
            trigger=pgtrigger.compiler.Trigger(
                name="cleared_keep_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                    hash="4b4ada98eecf53c6dada6e1563f4766a53ea04a1",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_cleared_keep_table_8c43e",
                    table="draws_draw_cleared_people",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.UniqueConstraint(
                models.F("drawing"), models.F("credit_code"), name="an_envelope_opens_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="opening",
            trigger=pgtrigger.compiler.Trigger(
                name="opening_keep_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1a82cbc5e02956a4aea3a55a374641552b065034",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_opening_keep_rows_f3ae7",
                    table="draws_opening",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="opening",
            trigger=pgtrigger.compiler.Trigger(
                name="opening_keep_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                    hash="13f3d87d41dbd6c23753a396b67645cd38b3aae5",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_opening_keep_table_9fa61",
                    table="draws_opening",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(
                models.F("drawing"), models.F("number"), name="an_amendment_number_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="amendment_keep_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="99b04b341043bd1b6d6640b3f43b63ddf3b0652a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_amendment_keep_rows_5f68f",
                    table="draws_amendment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="amendment_keep_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                    hash="c6e4b1255935507331dc72a75fd88b8e21fdfb19",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_amendment_keep_table_a7205",
                    table="draws_amendment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="amended_after_drawing",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            NEW.made_in := pg_current_xact_id()::text::bigint;\n            IF NOT EXISTS (\n                SELECT 1 FROM draws_draw WHERE id = NEW.drawing_id AND state IN ('drawn', 'blocked')\n            ) OR NEW.number <> 1 + (SELECT count(*) FROM draws_amendment WHERE drawing_id = NEW.drawing_id) THEN\n                RAISE EXCEPTION 'amendments follow a result, one after the other';\n            END IF;\n             RETURN NEW;",
                    hash="be867cdb6f1b9cfb13659f67d54ae8eae3ad7ae5",
                    operation="INSERT",
                    pgid="pgtrigger_amended_after_drawing_05416",
                    table="draws_amendment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="amended_as_approved",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF NOT EXISTS (\n                SELECT 1 FROM draws_amendmentrequest WHERE amendment_id = NEW.id AND draw_id = NEW.drawing_id\n                AND state = 'approved' AND kind = NEW.entry ->> 'kind' AND reason = NEW.entry ->> 'reason'\n                AND asked_by_id = NEW.made_by_id AND decided_by_id = NEW.approved_by_id\n            ) THEN\n                RAISE EXCEPTION 'an amendment has its approved request';\n            END IF;\n             RETURN NULL;",
                    hash="af48aa2c643d2abed903e289e76432cc2ee5ad54",
                    operation="INSERT",
                    pgid="pgtrigger_amended_as_approved_00920",
                    table="draws_amendment",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
    ]
