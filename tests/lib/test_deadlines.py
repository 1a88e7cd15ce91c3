from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from shuangsuiji.lib import deadlines, events, selectors, services
from shuangsuiji.lib.calendar import YearWithoutCalendar
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import CalendarDay, CalendarYear, Deadline, DeadlineRule

pytestmark = pytest.mark.django_db


def day(text):
    return datetime.date.fromisoformat(text)


def opened(start="2026-03-02", *, rule=deadlines.RESULTS_AFTER_VISIT, key="T-1", **options):
    return deadlines.open_deadline(
        rule, subject_kind="task", subject_key=key, label="示范化工检查结果", start_on=day(start), by=None, **options
    )


def kept(on, *, rule=deadlines.RESULTS_AFTER_VISIT, key="T-1"):
    return deadlines.keep_deadline(rule, subject_kind="task", subject_key=key, on=day(on))


@pytest.fixture
def heard():
    """What the floor announced to the trail."""
    actions = []

    def listen(sender, action, detail, **_):
        actions.append((action, detail))

    events.happened.connect(listen)
    yield actions
    events.happened.disconnect(listen)


def test_a_fresh_database_has_calendar_rules_places_and_fields():
    assert services.load_reference() == {
        "fields": 0,
        "field_aliases": 0,
        "features": 0,
        "townships": 0,
        "years": 0,
        "rules": 0,
    }
    assert sorted(selectors.load_calendar().years) == [2024, 2025, 2026, 2027]
    assert DeadlineRule.objects.count() >= 20


def test_notice_and_visit_are_fifteen_whole_days_apart():
    assert deadlines.latest_publication_on(day("2026-04-20")) == day("2026-04-04")
    assert deadlines.earliest_visit_on(day("2026-04-04")) == day("2026-04-20")


def test_due_and_warning_days_come_from_the_rule_in_force():
    services.set_rule(deadlines.RESULTS_AFTER_VISIT, valid_from=day("2026-06-01"), amount=5, unit="natural", by=None)

    assert deadlines.due_on(deadlines.RESULTS_AFTER_VISIT, start_on=day("2026-05-29")) == day("2026-06-09")
    assert deadlines.due_on(deadlines.RESULTS_AFTER_VISIT, start_on=day("2026-06-01")) == day("2026-06-08")
    assert deadlines.warn_on(deadlines.RESULTS_AFTER_VISIT, start_on=day("2026-05-25")) == day("2026-06-01")


def test_a_rule_without_a_version_in_force_is_refused():
    with pytest.raises(Refusal, match="没有生效的版本"):
        deadlines.due_on("results.after_visit", start_on=day("2010-01-01"))


def test_a_new_version_must_begin_later():
    with pytest.raises(Refusal, match="应晚于"):
        services.set_rule("penalty.pay", valid_from=day("2021-07-15"), by=None, amount=10)


def test_opening_twice_keeps_one(heard):
    assert opened().pk == opened().pk
    assert [action for action, _ in heard] == ["deadline.opened"]


def test_a_moved_visit_moves_an_open_deadline_and_leaves_a_kept_one():
    opened()
    assert opened("2026-03-09").due_on == day("2026-03-18")
    kept("2026-03-10")
    assert opened("2026-03-23").due_on == day("2026-03-18")


def test_a_document_may_fix_the_last_day():
    deadline = opened(rule=deadlines.ORDER_RECTIFY, fixed_on=day("2026-04-15"))
    assert (deadline.due_on, deadline.warn_on) == (day("2026-04-15"), day("2026-04-12"))
    with pytest.raises(ValueError, match="counted"):
        opened(key="T-2", fixed_on=day("2026-04-15"))


def test_the_first_day_a_duty_was_done_stands():
    opened()
    kept("2026-03-05")
    assert kept("2026-03-20").kept_on == day("2026-03-05")
    assert Deadline.objects.get().missed_at is None


