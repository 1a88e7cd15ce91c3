"""One published fingerprint a day."""

import hashlib

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from shuangsuiji.audit import tasks
from shuangsuiji.audit.models import AuditEvent, DayLeaf
from shuangsuiji.audit.selectors import leaf_of, text_of_day
from shuangsuiji.audit.services import record

pytestmark = pytest.mark.django_db


def on(day, *, count=1):
    with time_machine.travel(f"{day}T04:00:00Z", tick=True), transaction.atomic():
        for number in range(count):
            record("test.happened", target=("test", str(number), ""))


def note(day):
    with time_machine.travel(f"{day}T04:00:00Z", tick=True):
        tasks.note_days()


def test_each_day_with_events_gets_one_leaf_once():
    on("2026-03-02", count=3)
    on("2026-03-04")
    note("2026-03-05")
    note("2026-03-05")
    assert [(f"{leaf.on}", leaf.event_count) for leaf in DayLeaf.objects.order_by("on")] == [
        ("2026-03-02", 3),
        ("2026-03-04", 1),
    ]


def test_today_waits_until_it_is_over():
    on("2026-03-02")
    note("2026-03-02")
    assert not DayLeaf.objects.exists()


def test_the_day_ends_at_the_bureaus_midnight():
    with time_machine.travel("2026-03-02T15:59:59Z"), transaction.atomic():
        record("test.happened")
    with time_machine.travel("2026-03-02T16:00:01Z"), transaction.atomic():
        record("test.happened")
    note("2026-03-05")
    assert [f"{leaf.on}" for leaf in DayLeaf.objects.order_by("on")] == ["2026-03-02", "2026-03-03"]


def test_the_file_of_a_day_has_its_digest_and_names_every_link():
    on("2026-03-02", count=2)
    on("2026-03-03")
    note("2026-03-04")
    first, second = DayLeaf.objects.order_by("on")
    for leaf in (first, second):
        assert hashlib.sha256(text_of_day(leaf).encode()).hexdigest() == leaf.digest
    assert second.previous_digest == first.digest
    event = AuditEvent.objects.order_by("sequence").first()
    assert f"{event.sequence} {event.hash}\n" in text_of_day(first)
    assert leaf_of(event) == first


def test_a_leaf_is_kept_as_it_is():
    on("2026-03-02")
    note("2026-03-03")
    for change in (lambda: DayLeaf.objects.update(digest="0" * 64), lambda: DayLeaf.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_file_holds_no_word_of_what_happened():
    with time_machine.travel("2026-03-02T04:00:00Z", tick=True), transaction.atomic():
        record("draw.names_read", target=("draw", "1", "示范保密化工有限公司"), confidential=True)
    note("2026-03-03")
    text = text_of_day(DayLeaf.objects.get())
    assert text.isascii()
    assert "names_read" not in text
    assert timezone.now()


def test_a_clock_set_back_opens_no_day_anew():
    on("2026-03-03")
    on("2026-03-02")
    on("2026-03-04")
    note("2026-03-05")
    assert [(f"{leaf.on}", leaf.event_count) for leaf in DayLeaf.objects.order_by("on")] == [
        ("2026-03-03", 2),
        ("2026-03-04", 1),
    ]


def test_what_comes_after_a_leaf_belongs_to_the_next():
    on("2026-03-02")
    note("2026-03-03")
    on("2026-03-02")
    note("2026-03-05")
    assert [leaf.event_count for leaf in DayLeaf.objects.order_by("on")] == [1, 1]
