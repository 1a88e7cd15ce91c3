from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "shuangsuiji.imports"
    label = "imports"
    verbose_name = "导入"
