"""`manage.py verify_entries`: the rows behind lists and search against the public texts they are made from."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from publication.services.entries import differing_entries, rebuild_entries


class Command(BaseCommand):
    help = "核对列表和查询用的公开条目是否与公开的文字一致，指出不一致的；--rebuild 按公开的文字重做。"

    def add_arguments(self, parser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="按公开的文字重做全部条目")

    def handle(self, *args, rebuild: bool = False, **options) -> None:
        found = list(differing_entries())
        for slug, words in found:
            self.stdout.write(f"{slug}：{words}")
        if rebuild:
            self.stdout.write(f"已重做 {rebuild_entries()} 条。")
        elif found:
            raise CommandError(f"有 {len(found)} 条不一致，可用 --rebuild 重做。")
        else:
            self.stdout.write("全部一致。")
