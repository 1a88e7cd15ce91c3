"""People of the register of enterprises."""

from __future__ import annotations

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
