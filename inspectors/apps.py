from importlib import import_module

from django.apps import AppConfig


class InspectorsConfig(AppConfig):
    name = "inspectors"
    label = "inspectors"
    verbose_name = "执法人员与专家"

    def ready(self) -> None:
        import_module("inspectors.importing")
