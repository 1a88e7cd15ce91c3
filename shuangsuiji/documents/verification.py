"""Do the files still hold the bytes that were issued?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shuangsuiji.documents.files import digest_of, path_of
from shuangsuiji.documents.models import IssuedDocument


@dataclass(frozen=True)
class Damage:
    """A document whose file is gone or holds other bytes, in a sentence for the operator."""

    document_key: str
    number: str
    file_name: str
    found_sha256: str

    def __str__(self) -> str:
        what = f"内容已变（现为 {self.found_sha256}）" if self.found_sha256 else "文件不存在"
        return f"{self.number or self.document_key}：{self.file_name} {what}"


def verify_documents() -> Iterator[Damage]:
    """Read every issued file again and compare; yields the damaged ones in order of issue."""
    rows = IssuedDocument.objects.order_by("issued_at", "id").values_list("id", "number", "file_name", "sha256")
    for key, number, file_name, expected in rows.iterator():
        path = path_of(file_name)
        found = digest_of(path) if path.is_file() else ""
        if found != expected:
            yield Damage(document_key=str(key), number=number or "", file_name=file_name, found_sha256=found)
