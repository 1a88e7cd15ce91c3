"""Looking documents up."""

from __future__ import annotations

from dataclasses import dataclass

from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.policies import is_taken_back
from shuangsuiji.documents.registry import kind_name, kinds


@dataclass(frozen=True)
class Authenticity:
    """What anybody who holds a document's link may know of it; never what is in it."""

    document: IssuedDocument
    kind: str
    title: str
    replaced_by: IssuedDocument | None
    is_downloadable: bool
    is_withdrawn: bool


def document_by_token(token: str) -> IssuedDocument | None:
    """The document with this token."""
    return IssuedDocument.objects.filter(token=token).select_related("replaces").first()


def authenticity(document: IssuedDocument) -> Authenticity:
    """The public face of a document. A confidential one shows its kind, not its title."""
    name = kind_name(document.kind)
    return Authenticity(
        document=document,
        kind=name,
        title=name if document.is_confidential else document.title,
        replaced_by=IssuedDocument.objects.filter(replaces=document).first(),
        is_downloadable=is_public(document),
        is_withdrawn=is_taken_back(document),
    )


def is_public(document: IssuedDocument) -> bool:
    """Whether anybody may have the file: the kind is public and this one is not confidential."""
    public_kinds = {kind.code for kind in kinds() if kind.is_public}
    return document.kind in public_kinds and not document.is_confidential


def documents_of(subject_kind: str, subject_key: str) -> list[IssuedDocument]:
    """All documents about one subject, in order of issue."""
    found = IssuedDocument.objects.filter(subject_kind=subject_kind, subject_key=subject_key)
    return list(found.order_by("issued_at", "id"))
