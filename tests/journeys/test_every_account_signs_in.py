"""The demo's bureau, looked at by everybody: each account signs in and finds its own work.

Then the main pages, on a phone and on a desk's screen: nothing sticks out at the right,
and axe finds nothing serious.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe

from shuangsuiji.demo.people import OFFICERS, STAFF
from tests.journeys.people import DESK, PHONE, Person
from tests.journeys.watching import Watch
from tests.support.stack import Stack, seeded

# What stands in an account's menu, and what never may.
BUSINESS = {"抽取任务", "检查对象", "检查任务", "公告与结果"}
MENUS = {
    "clerk": (BUSINESS | {"导入记录", "年度计划", "回避", "案卷"}, {"账号", "审计"}),
    "clerk2": (BUSINESS | {"导入记录", "年度计划", "回避", "案卷"}, {"账号", "审计"}),
    "approver": (BUSINESS, {"导入记录", "账号", "审计"}),
    "head": (BUSINESS | {"领导看板", "回避"}, {"导入记录", "账号", "审计"}),
    "leader": ({"抽取任务", "期限", "领导看板"}, {"导入记录", "检查任务", "账号", "审计"}),
    "supervisor": ({"抽取任务", "审计"}, {"导入记录", "账号"}),
    "sysadmin": ({"账号"}, BUSINESS | {"审计", "领导看板"}),
    "secadmin": ({"账号"}, BUSINESS | {"审计", "领导看板"}),
    "auditadmin": ({"审计"}, BUSINESS | {"领导看板"}),
}
OFFICER_MENU = ({"检查任务", "案卷"}, {"抽取任务", "公告与结果", "导入记录", "账号", "审计"})
ACCOUNTS = [*(username for username, _, _ in STAFF), *(f"officer{n}" for n in range(1, len(OFFICERS) + 1))]

PUBLIC_PAGES = ("/", "/login/")
"""Those of the public site are walked in test_public_site.py."""
CLERK_PAGES = (
    *("/desk/", "/desk/draws/", "/desk/draws/new/", "/desk/plans/", "/desk/recusals/", "/desk/items/"),
    *("/desk/enterprises/", "/desk/inspectors/", "/desk/experts/", "/desk/imports/", "/desk/imports/enterprises/"),
    *("/desk/tasks/", "/desk/dossiers/", "/desk/publication/", "/desk/deadlines/", "/desk/dashboard/", "/desk/inbox/"),
)
ROWS = {
    "/ledger/{}/": "SELECT number FROM draws_draw WHERE state = 'drawn' ORDER BY number",
    "/letter/{}/": "SELECT token FROM publication_letter WHERE confirmed_at IS NULL AND issued_at IS NOT NULL",
    "/witness/{}/": "SELECT 'a-link-for-the-walk'",
    "/desk/draws/{}/": "SELECT id FROM draws_draw WHERE state = 'drawn' AND mode = 'announced' ORDER BY number",
    "/desk/draws/{}/ceremony/": "SELECT id FROM draws_draw WHERE state = 'sealed'",
    "/desk/enterprises/{}/": "SELECT enterprise_id FROM inspections_task ORDER BY number",
    "/desk/enterprises/{}/file/": "SELECT enterprise_id FROM inspections_task ORDER BY number",
    "/desk/tasks/{}/": "SELECT id FROM inspections_task ORDER BY number",
    "/desk/tasks/{}/review/": "SELECT id FROM inspections_task WHERE state <> 'archived' ORDER BY number",
    "/desk/dossiers/{}/": "SELECT id FROM inspections_dossier ORDER BY id",
    "/desk/publication/{}/": "SELECT id FROM publication_publication WHERE kind = 'notice' ORDER BY slug",
}
"""Pages about one thing: the first row of each."""

LINK = """
from django.utils import timezone
from draws.models import DrawSource, WitnessLink
from draws.services.links import fingerprint
source = DrawSource.objects.select_related("draw__drafted_by").filter(kind="link", draw__state="sealed").first()
person = source.draw.drafted_by
token_hash = fingerprint("a-link-for-the-walk")
WitnessLink.objects.create(source=source, token_hash=token_hash, made_by=person, made_at=timezone.now())
"""
"""Links are kept as fingerprints: this one is known."""

SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=["390", "1440"])


@pytest.fixture(scope="module")
def demo() -> Iterator[Stack]:
    """The whole demo world on the web; no jobs run, so nothing changes while it is looked at."""
    stack = Stack(seeded=seeded())
    try:
        stack.shell(LINK)
        yield stack.start("web")
    finally:
        stack.stop()


@pytest.fixture
def visit(demo, chromium):
    """Open a window on the demo for somebody; what its pages did wrong is told at the end."""
    watch, people = Watch(site=demo.url), []

    def opened(screen: tuple[int, int]) -> Person:
        person = Person(chromium, site=demo.url, watch=watch)
        person.page.set_viewport_size({"width": screen[0], "height": screen[1]})
        people.append(person)
        return person

    yield opened
    for person in people:
        person.context.close()
    assert not watch.troubles, "\n".join(watch.troubles)


def one_of_each(stack: Stack, *, at_desk: bool) -> list[str]:
    """The addresses of pages about one thing."""
    wanted = {path: query for path, query in ROWS.items() if path.startswith("/desk/") == at_desk}
    return [path.format(*stack.sql(f"{query} LIMIT 1")[0]) for path, query in wanted.items()]


def faults_of(person: Person, paths: list[str]) -> list[str]:
    """Look at each page; what sticks out or what axe calls serious, in words."""
    axe, found = Axe(), []
    for path in paths:
        try:
            person.open(path)
        except AssertionError as fault:
            found.append(str(fault))
        violations = axe.run(person.page).response["violations"]
        grave = [one for one in violations if one["impact"] in ("serious", "critical")]
        found += [f"{path}: {one['id']} at {[node['target'] for node in one['nodes']][:3]}" for one in grave]
    return found


@pytest.mark.parametrize("username", ACCOUNTS)
def test_an_account_signs_in_and_finds_its_work(visit, username):
    person = visit(DESK).sign_in(username)
    links = person.page.get_by_role("navigation", name="工作台").get_by_role("link")
    menu = dict(zip(links.all_inner_texts(), (link.get_attribute("href") for link in links.all()), strict=True))
    expected, never = MENUS.get(username, OFFICER_MENU)
    assert person.page.get_by_role("heading", level=1).inner_text() == "今日待办"
    assert expected <= set(menu)
    assert not never & set(menu)
    statuses = {word: person.context.request.get(path).status for word, path in menu.items()}
    assert set(statuses.values()) == {200}, statuses


@SCREENS
def test_public_pages_fit_and_are_accessible(demo, visit, screen):
    paths = [*PUBLIC_PAGES, *one_of_each(demo, at_desk=False)]
    assert not faults_of(visit(screen), paths)


@SCREENS
def test_desk_pages_fit_and_are_accessible(demo, visit, screen):
    paths = [*CLERK_PAGES, *one_of_each(demo, at_desk=True)]
    assert not faults_of(visit(screen).sign_in("clerk"), paths)
