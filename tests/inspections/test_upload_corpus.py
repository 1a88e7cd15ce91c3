"""The upload corpus: what people and attackers send, refused with a sentence or made safe."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from inspections.models import Evidence
from inspections.services.evidence import original_path, view_path
from shuangsuiji.documents.assets import shrunken
from tests.factories.inspections import make_on_site, photo_bytes

pytestmark = pytest.mark.django_db

JSON = {"HTTP_ACCEPT": "application/json"}


def zipped(name: str = "evil.php") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "<?php system($_GET[0]);")
    return out.getvalue()


def bomb() -> bytes:
    """100 megapixels in a few kilobytes."""
    out = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(out, "PNG")
    return out.getvalue()


def located() -> bytes:
    """A photo that says where it was taken."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (28.0, 48.0, 23.4), 3: "E", 4: (113.0, 4.0, 45.9)}
    return photo_bytes(exif=exif)


REFUSED = {
    "svg with a script": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "这不是照片"),
    "a hundred megapixels": (bomb(), "万像素"),
    "a zip in disguise": (zipped(), "这不是照片"),
    "nothing": (b"", "空"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "这不是照片"),
    "a program": (b"MZ\x90\x00" + b"\0" * 200, "这不是照片"),
    "a photo with a zip behind it": (photo_bytes() + zipped(), "后面还附有别的数据"),
    "a photo cut short": (photo_bytes()[:-40], "损坏"),
    "half a photo": (photo_bytes()[:300], "损坏"),
    "a gif": (b"GIF89a" + b"\0" * 64, "这不是照片"),
    "heic": (b"\0\0\0\x18ftypheic" + b"\0" * 64, "HEIC"),
}


@pytest.fixture
def send(client):
    check = make_on_site()
    client.force_login(check.lead)
    url = reverse("record_photo_add", args=[check.task.pk])

    def sent(content: bytes, *, name: str = "IMG_1.jpg", media_type: str = "image/jpeg", **extra):
        return client.post(url, {"photo": SimpleUploadedFile(name, content, content_type=media_type)}, **JSON, **extra)

    return sent


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_a_sentence_and_nothing_is_kept(send, name):
    content, words = REFUSED[name]

    response = send(content)

    assert 400 <= response.status_code < 500
    assert words in response.json()["refusal"]
    assert not Evidence.objects.exists()


def test_a_body_of_500_mb_is_refused_before_it_is_read(client):
    check = make_on_site()
    client.force_login(check.lead)

    response = client.generic(
        "POST",
        reverse("record_photo_add", args=[check.task.pk]),
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(500 * 1024**2),
        **JSON,
    )

    assert response.status_code == 413
    assert "没有接收" in response.json()["refusal"]


def test_the_place_in_a_photo_stays_with_the_original(send):
    assert send(located()).status_code == 200

    evidence = Evidence.objects.get()
    with Image.open(original_path(evidence)) as original, Image.open(view_path(evidence, edge=320)) as seen:
        assert original.getexif().get_ifd(0x8825)
        assert not seen.getexif()
    assert b"Exif" not in shrunken(original_path(evidence))


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\a.jpg", "a\x00.jpg", "/etc/x.jpg", "照" * 300 + ".jpg"])
def test_a_name_is_never_a_path(send, name, settings):
    assert send(photo_bytes(), name=name).status_code == 200

    evidence = Evidence.objects.get()
    assert evidence.file_name == f"evidence/{evidence.sha256[:2]}/{evidence.sha256}.jpg"


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/x-php"])
def test_a_lying_type_is_not_believed(client, send, media_type):
    assert send(photo_bytes(), name="a.html", media_type=media_type).status_code == 200

    evidence = Evidence.objects.get()
    response = client.get(reverse("evidence_file", args=[evidence.pk]))
    assert evidence.media_type == "image/jpeg"
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()
