"""Open data: the sets, their dictionary, their files."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpResponse, HttpResponseNotModified, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from publication.open_data import BY_CODE, DATASETS, as_csv, as_json, dictionary
from shuangsuiji.accounts.access import public_page
from shuangsuiji.lib.page_cache import kept_page, site_version

_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


@public_page
@kept_page()
def open_data(request):
    """What there is to download, what every column means, how machines ask."""
    return render(request, "publication/open_data.html", {"datasets": DATASETS})


@public_page
@kept_page()
def open_data_dictionary(request):
    """The data dictionary for machines."""
    return JsonResponse(dictionary(), safe=False, json_dumps_params={"ensure_ascii": False})


@public_page
@require_safe
def open_data_file(request, code, form):
    """One set as CSV or JSON, row by row; a 304 as long as nothing was recorded since."""
    dataset = BY_CODE.get(code)
    if dataset is None or form not in _TYPES:
        raise Http404
    etag = _etag(code, form)
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse | StreamingHttpResponse = HttpResponseNotModified()
    else:
        lines = as_csv(dataset) if form == "csv" else as_json(dataset)
        response = StreamingHttpResponse((line.encode() for line in lines), content_type=_TYPES[form])
        response.headers["Content-Disposition"] = f'attachment; filename="{code}.{form}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _etag(code: str, form: str) -> str:
    """Weak: the same rows, whatever the bytes; a new day may end an officer's certificate."""
    text = f"{site_version()}.{code}.{form}.{timezone.localdate()}"
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
