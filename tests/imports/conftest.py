"""Somebody who imports, and the real register to import."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest


@pytest.fixture
def clerk(db):
    from tests.factories.accounts import Role, person_with

    return person_with(Role.CLERK)


@pytest.fixture
def at_desk(client, clerk):
    """The test client, signed in as the clerk."""
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(scope="session")
def register_rows(real_register: Path) -> list[dict[str, str]]:
    """The real register, read by nobody but the standard library."""
    with real_register.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))
