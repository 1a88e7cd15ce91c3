from importlib import import_module

from django.apps import AppConfig

from shuangsuiji.lib.quality import register_quality


class DrawsConfig(AppConfig):
    name = "draws"
    label = "draws"
    verbose_name = "抽取"

    def ready(self) -> None:
        import_module("draws.documents")
        import_module("draws.importing")
        import_module("draws.past_services")
        import_module("draws.selectors.integrity")
        import_module("draws.declarations")
        recusal = import_module("draws.models").Recusal
        import_module("shuangsuiji.audit.details").register_detail_choices("reason", recusal.Reason.choices)
        register_quality("事项清单", lambda today: import_module("draws.selectors.quality").quality(today))
