from __future__ import annotations

import hashlib
import io
import zlib

import pytest
from PIL import Image

from shuangsuiji.lib import uploads
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.image_ends import end_of_image


def picture(image_format="JPEG", size=(64, 48), mode="RGB", **options):
    buffer = io.BytesIO()
    Image.new(mode, size, "teal").save(buffer, image_format, **options)
    return buffer.getvalue()


def noise(image_format="JPEG", **options):
    """A picture with something in it, so that it is cut in the middle of its data."""
    buffer = io.BytesIO()
    Image.effect_noise((200, 150), 80).save(buffer, image_format, **options)
    return buffer.getvalue()


def upload(content, name="现场.jpg"):
    file = io.BytesIO(content)
    file.name = name
    return file


def located_photo():
    exif = Image.Exif()
    exif[0x010F] = "Example Camera"
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif)


@pytest.mark.parametrize(
    ("image_format", "media_type", "suffix"),
    [("JPEG", "image/jpeg", ".jpg"), ("PNG", "image/png", ".png"), ("WEBP", "image/webp", ".webp")],
)
def test_a_picture_is_known_by_its_content(image_format, media_type, suffix):
    content = picture(image_format)
    checked = uploads.check_image(upload(content, name="../../etc/现场 照片.exe"))

    assert (checked.media_type, checked.suffix, checked.name) == (media_type, suffix, "现场 照片" + suffix)
    assert (checked.content, checked.sha256) == (content, hashlib.sha256(content).hexdigest())
    assert (checked.width, checked.height) == (64, 48)


def test_the_copy_to_publish_carries_no_place_and_stands_upright():
    content = located_photo()
    checked = uploads.check_image(upload(content))
    with Image.open(io.BytesIO(checked.publishable)) as published:
        assert dict(published.getexif()) == {}
        assert published.size == (48, 64)
    assert b"Example Camera" in content
    assert b"Example Camera" not in checked.publishable


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_with_a_second_file_behind_it_is_refused(image_format):
    with pytest.raises(Refusal, match="后面还附有别的数据"):
        uploads.check_image(upload(picture(image_format) + b"PK\x03\x04<script>alert(1)</script>"))


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_blocks": 2}])
def test_a_picture_ends_where_its_format_says(options):
    content = noise(**options)
    assert end_of_image(content) == len(content)
    assert uploads.check_image(upload(content + b"\x00" * 16)).content.startswith(content)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95, 0.999])
@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_a_cut_picture_is_refused(image_format, kept):
    content = noise(image_format)
    with pytest.raises(Refusal, match="不完整或已损坏"):
        uploads.check_image(upload(content[: int(len(content) * kept)]))


def test_the_second_picture_of_a_phone_stays():
    out = io.BytesIO()
    one, two = (Image.new("RGB", (64, 48), colour) for colour in ("teal", "red"))
    one.save(out, "MPO", save_all=True, append_images=[two])
    assert uploads.check_image(upload(out.getvalue())).media_type == "image/jpeg"
    with pytest.raises(Refusal, match="后面还附有别的数据"):
        uploads.check_image(upload(out.getvalue() + b"PK\x03\x04"))


def test_a_large_photo_is_published_smaller():
    checked = uploads.check_image(upload(picture(size=(6000, 3000))))
    with Image.open(io.BytesIO(checked.publishable)) as published:
        assert published.size == (2560, 1280)


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "LA"])
def test_transparent_and_grey_pictures_are_published_too(mode):
    buffer = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).convert(mode).save(buffer, "PNG")
    assert uploads.check_image(upload(buffer.getvalue())).publishable.startswith(b"\xff\xd8")


def huge_header():
    """A PNG of some bytes whose header promises 40,000 × 40,000 pixels."""
    content = bytearray(picture("PNG"))
    content[16:24] = (40_000).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "是空的"),
        (b"x" * (uploads.LARGEST_IMAGE + 1), "超过 15 MB"),
        (b"%PDF-1.7", "这不是照片"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "这不是照片"),
        (picture("GIF"), "这不是照片"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "HEIC"),
        (huge_header(), "超过 5000 万像素"),
        (picture("PNG", size=(8000, 7000), mode="L"), "超过 5000 万像素"),
        (picture("PNG")[:-30], "不完整或已损坏"),
        (picture(size=(800, 800))[:600], "不完整或已损坏"),
    ],
    ids=["empty", "large", "pdf", "svg", "gif", "heic", "promised pixels", "pixels", "cut png", "cut jpeg"],
)
def test_what_is_no_photo_is_refused(content, words):
    with pytest.raises(Refusal, match=words):
        uploads.check_image(upload(content))


def test_a_plain_pdf_is_taken_and_an_active_one_is_not():
    plain = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
    assert uploads.check_pdf(upload(plain, "整改报告.pdf")).name == "整改报告.pdf"
    for content, words in [
        (plain.replace(b"<<>>", b"<</JS (x)>>"), "脚本"),
        (b"MZ", "不是完整的 PDF"),
        (plain[:12], "完整"),
    ]:
        with pytest.raises(Refusal, match=words):
            uploads.check_pdf(upload(content))
