"""A ceremony before a hall, three changes after it, and a record that still verifies.

**The clerk** drafts a draw of three chemical enterprises, two officers for each and an expert
where the enterprise wants one. **The approver** approves it, the clerk seals it, and opens the
projector. **The hall** sees the pool roll and two sources that have not come.

**The first guest** scans a one-time link with a phone and contributes: the hall sees that this
source has come, and the names roll on. **The second guest** contributes: the rolling stops, and the
committed result appears line by line, with officers, experts and items.

Then life goes on. An officer falls ill; an expert recuses himself late; an enterprise has closed
down. The clerk asks for each change with its reason, the approver approves it, and after each one
everything it does not concern stands as it stood: the text of the draw to the byte, and every other
enterprise's people and items.

**Anybody** recomputes the record with all three changes, in a browser and with the program of the
site under a bare Python. One seat altered is found, and its place is named.
"""

from __future__ import annotations

import datetime as dt
import json
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from draws.engine import verify_record
from tests.journeys.people import Approver, Citizen, Clerk, Hall, PhoneWitness, Wizard
from tests.journeys.telling import bare, told
from tests.journeys.watching import Watch

TAKE = 3
GUESTS = ("企业代表", "社区代表")
Seats = dict[str, dict[str, Any]]


class Story:
    """The steps, in the order in which they happen, and what one step leaves to the next."""

    def __init__(self, stack, chromium, *, folder) -> None:
        self.stack, self.chromium, self.folder = stack, chromium, folder
        self.watch = Watch(site=stack.url)
        self.windows = ExitStack()
        self.clerk = self.window(Clerk).sign_in("clerk")
        self.approver = self.window(Approver).sign_in("approver")
        self.hall = self.window(Hall).sign_in("clerk2")
        self.anybody = self.window(Citizen)

    def window(self, person):
        return self.windows.enter_context(person(self.chromium, site=self.stack.url, watch=self.watch))

    # The ceremony.

    def the_clerk_drafts_and_the_approver_approves(self) -> None:
        wizard, first = Wizard(self.clerk), timezone.localdate() + dt.timedelta(days=26)
        wizard.basics(title="危险化学品企业双随机抽取", visits_from=first, visits_to=first + dt.timedelta(days=6))
        wizard.range(field="危险化学品", risk="C 较高")
        wizard.strata(field="危险化学品", risk="较高", take=TAKE)
        wizard.people_and_experts()
        wizard.items(2, 1)
        wizard.two_guests(*GUESTS, requirements="请安排熟悉现场的人员在场。")
        self.clerk.press("提交审批")
        self.clerk.reads("已提交审批。")
        self.draw = urlsplit(self.clerk.page.url).path
        self.approver.approve_draw(self.draw)

    def the_clerk_seals_it(self) -> None:
        self.number = self.clerk.seal(self.draw)
        codes = self.clerk.page.get_by_alt_text("见证人的一次性链接")
        self.links = [self.clerk.scan(code) for code in codes.all()]
        assert len(set(self.links)) == len(GUESTS)

    def the_hall_sees_the_pool_roll(self) -> None:
        self.hall.open(f"{self.draw}screen/")
        for guest in GUESTS:
            self.hall.waits_until(guest, "未到")
        self.hall.sees_the_pool_roll()

    def the_first_guest_contributes(self) -> None:
        self._contribute(0, "硬币 正反反正")
        self.hall.waits_until(GUESTS[0], "已到")
        self.hall.waits_until(GUESTS[1], "未到")
        self.hall.sees_the_pool_roll()

    def the_second_guest_stops_it(self) -> None:
        self._contribute(1, "骰子 2 6 4")
        lines = self.hall.sees_every_line(TAKE)
        assert all("主办" in line and "协办" in line and "事项 3 项" in line for line in lines)
        assert any("专家" in line for line in lines)
        self.hall.reads("结果在最后一位见证人投入时已经确定，画面只是逐条展示。")

    def _contribute(self, number: int, text: str) -> None:
        guest = self.window(PhoneWitness)
        guest.open(urlsplit(self.links[number]).path).contribute(text)

    # Three changes.

    def an_officer_falls_ill(self) -> None:
        before = self.seats()
        code, ill, colleague = next((code, *one["inspectors"]) for code, one in before.items())
        words = self._seat_words("inspectors", ill, code=code)
        self._change("更换人员", reason="因病不能出勤", 谁不能去=words, 情况="本批都不能去")
        after = self.seats()
        substitute, unmoved = after[code]["inspectors"]
        assert (ill not in after[code]["inspectors"], unmoved, substitute != unmoved) == (True, colleague, True)
        assert after == {**before, code: {**before[code], "inspectors": [substitute, colleague]}}

    def an_expert_recuses_himself_late(self) -> None:
        before = self.seats()
        code, expert = next((code, one["experts"][0]) for code, one in before.items() if one["experts"])
        words = self._seat_words("experts", expert, code=code)
        self._change("更换人员", reason="曾为该企业提供评价服务", 谁不能去=words, 情况="只回避这一家")
        after = self.seats()
        assert expert not in after[code]["experts"]
        assert after == {**before, code: {**before[code], "experts": after[code]["experts"]}}

    def an_enterprise_has_closed(self) -> None:
        before = self.seats()
        closed = list(before)[-1]
        self._change("更换企业", reason="企业已注销", 企业=self._name(closed))
        after = self.seats()
        assert closed not in after
        assert len(after) == TAKE
        assert {code: one for code, one in after.items() if code in before} == {
            code: one for code, one in before.items() if code != closed
        }

    def _change(self, kind: str, *, reason: str, **choices: str) -> None:
        before = self.record()
        number = len(before["amendments"]) + 1
        self.clerk.ask_amendment(self.draw, kind, reason=reason, **choices)
        self.approver.approve_amendment(self.draw, number=number)
        after = self.record()
        assert {**after, "amendments": None, "leaves": None} == {**before, "amendments": None, "leaves": None}
        assert after["amendments"][: number - 1] == before["amendments"]
        assert after["amendments"][-1]["reason"] == reason

    # Verifying.

    def the_ledger_tells_of_the_changes(self) -> None:
        self.anybody.open("/ledger/")
        assert self.anybody.shows(self.number)
        self.anybody.open(f"/ledger/{self.number}/")
        assert self.anybody.shows("因病不能出勤", "曾为该企业提供评价服务", "企业已注销", "已更换")

    def it_verifies_in_the_browser(self) -> None:
        self.anybody.open(f"/ledger/{self.number}/").follow("在浏览器里核验")
        self.anybody.reads("从封存的名单到最后一次变更，每一步都与重算的结果相同。")

    def it_verifies_with_the_program_under_a_bare_python(self) -> None:
        program, path = self.folder / "draw.pyz", self.folder / "record.json"
        program.write_bytes(self.anybody.download_verifier())
        record = self.record()
        path.write_text(json.dumps(record, ensure_ascii=False))
        assert bare("-c", "import django").returncode, "this Python is not bare"
        right = bare(str(program), "verify", str(path), cwd=self.folder)
        assert (right.returncode, right.stdout.count("\n")) == (0, 1), right.stdout
        record["amendments"][0]["in"] = record["amendments"][0]["out"]
        path.write_text(json.dumps(record, ensure_ascii=False))
        wrong = bare(str(program), "verify", str(path), cwd=self.folder)
        assert wrong.returncode == 1
        assert "amendments[0]" in wrong.stdout + wrong.stderr

    def no_page_did_what_it_may_not(self) -> None:
        assert not self.watch.troubles, "\n".join(self.watch.troubles)

    # Small things.

    def record(self) -> dict[str, Any]:
        """The public record as it stands on the site now."""
        return self.anybody.context.request.get(f"/ledger/{self.number}/record.json").json()

    def seats(self) -> Seats:
        """Enterprise by enterprise, who goes and what is checked, every change worked in."""
        standing = verify_record(self.record()).standing
        assert standing, "the public record does not verify"
        return {one["enterprise"]: dict(one) for one in standing.entries}

    def _name(self, code: str) -> str:
        [(name,)] = self.stack.sql("SELECT name FROM enterprises_enterprise WHERE credit_code = %s", code)
        return str(name)

    def _seat_words(self, stage: str, person: str, *, code: str) -> str:
        """How the form names a seat: the enterprise, then who sits there."""
        table, key, word = {
            "inspectors": ("inspectors_inspector", "certificate_number", "执法人员"),
            "experts": ("inspectors_expert", "number", "专家"),
        }[stage]
        [(name,)] = self.stack.sql(f"SELECT name FROM {table} WHERE {key} = %s", person)
        return f"{self._name(code)}：{word} {name}"


@pytest.mark.timeout(420)
def test_a_ceremony_three_changes_and_a_record_that_verifies(planned_bureau, chromium, tmp_path):
    story = Story(planned_bureau, chromium, folder=tmp_path)
    with story.windows:
        told(story.the_clerk_drafts_and_the_approver_approves)
        told(story.the_clerk_seals_it)
        told(story.the_hall_sees_the_pool_roll)
        told(story.the_first_guest_contributes)
        told(story.the_second_guest_stops_it)
        told(story.an_officer_falls_ill)
        told(story.an_expert_recuses_himself_late)
        told(story.an_enterprise_has_closed)
        told(story.the_ledger_tells_of_the_changes)
        told(story.it_verifies_in_the_browser)
        told(story.it_verifies_with_the_program_under_a_bare_python)
        told(story.no_page_did_what_it_may_not)