def test_a_duty_done_late_is_missed_for_ever():
    opened()
    assert kept("2026-03-12").missed_at is not None
    assert selectors.deadline_counts(today=day("2026-03-13")) == selectors.DeadlineCounts(missed=1)


def test_keeping_what_was_never_opened_or_was_cancelled_does_nothing():
    assert kept("2026-03-05") is None
    opened()
    deadlines.cancel_deadline(
        deadlines.RESULTS_AFTER_VISIT, subject_kind="task", subject_key="T-1", reason="抽取作废", by=None
    )
    assert kept("2026-03-05") is None


def test_cancelling_needs_a_reason():
    with pytest.raises(Refusal, match="原因"):
        deadlines.cancel_deadline("penalty.pay", subject_kind="task", subject_key="T-1", reason=" ", by=None)


def test_the_job_records_each_missed_one_once(heard):
    opened()
    assert deadlines.mark_missed(today=day("2026-03-11")) == 0
    assert deadlines.mark_missed(today=day("2026-03-12")) == 1
    assert deadlines.mark_missed(today=day("2026-03-12")) == 0
    assert heard[-1][0] == "deadline.missed"


def test_the_trail_never_hears_a_name(heard):
    opened(is_confidential=True)
    kept("2026-03-20")
    assert heard
    assert "示范化工" not in str(heard)


def test_counts_agree_with_what_happened():
    for key, start, done in [
        ("A", "2026-03-02", "2026-03-05"),
        ("B", "2026-03-02", "2026-03-20"),
        ("C", "2026-03-02", None),
    ]:
        opened(start, key=key)
        if done:
            kept(done, key=key)
    opened("2026-03-25", key="D")
    opened("2026-03-16", key="E")

    counts = selectors.deadline_counts(today=day("2026-03-25"))
    assert counts == selectors.DeadlineCounts(kept=1, missed=2, open=2, due_soon=1)
    assert counts.kept_share == pytest.approx(1 / 3)
    assert selectors.deadline_counts_by_rule(today=day("2026-03-25"), year=2026)[0][1].missed == 2
    assert [d.subject_key for d in selectors.late_deadlines(today=day("2026-03-25"))] == ["C"]
    assert [d.subject_key for d in selectors.due_deadlines(today=day("2026-03-25"))] == ["C", "E"]


# The calendar as people keep it.


def test_a_new_day_off_moves_open_deadlines_only():
    opened(key="open")
    opened(key="kept")
    kept("2026-03-05", key="kept")
    services.set_day(day("2026-03-04"), kind="off", name="示例假日", by=None)

    assert dict(Deadline.objects.values_list("subject_key", "due_on")) == {
        "open": day("2026-03-12"),
        "kept": day("2026-03-11"),
    }


def test_clearing_a_day_moves_them_back():
    opened()
    services.set_day(day("2026-03-04"), kind="off", name="示例假日", by=None)
    services.clear_day(day("2026-03-04"), by=None)
    assert Deadline.objects.get().due_on == day("2026-03-11")


def test_setting_a_day_twice_happens_once(heard):
    for _ in range(2):
        services.set_day(day("2026-03-04"), kind="off", name="示例假日", by=None)
    assert [action for action, _ in heard] == ["calendar.day_set"]


@pytest.mark.parametrize(
    ("on", "kind", "name", "words"),
    [
        ("2030-01-01", "off", "元旦", "2030年还没有录入"),
        ("2026-03-04", "worked", "示例", "不是周末"),
        ("2026-03-04", "maybe", "示例", "放假"),
        ("2026-03-04", "off", " ", "节日名称"),
    ],
)
def test_a_wrong_day_is_refused(on, kind, name, words):
    with pytest.raises(Refusal, match=words):
        services.set_day(day(on), kind=kind, name=name, by=None)


