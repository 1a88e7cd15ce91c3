"""The frame itself: roles of the database, what a test may do, and the running stack."""

from __future__ import annotations

import os
import signal
import smtplib
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType

from shuangsuiji import launch, provision
from shuangsuiji.embedded import postgres
from tests.support import network, servers

REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_application_role_owns_no_table(app_role_connection):
    owned = app_role_connection.execute("SELECT tablename FROM pg_tables WHERE tableowner = current_user").fetchall()
    assert owned == []
    assert app_role_connection.execute("SELECT count(*) FROM django_content_type").fetchone() != (0,)


def test_the_application_role_cannot_switch_off_the_audit_trail(app_role_connection):
    for statement in (
        "TRUNCATE audit_auditevent",
        "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
        "DROP TABLE audit_auditevent",
        "SET session_replication_role = replica",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app_role_connection.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_flush_restores_what_migrations_made(turn):
    assert ContentType.objects.filter(app_label="audit").exists()
    assert not ContentType.objects.filter(app_label="frame").exists()
    ContentType.objects.create(app_label="frame", model="left-over")


@pytest.mark.django_db
def test_an_unordered_query_is_shuffled_and_an_ordered_one_is_not():
    ordered = list(ContentType.objects.order_by("pk"))
    assert [row.pk for row in ordered] == sorted(row.pk for row in ordered)
    assert list(ContentType.objects.all()) != list(ContentType.objects.all())


def test_a_connection_beyond_the_machine_is_refused():
    with socket.socket() as outside, pytest.raises(network.OutsideConnectionError):
        outside.connect(("192.0.2.1", 80))


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        (("127.0.0.1", 1), True),
        (("localhost", 1), True),
        (("::1", 1, 0, 0), True),
        ("/tmp/x", True),
        (("example.org", 1), False),
    ],
)
def test_loopback_is_known(address, allowed):
    assert network.is_loopback(address) is allowed


def test_run_takes_the_next_port_when_one_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert launch.free_port(port) > port


def test_missing_libraries_are_named(monkeypatch, capsys):
    monkeypatch.setitem(provision.LIBRARIES, "libnot-there.so.9", "libnot-there9")
    monkeypatch.setattr(provision.os, "geteuid", lambda: 1000)
    provision.provide()
    assert "sudo apt-get install libnot-there9" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"])
def test_a_missing_setting_stops_the_start_with_its_name(name):
    environment = {**os.environ, name: "", "DJANGO_SETTINGS_MODULE": "shuangsuiji.settings"}
    done = subprocess.run(
        [sys.executable, "-c", "from django.conf import settings; settings.DEBUG"],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert name in done.stderr.splitlines()[-1]


def test_the_stack_serves_and_keeps_mail(live_stack):
    with smtplib.SMTP("127.0.0.1", int(live_stack.mail.url.rsplit(":", 1)[1])) as client:
        client.sendmail("a@example.invalid", "b@example.invalid", "Subject: 你好\n\n正文".encode())
    assert live_stack.mail.messages[-1]["Subject"]
    assert live_stack.sql("SELECT current_user") == [(postgres.OWNER,)]
    assert "shuangsuiji" in live_stack.shell("from django.conf import settings; print(settings.ROOT_URLCONF)")


def test_the_stack_survives_a_killed_worker(live_stack):
    live_stack.wait_for(lambda: "ready" in live_stack.log("worker"), seconds=60)
    live_stack.kill("worker", signal.SIGKILL)
    before = len(live_stack.log("worker"))
    live_stack.start("worker")
    live_stack.wait_for(lambda: "ready" in live_stack.log("worker")[before:], seconds=60)


def test_the_browser_opens_the_running_site(live_stack, chromium):
    page = chromium.new_page()
    response = page.goto(f"{live_stack.url}/desk/login/")
    assert response is not None
    page.close()


def test_a_stack_has_its_own_database(live_stack):
    assert live_stack.environment["DATABASE_URL"] != os.environ["APP_DATABASE_URL"]
    assert servers.TEMPLATE not in live_stack.environment["DATABASE_URL"]
