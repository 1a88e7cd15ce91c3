"""`manage.py verify_audit`: exit 0 and the count, or exit 1 and the first bad row."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.audit.selectors import chain_fault


class Command(BaseCommand):
    help = "核对审计记录的哈希链，指出第一处不符。"

    def handle(self, *args, **options) -> None:
        fault = chain_fault()
        if fault is not None:
            raise CommandError(f"审计链在第 {fault.sequence} 行断开：{fault.reason}。")
        last = AuditEvent.objects.order_by("-sequence").first()
        head = f"，链头 {last.hash}" if last else ""
        self.stdout.write(f"审计链完好：{last.sequence if last else 0} 行{head}")
