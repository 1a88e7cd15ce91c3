from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "shuangsuiji.documents"
    label = "documents"
    verbose_name = "文书"

    def ready(self) -> None:
        import_module("shuangsuiji.documents.checks")
        register_words = import_module("shuangsuiji.audit.details").register_detail_words
        kind_name = import_module("shuangsuiji.documents.registry").kind_name
        for key in ("kind", "document", "documents"):
            register_words(key, lambda code: name if (name := kind_name(code)) != code else None)
