"""Photos: kept as they came, by hash; hostile ones refused with a sentence; seen by few."""

import hashlib
import io
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from inspections import services
from inspections.models import Evidence
from inspections.services.evidence import THUMBNAIL_EDGE, original_path, view_path
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal
from tests.factories.accounts import person_with
from tests.factories.inspections import add_photo, make_on_site, make_recorded, photo_bytes, photo_file

pytestmark = pytest.mark.django_db


def with_place() -> bytes:
    """A photo whose EXIF names camera and orientation."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "SECRET-CAMERA", 6
    return photo_bytes(exif=exif)


def huge_png() -> bytes:
    """A tiny file that says it holds 40000 × 40000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    header = (40_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


HOSTILE = {
    "空的": b"",
    "不是照片": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "像素": huge_png(),
    "不完整": photo_bytes()[:400],
    "15 MB": b"\xff\xd8\xff" + b"0" * (15 * 1024 * 1024 + 1),
}


def test_the_original_bytes_are_kept_under_their_hash():
    check = make_on_site()
    content = with_place()

    evidence = services.add_evidence(check.task, by=check.lead, file=photo_file(content, name="../../etc/身份证.jpg"))

    digest = hashlib.sha256(content).hexdigest()
    assert evidence.sha256 == digest
    assert evidence.file_name == f"evidence/{digest[:2]}/{digest}.jpg"
    assert original_path(evidence).read_bytes() == content


def test_what_the_page_shows_has_no_exif_and_stands_upright():
    check = make_on_site()
    evidence = services.add_evidence(check.task, by=check.lead, file=photo_file(with_place()))

    path = view_path(evidence, edge=THUMBNAIL_EDGE)

    with Image.open(path) as small:
        assert not small.getexif()
        assert small.size == (240, 320)
    assert b"SECRET-CAMERA" not in path.read_bytes()


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(words):
    check = make_on_site()

    with pytest.raises(Refusal, match=words):
        services.add_evidence(check.task, by=check.lead, file=SimpleUploadedFile("a.jpg", HOSTILE[words]))
    assert Evidence.objects.count() == 0


def test_a_lying_type_is_kept_as_what_it_is():
    check = make_on_site()
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")

    evidence = services.add_evidence(check.task, by=check.lead, file=photo_file(out.getvalue(), name="a.jpg"))

    assert (evidence.media_type, evidence.file_name[-4:]) == ("image/png", ".png")


def test_the_same_upload_again_is_one_photo():
    check = make_on_site()
    first = services.add_evidence(check.task, by=check.lead, file=photo_file(), upload_key="device-key-1")

    again = services.add_evidence(check.task, by=check.lead, file=photo_file(), upload_key="device-key-1")

    assert again == first
    assert Evidence.objects.count() == 1


def test_a_plain_form_sent_twice_keeps_one_photo():
    check = make_on_site()

    assert add_photo(check) == add_photo(check)


def test_nobody_changes_or_takes_out_a_photo():
    check = make_on_site()
    add_photo(check)

    with pytest.raises(Exception, match="evidence"):
        Evidence.objects.update(sha256="0" * 64)


def test_photos_come_while_the_visit_is_under_way_only():
    check = make_recorded()

    with pytest.raises(Refusal, match="不能再上传照片"):
        add_photo(check)


class TestServing:
    def test_own_officers_and_the_office_get_it_safely(self, client):
        check = make_on_site()
        evidence = add_photo(check)
        client.force_login(check.clerk)

        response = client.get(reverse("evidence_file", args=[evidence.pk]))

        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Disposition"].startswith(f'attachment; filename="{check.task.number}-')
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert hashlib.sha256(b"".join(response.streaming_content)).hexdigest() == evidence.sha256

    def test_another_officer_does_not_find_it(self, client):
        check = make_on_site()
        evidence = add_photo(check)
        client.force_login(person_with(Role.INSPECTOR))

        assert client.get(reverse("evidence_file", args=[evidence.pk])).status_code == 404
        assert client.get(reverse("evidence_thumbnail", args=[evidence.pk])).status_code == 404

    def test_a_visitor_is_sent_to_sign_in(self, client):
        evidence = add_photo(make_on_site())

        assert client.get(reverse("evidence_file", args=[evidence.pk])).status_code == 302
