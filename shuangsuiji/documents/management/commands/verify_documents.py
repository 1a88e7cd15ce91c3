from django.core.management.base import BaseCommand, CommandError

from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.verification import verify_documents


class Command(BaseCommand):
    """Names every issued document whose file no longer holds the issued bytes."""

    help = "核对全部已签发文书的文件；有不符的逐一列出，退出码为 1。"

    def handle(self, *args, **options) -> None:
        damages = list(verify_documents())
        for damage in damages:
            self.stderr.write(str(damage))
        if damages:
            raise CommandError(f"{len(damages)} 份文书的文件与签发时不符，请从备份恢复并查明原因。")
        self.stdout.write(f"{IssuedDocument.objects.count()} 份文书全部相符。")
