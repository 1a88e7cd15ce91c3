"""`manage.py load_items`: the starting catalogue into a fresh database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from draws.services.starting_items import load_starting_items


class Command(BaseCommand):
    help = "装入起始的随机抽查事项清单（未公布）；已有的事项不会改动。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many sub-items are new."""
        added = load_starting_items()
        self.stdout.write(f"新增检查子项 {added} 个。" if added else "起始清单已在库中，没有改动。")
