"""LibreOffice, the other program of the tests."""

from __future__ import annotations

import os
import shutil

import pytest


def office_program() -> str:
    """Where it is; without it a test fails instead of being passed over."""
    program = os.environ.get("SOFFICE") or shutil.which("soffice")
    if not program:
        pytest.fail("LibreOffice is missing: python -m shuangsuiji.provision --tests installs it.")
    return program
