"""Where documents lie: by the hash of their bytes, written once and never again."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import structlog
from django.conf import settings
from django.db import transaction

from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal

FOLDER = "documents"
log = structlog.get_logger(__name__)


def keep_file(content: bytes, *, folder: str = FOLDER, suffix: str = ".pdf") -> str:
    """Store bytes under their SHA-256 and return the name below MEDIA_ROOT.

    On disk for certain (fsync of file and folder) before it returns, so a row never names
    a file that a power cut took away. The same bytes are stored once.
    """
    digest = hashlib.sha256(content).hexdigest()
    name = f"{folder}/{digest[:2]}/{digest}{suffix}"
    path = path_of(name)
    if not path.exists() or path.stat().st_size != len(content):
        _write(path, content)
    return name


def path_of(name: str) -> Path:
    """The absolute path of a stored name; a name that leads out of MEDIA_ROOT is refused."""
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        raise ValueError(f"{name!r} leads out of the folder of files")
    return path


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def whole_path(name: str, *, sha256: str) -> Path:
    """The path of a stored file whose bytes are still those that were stored; else a refusal, loudly in log and trail.

    Asked before a file leaves the house: what was changed on the disk is never handed out.
    """
    path = path_of(name)
    found = digest_of(path) if path.is_file() else ""
    if found != sha256:
        report_damage(name, expected=sha256, found=found)
        raise Refusal("这份文件与登记的指纹不符，不能打开。请报告系统管理员核对，并从备份恢复。", status=409)
    return path


def report_damage(name: str, *, expected: str, found: str) -> None:
    """Say it where somebody will hear it: the log at its loudest, and the trail."""
    log.critical("stored_file_damaged", file=name, expected=expected, found=found)
    with transaction.atomic():
        record("file.damaged", by=None, file=name, expected=expected, found=found)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o440)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
