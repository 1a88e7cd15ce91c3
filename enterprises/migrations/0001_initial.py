import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import shuangsuiji.audit.tracking


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("lib", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hazard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=30, unique=True, verbose_name="名称")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="次序")),
            ],
            options={
                "verbose_name": "危险因素",
                "verbose_name_plural": "危险因素",
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="SpecialList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=30, unique=True, verbose_name="名称")),
                ("meaning", models.CharField(blank=True, max_length=200, verbose_name="用途")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="次序")),
            ],
            options={
                "verbose_name": "专项名单",
                "verbose_name_plural": "专项名单",
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="Enterprise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("credit_code", models.CharField(max_length=18, unique=True, verbose_name="统一社会信用代码")),
                ("name", models.CharField(max_length=120, verbose_name="企业名称")),
                ("name_key", models.CharField(blank=True, editable=False, max_length=600, verbose_name="名称拼音")),
                (
                    "name_initials",
                    models.CharField(blank=True, editable=False, max_length=120, verbose_name="名称首字母"),
                ),
                (
                    "sounded_name",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=120, verbose_name="拼音所据名称"
                    ),
                ),
                ("registered_on", models.DateField(blank=True, null=True, verbose_name="注册日期")),
                ("organisation_type", models.CharField(blank=True, max_length=60, verbose_name="企业类型")),
                ("capital", models.CharField(blank=True, max_length=60, verbose_name="注册资金")),
                ("business_scope", models.TextField(blank=True, verbose_name="经营范围")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="注册地址")),
                ("industry_code", models.CharField(blank=True, max_length=5, verbose_name="国民经济行业代码")),
                (
                    "risk_class",
                    models.CharField(
                        blank=True,
                        choices=[("A", "A 低"), ("B", "B 一般"), ("C", "C 较高"), ("D", "D 重大")],
                        max_length=1,
                        verbose_name="风险等级",
                    ),
                ),
                (
                    "enforcing_level",
                    models.CharField(
                        choices=[("city", "市级"), ("county", "县级"), ("township", "乡镇")],
                        default="county",
                        max_length=10,
                        verbose_name="监管层级",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[("large", "大型"), ("medium", "中型"), ("small", "小型"), ("micro", "微型")],
                        max_length=8,
                        verbose_name="规模",
                    ),
                ),
                ("is_key", models.BooleanField(default=False, verbose_name="重点检查单位")),
                ("expert_count_wanted", models.PositiveSmallIntegerField(default=0, verbose_name="需要专家数")),
                ("contact_name", models.CharField(blank=True, max_length=40, verbose_name="联系人")),
                ("contact_phone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
                ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="电子邮箱")),
                ("representative", models.CharField(blank=True, max_length=40, verbose_name="主要负责人")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "正常经营"),
                            ("suspended", "停产停业"),
                            ("closed", "注销关闭"),
                            ("moved", "迁出"),
                        ],
                        default="active",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("last_checked_on", models.DateField(blank=True, editable=False, null=True, verbose_name="最近检查")),
                ("known_as", models.TextField(blank=True, default="", editable=False, verbose_name="曾用名检索")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("features", models.ManyToManyField(blank=True, to="lib.technicalfeature", verbose_name="技术特点")),
                (
                    "field",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="lib.supervisedfield",
                        verbose_name="监管领域",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="enterprises.enterprise",
                        verbose_name="已并入",
                    ),
                ),
                (
                    "suggested_field",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="lib.supervisedfield",
                        verbose_name="建议领域",
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="lib.township",
                        verbose_name="所在乡镇",
                    ),
                ),
                ("hazards", models.ManyToManyField(blank=True, to="enterprises.hazard", verbose_name="危险因素")),
            ],
            options={
                "verbose_name": "检查对象",
                "verbose_name_plural": "检查对象",
                "ordering": ["name_key", "credit_code"],
                "indexes": [
                    models.Index(fields=["name_key", "credit_code"], name="enterprises_name_ke_4619ae_idx"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["name"], name="enterprise_name_trigrams", opclasses=["gin_trgm_ops"]
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Replace(
                                models.F("name_key"), models.Value(" "), models.Value("")
                            ),
                            name="gin_trgm_ops",
                        ),
                        name="enterprise_pinyin_trigrams",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["name_initials"], name="enterprise_initial_trigrams", opclasses=["gin_trgm_ops"]
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["known_as"], name="enterprise_known_as_trigrams", opclasses=["gin_trgm_ops"]
                    ),
                    models.Index(fields=["field", "name_key", "credit_code"], name="enterprises_field_i_aac2d6_idx"),
                    models.Index(
                        fields=["risk_class", "name_key", "credit_code"], name="enterprises_risk_cl_0dea5e_idx"
                    ),
                    models.Index(fields=["township", "name_key", "credit_code"], name="enterprises_townshi_bb5b71_idx"),
                    models.Index(
                        fields=["state", "field", "risk_class", "suggested_field"], name="enterprise_standing"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("credit_code__regex", "^[0-9A-HJ-NPQRTUWXY]{18}$")),
                        name="credit_code_is_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["active", "suspended", "closed", "moved"])),
                        name="enterprise_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("risk_class", ""), ("risk_class__in", ["A", "B", "C", "D"]), _connector="OR"
                        ),
                        name="risk_class_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            models.Q(("state", "closed"), models.Q(("merged_into", models.F("pk")), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_merged_enterprise_is_closed",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_enterpriseevent" ("address", "business_scope", "capital", "contact_email", "contact_name", "contact_phone", "credit_code", "enforcing_level", "expert_count_wanted", "field_id", "id", "industry_code", "is_key", "known_as", "last_checked_on", "merged_into_id", "name", "name_initials", "name_key", "organisation_type", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_on", "representative", "risk_class", "size", "state", "suggested_field_id", "township_id") SELECT new_values."address", new_values."business_scope", new_values."capital", new_values."contact_email", new_values."contact_name", new_values."contact_phone", new_values."credit_code", new_values."enforcing_level", new_values."expert_count_wanted", new_values."field_id", new_values."id", new_values."industry_code", new_values."is_key", new_values."known_as", new_values."last_checked_on", new_values."merged_into_id", new_values."name", new_values."name_initials", new_values."name_key", new_values."organisation_type", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'insert\', new_values."id", new_values."registered_on", new_values."representative", new_values."risk_class", new_values."size", new_values."state", new_values."suggested_field_id", new_values."township_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="08faafed3dffb6f189cd1ae5e5d9567199527175",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_079c7",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enterprises_enterprise",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_enterpriseevent" ("address", "business_scope", "capital", "contact_email", "contact_name", "contact_phone", "credit_code", "enforcing_level", "expert_count_wanted", "field_id", "id", "industry_code", "is_key", "known_as", "last_checked_on", "merged_into_id", "name", "name_initials", "name_key", "organisation_type", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_on", "representative", "risk_class", "size", "state", "suggested_field_id", "township_id") SELECT new_values."address", new_values."business_scope", new_values."capital", new_values."contact_email", new_values."contact_name", new_values."contact_phone", new_values."credit_code", new_values."enforcing_level", new_values."expert_count_wanted", new_values."field_id", new_values."id", new_values."industry_code", new_values."is_key", new_values."known_as", new_values."last_checked_on", new_values."merged_into_id", new_values."name", new_values."name_initials", new_values."name_key", new_values."organisation_type", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'update\', new_values."id", new_values."registered_on", new_values."representative", new_values."risk_class", new_values."size", new_values."state", new_values."suggested_field_id", new_values."township_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."address" IS DISTINCT FROM (new_values."address") OR old_values."business_scope" IS DISTINCT FROM (new_values."business_scope") OR old_values."capital" IS DISTINCT FROM (new_values."capital") OR old_values."contact_email" IS DISTINCT FROM (new_values."contact_email") OR old_values."contact_name" IS DISTINCT FROM (new_values."contact_name") OR old_values."contact_phone" IS DISTINCT FROM (new_values."contact_phone") OR old_values."credit_code" IS DISTINCT FROM (new_values."credit_code") OR old_values."enforcing_level" IS DISTINCT FROM (new_values."enforcing_level") OR old_values."expert_count_wanted" IS DISTINCT FROM (new_values."expert_count_wanted") OR old_values."field_id" IS DISTINCT FROM (new_values."field_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."industry_code" IS DISTINCT FROM (new_values."industry_code") OR old_values."is_key" IS DISTINCT FROM (new_values."is_key") OR old_values."known_as" IS DISTINCT FROM (new_values."known_as") OR old_values."last_checked_on" IS DISTINCT FROM (new_values."last_checked_on") OR old_values."merged_into_id" IS DISTINCT FROM (new_values."merged_into_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."name_initials" IS DISTINCT FROM (new_values."name_initials") OR old_values."name_key" IS DISTINCT FROM (new_values."name_key") OR old_values."organisation_type" IS DISTINCT FROM (new_values."organisation_type") OR old_values."registered_on" IS DISTINCT FROM (new_values."registered_on") OR old_values."representative" IS DISTINCT FROM (new_values."representative") OR old_values."risk_class" IS DISTINCT FROM (new_values."risk_class") OR old_values."size" IS DISTINCT FROM (new_values."size") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."suggested_field_id" IS DISTINCT FROM (new_values."suggested_field_id") OR old_values."township_id" IS DISTINCT FROM (new_values."township_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f84baa55cf28d690cdffc4b6e6c796512967d92f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_11bf5",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enterprises_enterprise",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_enterpriseevent" ("address", "business_scope", "capital", "contact_email", "contact_name", "contact_phone", "credit_code", "enforcing_level", "expert_count_wanted", "field_id", "id", "industry_code", "is_key", "known_as", "last_checked_on", "merged_into_id", "name", "name_initials", "name_key", "organisation_type", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_on", "representative", "risk_class", "size", "state", "suggested_field_id", "township_id") SELECT old_values."address", old_values."business_scope", old_values."capital", old_values."contact_email", old_values."contact_name", old_values."contact_phone", old_values."credit_code", old_values."enforcing_level", old_values."expert_count_wanted", old_values."field_id", old_values."id", old_values."industry_code", old_values."is_key", old_values."known_as", old_values."last_checked_on", old_values."merged_into_id", old_values."name", old_values."name_initials", old_values."name_key", old_values."organisation_type", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'delete\', old_values."id", old_values."registered_on", old_values."representative", old_values."risk_class", old_values."size", old_values."state", old_values."suggested_field_id", old_values."township_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="579a0d6e1dc4d7a60ae671291fc13a7f6d36515b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_dc699",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enterprises_enterprise",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnterpriseFeatureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_role",
                    models.CharField(
                        db_default=shuangsuiji.audit.tracking.SessionUser(), max_length=63, verbose_name="数据库角色"
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "technicalfeature",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="lib.technicalfeature",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FormerName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="曾用名")),
                ("used_until", models.DateField(blank=True, null=True, verbose_name="用至")),
                ("source", models.CharField(blank=True, max_length=60, verbose_name="来源")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_names",
                        to="enterprises.enterprise",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "曾用名",
                "verbose_name_plural": "曾用名",
                "ordering": ["enterprise_id", "name"],
                "constraints": [
                    models.UniqueConstraint(models.F("enterprise"), models.F("name"), name="a_former_name_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_formernameevent" ("enterprise_id", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "used_until") SELECT new_values."enterprise_id", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'insert\', new_values."id", new_values."source", new_values."used_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="abeca3689d0ac1e92b79a65cec4f1381f24f23e8",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e6484",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enterprises_formername",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_formernameevent" ("enterprise_id", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "used_until") SELECT new_values."enterprise_id", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'update\', new_values."id", new_values."source", new_values."used_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e63bbd68cef89bc7823484b2d97f5e225ac75b91",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e7ca5",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enterprises_formername",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_formernameevent" ("enterprise_id", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "used_until") SELECT old_values."enterprise_id", old_values."id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'delete\', old_values."id", old_values."source", old_values."used_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d4fc45c1d2dbb6598ebed92b3f68a1a873c0466e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_84246",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enterprises_formername",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerNameEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_role",
                    models.CharField(
                        db_default=shuangsuiji.audit.tracking.SessionUser(), max_length=63, verbose_name="数据库角色"
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="曾用名")),
                ("used_until", models.DateField(blank=True, null=True, verbose_name="用至")),
                ("source", models.CharField(blank=True, max_length=60, verbose_name="来源")),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enterprises.enterprise",
                        verbose_name="企业",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="enterprises.formername",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["enterprise", "pgh_id"], name="formername_history")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="history_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2e746bfcb329933b91d7d7f1b45aedca0fc2155b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_history_keep_rows_1f6a6",
                            table="enterprises_formernameevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="history_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="a022f5247db6c5918658bfb0c35ceefe0a3f6b21",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_history_keep_table_bf543",
                            table="enterprises_formernameevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnterpriseHazardEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_role",
                    models.CharField(
                        db_default=shuangsuiji.audit.tracking.SessionUser(), max_length=63, verbose_name="数据库角色"
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "hazard",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enterprises.hazard",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IndustryClass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5, unique=True, verbose_name="行业代码")),
                ("name", models.CharField(max_length=60, verbose_name="行业名称")),
                ("is_confirmed", models.BooleanField(default=False, verbose_name="已核实")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "field",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="lib.supervisedfield",
                        verbose_name="监管领域",
                    ),
                ),
            ],
            options={
                "verbose_name": "行业对应",
                "verbose_name_plural": "行业对应",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "^[A-Z]?[0-9]{0,4}$"), models.Q(("code", ""), _negated=True)
                        ),
                        name="industry_code",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ListMembership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="列入日期")),
                ("reason", models.CharField(max_length=200, verbose_name="列入原因")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="移出日期")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="移出原因")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="enterprises.enterprise",
                        verbose_name="企业",
                    ),
                ),
                (
                    "special_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="enterprises.speciallist",
                        verbose_name="名单",
                    ),
                ),
            ],
            options={
                "verbose_name": "名单成员",
                "verbose_name_plural": "名单成员",
                "ordering": ["special_list_id", "-starts_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("enterprise"),
                        models.F("special_list"),
                        condition=models.Q(("ends_on", None)),
                        name="once_on_a_list_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="a_listing_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ends_on", None)),
                            models.Q(
                                ("ends_on__gte", models.F("starts_on")), models.Q(("end_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_listing_ends_with_a_reason",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_listmembershipevent" ("end_reason", "ends_on", "enterprise_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "special_list_id", "starts_on") SELECT new_values."end_reason", new_values."ends_on", new_values."enterprise_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'insert\', new_values."id", new_values."reason", new_values."special_list_id", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b57ffb2b51b55d006137585d2deb8b3c80655efe",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_89731",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enterprises_listmembership",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_listmembershipevent" ("end_reason", "ends_on", "enterprise_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "special_list_id", "starts_on") SELECT new_values."end_reason", new_values."ends_on", new_values."enterprise_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'update\', new_values."id", new_values."reason", new_values."special_list_id", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="61dff14b5f9c9cb2d822151763dbbb149664e99f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_70d42",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enterprises_listmembership",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_listmembershipevent" ("end_reason", "ends_on", "enterprise_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "special_list_id", "starts_on") SELECT old_values."end_reason", old_values."ends_on", old_values."enterprise_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'delete\', old_values."id", old_values."reason", old_values."special_list_id", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d4223420ca0ca9a12bf238bc3ae4b30f00315158",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cd807",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enterprises_listmembership",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PenaltyFact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("decided_on", models.DateField(verbose_name="决定日期")),
                ("document_number", models.CharField(max_length=60, verbose_name="决定书文号")),
                ("source", models.CharField(max_length=60, verbose_name="来源")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="penalties",
                        to="enterprises.enterprise",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "行政处罚",
                "verbose_name_plural": "行政处罚",
                "ordering": ["-decided_on", "document_number", "id"],
                "indexes": [models.Index(fields=["decided_on", "enterprise"], name="enterprises_decided_dc0ef7_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("enterprise"), models.F("document_number"), name="a_penalty_once_an_enterprise"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("document_number", ""), _negated=True), name="a_penalty_has_a_number"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_penaltyfactevent" ("decided_on", "document_number", "enterprise_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."decided_on", new_values."document_number", new_values."enterprise_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'insert\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="3e9e23a930d6c797f5a6626502644889f50f7386",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_da978",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enterprises_penaltyfact",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_penaltyfactevent" ("decided_on", "document_number", "enterprise_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."decided_on", new_values."document_number", new_values."enterprise_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'update\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="75dbdd1394f5c3ca9b976d8ae36c5e31f2d23e60",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7ec9a",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enterprises_penaltyfact",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_penaltyfactevent" ("decided_on", "document_number", "enterprise_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT old_values."decided_on", old_values."document_number", old_values."enterprise_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'delete\', old_values."id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="9f0bff9ce1dd22455ccd32b0622ff9f3c6c4db00",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_26916",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enterprises_penaltyfact",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PenaltyFactEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_role",
                    models.CharField(
                        db_default=shuangsuiji.audit.tracking.SessionUser(), max_length=63, verbose_name="数据库角色"
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("decided_on", models.DateField(verbose_name="决定日期")),
                ("document_number", models.CharField(max_length=60, verbose_name="决定书文号")),
                ("source", models.CharField(max_length=60, verbose_name="来源")),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enterprises.enterprise",
                        verbose_name="企业",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="enterprises.penaltyfact",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["enterprise", "pgh_id"], name="penaltyfact_history")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="history_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6b1c0824d7d9a85d132cac2537ac2e006851396d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_history_keep_rows_0cdab",
                            table="enterprises_penaltyfactevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="history_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="7784e41d7876a4254c9a8e48ed3616394e399cd1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_history_keep_table_7ea85",
                            table="enterprises_penaltyfactevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Permit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="许可名称")),
                ("number", models.CharField(max_length=60, verbose_name="许可编号")),
                ("issuer", models.CharField(blank=True, max_length=60, verbose_name="发证机关")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="有效期自")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                ("is_withdrawn", models.BooleanField(default=False, verbose_name="已注销")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="permits",
                        to="enterprises.enterprise",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "行政许可",
                "verbose_name_plural": "行政许可",
                "ordering": ["enterprise_id", "kind", "number"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_withdrawn", False)), fields=["expires_on", "id"], name="permit_expiry"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("enterprise"), models.F("kind"), models.F("number"), name="a_permit_once_an_enterprise"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("expires_on", None),
                            ("expires_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="permit_ends_after_it_starts",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_permitevent" ("enterprise_id", "expires_on", "id", "is_withdrawn", "issuer", "kind", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") SELECT new_values."enterprise_id", new_values."expires_on", new_values."id", new_values."is_withdrawn", new_values."issuer", new_values."kind", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'insert\', new_values."id", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="da0d3cae922ad14656401e85a27bcfaaea770c0f",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5defd",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enterprises_permit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_permitevent" ("enterprise_id", "expires_on", "id", "is_withdrawn", "issuer", "kind", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") SELECT new_values."enterprise_id", new_values."expires_on", new_values."id", new_values."is_withdrawn", new_values."issuer", new_values."kind", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'update\', new_values."id", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ae950eaad1b4022e817cc3b56a0d3f0b9bab774f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2db1c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enterprises_permit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_permitevent" ("enterprise_id", "expires_on", "id", "is_withdrawn", "issuer", "kind", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") SELECT old_values."enterprise_id", old_values."expires_on", old_values."id", old_values."is_withdrawn", old_values."issuer", old_values."kind", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'delete\', old_values."id", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="c8eca8442d1f43e88ef4a7b3c99ec27d2a44b8b2",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d1d1d",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enterprises_permit",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PermitEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_role",
                    models.CharField(
                        db_default=shuangsuiji.audit.tracking.SessionUser(), max_length=63, verbose_name="数据库角色"
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=40, verbose_name="许可名称")),
                ("number", models.CharField(max_length=60, verbose_name="许可编号")),
                ("issuer", models.CharField(blank=True, max_length=60, verbose_name="发证机关")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="有效期自")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                ("is_withdrawn", models.BooleanField(default=False, verbose_name="已注销")),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enterprises.enterprise",
                        verbose_name="企业",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="enterprises.permit",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["enterprise", "pgh_id"], name="permit_history")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="history_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="949d14af173132771a1076d0d8221df824a7027b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_history_keep_rows_78ae4",
                            table="enterprises_permitevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="history_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="5fa5a0173513dd02baf37c4b0e01fd17aafc3a4b",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_history_keep_table_f81df",
                            table="enterprises_permitevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListMembershipEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_role",
                    models.CharField(
                        db_default=shuangsuiji.audit.tracking.SessionUser(), max_length=63, verbose_name="数据库角色"
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("starts_on", models.DateField(verbose_name="列入日期")),
                ("reason", models.CharField(max_length=200, verbose_name="列入原因")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="移出日期")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="移出原因")),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enterprises.enterprise",
                        verbose_name="企业",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="enterprises.listmembership",
                    ),
                ),
                (
                    "special_list",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enterprises.speciallist",
                        verbose_name="名单",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["enterprise", "pgh_id"], name="listmembership_history")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="history_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7dcbb82fb3e02a6e0d42ea3ab5478b6b0f40fc06",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_history_keep_rows_aeb2d",
                            table="enterprises_listmembershipevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="history_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="c800935773312d21b3c57925e3c6a0cfa6e947aa",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_history_keep_table_ce16b",
                            table="enterprises_listmembershipevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnterpriseFeature",
            fields=[],
            options={
                "verbose_name": "技术特点",
                "verbose_name_plural": "技术特点",
                "ordering": ["pk"],
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("enterprises.enterprise_features",),
        ),
        migrations.CreateModel(
            name="DuplicatePair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("code", "代码主体部分相同"),
                            ("name", "名称实质相同"),
                            ("address", "地址相同、名称相近"),
                            ("similar", "名称相近"),
                        ],
                        max_length=8,
                        verbose_name="疑点",
                    ),
                ),
                ("similarity", models.PositiveSmallIntegerField(verbose_name="相似度（%）")),
                ("found_at", models.DateTimeField(verbose_name="发现时间")),
                ("dismissed_at", models.DateTimeField(blank=True, null=True, verbose_name="排除时间")),
                ("dismissed_reason", models.CharField(blank=True, max_length=200, verbose_name="排除理由")),
                (
                    "dismissed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="排除人",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                        verbose_name="企业甲",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                        verbose_name="企业乙",
                    ),
                ),
            ],
            options={
                "verbose_name": "疑似重复",
                "verbose_name_plural": "疑似重复",
                "ordering": ["-similarity", "first_id", "second_id"],
                "constraints": [
                    models.UniqueConstraint(models.F("first"), models.F("second"), name="a_pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="a_pair_is_ordered"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dismissed_at", None), ("dismissed_by", None), ("dismissed_reason", "")),
                            models.Q(
                                ("dismissed_at__isnull", False), models.Q(("dismissed_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_dismissed_pair_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnterpriseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_role",
                    models.CharField(
                        db_default=shuangsuiji.audit.tracking.SessionUser(), max_length=63, verbose_name="数据库角色"
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("credit_code", models.CharField(max_length=18, verbose_name="统一社会信用代码")),
                ("name", models.CharField(max_length=120, verbose_name="企业名称")),
                ("name_key", models.CharField(blank=True, editable=False, max_length=600, verbose_name="名称拼音")),
                (
                    "name_initials",
                    models.CharField(blank=True, editable=False, max_length=120, verbose_name="名称首字母"),
                ),
                ("registered_on", models.DateField(blank=True, null=True, verbose_name="注册日期")),
                ("organisation_type", models.CharField(blank=True, max_length=60, verbose_name="企业类型")),
                ("capital", models.CharField(blank=True, max_length=60, verbose_name="注册资金")),
                ("business_scope", models.TextField(blank=True, verbose_name="经营范围")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="注册地址")),
                ("industry_code", models.CharField(blank=True, max_length=5, verbose_name="国民经济行业代码")),
                (
                    "risk_class",
                    models.CharField(
                        blank=True,
                        choices=[("A", "A 低"), ("B", "B 一般"), ("C", "C 较高"), ("D", "D 重大")],
                        max_length=1,
                        verbose_name="风险等级",
                    ),
                ),
                (
                    "enforcing_level",
                    models.CharField(
                        choices=[("city", "市级"), ("county", "县级"), ("township", "乡镇")],
                        default="county",
                        max_length=10,
                        verbose_name="监管层级",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[("large", "大型"), ("medium", "中型"), ("small", "小型"), ("micro", "微型")],
                        max_length=8,
                        verbose_name="规模",
                    ),
                ),
                ("is_key", models.BooleanField(default=False, verbose_name="重点检查单位")),
                ("expert_count_wanted", models.PositiveSmallIntegerField(default=0, verbose_name="需要专家数")),
                ("contact_name", models.CharField(blank=True, max_length=40, verbose_name="联系人")),
                ("contact_phone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
                ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="电子邮箱")),
                ("representative", models.CharField(blank=True, max_length=40, verbose_name="主要负责人")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "正常经营"),
                            ("suspended", "停产停业"),
                            ("closed", "注销关闭"),
                            ("moved", "迁出"),
                        ],
                        default="active",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("last_checked_on", models.DateField(blank=True, editable=False, null=True, verbose_name="最近检查")),
                ("known_as", models.TextField(blank=True, default="", editable=False, verbose_name="曾用名检索")),
                (
                    "field",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="lib.supervisedfield",
                        verbose_name="监管领域",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enterprises.enterprise",
                        verbose_name="已并入",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "suggested_field",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="lib.supervisedfield",
                        verbose_name="建议领域",
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="lib.township",
                        verbose_name="所在乡镇",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_obj", "pgh_id"], name="enterprise_history")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="history_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="72d63f853c7b57aab3213cd98e99bcef15445cb8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_history_keep_rows_7232b",
                            table="enterprises_enterpriseevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="history_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="8669e303b5d662c7d733cc658edeaca6e30777f1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_history_keep_table_98adf",
                            table="enterprises_enterpriseevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnterpriseHazard",
            fields=[],
            options={
                "verbose_name": "危险因素",
                "verbose_name_plural": "危险因素",
                "ordering": ["pk"],
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("enterprises.enterprise_hazards",),
        ),
        migrations.AddField(
            model_name="enterprisefeatureevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="enterprises.enterprisefeature",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enterprisefeature",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_enterprisefeatureevent" ("enterprise_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "technicalfeature_id") SELECT new_values."enterprise_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'insert\', new_values."id", new_values."technicalfeature_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2e4fb58e895efdab7a22682afb9e0649b65875af",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_59ce5",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enterprises_enterprise_features",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enterprisefeature",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_enterprisefeatureevent" ("enterprise_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "technicalfeature_id") SELECT new_values."enterprise_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'update\', new_values."id", new_values."technicalfeature_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a6eaea3f2efde5586d720fd2665c905b85d989e1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4423b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enterprises_enterprise_features",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enterprisefeature",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_enterprisefeatureevent" ("enterprise_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "technicalfeature_id") SELECT old_values."enterprise_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'delete\', old_values."id", old_values."technicalfeature_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8699e483265f60d76bf78f8a25a31f8e42cd5323",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0ff92",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enterprises_enterprise_features",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="enterprisehazardevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="enterprises.enterprisehazard",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enterprisehazard",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_enterprisehazardevent" ("enterprise_id", "hazard_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."enterprise_id", new_values."hazard_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3ac02ec5d4f10bbe5bbd879e13b1f198ef05e497",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3f960",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enterprises_enterprise_hazards",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enterprisehazard",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_enterprisehazardevent" ("enterprise_id", "hazard_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."enterprise_id", new_values."hazard_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="073ff98ba5ad0a7a3ed4c9df567ee47d99125bdf",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fc7b2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enterprises_enterprise_hazards",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enterprisehazard",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_enterprisehazardevent" ("enterprise_id", "hazard_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."enterprise_id", old_values."hazard_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f3c60452573a0ea1ae0e766a7fc186e958e727dc",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6cba6",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enterprises_enterprise_hazards",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="enterprisefeatureevent",
            index=models.Index(fields=["enterprise", "pgh_id"], name="enterprise_features_history"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enterprisefeatureevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_keep_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3e9054fe87e23714b70c90e8916e03228ad4003b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_history_keep_rows_96d47",
                    table="enterprises_enterprisefeatureevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enterprisefeatureevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_keep_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                    hash="373eac0593a21d3bc79bd5a90bbedcbd4d1302c3",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_history_keep_table_091da",
                    table="enterprises_enterprisefeatureevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="enterprisehazardevent",
            index=models.Index(fields=["enterprise", "pgh_id"], name="enterprise_hazards_history"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enterprisehazardevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_keep_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f1127929e0a288d491ff63e2a971782bf35d3a97",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_history_keep_rows_bf7cb",
                    table="enterprises_enterprisehazardevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enterprisehazardevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_keep_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                    hash="e6d298231c7683f8205714a4264904cdba6f24a2",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_history_keep_table_e9349",
                    table="enterprises_enterprisehazardevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
