from importlib import import_module

from django.apps import AppConfig


class DrawsConfig(AppConfig):
    name = "draws"
    label = "draws"
    verbose_name = "抽取"

    def ready(self) -> None:
        import_module("draws.documents")
        import_module("draws.importing")
