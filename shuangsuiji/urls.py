"""All addresses. Each app lists its own; here they are put under their roofs."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import include, path

_ROOMS = (
    "shuangsuiji.lib",
    "shuangsuiji.accounts",
    "shuangsuiji.audit",
    "shuangsuiji.notifications",
    "shuangsuiji.documents",
    "shuangsuiji.imports",
    "shuangsuiji.feedback",
    "inspectors",
    "enterprises",
    "draws",
    "inspections",
    "publication",
    "shuangsuiji.dashboard",
)


def _listed(name: str) -> list:
    modules = (import_module(f"{room}.urls") for room in _ROOMS if find_spec(f"{room}.urls"))
    return [entry for module in modules for entry in getattr(module, name, [])]


handler404 = "shuangsuiji.lib.views.not_found"
urlpatterns = [path("desk/", include(_listed("desk_urls"))), *_listed("public_urls")]
