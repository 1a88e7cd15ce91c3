"""The addresses of the product, and beside them a bare view that answers with given bytes."""

from django.http import HttpResponse
from django.urls import path

from shuangsuiji.urls import urlpatterns as product

given = {"body": b"", "type": "text/html; charset=utf-8"}


def bare(request):
    """Nothing but the bytes."""
    return HttpResponse(given["body"], content_type=given["type"])


urlpatterns = [path("bare/", bare, name="bare"), *product]
