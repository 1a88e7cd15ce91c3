"""印章 and 电子签名: on a document when the bureau has configured them, nowhere else.

The seal's picture is kept by its hash and named in the document's context, so a volume printed
years later shows the seal of then. The signature is PAdES, made with the bureau's certificate
(PKCS#12); it covers every byte that was there before it.
"""

from __future__ import annotations

import functools
import hashlib
import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from shuangsuiji.documents.assets import SEAL_FOLDER
from shuangsuiji.documents.files import keep_file
from shuangsuiji.documents.pdf import RenderedPdf

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

FIELD = "BureauSignature"


def seal_address() -> str:
    """Where a document finds the bureau's seal; empty when none is configured."""
    if not settings.SEAL_IMAGE:
        return ""
    content = Path(settings.SEAL_IMAGE).read_bytes()
    keep_file(content, folder=SEAL_FOLDER, suffix=".png")
    return f"seal:{hashlib.sha256(content).hexdigest()}"


def signed(rendered: RenderedPdf, *, reason: str) -> RenderedPdf:
    """The same document under the bureau's signature; untouched when no certificate is configured."""
    if not settings.SIGNING_CERTIFICATE:
        return rendered
    # Only a bureau with a certificate pays for the signer's imports.
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    writer = IncrementalPdfFileWriter(io.BytesIO(rendered.content))
    meta = signers.PdfSignatureMetadata(field_name=FIELD, reason=reason, location=settings.BUREAU_NAME)
    out = signers.sign_pdf(writer, meta, signer=_signer(settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSWORD))
    content = out.getvalue()
    return replace(rendered, content=content, sha256=hashlib.sha256(content).hexdigest())


@functools.cache
def _signer(certificate: str, password: str) -> SimpleSigner:
    from pyhanko.sign import signers

    found = signers.SimpleSigner.load_pkcs12(certificate, passphrase=password.encode())
    if found is None:
        raise ValueError("the signing certificate cannot be read: wrong file or wrong password")
    return found


def certificate_problem() -> str:
    """Why signing would fail, in a sentence for whoever starts the program; empty when it would not."""
    if settings.SEAL_IMAGE and not Path(settings.SEAL_IMAGE).is_file():
        return f"找不到印章图片 {settings.SEAL_IMAGE}。"
    if not settings.SIGNING_CERTIFICATE:
        return ""
    try:
        _signer(settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSWORD)
    except (OSError, ValueError):
        return f"签名证书 {settings.SIGNING_CERTIFICATE} 打不开：文件不对或者口令不对。"
    return ""
