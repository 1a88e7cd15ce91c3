"""What a document may load while it is rendered: our own files, our fonts, its pictures.

Everything else is refused, and a refusal stops the rendering: a document that silently
lacks its photo or calls out to a stranger's address must not be issued.

    asset:img/mark.svg      a file under static/
    font:song               a bundled font; font:bureau/<file> one from FONT_DIR
    picture:<sha256>        a picture the caller handed in with this document
    seal:<sha256>           the bureau's seal as it was when the document was issued
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from django.contrib.staticfiles import finders
from PIL import Image, ImageOps
from weasyprint.urls import URLFetcher, URLFetcherResponse

from shuangsuiji.documents import fonts
from shuangsuiji.documents.files import path_of

SEAL_FOLDER = "seals"
PICTURE_EDGE = 1280
PICTURE_QUALITY = 78
_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}


class RefusedAddress(ValueError):  # noqa: N818 - the word of the house, like Refusal
    """A document asked for something it may not load."""


class AssetFetcher(URLFetcher):
    """Serves the four schemes above from this machine; opens no other address."""

    def __init__(self, *, pictures: Mapping[str, Path] | None = None) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._pictures = pictures or {}

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        """The bytes behind one of our addresses."""
        scheme, _, name = url.partition(":")
        servers = {"asset": _static_file, "font": fonts.font_file, "picture": self._picture, "seal": _seal}
        serve = servers.get(scheme)
        if serve is None:
            raise RefusedAddress(f"a document may not load {url[:80]!r}")
        content, media_type = serve(name)
        return URLFetcherResponse(url, content, {"Content-Type": media_type})

    def _picture(self, digest: str) -> tuple[bytes, str]:
        if digest not in self._pictures:
            raise RefusedAddress(f"no picture {digest[:12]} was handed in")
        return shrunken(self._pictures[digest]), "image/jpeg"


def _seal(digest: str) -> tuple[bytes, str]:
    """Kept in the store by `sealing.py`, which renders documents and so cannot be asked from here."""
    if not digest.isalnum():
        raise RefusedAddress(f"{digest!r} names no seal")
    return path_of(f"{SEAL_FOLDER}/{digest[:2]}/{digest}.png").read_bytes(), "image/png"


def shrunken(path: Path) -> bytes:
    """A photo upright and small enough for paper (1280 px, about 200 dpi at half width).

    Nothing but pixels is kept: the place and the device stay with the original.
    """
    with Image.open(path) as image:
        image.draft("RGB", (PICTURE_EDGE, PICTURE_EDGE))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((PICTURE_EDGE, PICTURE_EDGE))
        sheet = _on_white(upright)
        out = io.BytesIO()
        sheet.save(out, "JPEG", quality=PICTURE_QUALITY, optimize=False)
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    sheet = Image.new("RGB", layer.size, "white")
    sheet.paste(layer, mask=layer.getchannel("A"))
    return sheet


def _static_file(name: str) -> tuple[bytes, str]:
    """A file under static/; the finder itself refuses names that lead out of it."""
    found = finders.find(name)
    media_type = _TYPES.get(Path(name).suffix)
    if not found or media_type is None:
        raise RefusedAddress(f"there is no {name!r} among our assets")
    return Path(str(found)).read_bytes(), media_type
