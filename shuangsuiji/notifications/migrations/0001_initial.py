import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="编号"
                    ),
                ),
                ("key", models.CharField(max_length=160, unique=True, verbose_name="去重键")),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "电子邮件"), ("desk", "工作台")], max_length=8, verbose_name="渠道"
                    ),
                ),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="收件地址")),
                ("subject", models.CharField(max_length=200, verbose_name="标题")),
                ("body", models.TextField(blank=True, verbose_name="正文")),
                ("link", models.CharField(blank=True, max_length=300, verbose_name="链接")),
                ("attachment_paths", models.JSONField(blank=True, default=list, verbose_name="附件")),
                ("attachment_names", models.JSONField(blank=True, default=list, verbose_name="附件名称")),
                ("subject_kind", models.CharField(blank=True, max_length=40, verbose_name="对象类别")),
                ("subject_key", models.CharField(blank=True, max_length=80, verbose_name="对象标识")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "待发送"), ("sent", "已发送"), ("dead", "发送失败")],
                        default="waiting",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("attempt_count", models.PositiveSmallIntegerField(default=0, verbose_name="尝试次数")),
                ("not_before", models.DateTimeField(verbose_name="最早发送时间")),
                ("last_error", models.TextField(blank=True, verbose_name="最近错误")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="产生时间")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="发送时间")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="已读时间")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="收件人",
                    ),
                ),
            ],
            options={
                "verbose_name": "消息",
                "verbose_name_plural": "消息",
                "ordering": ["-created_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["not_before"], name="waiting_messages"
                    ),
                    models.Index(
                        condition=models.Q(("channel", "desk")), fields=["user", "read_at"], name="desk_inbox"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "desk"), ("user__isnull", False)),
                            models.Q(("channel", "email"), models.Q(("address", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_message_has_a_recipient",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="sent_state_and_time_agree",
                    ),
                ],
            },
        ),
    ]
