"""Everything is killed, as by a power cut, while publications and letters fall due.

A PostgreSQL and a Valkey of its own, a worker (which is the relay too) and a beat, and a real mail
server. At each named point a transaction of the worker is held up; the victim is killed with
SIGKILL and started again as a supervisor would. PostgreSQL rows say what is still to do, Valkey is a
doorbell: every publication is published once, every letter issued once, no number is skipped.

`KILL_ROUNDS=5 KILL_COUNT=200` runs the long version.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
import redis

from shuangsuiji import embedded
from shuangsuiji.embedded import valkey
from tests.support import servers
from tests.support.stack import Stack

ROUNDS = int(os.environ.get("KILL_ROUNDS", "1"))
COUNT = int(os.environ.get("KILL_COUNT", "20"))
SECONDS = 90
LOCK = 4712
FEEDER = "feeder"
FED = "kind = 'statistics'"
# Where a transaction of the worker is held up, and who dies there; each round the victims move on by one.
POINTS = {
    "a publication turns public": "AFTER UPDATE ON publication_publication",
    "the trail is written": "AFTER INSERT ON audit_auditevent",
    "a number is taken": "AFTER UPDATE ON documents_numberseries",
    "a letter's paper is kept": "AFTER INSERT ON documents_issueddocument",
    "a letter waits to be mailed": "AFTER INSERT ON notifications_message",
    "a mail has left": "AFTER UPDATE ON notifications_message",
    "a letter's commit": "AFTER UPDATE ON publication_letter DEFERRABLE INITIALLY DEFERRED",
}
VICTIMS = ("worker", "postgres", "beat", "valkey")
KILLS = [
    (number, point, VICTIMS[(number + place) % len(VICTIMS)])
    for number in range(ROUNDS)
    for place, point in enumerate(POINTS)
]


class Bureau:
    """Worker and beat on servers that may be killed, a mail server, and somebody at the desk."""

    def __init__(self, folder: Path) -> None:
        self.home = embedded.Home.at(folder, scratch=True)
        given = embedded.start(self.home)
        self.stack = Stack(**{name: given[name] for name in ("DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL")})
        servers.fill_as_migrated(given["OWNER_DATABASE_URL"])
        self.stack.shell(f"from tests.journeys.falling_due import prepare; prepare({COUNT})")
        self.desk = self._desk()
        self.stack.start("worker", "beat")
        self.fed_count = 0

    def _desk(self) -> subprocess.Popen[str]:
        code = "import django; django.setup(); from tests.journeys.falling_due import feed_for_ever; feed_for_ever()"
        return subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=servers.REPOSITORY,
            env=os.environ | self.stack.environment | {"PGAPPNAME": FEEDER},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def feed(self, count: int) -> None:
        """So many publications and letters fall due."""
        assert self.desk.stdin
        assert self.desk.stdout
        count = min(count, COUNT - self.fed_count)
        self.desk.stdin.write(f"{count}\n")
        self.desk.stdin.flush()
        assert self.desk.stdout.readline() == "fed\n"
        self.fed_count += count

    @contextmanager
    def held_up(self, event: str) -> Iterator[None]:
        """The worker's transactions stop at this point until the block ends; the desk's go on."""
        kind = "CONSTRAINT TRIGGER" if "DEFERRABLE" in event else "TRIGGER"
        self.stack.sql(
            "CREATE OR REPLACE FUNCTION hold_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF current_setting('application_name') <> '{FEEDER}' THEN "
            f"PERFORM pg_advisory_xact_lock_shared({LOCK}); END IF; RETURN NEW; END $$"
        )
        with psycopg.connect(self.stack.environment["OWNER_DATABASE_URL"], autocommit=True) as holder:
            holder.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            self.stack.sql(f"CREATE {kind} held_up {event} FOR EACH ROW EXECUTE FUNCTION hold_up()")
            yield
        self.stack.wait_for(lambda: self._dropped(event), seconds=30)

    def _dropped(self, event: str) -> bool:
        """The trigger goes as soon as whoever was held up has ended."""
        table = event.split(" ON ")[1].split()[0]
        try:
            self.stack.sql("SET lock_timeout = '2s'; " + f"DROP TRIGGER IF EXISTS held_up ON {table}")
        except psycopg.OperationalError:
            return False
        return True

    def is_held_up(self) -> bool:
        asked = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
        return bool(self.stack.sql(asked, LOCK))

    def kill(self, victim: str) -> None:
        """SIGKILL, without a word to anybody."""
        if victim == "postgres":
            [line, *_] = (self.home.folder / "postgres" / "postmaster.pid").read_text().split()
            self._kill_all([int(line), *children_of(int(line))])
        elif victim == "valkey":
            with valkey_client(self.home) as client:
                self._kill_all([int(client.info("server")["process_id"])])
        else:
            self.stack.kill(victim)

    def _kill_all(self, pids: list[int]) -> None:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def supervise(self) -> None:
        """Start again whatever has ended, as a supervisor does."""
        embedded.start(self.home)
        for name in ("worker", "beat"):
            process = self.stack.processes.get(name)
            if process is None or process.poll() is not None:
                self.stack.processes.pop(name, None)
                self.stack.start(name)

    # What stands in the database.

    def count(self, statement: str) -> int:
        [(found,)] = self.stack.sql(statement)
        return found

    def are_all_out(self) -> bool:
        """Everything that was fed is published, issued and mailed."""
        self.supervise()
        published = self.count(f"SELECT count(*) FROM publication_publication WHERE state = 'published' AND {FED}")
        issued = self.count("SELECT count(*) FROM publication_letter WHERE issued_at IS NOT NULL")
        sent = self.count("SELECT count(*) FROM notifications_message WHERE subject_kind = 'letter' AND state = 'sent'")
        return (published, issued, sent) == (self.fed_count,) * 3

    def end(self) -> None:
        self.desk.stdin.close()
        self.desk.wait(timeout=20)
        self.desk.stdout.close()
        self.stack.stop()
        embedded.stop(self.home)


def valkey_client(home: embedded.Home) -> redis.Redis:
    return redis.Redis.from_url(valkey.url(home))


def children_of(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture(scope="module")
def bureau(tmp_path_factory) -> Iterator[Bureau]:
    one = Bureau(tmp_path_factory.mktemp("bureau"))
    yield one
    one.end()


@pytest.mark.timeout(180, func_only=True)
@pytest.mark.parametrize(("number", "point", "victim"), KILLS)
def test_killed_at_a_named_point_the_rest_goes_on(bureau, number, point, victim):
    batch = max(1, COUNT * 3 // 4 // len(KILLS))
    with bureau.held_up(POINTS[point]):
        bureau.feed(batch)
        bureau.stack.wait_for(bureau.is_held_up, seconds=60)
        bureau.kill(victim)
        if victim in ("postgres", "valkey"):
            bureau.supervise()
    bureau.supervise()
    bureau.stack.wait_for(bureau.are_all_out, seconds=SECONDS)


@pytest.mark.timeout(180, func_only=True)
def test_with_valkey_emptied_in_between_all_goes_out_within_ninety_seconds(bureau):
    bureau.stack.kill("worker")
    bureau.feed(COUNT)
    with valkey_client(bureau.home) as client:
        client.flushall()
    bureau.stack.wait_for(bureau.are_all_out, seconds=SECONDS)


def test_each_publication_was_published_once(bureau):
    rows = bureau.stack.sql(
        "SELECT target_key, count(*) FROM audit_auditevent WHERE action = 'publication.published' AND target_key IN "
        f"(SELECT id::text FROM publication_publication WHERE {FED}) GROUP BY target_key"
    )
    assert len(rows) == bureau.fed_count == COUNT
    assert {times for _, times in rows} == {1}


def test_each_letter_was_issued_once_and_no_number_is_skipped(bureau):
    papers = bureau.stack.sql(
        "SELECT serial, part, number FROM documents_issueddocument WHERE kind = 'inspection_notice' ORDER BY serial"
    )
    assert [(serial, part) for serial, part, _ in papers] == [(number, 1) for number in range(1, COUNT + 1)]
    assert bureau.count("SELECT count(DISTINCT document_id) FROM publication_letter") == COUNT


def test_each_letter_reached_the_mail_server_under_one_message_id(bureau):
    """Once each; only a relay killed after the server's "250" and before its commit says it once more, the same."""
    mails = bureau.stack.mail.messages
    assert len({mail["Message-ID"] for mail in mails}) == COUNT
    assert {mail["To"] for mail in mails} == {f"office{number}@example.invalid" for number in range(1, COUNT + 1)}
    at_the_mail = sum(point == "a mail has left" and victim in ("worker", "postgres") for _, point, victim in KILLS)
    assert len(mails) - COUNT <= at_the_mail


def test_the_trail_is_whole(bureau):
    assert "审计链完好" in bureau.stack.manage("verify_audit")
