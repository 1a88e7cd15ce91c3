from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "shuangsuiji.lib"
    label = "lib"
    verbose_name = "基础"
