from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "shuangsuiji.documents"
    label = "documents"
    verbose_name = "文书"

    def ready(self) -> None:
        import_module("shuangsuiji.documents.checks")
