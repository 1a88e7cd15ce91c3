from django.core.management.base import BaseCommand, CommandError

from inspections.models import Dossier
from inspections.selectors.verification import verify_dossiers


class Command(BaseCommand):
    """Names every volume and every piece of evidence whose file no longer holds the bytes it was filed with."""

    help = "核对全部案卷和证据原件的文件；有不符的逐一列出，退出码为 1。"

    def handle(self, *args, **options) -> None:
        damages = list(verify_dossiers())
        for damage in damages:
            self.stderr.write(str(damage))
        if damages:
            raise CommandError(f"{len(damages)} 个文件或者文书与归档时不符，请从备份恢复并查明原因。")
        self.stdout.write(f"{Dossier.objects.exclude(file_name='').count()} 份案卷及其证据原件全部相符。")
