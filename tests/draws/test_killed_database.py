"""The database is killed while a draw is carried out: no result or one, never two, and the ceremony goes on.

A PostgreSQL of its own, a real web server, and a witness who presses “投入” as the last one. At each
named point of the transaction a trigger holds it up, the whole server is killed as by a power cut,
and started again. What was not committed never was: the witness presses once more, and there is
one result, which verifies.
"""

from __future__ import annotations

import json
import os
import re
import signal
import threading
import time
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from draws.engine import verify_record
from shuangsuiji import embedded
from tests.support import servers
from tests.support.stack import Stack

# Where the transaction is held up: after which row, or at its end.
POINTS = {
    "the contribution": "AFTER INSERT ON draws_contribution",
    "the result": "AFTER INSERT ON draws_drawing",
    "the first seat": "AFTER INSERT ON draws_drawnseat",
    "the first task": "AFTER INSERT ON inspections_task",
    "the trail": "AFTER INSERT ON audit_auditevent",
    "the commit": "AFTER INSERT ON draws_drawing DEFERRABLE INITIALLY DEFERRED",
}
DELAYS_S = (0.0, 0.05, 0.12, 0.25)
DRAWS = """
from draws.services import contribute, make_link
from tests.factories import draws as make
county = make.make_county()
for number in range({count}):
    draw = make.make_sealed(county, title=f"第{{number + 1}}次示例抽取")
    contribute(draw.sources.get(kind="account"), text="第一个", by=county.witness)
    print("link", draw.number, make_link(draw.sources.get(kind="link"), by=county.clerk))
"""


class Bureau:
    """A web server and its very own PostgreSQL, which may be killed."""

    def __init__(self, folder: Path) -> None:
        self.home = embedded.Home.at(folder, scratch=True)
        given = embedded.start(self.home)
        self.stack = Stack(**{name: given[name] for name in ("DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL")})
        servers.fill_as_migrated(given["OWNER_DATABASE_URL"])
        told = self.stack.shell(DRAWS.format(count=len(POINTS) + len(DELAYS_S)))
        self.links = dict(re.findall(r"^link (\S+) (\S+)$", told, re.MULTILINE))
        self.stack.start("web")

    def power_cut(self) -> None:
        """Kill every process of the database at once, then start it again."""
        [line, *_] = (self.home.folder / "postgres" / "postmaster.pid").read_text().split()
        for pid in (int(line), *children_of(int(line))):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        embedded.start(self.home)

    @contextmanager
    def held_up(self, event: str) -> Iterator[None]:
        """Every transaction stops for a while at this point."""
        kind = "CONSTRAINT TRIGGER" if "DEFERRABLE" in event else "TRIGGER"
        table = event.split(" ON ")[1].split()[0]
        self.stack.sql(
            "CREATE OR REPLACE FUNCTION hold_up() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN PERFORM pg_advisory_lock(4711), pg_sleep(30); RETURN NEW; END'"
        )
        self.stack.sql(f"CREATE {kind} held_up {event} FOR EACH ROW EXECUTE FUNCTION hold_up()")
        try:
            yield
        finally:
            self.stack.sql(f"DROP TRIGGER held_up ON {table}")

    def is_held_up(self) -> bool:
        return bool(self.stack.sql("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711"))

    # What stands in the database.

    def waiting(self) -> list[tuple[str, str]]:
        """Ledger number and one-time link of every draw that waits for its last witness."""
        rows = self.stack.sql("SELECT number FROM draws_draw WHERE state = 'sealed' ORDER BY number")
        return [(number, self.links[number]) for (number,) in rows]

    def results(self, number: str) -> tuple[int, int, int]:
        """How many results, contributions and drawn enterprises a draw has."""
        [counts] = self.stack.sql(
            "SELECT (SELECT count(*) FROM draws_drawing WHERE sealed_id = d.id), "
            "(SELECT count(*) FROM draws_contribution WHERE sealed_id = d.id), "
            "(SELECT count(*) FROM draws_drawnenterprise WHERE draw_id = d.id) "
            "FROM draws_draw d WHERE d.number = %s",
            number,
        )
        return counts

    def contribute(self, token: str) -> int:
        """A witness presses the button; the status of the answer, 0 when none came."""
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        address = f"{self.stack.url}/witness/{token}/"
        try:
            page = browser.open(address, timeout=20).read().decode()
            if "已收到您的内容" in page:
                return 200
            code = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
            sent = urlencode({"text": "骰子 4 2", "csrfmiddlewaretoken": code[1] if code else ""}).encode()
            return int(browser.open(address, data=sent, timeout=20).status)
        except urllib.error.HTTPError as answer:
            return int(answer.code)
        except OSError:
            return 0

    def record(self, number: str) -> dict:
        """The public record, from the site."""
        return json.loads(build_opener().open(f"{self.stack.url}/ledger/{number}/record.json", timeout=20).read())


def children_of(pid: int) -> list[int]:
    """The processes a process has started."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture(scope="module")
def bureau(tmp_path_factory) -> Iterator[Bureau]:
    one = Bureau(tmp_path_factory.mktemp("bureau"))
    yield one
    one.stack.stop()
    embedded.stop(one.home)


def press(bureau: Bureau, token: str) -> threading.Thread:
    pressing = threading.Thread(target=bureau.contribute, args=[token])
    pressing.start()
    return pressing


def goes_on(bureau: Bureau, number: str, token: str) -> None:
    """The same web server, the same link: one result, and it verifies."""
    bureau.stack.wait_for(lambda: bureau.contribute(token) == 200, seconds=30)
    assert bureau.results(number) == (1, 2, 4)
    assert verify_record(bureau.record(number)).passed
    assert bureau.contribute(token) == 200
    assert bureau.results(number) == (1, 2, 4)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("point", POINTS)
def test_killed_in_the_middle_nothing_has_happened_and_the_ceremony_goes_on(bureau, point):
    number, token = bureau.waiting()[0]
    with bureau.held_up(POINTS[point]):
        pressing = press(bureau, token)
        bureau.stack.wait_for(bureau.is_held_up)
        bureau.power_cut()
        pressing.join()
        assert bureau.results(number) == (0, 1, 0)
    goes_on(bureau, number, token)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("delay", DELAYS_S)
def test_killed_at_any_moment_there_is_no_result_or_one(bureau, delay):
    number, token = bureau.waiting()[0]
    pressing = press(bureau, token)
    time.sleep(delay)
    bureau.power_cut()
    pressing.join()
    assert bureau.results(number) in [(0, 1, 0), (1, 2, 4)]
    goes_on(bureau, number, token)


def test_as_many_results_as_ceremonies(bureau):
    drawn = bureau.stack.sql("SELECT count(*), count(DISTINCT sealed_id) FROM draws_drawing")
    [(results, draws)] = drawn
    assert results == draws