def test_a_year_is_entered_then_confirmed():
    with pytest.raises(YearWithoutCalendar):
        opened("2027-12-30")
    services.add_year(2028, source="国务院办公厅通知", by=None)
    assert opened("2027-12-30").due_on == day("2028-01-10")
    assert services.confirm_year(2028, source="国办发明电〔2027〕9号", by=None).is_confirmed
    assert services.add_year(2028, source="别的", by=None).source == "国办发明电〔2027〕9号"


@pytest.mark.parametrize(
    ("today", "gaps"),
    [
        ("2026-11-30", []),
        ("2026-12-01", [(2027, False)]),
        ("2027-03-01", [(2027, False)]),
        ("2028-12-05", [(2028, True), (2029, True)]),
    ],
)
def test_a_missing_or_unconfirmed_year_is_an_alarm(today, gaps):
    found = selectors.calendar_gap(day(today))
    assert [(gap.year, gap.is_missing) for gap in found] == gaps
    assert all("工作日历" in gap.sentence or "核对" in gap.sentence for gap in found)


def test_an_edited_row_survives_loading_again():
    CalendarDay.objects.filter(on=day("2026-10-10")).delete()
    CalendarYear.objects.filter(year=2024).delete()
    services.load_reference()
    assert not CalendarDay.objects.filter(on=day("2026-10-10")).exists()
    assert CalendarYear.objects.filter(year=2024).exists()


# Places.


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("湖南省汨罗市新市镇示范路1号", "新市镇"),
        ("汨罗市城郊乡示范村", "归义镇"),
        ("汨罗市红花乡示范村", "罗江镇"),
        ("汨罗市建设路10号", None),
        ("汨罗市新市镇与归义镇交界", None),
        ("汨罗市黄柏镇示范村", None),  # its successor is not confirmed yet
    ],
)
def test_an_address_names_a_township_by_its_old_name_too(address, name):
    found = selectors.find_township(address)
    assert (found and found.name) == name


def test_a_kept_deadline_whose_ground_was_undone_is_open_again_and_the_first_stays_history(heard):
    opened()
    kept("2026-03-04")
    again = deadlines.reopen_deadline(
        deadlines.RESULTS_AFTER_VISIT, subject_kind="task", subject_key="T-1", start_on=day("2026-04-01"), by=None
    )
    first = Deadline.objects.order_by("id").first()
    assert (first.kept_on, again.kept_on, again.label) == (day("2026-03-04"), None, first.label)
    assert again.due_on > first.due_on
    assert kept("2026-04-02").pk == again.pk
    assert [action for action, _ in heard] == ["deadline.opened", "deadline.kept", "deadline.opened", "deadline.kept"]


def test_reopened_twice_there_is_one_open_deadline():
    opened()
    kept("2026-03-04")
    for start in ("2026-04-01", "2026-04-08"):
        deadlines.reopen_deadline(
            deadlines.RESULTS_AFTER_VISIT, subject_kind="task", subject_key="T-1", start_on=day(start), by=None
        )
    assert Deadline.objects.get(kept_on=None).starts_on == day("2026-04-08")
    with pytest.raises(IntegrityError, match="one_open_deadline"), transaction.atomic():
        Deadline.objects.filter(kept_on__isnull=False).update(kept_on=None)


def test_nothing_is_reopened_or_counted_anew_that_never_was_or_was_cancelled():
    nowhere = {"subject_kind": "task", "subject_key": "T-1", "start_on": day("2026-04-01"), "by": None}
    assert deadlines.reopen_deadline(deadlines.RESULTS_AFTER_VISIT, **nowhere) is None
    assert deadlines.recount_deadline(deadlines.RESULTS_AFTER_VISIT, **nowhere) is None
    opened()
    deadlines.cancel_deadline(
        deadlines.RESULTS_AFTER_VISIT, subject_kind="task", subject_key="T-1", reason="企业已关闭", by=None
    )
    assert deadlines.reopen_deadline(deadlines.RESULTS_AFTER_VISIT, **nowhere) is None
    assert Deadline.objects.count() == 1
