from importlib import import_module

from django.apps import AppConfig

from shuangsuiji.lib.quality import register_quality


class InspectorsConfig(AppConfig):
    name = "inspectors"
    label = "inspectors"
    verbose_name = "执法人员与专家"

    def ready(self) -> None:
        import_module("inspectors.importing")
        register_quality("执法人员与专家", lambda today: import_module("inspectors.quality").quality(today))
