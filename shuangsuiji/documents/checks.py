"""What paper needs from the machine; said when the program starts, not at the first letter."""

from __future__ import annotations

import ctypes

from django.core import checks

from shuangsuiji.documents.sealing import certificate_problem

SUBSETTER = "libharfbuzz-subset.so.0"


@checks.register("documents")
def check_subsetter(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """Without harfbuzz-subset a letter takes four seconds instead of a tenth of one."""
    if can_load(SUBSETTER):
        return []
    return [
        checks.Warning(
            f"没有找到 {SUBSETTER}，每份 PDF 要多花数秒。",
            hint="Debian/Ubuntu：apt-get install libharfbuzz-subset0",
            id="documents.W001",
        )
    ]


@checks.register("documents")
def check_signing(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """A seal or certificate that cannot be used is said at the start, not at the first decision."""
    problem = certificate_problem()
    hint = "检查 SEAL_IMAGE、SIGNING_CERTIFICATE、SIGNING_PASSWORD。"
    return [checks.Error(problem, hint=hint, id="documents.E001")] if problem else []


def can_load(library: str) -> bool:
    """Whether the system has this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
