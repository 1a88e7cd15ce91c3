"""`manage.py verify_audit`: exit 0 and the count, or exit 1 and what was changed."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from shuangsuiji.audit.checks import faults
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.audit.selectors import chain_fault


class Command(BaseCommand):
    help = "核对审计记录的哈希链，再把台账与审计记录逐项比对，指出被改动的地方。"

    def handle(self, *args, **options) -> None:
        found = list(faults())
        if fault := chain_fault():
            found.insert(0, f"审计链在第 {fault.sequence} 行断开：{fault.reason}。")
        if found:
            raise CommandError("\n".join(found))
        last = AuditEvent.objects.order_by("-sequence").first()
        head = f"，链头 {last.hash}" if last else ""
        self.stdout.write(f"审计链完好：{last.sequence if last else 0} 行{head}")
