"""Finding what is public: two characters, codes, places, fields, days; and never more than could be read."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from publication import services
from publication.entries import pieces_of, wanted_pieces
from publication.models import Publication, PublicEntry
from publication.searching import ShortPaginator, between, in_field, in_township, standing_entries, with_words
from publication.services.entries import fill_missing_entries
from tests.factories.publication import (
    make_notice_draft,
    make_public_result,
    make_published_notice,
    publish_now,
    withdraw,
)

pytestmark = pytest.mark.django_db


def found(text):
    return [entry.slug for entry in with_words(standing_entries(), text)]


@pytest.mark.parametrize("word", ["化工", "示范", "范第", "有限公司", "示", "化工有限"])
def test_any_neighbouring_characters_find_it(word):
    _, notice = make_published_notice()
    assert found(word) == [notice.slug]


def test_pieces_that_do_not_stand_together_do_not_find_it():
    make_published_notice()
    assert found("工示") == []
    assert found("化工 乌有") == []


def test_a_code_finds_it_whole_or_in_part():
    _, notice = make_published_notice()
    code = notice.content["enterprises"][0]["credit_code"]
    assert found(code) == found(code.lower()) == found(code[2:9]) == [notice.slug]


def test_a_number_is_found_however_its_brackets_are_typed():
    _, notice = make_published_notice()
    assert found(notice.number) == [notice.slug]
    year, _, rest = notice.number.partition("〔")[2].partition("〕")
    before = notice.number.partition("〔")[0]
    for left, right in ("()", "[]", "（）", "【】"):
        assert found(f"{before}{left}{year}{right}{rest}") == [notice.slug]


def test_a_notice_is_found_by_what_will_be_looked_at():
    _, notice = make_published_notice()
    item = notice.content["enterprises"][0]["items"][0].split()[-1]
    assert found(item) == [notice.slug]


def test_the_rows_are_compared_with_the_texts_and_made_anew(capsys):
    _, notice = make_published_notice()
    call_command("verify_entries")
    PublicEntry.objects.filter(pk=notice.pk).update(title="改过的标题")
    with pytest.raises(CommandError, match="不一致"):
        call_command("verify_entries")
    assert f"{notice.slug}：标题" in capsys.readouterr().out
    call_command("verify_entries", rebuild=True)
    call_command("verify_entries")


def test_words_of_punctuation_alone_find_nothing():
    make_published_notice()
    assert found("（）") == []


def test_it_finds_by_place_and_field_and_day():
    _, notice = make_published_notice()
    row = notice.content["enterprises"][0]
    today = timezone.localdate()
    assert list(in_township(standing_entries(), row["township"]))
    assert list(in_field(standing_entries(), row["field"]))
    assert not list(in_township(standing_entries(), "乌有镇"))
    assert list(between(standing_entries(), today, today))
    assert not list(between(standing_entries(), today + dt.timedelta(days=1), None))
    assert not list(between(standing_entries(), None, today - dt.timedelta(days=1)))


def test_a_draft_has_no_entry_and_a_withdrawn_text_loses_it():
    county, notice = make_notice_draft()
    assert not PublicEntry.objects.exists()
    publish_now(notice, by=county.approver)
    assert PublicEntry.objects.filter(pk=notice.pk).exists()
    withdraw(notice, reason="名单有误", asked_by=county.clerk, by=county.approver)
    assert not PublicEntry.objects.exists()
    assert found("化工") == []


def test_a_correction_takes_the_place_of_what_it_corrects():
    county, notice = make_published_notice()
    second = publish_now(services.draft_correction(notice, reason="有误", by=county.clerk), by=county.approver)
    assert found("化工") == [second.slug]
    assert PublicEntry.objects.get(pk=notice.pk).state == "corrected"


def test_an_entry_counts_what_a_result_found():
    _, result = make_public_result(failed=1)
    entry = result.entry
    assert (entry.failed_count, entry.general_count + entry.major_count) == (1, 1)
    assert entry.enterprise_name == result.content["enterprise"]["name"]


def test_what_was_public_before_there_were_entries_gets_them():
    _, notice = make_published_notice()
    PublicEntry.objects.all().delete()
    assert fill_missing_entries() == 1
    assert fill_missing_entries() == 0
    assert found("化工") == [notice.slug]


def test_two_characters_use_the_index():
    make_published_notice()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        plan = with_words(PublicEntry.objects.order_by(), "化工").explain()
    assert "entries_by_pieces" in plan


def test_a_list_is_counted_no_further_than_it_is_shown(monkeypatch):
    monkeypatch.setattr(ShortPaginator, "most", 1)
    county, _ = make_published_notice()
    make_published_notice(county)
    page = ShortPaginator(standing_entries(), 20)
    assert (page.count, page.is_cut) == (1, True)


def test_pieces():
    assert pieces_of("化工") == {"化", "工", "化工"}
    assert wanted_pieces("化工厂") == ["化工", "工厂"]
    assert wanted_pieces("化") == ["化"]


def test_every_list_says_which_filter_was_wrong(client):
    page = client.get("/notices/", {"since": "昨天", "township": "乌有镇", "q": "化工"})
    assert page.status_code == 200
    assert "日期写成 2026-04-01 的样子" in page.content.decode()


def test_kinds_stand_in_their_columns():
    from publication.columns import COLUMN_OF

    assert set(COLUMN_OF) == set(Publication.Kind.values)
