import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(unique=True, verbose_name="日期")),
                (
                    "kind",
                    models.CharField(choices=[("off", "放假"), ("worked", "上班")], max_length=8, verbose_name="类别"),
                ),
                ("name", models.CharField(max_length=20, verbose_name="名称")),
            ],
            options={
                "verbose_name": "节假日与调休",
                "verbose_name_plural": "节假日与调休",
                "ordering": ["on"],
            },
        ),
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="年份")),
                ("source", models.CharField(max_length=120, verbose_name="依据")),
                ("is_confirmed", models.BooleanField(default=True, verbose_name="已按国务院办公厅通知核对")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="录入时间")),
            ],
            options={
                "verbose_name": "日历年度",
                "verbose_name_plural": "日历年度",
                "ordering": ["year"],
            },
        ),
        migrations.CreateModel(
            name="SupervisedField",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=20, unique=True, verbose_name="名称")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="次序")),
            ],
            options={
                "verbose_name": "监管领域",
                "verbose_name_plural": "监管领域",
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="TechnicalFeature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=30, unique=True, verbose_name="名称")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="次序")),
            ],
            options={
                "verbose_name": "技术特点",
                "verbose_name_plural": "技术特点",
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="Township",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=12, unique=True, verbose_name="区划代码")),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="名称")),
            ],
            options={
                "verbose_name": "乡镇",
                "verbose_name_plural": "乡镇",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="DeadlineRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="代码")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("amount", models.PositiveSmallIntegerField(verbose_name="期间")),
                (
                    "unit",
                    models.CharField(
                        choices=[("natural", "自然日"), ("working", "工作日"), ("month", "月")],
                        max_length=8,
                        verbose_name="单位",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("after", "起算日之后"), ("before", "起算日之前")],
                        default="after",
                        max_length=8,
                        verbose_name="方向",
                    ),
                ),
                ("rolls_forward", models.BooleanField(default=True, verbose_name="末日逢假顺延")),
                ("warn_days", models.PositiveSmallIntegerField(default=2, verbose_name="提前提醒（自然日）")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
                ("is_confirmed", models.BooleanField(default=True, verbose_name="依据已核实")),
                ("valid_from", models.DateField(verbose_name="生效日")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="失效日")),
            ],
            options={
                "verbose_name": "期限规则",
                "verbose_name_plural": "期限规则",
                "ordering": ["code", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(models.F("code"), models.F("valid_from"), name="one_rule_version_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="rule_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TownshipAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="旧称")),
                ("is_confirmed", models.BooleanField(default=True, verbose_name="已核实")),
                (
                    "township",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="lib.township",
                        verbose_name="乡镇",
                    ),
                ),
            ],
            options={
                "verbose_name": "乡镇旧称",
                "verbose_name_plural": "乡镇旧称",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=30, verbose_name="对象类别")),
                ("subject_key", models.CharField(max_length=60, verbose_name="对象标识")),
                ("label", models.CharField(max_length=200, verbose_name="说明")),
                ("is_confidential", models.BooleanField(default=False, verbose_name="保密")),
                ("starts_on", models.DateField(verbose_name="起算日")),
                ("warn_on", models.DateField(verbose_name="提醒日")),
                ("due_on", models.DateField(verbose_name="截止日")),
                ("kept_on", models.DateField(blank=True, null=True, verbose_name="完成日")),
                ("missed_at", models.DateTimeField(blank=True, null=True, verbose_name="逾期记录时间")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="取消时间")),
                ("cancelled_reason", models.CharField(blank=True, max_length=200, verbose_name="取消原因")),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="lib.deadlinerule", verbose_name="规则"
                    ),
                ),
            ],
            options={
                "verbose_name": "期限",
                "verbose_name_plural": "期限",
                "ordering": ["due_on", "id"],
                "indexes": [models.Index(fields=["kept_on", "due_on"], name="lib_deadlin_kept_on_155e90_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("rule"),
                        models.F("subject_kind"),
                        models.F("subject_key"),
                        name="one_deadline_a_rule_and_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at__isnull", True),
                            models.Q(("cancelled_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_cancelled_deadline_has_a_reason",
                    ),
                ],
            },
        ),
    ]
