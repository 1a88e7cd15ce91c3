"""Photos: checked by content, the original bytes kept by hash, looked at as small copies without EXIF."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageOps

from draws.models import DrawnItem
from inspections.models import Evidence, Task
from inspections.policies import check_may_add_evidence, names_are_kept
from inspections.services.lifecycle import locked_task
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.files import keep_file, path_of
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.uploads import CheckedUpload, check_image

FOLDER = "evidence"
MOST_PHOTOS = 200
THUMBNAIL_EDGE, PRINT_EDGE = 320, 1400
JPEG_QUALITY = 82


def add_evidence(
    task: Task,
    *,
    by: User,
    file: UploadedFile,
    drawn_item: DrawnItem | None = None,
    upload_key: str = "",
    caption: str = "",
    device_time: dt.datetime | None = None,
) -> Evidence:
    """Keep one photo of a check. The same `upload_key` again returns the first; without one the bytes are the key.

    The file is read, checked and on disk before the row is written. Its name comes from its
    hash, never from the device.
    """
    check_may_add_evidence(by, task)
    image = check_image(file)
    key = upload_key or _key_of(image, drawn_item)
    name = keep_file(image.content, folder=FOLDER, suffix=image.suffix)
    with transaction.atomic():
        task = locked_task(task.pk)
        check_may_add_evidence(by, task)
        known = task.evidence.filter(upload_key=key).first()
        if known:
            return known
        _check_room(task, drawn_item)
        evidence = _write(
            task, image, by=by, name=name, key=key, drawn_item=drawn_item, caption=caption, device_time=device_time
        )
        record(
            "evidence.added",
            by=by,
            target=task,
            confidential=names_are_kept(task.drawn.draw, task),
            sha256=image.sha256,
            item=drawn_item.item.code if drawn_item else "",
        )
    return evidence


def original_path(evidence: Evidence) -> Path:
    """Where the original bytes lie."""
    return path_of(evidence.file_name)


def view_path(evidence: Evidence, *, edge: int) -> Path:
    """A smaller copy without EXIF, turned upright; made when first asked for, and again if lost."""
    path = path_of(f"evidence-views/{evidence.sha256[:2]}/{evidence.sha256}-{edge}.jpg")
    if not path.exists():
        _write_view(original_path(evidence), path, edge=edge)
    return path


def _key_of(image: CheckedUpload, drawn_item: DrawnItem | None) -> str:
    """A photo chosen twice for one item in a plain form is one photo."""
    return f"{drawn_item.pk if drawn_item else 0}:{image.sha256[:48]}"


def _check_room(task: Task, drawn_item: DrawnItem | None) -> None:
    if drawn_item and drawn_item.drawn_id != task.drawn_id:
        raise Refusal("这一事项不属于本次检查，请刷新页面后重新选择。")
    if task.evidence.count() >= MOST_PHOTOS:
        raise Refusal(f"一次检查最多保存 {MOST_PHOTOS} 张照片，请先挑选再上传。")


def _write(task: Task, image: CheckedUpload, *, by: User, name: str, key: str, **values) -> Evidence:
    return Evidence.objects.create(
        task=task,
        upload_key=key,
        sha256=image.sha256,
        file_name=name,
        media_type=image.media_type,
        byte_count=len(image.content),
        width=image.width,
        height=image.height,
        uploaded_by=by,
        uploaded_at=timezone.now(),
        **values,
    )


def _write_view(source: Path, path: Path, *, edge: int) -> None:
    """Only pixels go into the copy: no EXIF, no place, no device."""
    with Image.open(source) as image:
        image.draft("RGB", (edge * 2, edge * 2))
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((edge, edge))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".jpg")
    with os.fdopen(handle, "wb") as out:
        Image.frombytes("RGB", upright.size, upright.tobytes()).save(out, "JPEG", quality=JPEG_QUALITY)
    Path(temporary).replace(path)
