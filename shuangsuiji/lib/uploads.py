"""Uploaded pictures and documents: what they are by content, within limits, and a copy fit to publish.

The original bytes are evidence and are kept as they came, with their SHA-256. What
the public sees is a new picture made from the pixels: no place, no camera, no
second file hidden behind the first. A person's file name is never a path.
"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.image_ends import end_of_image
from shuangsuiji.lib.text import tidy
from shuangsuiji.lib.workbook_check import check_workbook_file

__all__ = [
    "CheckedUpload",
    "check_image",
    "check_pdf",
    "check_scan",
    "check_workbook_file",
    "display_name",
    "read_limited",
]

MEGABYTE = 1024 * 1024
LARGEST_IMAGE = 15 * MEGABYTE
LARGEST_PDF = 20 * MEGABYTE
MOST_PIXELS = 50_000_000
LONGEST_PUBLISHED_EDGE = 2560
PUBLISHED_QUALITY = 85
LONGEST_NAME = 80

_TYPES = {
    "JPEG": ("image/jpeg", ".jpg"),
    "MPO": ("image/jpeg", ".jpg"),  # a phone's JPEG with a second picture behind it
    "PNG": ("image/png", ".png"),
    "WEBP": ("image/webp", ".webp"),
}
_HEIC = re.compile(rb"^.{4}ftyp(heic|heix|hevc|heif|mif1|msf1|avif)", re.DOTALL)
# A PDF that runs something or carries another file is no scan of a report.
_ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True)
class CheckedUpload:
    """A file that is what it says: the original, its hash, and for a picture a clean copy and its size."""

    content: bytes
    sha256: str
    media_type: str
    suffix: str
    name: str
    publishable: bytes = b""
    width: int = 0
    height: int = 0


def check_image(file: Any) -> CheckedUpload:
    """A photo as evidence: JPEG, PNG or WebP by its content, at most 15 MB and 50 megapixels.

    `file` is an uploaded file or anything with read() and name. The header is read before any pixel is unfolded.
    `publishable` is a JPEG without metadata, turned upright, its long edge at most 2560 pixels.
    """
    content = read_limited(file, limit=LARGEST_IMAGE, what="照片")
    if _HEIC.match(content):
        raise Refusal(
            "这是 HEIC 格式的照片，还不能读取：请在手机“设置 → 相机 → 格式”中选“兼容性最佳”，或转成 JPEG 后再上传。"
        )
    image_format, width, height = _inspect(content)
    _check_ends(content, image_format)
    media_type, suffix = _TYPES[image_format]
    return CheckedUpload(
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type=media_type,
        suffix=suffix,
        name=display_name(file, suffix=suffix),
        publishable=_publishable(content),
        width=width,
        height=height,
    )


def check_pdf(file: Any) -> CheckedUpload:
    """A report as PDF, at most 20 MB, without scripts or files inside."""
    content = read_limited(file, limit=LARGEST_PDF, what="文件")
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise Refusal("这不是完整的 PDF 文件：请重新导出或扫描成 PDF 后再上传。")
    if _ACTIVE_PDF.search(content):
        raise Refusal("这个 PDF 含有脚本或附件，已拒收：请用“打印为 PDF”另存一份再上传。")
    digest = hashlib.sha256(content).hexdigest()
    return CheckedUpload(content, digest, "application/pdf", ".pdf", display_name(file, suffix=".pdf"))


def check_scan(file: Any) -> CheckedUpload:
    """A signed sheet: a photo, or a PDF, by its content."""
    head = file.read(5)
    file.seek(0)
    return check_pdf(file) if head == b"%PDF-" else check_image(file)


def read_limited(file: Any, *, limit: int, what: str) -> bytes:
    """The whole content, never more than the limit in memory; empty and too large are refused."""
    content: bytes = file.read(limit + 1)
    if not content:
        raise Refusal(f"{what}是空的：请重新选择。")
    if len(content) > limit:
        raise Refusal(f"{what}超过 {limit // MEGABYTE} MB：请压缩或缩小后再上传。")
    return content


def display_name(file: Any, *, suffix: str) -> str:
    """The name a person gave, for the screen only: no folders, no control characters, the true suffix."""
    name = _NOT_IN_NAMES.split(str(getattr(file, "name", "") or ""))[-1]
    stem = tidy(name).rsplit(".", 1)[0].strip(". ")[:LONGEST_NAME]
    return (stem or "未命名") + suffix


def _inspect(content: bytes) -> tuple[str, int, int]:
    """Format and size from the header, then a check of the whole file; no pixels yet."""
    try:
        with _opened(content) as image:
            image_format, (width, height) = str(image.format), image.size
            if width * height > MOST_PIXELS:
                raise _too_many_pixels()
            image.verify()
    except UnidentifiedImageError as fault:
        raise Refusal("这不是照片：只收 JPEG、PNG 和 WebP 图片，请重新选择。") from fault
    except Image.DecompressionBombError as fault:
        raise _too_many_pixels() from fault
    except (OSError, SyntaxError, ValueError, EOFError) as fault:
        raise _damaged() from fault
    return image_format, width, height


def _check_ends(content: bytes, image_format: str) -> None:
    """A picture ends where its format says; what hangs on behind it is a second file."""
    end = end_of_image(content)
    if end is None:
        raise _damaged()
    rest = content[end:]
    if image_format == "MPO":
        rest = _without_pictures(rest)
    if rest.strip(b"\x00"):
        raise Refusal(
            "照片后面还附有别的数据（例如压缩包或者动态照片），已拒收：请关闭“动态照片”重拍，或者截图、另存后再上传。"
        )


def _without_pictures(rest: bytes) -> bytes:
    """What is left when the further pictures of a phone's JPEG are taken away."""
    while (rest := rest.lstrip(b"\x00")).startswith(b"\xff\xd8"):
        end = end_of_image(rest)
        if end is None:
            break
        rest = rest[end:]
    return rest


def _publishable(content: bytes) -> bytes:
    try:
        with _opened(content) as image:
            # A JPEG is decoded at reduced size at once: a twelfth of the memory for a large photo.
            image.draft("RGB", (LONGEST_PUBLISHED_EDGE, LONGEST_PUBLISHED_EDGE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_PUBLISHED_EDGE, LONGEST_PUBLISHED_EDGE))
            return _plain_jpeg(upright)
    except (OSError, SyntaxError, ValueError, EOFError) as fault:
        raise _damaged() from fault


def _plain_jpeg(image: Image.Image) -> bytes:
    """Pixels on white, nothing else: transparency would turn black, metadata would travel along."""
    canvas = Image.new("RGB", image.size, "white")
    layer = image.convert("RGBA")
    canvas.paste(layer, mask=layer.getchannel("A"))
    buffer = io.BytesIO()
    canvas.save(buffer, "JPEG", quality=PUBLISHED_QUALITY, optimize=True)
    return buffer.getvalue()


def _opened(content: bytes) -> Image.Image:
    with warnings.catch_warnings():
        # Our own limit on pixels is stricter than Pillow's warning.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"])


def _too_many_pixels() -> Refusal:
    return Refusal(f"照片超过 {MOST_PIXELS // 10_000} 万像素：请把相机分辨率调低后重拍，或缩小后再上传。")


def _damaged() -> Refusal:
    return Refusal("这张照片不完整或已损坏：请重新拍摄或重新选择后再上传。")
