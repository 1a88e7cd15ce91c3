"""Sound and film as evidence: what they are by their bytes, whole from the first to the last.

Nothing is decoded here. The container is walked: a file with a second one hidden behind it
does not end where its container says, and is refused.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.uploads import MEGABYTE, CheckedUpload, check_image, display_name, read_limited

LARGEST_MEDIUM = 90 * MEGABYTE
HEAD_BYTES = 4096
_ZIP_END = b"PK\x05\x06"
_SOUND_BRANDS = {b"M4A ", b"M4B "}
_STILL_BRANDS = {b"heic", b"heix", b"hevc", b"heif", b"mif1", b"msf1", b"avif"}
_MPEG_AUDIO = re.compile(rb"^(ID3|\xff[\xe2-\xe7\xf2-\xf7\xfa-\xfb])", re.DOTALL)


def check_medium(file: Any) -> CheckedUpload:
    """A photo, sound or film by its content: pictures as `check_image`, else MP4/M4A/MOV/3GP, WebM, MP3, WAV, OGG, AMR.

    At most 90 MB; a container that is cut short or goes on after its end is refused.
    """
    head = file.read(HEAD_BYTES)
    file.seek(0)
    kind = _kind(head)
    if kind is None:
        return check_image(file)
    content = read_limited(file, limit=LARGEST_MEDIUM, what="录音或录像")
    _check_whole(content, kind=kind[0])
    digest = hashlib.sha256(content).hexdigest()
    return CheckedUpload(content, digest, kind[0], kind[1], display_name(file, suffix=kind[1]))


def _kind(head: bytes) -> tuple[str, str] | None:
    """Media type and suffix from the first bytes; None when it is no sound or film."""
    if head[4:8] == b"ftyp" and head[8:12] not in _STILL_BRANDS:
        if head[8:12] in _SOUND_BRANDS:
            return "audio/mp4", ".m4a"
        return ("video/quicktime", ".mov") if head[8:12] == b"qt  " else ("video/mp4", ".mp4")
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]:
        return "video/webm", ".webm"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav", ".wav"
    if head.startswith(b"OggS"):
        return "audio/ogg", ".ogg"
    if head.startswith(b"#!AMR"):
        return "audio/amr", ".amr"
    return ("audio/mpeg", ".mp3") if _MPEG_AUDIO.match(head) else None


def _check_whole(content: bytes, *, kind: str) -> None:
    if _ZIP_END in content[-65_600:]:
        raise Refusal("这个录音或录像里还藏着压缩包，已拒收：请重新录制或导出后再上传。")
    if kind in {"audio/mp4", "video/mp4", "video/quicktime"} and not _boxes_end_right(content):
        raise Refusal("这个录音或录像不完整或已损坏：请重新录制或导出后再上传。")
    if kind == "audio/wav" and int.from_bytes(content[4:8], "little") + 8 != len(content):
        raise Refusal("这个录音不完整或已损坏：请重新录制或导出后再上传。")


def _boxes_end_right(content: bytes) -> bool:
    """The boxes of an MP4 follow each other to the last byte, and the index (moov) is among them."""
    place, seen = 0, set()
    while place + 8 <= len(content):
        size, name = int.from_bytes(content[place : place + 4], "big"), content[place + 4 : place + 8]
        if size == 1:
            size = int.from_bytes(content[place + 8 : place + 16], "big")
        elif size == 0:
            size = len(content) - place
        if size < 8:
            return False
        seen.add(name)
        place += size
    return place == len(content) and b"moov" in seen
