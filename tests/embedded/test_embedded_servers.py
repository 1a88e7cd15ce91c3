"""The embedded servers start, are shared, and get over every kind of crash."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from shuangsuiji import embedded, launch
from shuangsuiji.embedded import postgres, valkey

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[embedded.Home]:
    home = embedded.Home.at(tmp_path / "closed to others", scratch=True)
    yield home
    embedded.stop(home)


def runner(home: embedded.Home, *command: str) -> subprocess.Popen[str]:
    """`python -m shuangsuiji.embedded run -- COMMAND` in a shell without addresses."""
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    return subprocess.Popen(
        [sys.executable, "-m", "shuangsuiji.embedded", "run", "--", *command],
        cwd=REPOSITORY,
        env=environment | {"DATA_DIR": str(home.data_dir)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until_running(home: embedded.Home) -> None:
    for _ in range(150):
        if embedded.is_running(home):
            return
        time.sleep(0.1)
    raise AssertionError("the servers did not come up")


def postmaster(home: embedded.Home) -> int:
    return int((home.folder / "postgres" / "postmaster.pid").read_text().split()[0])


def test_it_serves_both_and_stops_with_the_last_user(home):
    with embedded.servers(home) as (environment, _):
        with psycopg.connect(environment["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT current_user").fetchone() == (postgres.APP,)
        with redis.Redis.from_url(environment["REDIS_URL"]) as client:
            assert client.ping()
    assert not embedded.is_running(home)


def test_the_application_role_reads_and_writes_but_owns_nothing(home):
    environment = embedded.start(home)
    with psycopg.connect(environment["OWNER_DATABASE_URL"]) as owner:
        owner.execute("CREATE TABLE thing (id int)")
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as application:
        application.execute("INSERT INTO thing VALUES (1)")
        assert application.execute("SELECT * FROM thing").fetchall() == [(1,)]
        for statement in ("TRUNCATE thing", "ALTER TABLE thing DISABLE TRIGGER ALL", "CREATE TABLE mine (id int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(statement)


def test_other_users_of_the_machine_cannot_get_in(home):
    embedded.start(home)
    for user in ("postgres", postgres.OWNER, postgres.APP):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(
                host="127.0.0.1", port=home.port("postgres"), user=user, password="guess", dbname="postgres"
            )
    stranger = redis.Redis(host="127.0.0.1", port=home.port("valkey"))
    with pytest.raises(redis.AuthenticationError):
        stranger.ping()
    stranger.close()
    assert (home.folder / "secrets.json").stat().st_mode & 0o077 == 0
    assert (home.folder / "postgres").stat().st_mode & 0o077 == 0


def test_passwords_are_on_no_command_line(home):
    embedded.start(home)
    lines = subprocess.run(["ps", "-e", "-o", "args="], capture_output=True, text=True, check=True).stdout
    assert not [name for name in ("postgres", "owner", "app", "valkey") if home.secret(name) in lines]


def test_a_second_start_reuses_the_living_servers(home):
    first = embedded.start(home)
    pid = postmaster(home)
    assert embedded.start(home) == first
    assert postmaster(home) == pid


@pytest.mark.parametrize("clean_pid_file", [True, False])
def test_it_starts_again_after_the_database_was_killed(home, clean_pid_file):
    with psycopg.connect(embedded.start(home)["OWNER_DATABASE_URL"]) as owner:
        owner.execute("CREATE TABLE kept (id int)")
    os.kill(postmaster(home), signal.SIGKILL)
    if clean_pid_file:
        (home.folder / "postgres" / "postmaster.pid").unlink()
    with psycopg.connect(embedded.start(home)["OWNER_DATABASE_URL"]) as owner:
        assert owner.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_it_starts_again_after_valkey_was_killed(home):
    embedded.start(home)
    valkey._children[home.folder / "valkey"].kill()
    embedded.start(home)
    assert valkey.answers(home)


def test_a_pid_file_with_the_number_of_a_stranger_does_not_block(home):
    embedded.start(home)
    os.kill(postmaster(home), signal.SIGKILL)
    time.sleep(0.5)
    line, who = home.command("/bin/sleep", "60")
    stranger = subprocess.Popen(line, **who)
    path = home.folder / "postgres" / "postmaster.pid"
    path.write_text(path.read_text().replace(path.read_text().split()[0], str(stranger.pid), 1))
    embedded.start(home)
    assert postgres.answers(home)
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_taken_port_is_chosen_anew(home):
    embedded.start(home)
    embedded.stop(home)
    old = home.port("postgres"), home.port("valkey")
    with socket.create_server(("127.0.0.1", old[0])), socket.create_server(("127.0.0.1", old[1])):
        embedded.start(home)
        assert {home.port("postgres"), home.port("valkey")}.isdisjoint(old)


def test_a_broken_port_file_does_not_block(home):
    embedded.start(home)
    embedded.stop(home)
    (home.folder / "ports.json").write_text('{"postgres": ')
    embedded.start(home)
    assert embedded.is_running(home)


def test_a_half_made_cluster_is_made_anew(home):
    (home.folder / "postgres.draft").mkdir()
    (home.folder / "postgres.draft" / "PG_VERSION").write_text("18")
    embedded.start(home)
    assert embedded.is_running(home)


def test_somebody_elses_server_is_not_taken_for_ours(home, tmp_path):
    embedded.start(home)
    other = embedded.Home.at(tmp_path / "other", scratch=True)
    for name in ("ports.json", "secrets.json"):
        (other.folder / name).write_text((home.folder / name).read_text())
    (other.folder / "postgres").mkdir()
    assert not postgres.answers(other)
    assert not valkey.answers(other)


def test_concurrent_runs_share_the_servers_and_the_last_one_stops_them(home):
    first, second = runner(home, "sleep", "4"), runner(home, "sleep", "8")
    assert first.wait(timeout=60) == 0
    assert embedded.is_running(home)
    assert second.wait(timeout=60) == 0
    assert not embedded.is_running(home)
    first.communicate()
    second.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_stops_its_servers(home, number):
    run = runner(home, "sleep", "60")
    wait_until_running(home)
    time.sleep(0.5)
    run.send_signal(number)
    run.communicate(timeout=60)
    assert run.returncode == 128 + number
    assert not embedded.is_running(home)


def test_what_a_killed_run_left_is_used_and_stopped_by_the_next(home):
    killed = runner(home, "sleep", "300")
    wait_until_running(home)
    pid = postmaster(home)
    killed.kill()
    killed.communicate()
    assert embedded.is_running(home)
    following = runner(home, "cat", str(home.folder / "postgres" / "postmaster.pid"))
    out, _ = following.communicate(timeout=60)
    assert int(out.split()[0]) == pid
    assert not embedded.is_running(home)


def test_given_addresses_start_nothing(home):
    done = subprocess.run(
        [sys.executable, "-m", "shuangsuiji.embedded", "run", "--", "printenv", "DATABASE_URL"],
        cwd=REPOSITORY,
        env=os.environ | {"DATABASE_URL": "postgres://x", "REDIS_URL": "redis://x", "DATA_DIR": str(home.data_dir)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "postgres://x\n"
    assert not (home.folder / "postgres").exists()


def test_it_works_where_others_may_not_go(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    home = embedded.Home.at(closed / "inside", scratch=True)
    with embedded.servers(home):
        assert embedded.is_running(home)
    assert closed.stat().st_mode & 0o777 == 0o700


def test_whoever_serves_does_not_know_the_owner_of_the_tables(tmp_path, monkeypatch):
    """What `make run` starts its three processes with, its own environment and a .env file included."""
    monkeypatch.setenv(launch.OWNER_ADDRESS, "postgres://owner:secret@x/y")
    given = launch.without_owner({"DATABASE_URL": "postgres://app", launch.OWNER_ADDRESS: "postgres://owner:secret"})
    (tmp_path / ".env").write_text(f"{launch.OWNER_ADDRESS}=postgres://owner:secret@x/y\n")
    (tmp_path / "Procfile").write_text("web: env\n")
    command = [sys.executable, "-m", "honcho", "--env", os.devnull, "start"]
    done = subprocess.run(command, cwd=tmp_path, env=os.environ | given, capture_output=True, text=True, check=False)
    assert "DATABASE_URL=postgres://app" in done.stdout
    assert "owner:secret" not in done.stdout
    assert '"--env", os.devnull, "start"' in (REPOSITORY / "shuangsuiji" / "launch.py").read_text()
