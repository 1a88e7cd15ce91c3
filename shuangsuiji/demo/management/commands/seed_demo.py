"""`manage.py seed_demo`: a fictitious bureau to try the system with."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.utils import timezone

from inspections.models import Dossier
from shuangsuiji.accounts.models import User
from shuangsuiji.demo.people import PASSWORD, STAFF
from shuangsuiji.demo.world import STAGES, World, build
from shuangsuiji.documents.files import path_of


class Command(BaseCommand):
    help = "建立虚构的演示数据；名称全部虚构。"

    def add_arguments(self, parser) -> None:
        parser.add_argument("--stage", choices=STAGES, help="只建一轮，到这一步为止；不填则建完整的演示环境")
        parser.add_argument("--seed", type=int, default=20260101, help="随机数种子，同样的数得到同样的数据")
        parser.add_argument("--if-empty", action="store_true", help="库里已有账号时什么也不做")

    def handle(self, *args, **options) -> None:
        if User.objects.exists():
            if options["if_empty"]:
                self.stdout.write("已有数据，演示数据未改动。")
                self._name_accounts()
                return
            self.stderr.write("库里已有账号，演示数据只能建在空库里。")
            raise SystemExit(1)
        world = build(options["stage"], seed=options["seed"], now=timezone.now())
        self._report(world)

    def _report(self, world: World) -> None:
        self.stdout.write("演示环境已建好（名称全部虚构）：")
        for cycle in world.cycles:
            self.stdout.write(
                f"  {cycle.draw.number}  {cycle.draw.get_state_display()}  {cycle.draw.get_mode_display()}"
            )
        for dossier in Dossier.objects.exclude(file_name="").order_by("task__number")[:3]:
            self.stdout.write(f"  案卷 {path_of(dossier.file_name)}")
        self._name_accounts()

    def _name_accounts(self) -> None:
        if not User.objects.filter(username="officer1").exists():
            return
        names = "、".join(username for username, _, _ in STAFF)
        self.stdout.write(f"  账号 {names}、officer1…officer12，密码都是 {PASSWORD}")
