"""An audit that asked nobody says so."""

from __future__ import annotations

import pytest

from tests.support.dependency_audit import verdict

CLEAN = {"name": "a", "version": "1", "vulns": []}
WEAK = {"name": "b", "version": "1", "vulns": [{"id": "PYSEC-0"}]}
SKIPPED = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("report", "code", "told"),
    [
        (None, 0, "没有运行"),
        ({"dependencies": [SKIPPED]}, 0, "没有运行"),
        ({"dependencies": [CLEAN]}, 0, "1 个依赖没有已知漏洞"),
        ({"dependencies": [CLEAN, SKIPPED]}, 1, "查不到：c"),
        ({"dependencies": [CLEAN, WEAK, SKIPPED]}, 1, "PYSEC-0"),
    ],
)
def test_it_says_what_was_asked(report, code, told):
    assert verdict(report)[0] == code
    assert told in verdict(report)[1]
