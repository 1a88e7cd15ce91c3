from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "shuangsuiji.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        from shuangsuiji.audit.services import record_happening
        from shuangsuiji.lib.events import happened

        happened.connect(record_happening, dispatch_uid="audit.record_happening")
