import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import shuangsuiji.audit.tracking


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("lib", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Expert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="专家编号")),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("name_key", models.CharField(blank=True, editable=False, max_length=200, verbose_name="姓名拼音")),
                (
                    "name_initials",
                    models.CharField(blank=True, editable=False, max_length=40, verbose_name="姓名首字母"),
                ),
                ("title", models.CharField(blank=True, max_length=60, verbose_name="职称")),
                ("employer", models.CharField(blank=True, max_length=120, verbose_name="工作单位")),
                ("supervising_department", models.CharField(blank=True, max_length=120, verbose_name="主管部门")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="电子邮箱")),
                ("visit_limit", models.PositiveSmallIntegerField(default=4, verbose_name="每批最多参与家数")),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "在岗"), ("away", "暂离"), ("left", "已调离")],
                        default="active",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("features", models.ManyToManyField(blank=True, to="lib.technicalfeature", verbose_name="技术专长")),
                ("fields", models.ManyToManyField(blank=True, to="lib.supervisedfield", verbose_name="专业领域")),
            ],
            options={
                "verbose_name": "专家",
                "verbose_name_plural": "专家",
                "ordering": ["name_key", "number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["active", "away", "left"])), name="expert_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="an_expert_has_a_number"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_expertevent" ("email", "employer", "id", "name", "name_initials", "name_key", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "state", "supervising_department", "title", "visit_limit") SELECT new_values."email", new_values."employer", new_values."id", new_values."name", new_values."name_initials", new_values."name_key", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'insert\', new_values."id", new_values."phone", new_values."state", new_values."supervising_department", new_values."title", new_values."visit_limit" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f3e46fb820268073b47482a3297a072f6d1c337b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_28120",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="inspectors_expert",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_expertevent" ("email", "employer", "id", "name", "name_initials", "name_key", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "state", "supervising_department", "title", "visit_limit") SELECT new_values."email", new_values."employer", new_values."id", new_values."name", new_values."name_initials", new_values."name_key", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'update\', new_values."id", new_values."phone", new_values."state", new_values."supervising_department", new_values."title", new_values."visit_limit" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."employer" IS DISTINCT FROM (new_values."employer") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."name_initials" IS DISTINCT FROM (new_values."name_initials") OR old_values."name_key" IS DISTINCT FROM (new_values."name_key") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."supervising_department" IS DISTINCT FROM (new_values."supervising_department") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."visit_limit" IS DISTINCT FROM (new_values."visit_limit")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="174019a3d1adbfeffe89b5a92dfb3bf7810104d4",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_89e74",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="inspectors_expert",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_expertevent" ("email", "employer", "id", "name", "name_initials", "name_key", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "state", "supervising_department", "title", "visit_limit") SELECT old_values."email", old_values."employer", old_values."id", old_values."name", old_values."name_initials", old_values."name_key", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'delete\', old_values."id", old_values."phone", old_values."state", old_values."supervising_department", old_values."title", old_values."visit_limit" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="901f4d8d8bad42ded144977b927bb113aab4225c",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9e399",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="inspectors_expert",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeclaredInterest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("credit_code", models.CharField(max_length=18, verbose_name="统一社会信用代码")),
                ("enterprise_name", models.CharField(blank=True, max_length=120, verbose_name="企业名称")),
                ("reason", models.CharField(max_length=200, verbose_name="利害关系")),
                ("declared_on", models.DateField(verbose_name="申报日期")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="撤回日期")),
                (
                    "expert",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="inspectors.expert",
                        verbose_name="专家",
                    ),
                ),
            ],
            options={
                "verbose_name": "利害关系申报",
                "verbose_name_plural": "利害关系申报",
                "ordering": ["-declared_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="ExpertAbsence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="开始")),
                ("ends_on", models.DateField(verbose_name="结束")),
                ("reason", models.CharField(blank=True, max_length=100, verbose_name="事由")),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to="inspectors.expert",
                        verbose_name="专家",
                    ),
                ),
            ],
            options={
                "verbose_name": "专家不便期间",
                "verbose_name_plural": "专家不便期间",
                "ordering": ["starts_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="absence_ends_after_it_starts"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_expertabsenceevent" ("ends_on", "expert_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") SELECT new_values."ends_on", new_values."expert_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'insert\', new_values."id", new_values."reason", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="41dfaef01f63cc753b1d67ebeb10e038937c5543",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_31b5f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="inspectors_expertabsence",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_expertabsenceevent" ("ends_on", "expert_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") SELECT new_values."ends_on", new_values."expert_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'update\', new_values."id", new_values."reason", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="4ebb4dd43ae875be50aa8d5373c2552ba678b8e0",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a9a0c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="inspectors_expertabsence",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_expertabsenceevent" ("ends_on", "expert_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") SELECT old_values."ends_on", old_values."expert_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'delete\', old_values."id", old_values."reason", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="5e751e02ddd66483312e85873bd0eeff832bcd6e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2da90",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="inspectors_expertabsence",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertAbsenceEvent",
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
                ("starts_on", models.DateField(verbose_name="开始")),
                ("ends_on", models.DateField(verbose_name="结束")),
                ("reason", models.CharField(blank=True, max_length=100, verbose_name="事由")),
                (
                    "expert",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="inspectors.expert",
                        verbose_name="专家",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="inspectors.expertabsence",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["expert", "pgh_id"], name="expertabsence_history")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="history_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1ad0064d66d457637f6bef08dc0d099c9cd370da",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_history_keep_rows_2ffba",
                            table="inspectors_expertabsenceevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="history_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="a9d6bed157d171f7a99a0c37e4e14fc01a1e3b7b",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_history_keep_table_eb690",
                            table="inspectors_expertabsenceevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertEvaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task_key", models.CharField(max_length=60, verbose_name="检查任务")),
                ("visited_on", models.DateField(verbose_name="检查日期")),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="评分",
                    ),
                ),
                ("comment", models.CharField(blank=True, max_length=300, verbose_name="评语")),
                ("evaluated_at", models.DateTimeField(auto_now_add=True, verbose_name="评价时间")),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="inspectors.expert",
                        verbose_name="专家",
                    ),
                ),
            ],
            options={
                "verbose_name": "专家评价",
                "verbose_name_plural": "专家评价",
                "ordering": ["-visited_on", "task_key", "id"],
                "constraints": [
                    models.UniqueConstraint(models.F("expert"), models.F("task_key"), name="one_evaluation_a_visit"),
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 1), ("score__lte", 5)), name="a_score_is_one_to_five"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("task_key", ""), _negated=True), name="an_evaluation_names_its_visit"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_expertevaluationevent" ("comment", "evaluated_at", "expert_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "score", "task_key", "visited_on") SELECT new_values."comment", new_values."evaluated_at", new_values."expert_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'insert\', new_values."id", new_values."score", new_values."task_key", new_values."visited_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d2a96595980f96945a35e9b905de26798fbed5d5",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_40d24",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="inspectors_expertevaluation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_expertevaluationevent" ("comment", "evaluated_at", "expert_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "score", "task_key", "visited_on") SELECT new_values."comment", new_values."evaluated_at", new_values."expert_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'update\', new_values."id", new_values."score", new_values."task_key", new_values."visited_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0035309c19151846b2f5939a70f5dc2246b752ac",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1f680",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="inspectors_expertevaluation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_expertevaluationevent" ("comment", "evaluated_at", "expert_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "score", "task_key", "visited_on") SELECT old_values."comment", old_values."evaluated_at", old_values."expert_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'delete\', old_values."id", old_values."score", old_values."task_key", old_values."visited_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a705fd83dc830f36ec429a5649d73267f8df70c2",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1269e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="inspectors_expertevaluation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertEvaluationEvent",
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
                ("task_key", models.CharField(max_length=60, verbose_name="检查任务")),
                ("visited_on", models.DateField(verbose_name="检查日期")),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="评分",
                    ),
                ),
                ("comment", models.CharField(blank=True, max_length=300, verbose_name="评语")),
                ("evaluated_at", models.DateTimeField(auto_now_add=True, verbose_name="评价时间")),
                (
                    "expert",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="inspectors.expert",
                        verbose_name="专家",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="inspectors.expertevaluation",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["expert", "pgh_id"], name="expertevaluation_history")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="history_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="42de269d6311062f7995fcea9b40f27322d9cfae",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_history_keep_rows_5416f",
                            table="inspectors_expertevaluationevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="history_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="9c9d336b517d2470bd132331427e49e4ec917a92",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_history_keep_table_40b22",
                            table="inspectors_expertevaluationevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertEvent",
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
                ("number", models.CharField(max_length=30, verbose_name="专家编号")),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("name_key", models.CharField(blank=True, editable=False, max_length=200, verbose_name="姓名拼音")),
                (
                    "name_initials",
                    models.CharField(blank=True, editable=False, max_length=40, verbose_name="姓名首字母"),
                ),
                ("title", models.CharField(blank=True, max_length=60, verbose_name="职称")),
                ("employer", models.CharField(blank=True, max_length=120, verbose_name="工作单位")),
                ("supervising_department", models.CharField(blank=True, max_length=120, verbose_name="主管部门")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="电子邮箱")),
                ("visit_limit", models.PositiveSmallIntegerField(default=4, verbose_name="每批最多参与家数")),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "在岗"), ("away", "暂离"), ("left", "已调离")],
                        default="active",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="inspectors.expert",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_obj", "pgh_id"], name="expert_history")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="history_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ed5e127f1372812932bb1bd4d706e53849c5987b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_history_keep_rows_1625f",
                            table="inspectors_expertevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="history_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="c432ccebd3fc63917c23f25e03aa62ce842b80a4",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_history_keep_table_0d68c",
                            table="inspectors_expertevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertFeatureEvent",
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
                    "expert",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="inspectors.expert",
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
            name="ExpertFieldEvent",
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
                    "expert",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="inspectors.expert",
                    ),
                ),
                (
                    "supervisedfield",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="lib.supervisedfield",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Inspector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("certificate_number", models.CharField(max_length=30, unique=True, verbose_name="执法证号")),
                ("certificate_expires_on", models.DateField(verbose_name="执法证有效期至")),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("name_key", models.CharField(blank=True, editable=False, max_length=200, verbose_name="姓名拼音")),
                (
                    "name_initials",
                    models.CharField(blank=True, editable=False, max_length=40, verbose_name="姓名首字母"),
                ),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
                ("visit_limit", models.PositiveSmallIntegerField(default=6, verbose_name="每批最多检查家数")),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "在岗"), ("away", "暂离"), ("left", "已调离")],
                        default="active",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspector",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登录账号",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="accounts.department", verbose_name="所属部门"
                    ),
                ),
                ("fields", models.ManyToManyField(blank=True, to="lib.supervisedfield", verbose_name="专业领域")),
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
            ],
            options={
                "verbose_name": "执法人员",
                "verbose_name_plural": "执法人员",
                "ordering": ["name_key", "certificate_number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["active", "away", "left"])), name="inspector_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certificate_number", ""), _negated=True),
                        name="an_inspector_has_a_certificate",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_inspectorevent" ("account_id", "certificate_expires_on", "certificate_number", "department_id", "id", "name", "name_initials", "name_key", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "state", "township_id", "visit_limit") SELECT new_values."account_id", new_values."certificate_expires_on", new_values."certificate_number", new_values."department_id", new_values."id", new_values."name", new_values."name_initials", new_values."name_key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'insert\', new_values."id", new_values."phone", new_values."state", new_values."township_id", new_values."visit_limit" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="433c8d830e3a36159a400470f1f95626ec34e0a7",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_15737",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="inspectors_inspector",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_inspectorevent" ("account_id", "certificate_expires_on", "certificate_number", "department_id", "id", "name", "name_initials", "name_key", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "state", "township_id", "visit_limit") SELECT new_values."account_id", new_values."certificate_expires_on", new_values."certificate_number", new_values."department_id", new_values."id", new_values."name", new_values."name_initials", new_values."name_key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'update\', new_values."id", new_values."phone", new_values."state", new_values."township_id", new_values."visit_limit" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."account_id" IS DISTINCT FROM (new_values."account_id") OR old_values."certificate_expires_on" IS DISTINCT FROM (new_values."certificate_expires_on") OR old_values."certificate_number" IS DISTINCT FROM (new_values."certificate_number") OR old_values."department_id" IS DISTINCT FROM (new_values."department_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."name_initials" IS DISTINCT FROM (new_values."name_initials") OR old_values."name_key" IS DISTINCT FROM (new_values."name_key") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."township_id" IS DISTINCT FROM (new_values."township_id") OR old_values."visit_limit" IS DISTINCT FROM (new_values."visit_limit")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e405a219dbe1747fc810d580eff64fcb76bf4033",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8301f",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="inspectors_inspector",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_inspectorevent" ("account_id", "certificate_expires_on", "certificate_number", "department_id", "id", "name", "name_initials", "name_key", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "state", "township_id", "visit_limit") SELECT old_values."account_id", old_values."certificate_expires_on", old_values."certificate_number", old_values."department_id", old_values."id", old_values."name", old_values."name_initials", old_values."name_key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'delete\', old_values."id", old_values."phone", old_values."state", old_values."township_id", old_values."visit_limit" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="061342571018fbd077994166e7b2c14bee72bc0b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e4ede",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="inspectors_inspector",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeclaredInterestEvent",
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
                ("enterprise_name", models.CharField(blank=True, max_length=120, verbose_name="企业名称")),
                ("reason", models.CharField(max_length=200, verbose_name="利害关系")),
                ("declared_on", models.DateField(verbose_name="申报日期")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="撤回日期")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="inspectors.declaredinterest",
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="inspectors.expert",
                        verbose_name="专家",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="inspectors.inspector",
                        verbose_name="执法人员",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_obj", "pgh_id"], name="declaredinterest_history")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="history_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6212a61ea5db2d074824a1fd4169eefa2871dd77",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_history_keep_rows_72937",
                            table="inspectors_declaredinterestevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="history_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="96b17f86af1ba98e5b736f367fa891c0789324ff",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_history_keep_table_fea1d",
                            table="inspectors_declaredinterestevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="declaredinterest",
            name="inspector",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="interests",
                to="inspectors.inspector",
                verbose_name="执法人员",
            ),
        ),
        migrations.CreateModel(
            name="InspectorEvent",
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
                ("certificate_number", models.CharField(max_length=30, verbose_name="执法证号")),
                ("certificate_expires_on", models.DateField(verbose_name="执法证有效期至")),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("name_key", models.CharField(blank=True, editable=False, max_length=200, verbose_name="姓名拼音")),
                (
                    "name_initials",
                    models.CharField(blank=True, editable=False, max_length=40, verbose_name="姓名首字母"),
                ),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
                ("visit_limit", models.PositiveSmallIntegerField(default=6, verbose_name="每批最多检查家数")),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "在岗"), ("away", "暂离"), ("left", "已调离")],
                        default="active",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登录账号",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.department",
                        verbose_name="所属部门",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="inspectors.inspector",
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
                "indexes": [models.Index(fields=["pgh_obj", "pgh_id"], name="inspector_history")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="history_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="710227837bcef27697c6091f1dcbe0ce29d3d8d7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_history_keep_rows_66794",
                            table="inspectors_inspectorevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="history_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="5285beb71c7ef6513b4a4532dc546982518104e1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_history_keep_table_726cb",
                            table="inspectors_inspectorevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InspectorFieldEvent",
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
                    "inspector",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="inspectors.inspector",
                    ),
                ),
                (
                    "supervisedfield",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="lib.supervisedfield",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LeavePeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="开始")),
                ("ends_on", models.DateField(verbose_name="结束")),
                ("reason", models.CharField(blank=True, max_length=100, verbose_name="事由")),
                (
                    "inspector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leave_periods",
                        to="inspectors.inspector",
                        verbose_name="执法人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "请假",
                "verbose_name_plural": "请假",
                "ordering": ["starts_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="leave_ends_after_it_starts"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_leaveperiodevent" ("ends_on", "id", "inspector_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") SELECT new_values."ends_on", new_values."id", new_values."inspector_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'insert\', new_values."id", new_values."reason", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="41d9cab148695a6b323f2890dd262133150ff3c7",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7f2b2",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="inspectors_leaveperiod",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_leaveperiodevent" ("ends_on", "id", "inspector_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") SELECT new_values."ends_on", new_values."id", new_values."inspector_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'update\', new_values."id", new_values."reason", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9c90745342992b28c018ef620842d3efba522bf4",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e736d",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="inspectors_leaveperiod",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_leaveperiodevent" ("ends_on", "id", "inspector_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") SELECT old_values."ends_on", old_values."id", old_values."inspector_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'delete\', old_values."id", old_values."reason", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2dd8895c61aee1052ca9437122f2e8c78779a481",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2d09a",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="inspectors_leaveperiod",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeavePeriodEvent",
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
                ("starts_on", models.DateField(verbose_name="开始")),
                ("ends_on", models.DateField(verbose_name="结束")),
                ("reason", models.CharField(blank=True, max_length=100, verbose_name="事由")),
                (
                    "inspector",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="inspectors.inspector",
                        verbose_name="执法人员",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="inspectors.leaveperiod",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["inspector", "pgh_id"], name="leaveperiod_history")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="history_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c4020f4a3b692f32d9b0a9970e379cb82e7c63a1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_history_keep_rows_58a41",
                            table="inspectors_leaveperiodevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="history_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="7adb0577806cc9fcf122730da3e66c415cef18fe",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_history_keep_table_097ea",
                            table="inspectors_leaveperiodevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertFeature",
            fields=[],
            options={
                "verbose_name": "技术专长",
                "verbose_name_plural": "技术专长",
                "ordering": ["pk"],
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("inspectors.expert_features",),
        ),
        migrations.CreateModel(
            name="ExpertField",
            fields=[],
            options={
                "verbose_name": "专业领域",
                "verbose_name_plural": "专业领域",
                "ordering": ["pk"],
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("inspectors.expert_fields",),
        ),
        migrations.CreateModel(
            name="InspectorField",
            fields=[],
            options={
                "verbose_name": "专业领域",
                "verbose_name_plural": "专业领域",
                "ordering": ["pk"],
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("inspectors.inspector_fields",),
        ),
        migrations.AddConstraint(
            model_name="declaredinterest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("expert", None), ("inspector__isnull", False)),
                    models.Q(("expert__isnull", False), ("inspector", None)),
                    _connector="OR",
                ),
                name="one_person_declares",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaredinterest",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="a_declaration_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="declaredinterest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on", None), ("withdrawn_on__gte", models.F("declared_on")), _connector="OR"
                ),
                name="withdrawn_after_it_was_declared",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaredinterest",
            constraint=models.UniqueConstraint(
                models.F("inspector"),
                models.F("credit_code"),
                condition=models.Q(("withdrawn_on", None)),
                name="an_inspector_declares_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaredinterest",
            constraint=models.UniqueConstraint(
                models.F("expert"),
                models.F("credit_code"),
                condition=models.Q(("withdrawn_on", None)),
                name="an_expert_declares_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="declaredinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_declaredinterestevent" ("credit_code", "declared_on", "enterprise_name", "expert_id", "id", "inspector_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "withdrawn_on") SELECT new_values."credit_code", new_values."declared_on", new_values."enterprise_name", new_values."expert_id", new_values."id", new_values."inspector_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'insert\', new_values."id", new_values."reason", new_values."withdrawn_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="69bb519d5ba37effbbd96292411e4d70fa1531b3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_525eb",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="inspectors_declaredinterest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="declaredinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_declaredinterestevent" ("credit_code", "declared_on", "enterprise_name", "expert_id", "id", "inspector_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "withdrawn_on") SELECT new_values."credit_code", new_values."declared_on", new_values."enterprise_name", new_values."expert_id", new_values."id", new_values."inspector_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'update\', new_values."id", new_values."reason", new_values."withdrawn_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="30cab41b2045749e55a0fef9d6f7b6596b7b18f3",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6bee4",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="inspectors_declaredinterest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="declaredinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_declaredinterestevent" ("credit_code", "declared_on", "enterprise_name", "expert_id", "id", "inspector_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "withdrawn_on") SELECT old_values."credit_code", old_values."declared_on", old_values."enterprise_name", old_values."expert_id", old_values."id", old_values."inspector_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'delete\', old_values."id", old_values."reason", old_values."withdrawn_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="bcd630b26644b579c8d32b5aab1cbf4bef447d8b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f11ab",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="inspectors_declaredinterest",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="expertfeatureevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="inspectors.expertfeature",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertfeature",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_expertfeatureevent" ("expert_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "technicalfeature_id") SELECT new_values."expert_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'insert\', new_values."id", new_values."technicalfeature_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d102e2be2eb15255beb37e7e21999446b4cb6c74",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_16251",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="inspectors_expert_features",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertfeature",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_expertfeatureevent" ("expert_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "technicalfeature_id") SELECT new_values."expert_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'update\', new_values."id", new_values."technicalfeature_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="654b75b53117fa9d891874dfc9aaab1b77af0394",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ce594",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="inspectors_expert_features",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertfeature",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_expertfeatureevent" ("expert_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "technicalfeature_id") SELECT old_values."expert_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'delete\', old_values."id", old_values."technicalfeature_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="de7a34a25f9fddb240db674ef8827765944e19aa",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2ae00",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="inspectors_expert_features",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="expertfieldevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="inspectors.expertfield",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertfield",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_expertfieldevent" ("expert_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "supervisedfield_id") SELECT new_values."expert_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'insert\', new_values."id", new_values."supervisedfield_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="be3df0781873b4aca4cc612079a6ce569041dfe3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_618b6",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="inspectors_expert_fields",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertfield",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_expertfieldevent" ("expert_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "supervisedfield_id") SELECT new_values."expert_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'update\', new_values."id", new_values."supervisedfield_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="917bcf2d4d98cd893a6a7759a0e24699c76fe4e7",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_57541",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="inspectors_expert_fields",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertfield",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_expertfieldevent" ("expert_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "supervisedfield_id") SELECT old_values."expert_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'delete\', old_values."id", old_values."supervisedfield_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f2e2615ad09cd5f410c1ffa86e844189730073fe",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9ddf7",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="inspectors_expert_fields",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="inspectorfieldevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="inspectors.inspectorfield",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inspectorfield",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_inspectorfieldevent" ("id", "inspector_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "supervisedfield_id") SELECT new_values."id", new_values."inspector_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'insert\', new_values."id", new_values."supervisedfield_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6227ed60b8f2ff10535fa7f38d96874b6fb59ba9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_10e4e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="inspectors_inspector_fields",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inspectorfield",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_inspectorfieldevent" ("id", "inspector_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "supervisedfield_id") SELECT new_values."id", new_values."inspector_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'update\', new_values."id", new_values."supervisedfield_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="fcb995354d53aebd3aca15ae198436af4064b487",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2c445",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="inspectors_inspector_fields",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inspectorfield",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "inspectors_inspectorfieldevent" ("id", "inspector_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "supervisedfield_id") SELECT old_values."id", old_values."inspector_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'shuangsuiji.at\', TRUE), \'\')::TIMESTAMPTZ, CLOCK_TIMESTAMP()), \'delete\', old_values."id", old_values."supervisedfield_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4bfedb8e0d9771d3fd60fe03a0f987dfdf60e272",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c5716",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="inspectors_inspector_fields",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="expertfeatureevent",
            index=models.Index(fields=["expert", "pgh_id"], name="expert_features_history"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertfeatureevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_keep_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f6a41014a2e63727090d94a4e6f381abbcd22f84",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_history_keep_rows_09b14",
                    table="inspectors_expertfeatureevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertfeatureevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_keep_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                    hash="8aaf382024520a3eedd2bdf9b4ca940517da110f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_history_keep_table_dce55",
                    table="inspectors_expertfeatureevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="expertfieldevent",
            index=models.Index(fields=["expert", "pgh_id"], name="expert_fields_history"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertfieldevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_keep_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fcf8a526bef147f46a5ca7e94fb6b287feac33fe",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_history_keep_rows_75a90",
                    table="inspectors_expertfieldevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertfieldevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_keep_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                    hash="5c0c706fb16aa76ed473478874345c8c78a95d71",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_history_keep_table_22beb",
                    table="inspectors_expertfieldevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="inspectorfieldevent",
            index=models.Index(fields=["inspector", "pgh_id"], name="inspector_fields_history"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inspectorfieldevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_keep_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c9c1a24793eb202ecb4a9fd4914d738da0e3cc59",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_history_keep_rows_2be65",
                    table="inspectors_inspectorfieldevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inspectorfieldevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_keep_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                    hash="f8c6aa029a4649f55a17554ac83dbc802432199f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_history_keep_table_7d4e3",
                    table="inspectors_inspectorfieldevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
