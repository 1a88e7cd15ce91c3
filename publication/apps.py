from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class PublicationConfig(AppConfig):
    name = "publication"
    label = "publication"
    verbose_name = "公开"

    def ready(self) -> None:
        from draws.services.after_drawing import register_amended_hook, register_drawn_hook
        from draws.services.editions import register_edition_published_hook
        from draws.services.plans import register_plan_published_hook
        from publication.models import Publication

        import_module("publication.documents")
        register_drawn_hook(import_module("publication.services").open_notice_deadline)
        register_amended_hook(import_module("publication.services.letter_rows").follow_amendment)
        announcing = import_module("publication.services.announcing")
        register_plan_published_hook(announcing.announce_plan)
        register_edition_published_hook(announcing.announce_edition)
        # Whatever service saves a publication: lists, search and the platform's outbox follow in the same transaction.
        post_save.connect(_follow, sender=Publication, dispatch_uid="publication.follow")
        post_migrate.connect(_fill_entries, sender=self, dispatch_uid="publication.fill_entries")


def _follow(*, instance: Any, raw: bool = False, **_signal: Any) -> None:
    from publication.services.entries import refresh_entry
    from publication.services.pushing import queue_push

    if not raw:
        refresh_entry(instance)
        queue_push(instance)


def _fill_entries(*, using: str, **_: Any) -> None:
    """After an upgrade, what was public already is found too. Not while the tables are migrated in part."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from publication.services.entries import fill_missing_entries

    executor = MigrationExecutor(connections[using])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes("publication")):
        fill_missing_entries()
