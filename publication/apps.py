from importlib import import_module

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "publication"
    label = "publication"
    verbose_name = "公开"

    def ready(self) -> None:
        from draws.services.after_drawing import register_drawn_hook

        import_module("publication.documents")
        register_drawn_hook(import_module("publication.services").open_notice_deadline)
