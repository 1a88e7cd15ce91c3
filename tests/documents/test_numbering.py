"""文号: never a gap, never a twin."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from shuangsuiji.documents.models import DocumentChain, IssuedDocument, NumberSeries
from shuangsuiji.documents.numbering import chain_of, number_text, take_number, take_serial
from shuangsuiji.documents.services import issue_document
from tests.factories.documents import RECEIPT

DAY = dt.date(2026, 4, 1)


def _in_threads(work, *, count: int, threads: int = 8) -> list:
    def closing(n):
        try:
            return work(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(closing, range(count)))


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (1, "示应急责改〔2026〕12号"),
        (2, "示应急责改〔2026〕12号之二"),
        (10, "示应急责改〔2026〕12号之十"),
        (21, "示应急责改〔2026〕12号之二十一"),
    ],
)
def test_a_number_is_written_as_officials_write_it(part, text):
    assert number_text("责改", year=2026, serial=12, part=part) == text


@pytest.mark.django_db(transaction=True)
def test_eight_threads_take_serials_without_gap_or_twin():
    def take(_n):
        with transaction.atomic():
            return take_serial("公告", year=2026)

    assert sorted(_in_threads(take, count=200)) == list(range(1, 201))


@pytest.mark.django_db(transaction=True)
def test_a_failed_issue_gives_its_serial_back():
    def take(n):
        try:
            with transaction.atomic():
                serial = take_serial("公告", year=2026)
                if n % 3 == 0:
                    raise RuntimeError("the printer caught fire")
                return serial
        except RuntimeError:
            return None

    kept = [serial for serial in _in_threads(take, count=90) if serial]

    assert sorted(kept) == list(range(1, 61))
    assert NumberSeries.objects.get().last_serial == 60


@pytest.mark.django_db(transaction=True)
def test_documents_issued_at_once_have_numbers_without_gap_or_twin(notice_kind):
    def issue(n):
        return issue_document("notice", subject=("test", str(n)), context=RECEIPT, by=None, issued_on=DAY).number

    numbers = _in_threads(issue, count=16)

    assert sorted(numbers) == sorted(f"示应急公告〔2026〕{n}号" for n in range(1, 17))


@pytest.mark.django_db(transaction=True)
def test_one_check_opens_one_chain_however_many_ask_at_once():
    def ask(_n):
        with transaction.atomic():
            return chain_of(("task", "1"), year=2026).serial

    assert set(_in_threads(ask, count=16)) == {1}
    assert DocumentChain.objects.count() == 1
    assert NumberSeries.objects.get(code="chain").last_serial == 1


@pytest.mark.django_db
def test_a_chain_keeps_its_serial_and_its_year(letter_kind):
    chain_of(("task", "0"), year=2026)

    first = take_number(letter_kind, issued_on=dt.date(2026, 12, 30), chain=("task", "1"))
    later = take_number(letter_kind, issued_on=dt.date(2027, 1, 5), chain=("task", "1"))

    assert (first.text, later.year, later.serial) == ("示应急检通〔2026〕2号", 2026, 2)


@pytest.mark.django_db
def test_a_second_document_of_a_kind_in_a_chain_is_part_two(letter_kind):
    numbers = [
        issue_document(
            "letter", subject=("task", "1"), context=RECEIPT, by=None, issued_on=DAY, chain=("task", "1")
        ).number
        for _ in range(3)
    ]

    assert numbers == ["示应急检通〔2026〕1号", "示应急检通〔2026〕1号之二", "示应急检通〔2026〕1号之三"]
    assert list(IssuedDocument.objects.values_list("part", flat=True)) == [1, 2, 3]


@pytest.mark.django_db
def test_a_new_year_begins_with_one():
    take_serial("公告", year=2026)

    assert take_serial("公告", year=2027) == 1
