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
    ]

    operations = [
        migrations.CreateModel(
            name="IssuedDocument",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="文书种类")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("number", models.CharField(max_length=60, null=True, unique=True, verbose_name="文号")),
                ("mark", models.CharField(blank=True, max_length=20, verbose_name="文号标识")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("serial", models.PositiveIntegerField(null=True, verbose_name="序号")),
                ("part", models.PositiveSmallIntegerField(default=0, verbose_name="分号")),
                ("subject_kind", models.CharField(max_length=40, verbose_name="对象类别")),
                ("subject_key", models.CharField(max_length=80, verbose_name="对象标识")),
                ("context", models.JSONField(verbose_name="内容")),
                ("file_name", models.CharField(max_length=120, verbose_name="文件")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("byte_count", models.PositiveIntegerField(verbose_name="字节数")),
                ("page_count", models.PositiveSmallIntegerField(verbose_name="页数")),
                ("token", models.CharField(max_length=43, unique=True, verbose_name="查验码")),
                ("is_confidential", models.BooleanField(default=False, verbose_name="保密")),
                ("issued_on", models.DateField(verbose_name="成文日期")),
                ("issued_at", models.DateTimeField(verbose_name="签发时间")),
            ],
            options={
                "verbose_name": "文书",
                "verbose_name_plural": "文书",
                "ordering": ["issued_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=30, verbose_name="序列")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("last_serial", models.PositiveIntegerField(default=0, verbose_name="末号")),
            ],
            options={
                "verbose_name": "文号序列",
                "verbose_name_plural": "文号序列",
                "ordering": ["code", "year"],
                "constraints": [models.UniqueConstraint(models.F("code"), models.F("year"), name="one_series_a_year")],
            },
        ),
        migrations.CreateModel(
            name="DocumentChain",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("subject_kind", models.CharField(max_length=40, verbose_name="对象类别")),
                ("subject_key", models.CharField(max_length=80, verbose_name="对象标识")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("serial", models.PositiveIntegerField(verbose_name="序号")),
            ],
            options={
                "verbose_name": "文号链",
                "verbose_name_plural": "文号链",
                "ordering": ["year", "serial"],
                "constraints": [
                    models.UniqueConstraint(models.F("year"), models.F("serial"), name="a_chain_serial_once_a_year"),
                    models.UniqueConstraint(
                        models.F("subject_kind"), models.F("subject_key"), name="one_chain_a_subject"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="chain_keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="798a3afc64278e064b5f3f1a5e1a264c2da4644a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_chain_keep_rows_662b4",
                            table="documents_documentchain",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="chain_keep_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                            hash="c863635a6c135679b7d2be2cb8a4104227aa0dca",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_chain_keep_table_4c87b",
                            table="documents_documentchain",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="issued_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to=settings.AUTH_USER_MODEL,
                verbose_name="签发人",
            ),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="documents.issueddocument",
                verbose_name="替代",
            ),
        ),
        migrations.AddIndex(
            model_name="issueddocument",
            index=models.Index(fields=["subject_kind", "subject_key"], name="documents_i_subject_aae6ed_idx"),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.UniqueConstraint(
                models.F("mark"),
                models.F("year"),
                models.F("serial"),
                models.F("part"),
                condition=models.Q(("serial__isnull", False)),
                name="a_document_number_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issueddocument",
            trigger=pgtrigger.compiler.Trigger(
                name="document_keep_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3675a9a098f42880a214a7a35117b6eabd5d1f3e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_document_keep_rows_fe19f",
                    table="documents_issueddocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issueddocument",
            trigger=pgtrigger.compiler.Trigger(
                name="document_keep_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
                    hash="9909a9c27e0ab9cffd1b0e0fbbd4126934c6326b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_document_keep_table_2cf5a",
                    table="documents_issueddocument",
                    when="BEFORE",
                ),
            ),
        ),
    ]
