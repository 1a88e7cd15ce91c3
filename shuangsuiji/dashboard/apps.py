from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "shuangsuiji.dashboard"
    label = "dashboard"
    verbose_name = "看板"
