"""Seal and signature: there when configured, off otherwise, and a changed byte breaks the signature."""

from __future__ import annotations

import datetime as dt
import io

import pdfplumber
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from PIL import Image, ImageDraw
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from shuangsuiji.documents import checks
from shuangsuiji.documents.pdf import lay_out, to_pdf
from shuangsuiji.documents.registry import DocumentKind, register_kind
from shuangsuiji.documents.sealing import seal_address
from shuangsuiji.documents.services import document_path, issue_document
from tests.factories.case_documents import CASE_SAMPLES

DAY = dt.date(2026, 5, 28)

pytestmark = pytest.mark.paper


@pytest.fixture
def decision_kind(own_registry):
    return register_kind(DocumentKind("decision", "行政处罚决定书", "罚", "documents/penalty_unit.html", chained=False))


@pytest.fixture
def certificate(tmp_path):
    """A certificate of its own, as the bureau's would be."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "示例市应急管理局")])
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(now - dt.timedelta(days=1))
    builder = builder.not_valid_after(now + dt.timedelta(days=30))
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    made = builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    path = tmp_path / "bureau.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"bureau", key, made, None, BestAvailableEncryption(b"mima"))
    )
    return path


@pytest.fixture
def seal(tmp_path):
    image = Image.new("RGBA", (420, 420), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((10, 10, 410, 410), outline=(215, 0, 15, 255), width=14)
    path = tmp_path / "seal.png"
    image.save(path)
    return path


def issue():
    return issue_document(
        "decision", subject=("case", "1"), context=CASE_SAMPLES["penalty_unit"], by=None, issued_on=DAY
    )


def validated(content: bytes):
    """What a reader that trusts this one certificate says of the signature."""
    signature = PdfFileReader(io.BytesIO(content)).embedded_signatures[0]
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[signature.signer_cert]))


@pytest.mark.django_db
def test_without_configuration_nothing_is_signed_and_the_place_for_the_seal_is_marked(decision_kind):
    document = issue()

    reader = PdfFileReader(io.BytesIO(document_path(document).read_bytes()))
    assert list(reader.embedded_signatures) == []
    assert document.context["seal"] == ""


@pytest.mark.django_db
def test_a_configured_certificate_signs_every_byte(decision_kind, certificate, settings):
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSWORD = str(certificate), "mima"
    content = document_path(issue()).read_bytes()

    status = validated(content)
    assert (status.intact, status.valid) == (True, True)
    assert status.coverage.name == "ENTIRE_FILE"
    assert "示例市应急管理局" in status.signing_cert.subject.human_friendly


@pytest.mark.django_db
def test_a_changed_byte_breaks_the_signature(decision_kind, certificate, settings):
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSWORD = str(certificate), "mima"
    content = bytearray(document_path(issue()).read_bytes())
    place = content.index(b"/Producer") + 12
    content[place] = content[place] ^ 1

    status = validated(bytes(content))
    assert not status.intact


@pytest.mark.django_db
def test_a_configured_seal_stands_over_name_and_date_and_stays_that_of_the_day(decision_kind, seal, settings):
    settings.SEAL_IMAGE = str(seal)
    document = issue()
    seal.unlink()

    again = to_pdf(lay_out("documents/penalty_unit.html", document.context))

    assert document.context["seal"].startswith("seal:")
    assert again.sha256 == document.sha256
    with pdfplumber.open(io.BytesIO(again.content)) as pdf:
        pictures = [image for page in pdf.pages for image in page.images]
    assert len(pictures) == 1
    assert (pictures[0]["x1"] - pictures[0]["x0"]) * 25.4 / 72 == pytest.approx(42, abs=0.5)


def test_what_cannot_be_used_is_said_at_the_start(settings, tmp_path, certificate):
    assert checks.check_signing(None) == []
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSWORD = str(certificate), "wrong"
    assert [problem.id for problem in checks.check_signing(None)] == ["documents.E001"]
    settings.SIGNING_CERTIFICATE, settings.SEAL_IMAGE = "", str(tmp_path / "gone.png")
    assert "找不到印章图片" in checks.check_signing(None)[0].msg
    settings.SEAL_IMAGE = ""
    assert seal_address() == ""
