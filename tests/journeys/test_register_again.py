"""The register comes in, comes again, is corrected, and goes out again, in the browser.

The clerk uploads the county's register as it stands: every row is new, but for one with a mistyped
code. It was too early: the batch is undone, and the register is as it was. On the day it comes in
again. A week later somebody uploads the same file once more: nothing changes. The next file has new
addresses for a few: the preview shows them, old and new, and only they are written. It was the wrong
file, and that batch is undone; the first one is not any more, for its rows have been touched since.

It is the real register where it is at hand, else one of the same shape; no name of it is printed.
"""

from __future__ import annotations

import re
from contextlib import ExitStack

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

from tests.journeys.people import Clerk
from tests.journeys.register import HEADER, Register
from tests.journeys.telling import told
from tests.journeys.watching import Watch
from tests.support.stack import Stack

CORRECTED_COUNT = 7
ADDRESS_COLUMN = HEADER.index("注册地址") + 1
NEW_ADDRESS = "示例市更正路{number}号"


class Story:
    """The steps, in the order in which they happen."""

    def __init__(self, stack: Stack, chromium: Browser, *, register: Register) -> None:
        self.stack, self.register = stack, register
        self.watch, self.windows = Watch(site=stack.url), ExitStack()
        self.clerk = self.windows.enter_context(Clerk(chromium, site=stack.url, watch=self.watch)).sign_in("clerk")
        self.before = self.rows()

    def rows(self) -> dict[str, str]:
        """Address by credit code, as the database has it."""
        return dict(self.stack.sql("SELECT credit_code, address FROM enterprises_enterprise"))

    def imports(self, *, button: str, said: str) -> str:
        """Import the good rows of the preview; returns the batch's address."""
        self.clerk.press(button)
        self.clerk.reads(said)
        return self.clerk.page.url.removeprefix(self.stack.url)

    def every_row_is_new_but_the_mistyped_one(self) -> None:
        clerk, count = self.clerk, self.register.good_count
        clerk.upload_register(self.register.path)
        assert clerk.preview_counts() == {"将新增": count, "将更新": 0, "未变": 0, "有误": 1}
        said = f"新增 {count} 家，更新 0 家，未变 0 家，有误未导入 1 行。"
        self.first = self.imports(button=f"导入 {count} 行", said=said)
        assert len(self.rows()) == len(self.before) + count

    def the_same_file_changes_nothing(self) -> None:
        clerk, known = self.clerk, self.rows()
        clerk.upload_register(self.register.path)
        assert clerk.preview_counts() == {"将新增": 0, "将更新": 0, "未变": self.register.good_count, "有误": 1}
        assert self.rows() == known

    def a_few_new_addresses_are_shown_old_and_new(self) -> None:
        clerk, rest = self.clerk, self.register.good_count - CORRECTED_COUNT
        old = self.correct_addresses()
        clerk.upload_register(self.register.path)
        assert clerk.preview_counts() == {"将新增": 0, "将更新": CORRECTED_COUNT, "未变": rest, "有误": 1}
        clerk.follow(re.compile("^将更新"))
        assert clerk.shows("注册地址", NEW_ADDRESS.format(number=2), old)
        said = f"新增 0 家，更新 {CORRECTED_COUNT} 家，未变 {rest} 家，有误未导入 1 行。"
        self.second = self.imports(button=f"导入 {CORRECTED_COUNT} 行", said=said)
        assert self.corrected_count() == CORRECTED_COUNT

    def correct_addresses(self) -> str:
        """Write new addresses into the first rows of the file; returns the first one's old address."""
        book = load_workbook(self.register.path)
        cells = [book.active.cell(row=row, column=ADDRESS_COLUMN) for row in range(2, 2 + CORRECTED_COUNT)]
        old = str(cells[0].value)
        for cell in cells:
            cell.value = NEW_ADDRESS.format(number=cell.row)
        book.save(self.register.path)
        return old

    def corrected_count(self) -> int:
        return sum(address.startswith("示例市更正路") for address in self.rows().values())

    def it_was_too_early(self) -> None:
        self.undoes(self.first)
        assert self.rows() == self.before

    def it_was_the_wrong_file(self) -> None:
        self.undoes(self.second)
        assert self.corrected_count() == 0
        assert len(self.rows()) == len(self.before) + self.register.good_count

    def the_first_is_not_undone_any_more(self) -> None:
        known = self.rows()
        self.clerk.open(self.first)
        self.clerk.press_and_confirm("撤销这一批", verb="撤销")
        self.clerk.reads(re.compile("不能撤销：.*在导入之后又有改动"))
        assert self.rows() == known

    def undoes(self, batch: str) -> None:
        self.clerk.open(batch)
        self.clerk.press_and_confirm("撤销这一批", verb="撤销")
        self.clerk.reads("这一批已撤销")


@pytest.mark.timeout(300)
def test_the_register_comes_in_and_goes_out_again(planned_bureau, chromium, register):
    story = Story(planned_bureau, chromium, register=register)
    with story.windows:
        told(story.every_row_is_new_but_the_mistyped_one)
        told(story.it_was_too_early)
        told(story.every_row_is_new_but_the_mistyped_one)
        told(story.the_same_file_changes_nothing)
        told(story.a_few_new_addresses_are_shown_old_and_new)
        told(story.it_was_the_wrong_file)
        told(story.the_first_is_not_undone_any_more)
    assert not story.watch.troubles, "\n".join(story.watch.troubles)
