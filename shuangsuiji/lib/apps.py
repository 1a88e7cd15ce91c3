from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from shuangsuiji.lib.sentences import speak_plainly

# Before any room's models and forms are read: constraints and fields keep the sentences they are made with.
speak_plainly()


class LibConfig(AppConfig):
    name = "shuangsuiji.lib"
    label = "lib"
    verbose_name = "基础"

    def ready(self) -> None:
        # Once it is made, `shared_task` finds it. Not sooner: the child that reads workbooks has no use for Celery.
        from shuangsuiji import celery  # noqa: F401

        post_migrate.connect(_fill_reference, sender=self, dispatch_uid="fill_reference")


def _fill_reference(*, using: str, plan: list[tuple[Any, bool]] | None = None, **_: Any) -> None:
    """After every migrate (and after a test's flush) the starting rows are there.

    Not while the floor's own tables are migrated backwards or only in part.
    """
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from shuangsuiji.lib.services import load_reference

    executor = MigrationExecutor(connections[using])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes("lib")):
        load_reference()
