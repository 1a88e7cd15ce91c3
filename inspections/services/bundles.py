"""The volume with its originals: a zip of the PDF, every issued file, every photo, sound and film, and their hashes.

`sha256sum -c SHA256SUMS` in the unpacked folder says whether anything changed. The same volume
gives the same bytes: no clock goes in, and names follow from the catalogue's order.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from inspections.models import Dossier, RectificationPhoto
from inspections.selectors import evidence_of, scans_of, set_aside_of
from inspections.services.volumes import documents_in_volume
from shuangsuiji.documents.files import digest_of, path_of, report_damage
from shuangsuiji.lib.errors import Refusal

MANIFEST = "SHA256SUMS"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
_ODD = re.compile(r'[\\/:*?"<>|\s]+')


def write_bundle(dossier: Dossier, out: IO[bytes]) -> None:
    """Write the zip into `out`. A file that no longer holds its bytes is named and nothing is handed out."""
    lines = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bundle:
        for name, path, expected in files_of(dossier):
            found = digest_of(path) if path.is_file() else ""
            if found != expected:
                report_damage(path.name, expected=expected, found=found)
                raise Refusal(f"文件“{name}”与登记的指纹不符，不能打包。请报告系统管理员核对并从备份恢复。", status=409)
            _add(bundle, name, path)
            lines.append(f"{expected}  {name}\n")
        bundle.writestr(zipfile.ZipInfo(MANIFEST, LONG_AGO), "".join(lines))


def files_of(dossier: Dossier) -> Iterator[tuple[str, Path, str]]:
    """Every file of the volume: its name in the bundle, where it lies, its SHA-256."""
    task = dossier.task
    yield "案卷.pdf", path_of(dossier.file_name), dossier.sha256
    for number, document in enumerate(documents_in_volume(task), start=1):
        name = f"文书/{number:03d}-{_safe(document.title)}{_safe(document.number or '')}.pdf"
        yield name, path_of(document.file_name), document.sha256
    for number, one in enumerate(evidence_of(task), start=1):
        suffix = Path(one.file_name).suffix
        yield f"证据/{number:03d}-{_safe(one.caption) or '原件'}{suffix}", path_of(one.file_name), one.sha256
    for number, scan in enumerate(scans_of(task), start=1):
        of = scan.document.title if scan.document else "缴款票据"
        yield f"签字件/{number:03d}-{_safe(of)}{Path(scan.file_name).suffix}", path_of(scan.file_name), scan.sha256
    for number, one in enumerate(set_aside_of(task), start=1):
        yield f"不作为证据/{number:03d}{Path(one.file_name).suffix}", path_of(one.file_name), one.sha256
    photos = RectificationPhoto.objects.filter(report__order_point__order__task=task).order_by(
        "report__reported_at", "id"
    )
    for number, photo in enumerate(photos, start=1):
        yield f"整改照片/{number:03d}{Path(photo.file_name).suffix}", path_of(photo.file_name), photo.sha256


def _add(bundle: zipfile.ZipFile, name: str, path: Path) -> None:
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.external_attr = 0o440 << 16
    with path.open("rb") as source, bundle.open(entry, "w", force_zip64=True) as target:
        while piece := source.read(1 << 20):
            target.write(piece)


def _safe(text: str) -> str:
    """A name that every system can unpack, 60 characters at most."""
    return _ODD.sub("_", text).strip("._")[:60]
