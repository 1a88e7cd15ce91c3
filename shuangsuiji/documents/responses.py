"""How a PDF leaves the house."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from django.http import FileResponse

# Chrome lays its PDF viewer out with inline styles; Safari and Firefox show an empty window
# under `sandbox`. Nothing else may load, and nobody may frame it.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; frame-ancestors 'none'"


def pdf_response(path: Path, *, file_name: str, sha256: str) -> FileResponse:
    """A stored PDF, shown in the browser under its Chinese name and never guessed at."""
    response = FileResponse(path.open("rb"), content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename=\"document.pdf\"; filename*=UTF-8''{quote(file_name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_POLICY
    response["ETag"] = f'"{sha256}"'
    return response
