"""Two kinds that stand for all: a chained letter and a numbered public notice.

This file is read before the settings are, so it imports inside its fixtures.
"""

from __future__ import annotations

import pytest


@pytest.fixture
def own_registry(monkeypatch):
    """Nothing registered here outlives the test."""
    from shuangsuiji.documents import policies, registry

    monkeypatch.setattr(registry, "_kinds", {})
    monkeypatch.setattr(policies, "_rules", {})


@pytest.fixture
def letter_kind(own_registry):
    """A kind whose number belongs to its check."""
    return _kind("letter", "行政检查通知书", "检通", chained=True)


@pytest.fixture
def notice_kind(own_registry):
    """A kind with a series of its own, for everybody to read."""
    return _kind("notice", "双随机抽查公告", "公告", chained=False, is_public=True)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def _kind(code, name, mark, **fields):
    from shuangsuiji.documents.registry import DocumentKind, register_kind

    return register_kind(DocumentKind(code, name, mark, "documents/delivery_receipt.html", **fields))
