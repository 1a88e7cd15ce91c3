from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from shuangsuiji.lib.quality import register_quality


class EnterprisesConfig(AppConfig):
    name = "enterprises"
    label = "enterprises"
    verbose_name = "检查对象"

    def ready(self) -> None:
        import_module("enterprises.importing")
        register_quality("检查对象", lambda today: import_module("enterprises.selectors.quality").quality(today))
        post_migrate.connect(_fill_vocabularies, sender=self, dispatch_uid="fill_vocabularies")


def _fill_vocabularies(*, using: str, **_: Any) -> None:
    """After every migrate the starting words are there; not while this room's tables are migrated only in part."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from enterprises.services.vocabularies import load_vocabularies

    executor = MigrationExecutor(connections[using])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes("enterprises")):
        load_vocabularies()
