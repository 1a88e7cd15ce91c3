from importlib import import_module

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "inspections"
    label = "inspections"
    verbose_name = "检查"

    def ready(self) -> None:
        from draws.services.after_drawing import register_amended_hook, register_drawn_hook
        from shuangsuiji.documents.policies import register_visibility

        import_module("inspections.documents")
        register_visibility("task", import_module("inspections.policies").may_see_document)
        services = import_module("inspections.services")
        register_drawn_hook(services.create_tasks)
        register_amended_hook(services.follow_amendment)
