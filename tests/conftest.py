"""Every test run has its own PostgreSQL and Valkey; nothing leaves the machine.

Fixtures for all: `app_role_connection`, `chromium`, `live_stack`, `real_register`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.support import network, servers

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Servers first, then settings: they read the addresses from the environment."""
    if not hasattr(config, "workerinput"):
        config.add_cleanup(servers.start_run().close)
    servers.enter_worker(worker=os.environ.get("PYTEST_XDIST_WORKER", ""))
    import django
    from django.conf import settings

    os.environ["DJANGO_SETTINGS_MODULE"] = "shuangsuiji.settings"
    assert settings.DATABASES
    django.setup()
    # A worker must come this way too, after it has its own Valkey database.
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long stories first: begun last, one of them would keep one core busy and the other idle."""
    items.sort(key=lambda item: "journeys" not in item.path.parts)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if not register_path().exists() and not hasattr(terminalreporter.config, "workerinput"):
        terminalreporter.write_line(
            f"NOT RUN on the real register: {register_path()} is missing (SHARED_DATA_DIR names its folder).",
            yellow=True,
        )


# Database.


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Test databases are copies of one migrated database."""
    from django.conf import settings

    settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = servers.migrated_template()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Nothing is dropped at the end: the run's server goes as a whole, and a thread's late connection may stay."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    from tests.support import database

    with django_db_blocker.unblock():
        database.remember_fresh_rows()
    with database.test_rules():
        yield


@pytest.fixture
def app_role_connection(transactional_db: None) -> Iterator[psycopg.Connection]:
    """A raw connection to the test database as the application's role, which owns nothing."""
    from django.db import connection

    from shuangsuiji.embedded import postgres

    name = connection.settings_dict["NAME"]
    with psycopg.connect(servers.database_url(name, role=postgres.APP), autocommit=True) as raw:
        yield raw


@pytest.fixture(autouse=True)
def _as_the_application(request: pytest.FixtureRequest) -> None:
    """What a test does in the database it does with the application's rights; `owner` marks the tests that tamper.

    Not those that commit: emptying the tables after them is the owner's.
    """
    from tests.support import database

    if database.is_rolled_back(request) and not request.node.get_closest_marker("owner"):
        request.getfixturevalue("db")
        database.become_the_application()


@pytest.fixture(autouse=True)
def _worlds(request: pytest.FixtureRequest, _as_the_application: None) -> Iterator[None]:
    """Where a test rolls back and patches nothing, the worlds it asks for may be remembered ones."""
    from tests.support import database, worlds

    marked = tuple(name for name in ("paper", "volume") if request.node.get_closest_marker(name))
    is_usual = database.is_rolled_back(request) and "monkeypatch" not in request.fixturenames
    worlds.allow(marked if is_usual else None)
    yield
    worlds.allow(None)


@pytest.fixture(autouse=True)
def _own_shuffle(request: pytest.FixtureRequest) -> None:
    from tests.support import database

    database.reseed(request.node.nodeid)


@pytest.fixture(autouse=True)
def _blank_sheets(request: pytest.FixtureRequest) -> Iterator[None]:
    """Papers and volumes are set in pages only where a test is about them: see tests/support/paper.py."""
    from tests.support import paper

    marked = {name for name in ("paper", "volume") if request.node.get_closest_marker(name)}
    with (
        nullcontext() if "paper" in marked else paper.blank_sheets(),
        nullcontext() if marked else paper.short_volumes(),
    ):
        yield


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """A test's rows are rolled back; pages kept of them must go as well."""
    from shuangsuiji.lib.page_cache import forget_pages

    yield
    forget_pages()


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Iterator[None]:
    with network.loopback_only():
        yield


@pytest.fixture(autouse=True, scope="session")
def _undefined_variables_fail() -> Iterator[None]:
    from tests.support import templates

    with templates.undefined_variables_fail():
        yield


# Browser and running stack.


@pytest.fixture(scope="module")
def chromium(monkeypatch_module: pytest.MonkeyPatch) -> Iterator[Any]:
    """A browser for one file's tests; without Chromium these tests fail, they are not skipped."""
    from tests.support.browser import open_chromium

    # Playwright's loop stays in this thread, and Django would refuse its database for that alone.
    monkeypatch_module.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def monkeypatch_module() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def live_stack() -> Iterator[Any]:
    """Gunicorn, worker and beat with a migrated database and a mail sink: see tests/support/stack.py.

    The tests of a file share one; another file begins with another, whatever ran before it.
    """
    from tests.support.stack import Stack

    stack = Stack()
    try:
        yield stack.start()
    finally:
        stack.stop()


# The real register lies outside the repository.


def register_path() -> Path:
    folder = os.environ.get("SHARED_DATA_DIR") or REPOSITORY.parent / "shared" / "data"
    return Path(folder) / "real_miluo_enterprises.tsv"


@pytest.fixture(scope="session")
def real_register() -> Path:
    """The real register as a tab-separated file."""
    if not register_path().exists():
        pytest.skip(f"the real register is missing: {register_path()}")
    return register_path()
