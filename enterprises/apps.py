from importlib import import_module

from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    name = "enterprises"
    label = "enterprises"
    verbose_name = "检查对象"

    def ready(self) -> None:
        import_module("enterprises.importing")
