"""Where a `Refusal` that no form caught becomes a sentence on a page."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from shuangsuiji.lib.errors import Refusal

NULL_SENTENCE = "网址里有不能识别的字符。请检查网址，或从首页重新进入。"
LONGEST_QUERY = 3000
LONG_SENTENCE = "网址太长，没有办法处理。请减少筛选条件或缩短查询的文字后再试。"
WRONG_METHOD_SENTENCE = "这个网址不能直接打开。请返回上一页，用页面上的按钮办理。"


class RefusalMiddleware:
    """Answers a refused POST by going back with the sentence, all else by a plain page."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _holds_null(request):
            return _refused(request, NULL_SENTENCE, status=400)
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            return _refused(request, LONG_SENTENCE, status=414)
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return _not_this_way(request, allowed=response.headers["Allow"])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"refusal": exception.sentence, "field": exception.field}, status=exception.status)
        if request.method == "POST" and exception.status == 409 and (back := _way_back(request)):
            messages.error(request, exception.sentence)
            return HttpResponseRedirect(back)
        response = _page(request, exception.sentence, status=exception.status)
        if exception.retry_after:
            response.headers["Retry-After"] = str(exception.retry_after)
        return response


def _refused(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    """To people a page, to machines what they can read."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": sentence}, status=status, json_dumps_params={"ensure_ascii": False})
    return _page(request, sentence, status=status)


def _page(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    """In the shell the person works in: staff who are signed in stay at the desk."""
    name = "errors/refusal_desk.html" if works_at_desk(request) else "errors/refusal.html"
    return render(request, name, {"sentence": sentence}, status=status)


def works_at_desk(request: HttpRequest) -> bool:
    """Whether somebody who is signed in asks for a page of the desk."""
    user = getattr(request, "user", None)
    return request.path.startswith("/desk/") and user is not None and user.is_authenticated


def _holds_null(request: HttpRequest) -> bool:
    """PostgreSQL text holds no NUL, so no page could answer; only a tampered address has one."""
    return "\x00" in request.path or any("\x00" in value for _, values in request.GET.lists() for value in values)


def _not_this_way(request: HttpRequest, *, allowed: str) -> HttpResponse:
    response = _page(request, WRONG_METHOD_SENTENCE, status=405)
    response.headers["Allow"] = allowed
    return response


def _way_back(request: HttpRequest) -> str | None:
    referer = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    return referer if referer and is_ours else None


class UploadLimitMiddleware:
    """Refuses a body that is too large by its announced length, before anything reads it to disk."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdecimal() and int(announced) > settings.MOST_UPLOAD_BYTES:
            most = settings.MOST_UPLOAD_BYTES // 1024**2
            sentence = f"这次上传的内容超过 {most} MB，没有接收。请分几次上传，或缩小文件后再试。"
            if request.headers.get("Accept", "").startswith("application/json"):
                return JsonResponse({"refusal": sentence}, status=413)
            return HttpResponse(render_to_string("413.html", {"most": most}), status=413)
        return self.get_response(request)
