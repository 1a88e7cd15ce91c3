"""Files for the desk, and the page that confirms a document to whoever holds it."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from shuangsuiji.accounts.access import desk_page, token_page
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.policies import READERS, before_reading, check_may_read_document
from shuangsuiji.documents.responses import pdf_response
from shuangsuiji.documents.selectors import authenticity, document_by_token, is_public
from shuangsuiji.documents.services import document_path, download_name


@desk_page(*READERS)
@require_safe
def document_file(request: HttpRequest, pk) -> FileResponse:
    """The PDF as it was issued."""
    document = get_object_or_404(IssuedDocument, pk=pk)
    check_may_read_document(request.user, document)
    before_reading(request.user, document)
    return _issued_pdf(document)


@token_page
@require_safe
def document_check(request: HttpRequest, token: str) -> HttpResponse:
    """Whether a document is ours, and which bytes are the true ones."""
    document = document_by_token(token)
    if document is None:
        return render(request, "documents/check_unknown.html", status=404)
    return render(request, "documents/check.html", {"check": authenticity(document), "document": document})


@token_page
@require_safe
def document_public_file(request: HttpRequest, token: str) -> FileResponse:
    """The PDF of a public kind (公告); everything else is answered as if it were not there."""
    document = document_by_token(token)
    if document is None or not is_public(document):
        raise Http404
    return _issued_pdf(document)


def _issued_pdf(document: IssuedDocument) -> FileResponse:
    return pdf_response(document_path(document), file_name=download_name(document), sha256=document.sha256)
