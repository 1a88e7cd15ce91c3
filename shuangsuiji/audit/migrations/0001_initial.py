import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False, verbose_name="编号"),
                ),
                ("sequence", models.BigIntegerField(verbose_name="末行序号")),
                ("hash", models.CharField(max_length=64, verbose_name="链头")),
            ],
            options={
                "verbose_name": "审计链头",
                "verbose_name_plural": "审计链头",
                "ordering": ["id"],
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="the_chain_has_one_head")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="head_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="44567a96cf35260bcbcf7c42c4081664f709593f",
                            operation="DELETE",
                            pgid="pgtrigger_head_keep_rows_b006f",
                            table="audit_chainhead",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="head_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="9430b3169886bc3d3e464741eadc431d1d8afbab",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_head_keep_table_7a09c",
                            table="audit_chainhead",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="head_grows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NEW.sequence <> OLD.sequence + 1 OR NOT EXISTS (\n                SELECT 1 FROM audit_auditevent\n                WHERE sequence = NEW.sequence AND hash = NEW.hash AND previous_hash = OLD.hash\n            ) THEN\n                RAISE EXCEPTION 'the head of the chain moves only with its next event';\n            END IF;\n            RETURN NEW;\n        ",
                            hash="f35341a2653d883e440b37ebcb81ebca6a688f7f",
                            operation="UPDATE",
                            pgid="pgtrigger_head_grows_e77f5",
                            table="audit_chainhead",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DayLeaf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(unique=True, verbose_name="日期")),
                ("first_sequence", models.BigIntegerField(verbose_name="首行序号")),
                ("last_sequence", models.BigIntegerField(verbose_name="末行序号")),
                ("head", models.CharField(max_length=64, verbose_name="链头")),
                ("previous_digest", models.CharField(max_length=64, verbose_name="前一日指纹")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="当日指纹")),
                ("noted_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
            ],
            options={
                "verbose_name": "审计链每日指纹",
                "verbose_name_plural": "审计链每日指纹",
                "ordering": ["-on"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="day_leaf_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="31eadbef7c86bd515c7ab99a4d2f2885b8e4521a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_day_leaf_keep_rows_76166",
                            table="audit_dayleaf",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="day_leaf_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="bbd23fe4f395c312d47d8d05e90f7b5fc81228f9",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_day_leaf_keep_table_5fa16",
                            table="audit_dayleaf",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.BigIntegerField(unique=True, verbose_name="序号")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("actor_key", models.CharField(blank=True, max_length=60, verbose_name="操作人标识")),
                ("actor_name", models.CharField(blank=True, max_length=60, verbose_name="操作人")),
                ("action", models.CharField(max_length=60, verbose_name="动作")),
                ("target_kind", models.CharField(blank=True, max_length=40, verbose_name="对象类别")),
                ("target_key", models.CharField(blank=True, max_length=80, verbose_name="对象标识")),
                ("target_label", models.CharField(blank=True, max_length=200, verbose_name="对象")),
                ("is_confidential", models.BooleanField(default=False, verbose_name="保密")),
                ("detail", models.JSONField(default=dict, verbose_name="内容")),
                ("request_id", models.CharField(blank=True, max_length=60, verbose_name="请求标识")),
                ("previous_hash", models.CharField(max_length=64, verbose_name="上一行哈希")),
                ("hash", models.CharField(max_length=64, unique=True, verbose_name="哈希")),
            ],
            options={
                "verbose_name": "审计记录",
                "verbose_name_plural": "审计记录",
                "ordering": ["-sequence"],
                "indexes": [
                    models.Index(fields=["target_kind", "target_key"], name="audit_audit_target__8fb9af_idx"),
                    models.Index(fields=["action", "-sequence"], name="audit_audit_action_c78095_idx"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="audit_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="228e0b8b1be7242ddcd6906109140df4fd55d563",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_audit_keep_rows_fe927",
                            table="audit_auditevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="audit_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="b725bb55bffdefc64354df93524347be6cc0c5db",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_audit_keep_table_7d133",
                            table="audit_auditevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="audit_moves_head",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            UPDATE audit_chainhead SET sequence = NEW.sequence, hash = NEW.hash\n            WHERE sequence = NEW.sequence - 1 AND hash = NEW.previous_hash;\n            IF NOT FOUND THEN\n                IF NEW.sequence <> 1 OR EXISTS (SELECT 1 FROM audit_chainhead) THEN\n                    RAISE EXCEPTION 'event % does not follow the head of the chain', NEW.sequence;\n                END IF;\n                INSERT INTO audit_chainhead (id, sequence, hash) VALUES (1, NEW.sequence, NEW.hash);\n            END IF;\n            RETURN NULL;\n        ",
                            hash="67897021a73a41e2ede42a44562456f935b89399",
                            operation="INSERT",
                            pgid="pgtrigger_audit_moves_head_f60cf",
                            table="audit_auditevent",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
    ]
