from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class AuditConfig(AppConfig):
    name = "shuangsuiji.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        import shuangsuiji.audit.enforcing  # noqa: F401  # registers its check
        from shuangsuiji.audit.models import AuditEvent
        from shuangsuiji.audit.selectors import newest_hash
        from shuangsuiji.audit.services import record_happening, tell_page_cache
        from shuangsuiji.lib.events import happened
        from shuangsuiji.lib.page_cache import register_version

        happened.connect(record_happening, dispatch_uid="audit.record_happening")
        register_version(newest_hash)
        post_save.connect(tell_page_cache, sender=AuditEvent, dispatch_uid="audit.tell_page_cache")
        post_migrate.connect(_enforce, sender=self, dispatch_uid="audit.enforce")


def _enforce(*, using: str, **_: Any) -> None:
    """After every migrate: triggers are installed by then, and new tables have their default rights."""
    from shuangsuiji.audit.enforcing import enforce

    enforce(using)
