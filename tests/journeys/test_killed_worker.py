"""The worker is killed, as by a power cut, twice in the middle of issuing fifty letters.

PostgreSQL rows say what is still to do, Valkey is a doorbell only. Each new worker goes on where
the last one fell: nothing is lost, nothing is there twice, and no number is skipped.
"""

from __future__ import annotations

import pytest

from tests.journeys.fifty import COUNT
from tests.support.stack import Stack

KILLED_AT = (6, 20)
SECONDS = 90


class Letters:
    """The letters of a stack, counted from outside."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    def issued_count(self) -> int:
        [(count,)] = self.stack.sql("SELECT count(*) FROM publication_letter WHERE issued_at IS NOT NULL")
        return count

    def are_all_out(self) -> bool:
        """Issued, and nothing left in the outbox."""
        [(waiting,)] = self.stack.sql("SELECT count(*) FROM notifications_message WHERE state = 'waiting'")
        return self.issued_count() == COUNT and not waiting

    def papers(self) -> list[tuple[int, str]]:
        """Serial and number of every letter's document, in the order of serials."""
        return self.stack.sql(
            "SELECT serial, number FROM documents_issueddocument WHERE kind = 'inspection_notice' ORDER BY serial, part"
        )


@pytest.mark.timeout(400)
def test_a_new_worker_issues_the_rest_without_gap_or_twin(own_stack):
    letters = Letters(own_stack)
    own_stack.shell("from tests.journeys.fifty import approve_notice_of_fifty; approve_notice_of_fifty()")
    own_stack.start("worker", "beat")
    for count in KILLED_AT:
        kill_in_the_middle(own_stack, letters, at=count)
        own_stack.start("worker")
    own_stack.wait_for(letters.are_all_out, seconds=SECONDS)
    papers, mails = letters.papers(), own_stack.mail.messages
    assert [serial for serial, _ in papers] == list(range(1, COUNT + 1))
    assert len({number for _, number in papers}) == COUNT
    assert len({mail["Message-ID"] for mail in mails}) == COUNT
    assert {mail["To"] for mail in mails} == {f"office{number}@example.invalid" for number in range(1, COUNT + 1)}
    assert {mail["Subject"].rpartition(" ")[2] for mail in mails} == {number for _, number in papers}


def kill_in_the_middle(stack: Stack, letters: Letters, *, at: int) -> None:
    """Kill the worker with its children once so many letters are out; some must still be to come."""
    stack.wait_for(lambda: letters.issued_count() >= at, seconds=SECONDS)
    stack.kill("worker")
    assert letters.issued_count() < COUNT, "killed too late to prove anything"
