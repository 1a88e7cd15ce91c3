"""The kinds of documents. Each app registers its own; nothing here knows an app."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class DocumentKind:
    """One kind of document, e.g. 责令限期整改指令书.

    `mark` is what stands between the bureau's short name and the year in a 文号 (检通,
    责改 …); an empty mark means the kind carries no number. A chained kind shares the one
    serial of its check. A public kind may be downloaded from its authenticity page.
    """

    code: str
    name: str
    mark: str
    template: str
    chained: bool
    is_public: bool = False


_kinds: dict[str, DocumentKind] = {}


def register_kind(kind: DocumentKind) -> DocumentKind:
    """Make a kind known; called while the apps start. Saying the same twice is harmless."""
    known = _kinds.get(kind.code)
    if known is not None and known != kind:
        raise ImproperlyConfigured(f"文书种类 {kind.code} 登记了两次，内容不同。")
    twin = next((k for k in _kinds.values() if kind.mark and k.mark == kind.mark and k.code != kind.code), None)
    if twin is not None:
        raise ImproperlyConfigured(f"文书种类 {kind.code} 与 {twin.code} 用了同一个文号标识“{kind.mark}”。")
    _kinds[kind.code] = kind
    return kind


def kinds() -> tuple[DocumentKind, ...]:
    """All registered kinds, by code."""
    return tuple(_kinds[code] for code in sorted(_kinds))


def kind_of(code: str) -> DocumentKind:
    """The kind with this code; an unknown code is our own mistake."""
    try:
        return _kinds[code]
    except KeyError:
        raise ImproperlyConfigured(f"没有登记文书种类 {code}。") from None


def kind_name(code: str) -> str:
    """The kind's name for a screen; a code that is no longer registered shows itself."""
    return _kinds[code].name if code in _kinds else code
