import django.contrib.postgres.constraints
import django.contrib.postgres.operations
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        django.contrib.postgres.operations.TrigramExtension(),
        migrations.CreateModel(
            name="Department",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="名称")),
                ("is_partner", models.BooleanField(default=False, verbose_name="外部协作部门")),
            ],
            options={
                "verbose_name": "部门",
                "verbose_name_plural": "部门",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=40, unique=True, verbose_name="登录名")),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="电子邮箱")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("must_change_password", models.BooleanField(default=True, verbose_name="下次登录须改密码")),
                ("password_changed_at", models.DateTimeField(blank=True, null=True, verbose_name="改密时间")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="建立时间"),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="accounts.department",
                        verbose_name="部门",
                    ),
                ),
            ],
            options={
                "verbose_name": "账号",
                "verbose_name_plural": "账号",
                "ordering": ["username"],
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list_name", models.CharField(max_length=60, verbose_name="列表")),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("query", models.CharField(max_length=1000, verbose_name="条件")),
                ("is_shared", models.BooleanField(default=False, verbose_name="共享")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="所有人",
                    ),
                ),
            ],
            options={
                "verbose_name": "常用筛选",
                "verbose_name_plural": "常用筛选",
                "ordering": ["list_name", "name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("owner"),
                        models.F("list_name"),
                        models.F("name"),
                        name="a_filter_name_once_a_list_and_owner",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UserRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("clerk", "经办人"),
                            ("approver", "审批负责人"),
                            ("head", "主要负责人"),
                            ("inspector", "执法人员"),
                            ("leader", "领导小组"),
                            ("supervisor", "监督员"),
                            ("sysadmin", "系统管理员"),
                            ("secadmin", "安全管理员"),
                            ("auditadmin", "审计管理员"),
                        ],
                        max_length=12,
                        verbose_name="角色",
                    ),
                ),
                (
                    "family",
                    models.CharField(
                        choices=[
                            ("business", "业务"),
                            ("sysadmin", "系统管理"),
                            ("secadmin", "安全管理"),
                            ("auditadmin", "审计管理"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="角色族",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "账号角色",
                "verbose_name_plural": "账号角色",
                "ordering": ["user_id", "role"],
                "constraints": [
                    models.UniqueConstraint(models.F("user"), models.F("role"), name="a_role_once_an_account"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("user", "="), ("family", "<>")], name="administrators_hold_no_other_role"
                    ),
                ],
            },
        ),
    ]
