"""PostgreSQL and Valkey from wheels, for a machine that has neither.

    with servers(Home.at(folder)) as environment:
        ...

Whoever needs the servers holds a lease while using them; the last one out
stops them. A lease is a file lock, so a killed process gives it back by dying,
and nothing it left behind (a pid file, a taken port, a server still running)
blocks the next start: a server counts as ours only if it answers to our
password and names our folder.

Three roles: `postgres` sets up, `shuangsuiji_owner` migrates and owns the
tables, `shuangsuiji_app` is the application and owns nothing, so that it can
neither truncate a table nor switch off a trigger.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from shuangsuiji.embedded import postgres, valkey
from shuangsuiji.embedded.home import EmbeddedError, Home

__all__ = ["EmbeddedError", "Home", "environment", "is_running", "servers", "start", "stop"]


def start(home: Home) -> dict[str, str]:
    """Start what does not answer yet and return the environment that leads to it."""
    with home.locked():
        if not is_running(home):
            home.kept.unlink(missing_ok=True)
        postgres.ensure(home)
        valkey.ensure(home)
    return environment(home)


def stop(home: Home) -> None:
    """Stop both servers; stopped ones stay stopped."""
    with home.locked():
        _stop(home)


def is_running(home: Home) -> bool:
    """Both servers of this folder answer."""
    return postgres.answers(home) and valkey.answers(home)


def environment(home: Home) -> dict[str, str]:
    """The variables that `settings.py` and `manage.py` read."""
    return {
        "DATABASE_URL": postgres.url(home, role=postgres.APP),
        "OWNER_DATABASE_URL": postgres.url(home, role=postgres.OWNER),
        "REDIS_URL": valkey.url(home),
        "DATA_DIR": str(home.data_dir),
        "SECRET_KEY": os.environ.get("SECRET_KEY") or home.secret("secret_key"),
    }


@contextmanager
def servers(home: Home) -> Iterator[tuple[dict[str, str], int]]:
    """Both servers for the length of the block: yields the environment and the lease.

    Pass the lease (a file descriptor) on to child processes, so that a child
    which outlives its parent still holds the servers.
    """
    with home.lease() as lease:
        try:
            yield start(home), lease
        finally:
            home.release(lease)
            with home.locked():
                if home.is_unused() and not home.kept.exists():
                    _stop(home)


def _stop(home: Home) -> None:
    home.kept.unlink(missing_ok=True)
    valkey.stop(home)
    postgres.stop(home)
