"""Results: from the reviewed record, public by the job, nothing that may not be shown."""

import pytest
from django.utils import timezone

from inspections.models import Task
from publication import tasks
from publication.disclosure import content_hash, public_enterprise
from publication.models import Publication
from publication.services import draft_result
from shuangsuiji.lib.credit_code import with_check_characters
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import Deadline
from tests.factories.inspections import make_on_site
from tests.factories.publication import make_public_result, make_reviewed

pytestmark = pytest.mark.django_db


def test_the_job_drafts_a_result_for_every_reviewed_record_once():
    check = make_reviewed()
    tasks.draft_due_results()
    tasks.draft_due_results()
    result = Publication.objects.get(kind="result")
    assert result.task == check.task
    assert result.content["counts"]["failed"] == 1


def test_a_record_nobody_has_reviewed_gives_no_result():
    check = make_on_site()
    with pytest.raises(Refusal, match="审核通过后"):
        draft_result(check.task, by=check.clerk)


def test_it_shows_items_and_officers_and_no_words_from_the_site():
    check, result = make_public_result()
    text = str(result.content)
    officers = [seat.inspector for seat in check.task.drawn.seats.all() if seat.inspector_id]
    assert all(officer.certificate_number in text for officer in officers)
    record = check.task.record
    hidden = [record.representative_name, *record.results.exclude(seen="").values_list("seen", flat=True)]
    assert len(hidden) > 1
    assert not any(words in text for words in hidden)


def test_publishing_makes_the_task_public_and_keeps_its_deadline():
    check, _result = make_public_result()
    assert Task.objects.get(pk=check.task.pk).results_public_at is not None
    deadline = Deadline.objects.get(rule__code="results.after_visit", subject_key=str(check.task.pk))
    assert deadline.kept_on == timezone.localdate()


def test_the_hash_can_be_repeated_from_what_is_public():
    _, result = make_public_result()
    assert result.sha256 == content_hash(result, published_at=result.published_at)


def test_the_code_of_an_individual_business_is_masked():
    enterprise = make_on_site().task.enterprise
    enterprise.credit_code = with_check_characters("92999999MA000001")
    assert public_enterprise(enterprise)["credit_code"] == f"92999999********{enterprise.credit_code[-2:]}"


def test_a_covert_result_is_a_secret_until_it_is_public(client):
    check = make_reviewed(mode="covert")
    result = draft_result(check.task, by=check.clerk)
    assert result.is_confidential
    name = check.task.enterprise.name
    for address in ("/", "/results/", "/search/?q=" + name, "/feed.atom", f"/results/{result.slug}/"):
        assert name not in client.get(address).content.decode().replace(f"“{name}”", "").replace(f'value="{name}"', "")
