"""Photos, sound and film: checked by content, the original kept by hash, seen as small copies without EXIF."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from decimal import Decimal
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageOps

from draws.models import DrawnItem
from inspections.models import Evidence, EvidenceSetAside, Revisit, Task
from inspections.policies import check_may_add_evidence, names_are_kept
from inspections.policies.site import check_may_caption, check_may_set_aside
from inspections.services.lifecycle import locked_task
from inspections.states import TaskState
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.files import keep_file, path_of, whole_path
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.media import check_medium
from shuangsuiji.lib.uploads import CheckedUpload

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
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> Evidence:
    """Keep one photo, sound or film of a check. The same `upload_key` again returns the first.

    Without a key the bytes are the key.

    The file is read, checked and on disk before the row is written. Its name comes from its
    hash, never from the device.
    """
    check_may_add_evidence(by, task)
    image = check_medium(file)
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
            task,
            image,
            revisit=_revisit_under_way(task),
            by=by,
            name=name,
            key=key,
            drawn_item=drawn_item,
            caption=caption,
            device_time=device_time,
            latitude=latitude,
            longitude=longitude,
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


@transaction.atomic
def caption_evidence(evidence: Evidence, *, by: User, caption: str) -> Evidence:
    """Word what is to be seen; the bytes, the time and the place stay as they came."""
    row = Evidence.objects.select_for_update(of=("self",)).select_related("task__drawn__draw").get(pk=evidence.pk)
    check_may_caption(by, row)
    if row.caption != caption:
        before, row.caption = row.caption, caption
        row.save(update_fields=["caption"])
        kept = names_are_kept(row.task.drawn.draw, row.task)
        record("evidence.captioned", by=by, target=row.task, confidential=kept, sha256=row.sha256, before=before)
    return row


@transaction.atomic
def set_evidence_aside(
    evidence: Evidence, *, by: User, reason: str, now: dt.datetime | None = None
) -> EvidenceSetAside:
    """Say that a photo was taken in error, and why: it is kept, and counts no longer. Former signatures fall."""
    task = locked_task(evidence.task_id)
    row = Evidence.objects.select_related("set_aside").get(pk=evidence.pk)
    row.task = task
    check_may_set_aside(by, row)
    if not reason.strip():
        raise Refusal("请写明为什么不作为证据，理由会写进检查记录。", field="reason")
    aside = EvidenceSetAside.objects.create(evidence=row, reason=reason.strip(), by=by, at=now or timezone.now())
    kept = names_are_kept(task.drawn.draw, task)
    record("evidence.set_aside", by=by, target=task, confidential=kept, sha256=row.sha256)
    return aside


def original_path(evidence: Evidence) -> Path:
    """Where the original bytes lie; refused when they are no longer those that came."""
    return whole_path(evidence.file_name, sha256=evidence.sha256)


def view_path(evidence: Evidence, *, edge: int) -> Path:
    """A smaller copy without EXIF, turned upright; made when first asked for, and again if lost."""
    return small_copy(evidence.file_name, sha256=evidence.sha256, edge=edge)


def small_copy(source: str, *, sha256: str, edge: int) -> Path:
    """The copy of a picture by the hash of its original; none is made of an original that was changed."""
    path = path_of(f"evidence-views/{sha256[:2]}/{sha256}-{edge}.jpg")
    if not path.exists():
        _write_view(whole_path(source, sha256=sha256), path, edge=edge)
    return path


def _revisit_under_way(task: Task) -> Revisit | None:
    """Taken while officers look again, a photo belongs to their re-inspection."""
    if task.state != TaskState.ORDERED:
        return None
    return Revisit.objects.filter(order__task=task, submitted_at=None).order_by("-order__position").first()


def _key_of(image: CheckedUpload, drawn_item: DrawnItem | None) -> str:
    """A photo chosen twice for one item in a plain form is one photo."""
    return f"{drawn_item.pk if drawn_item else 0}:{image.sha256[:48]}"


def _check_room(task: Task, drawn_item: DrawnItem | None) -> None:
    if drawn_item and drawn_item.drawn_id != task.drawn_id:
        raise Refusal("这一事项不属于本次检查，请刷新页面后重新选择。")
    if task.evidence.count() >= MOST_PHOTOS:
        raise Refusal(f"一次检查最多保存 {MOST_PHOTOS} 件照片、录音和录像，请先挑选再上传。")


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
