"""What every page knows without asking the database: the bureau, and how to show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

SIZES = {"small": "小", "medium": "中", "large": "大"}
CONTRASTS = {"normal": "标准", "high": "高对比"}


@dataclass(frozen=True)
class Display:
    """A visitor's choice of type size and contrast, kept in two cookies."""

    size: str = "medium"
    contrast: str = "normal"

    @classmethod
    def from_cookies(cls, cookies: Mapping[str, str]) -> Display:
        """Read the two cookies; anything unknown counts as not chosen."""
        size, contrast = cookies.get("size", ""), cookies.get("contrast", "")
        return cls(
            size=size if size in SIZES else "medium",
            contrast=contrast if contrast in CONTRASTS else "normal",
        )


def bureau() -> dict[str, str]:
    """The bureau's names, address and telephone, from the environment."""
    return {
        "name": settings.BUREAU_NAME,
        "short": settings.BUREAU_SHORT,
        "site_name": settings.SITE_NAME,
        "domain": urlsplit(settings.BASE_URL).hostname or "",
        "base_url": settings.BASE_URL,
        "id_code": settings.SITE_ID_CODE,
        "phone": settings.BUREAU_PHONE,
        "address": settings.BUREAU_ADDRESS,
    }


def site(request) -> dict[str, object]:
    """Context processor: `bureau` and `display`. No query."""
    return {"bureau": bureau(), "display": Display.from_cookies(request.COOKIES)}
