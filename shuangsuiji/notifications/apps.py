from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "shuangsuiji.notifications"
    label = "notifications"
    verbose_name = "通知"
