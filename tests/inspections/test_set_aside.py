"""不作为证据: taken in error, kept, no evidence any more; the record says so and why."""

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from inspections import services
from inspections.documents import closing_context, evidence_context, record_context
from inspections.models import Evidence, EvidenceSetAside
from inspections.selectors.completeness import pieces_of
from inspections.services.bundles import files_of
from inspections.services.signing import standing_signatures
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.documents.files import path_of
from shuangsuiji.lib.errors import Refusal
from tests.factories.inspections import (
    add_photo,
    drawing,
    fill_record,
    make_on_site,
    make_rendered,
)

pytestmark = pytest.mark.django_db
WHY = "误拍了办公桌。"


def test_it_is_kept_but_counts_no_longer_and_the_record_says_why():
    check = make_on_site()
    wrong, right = add_photo(check), add_photo(check, shade=7)

    services.set_evidence_aside(wrong, by=check.second, reason=WHY)

    assert path_of(wrong.file_name).exists()
    assert [row["sha256"] for row in evidence_context(check.task)["evidence"]] == [right.sha256]
    said = record_context(check.task.record)
    assert said["evidence_count"] == 1
    assert [(one["sha256"], one["reason"], one["by"]) for one in said["set_aside"]] == [
        (wrong.sha256, WHY, check.second.name)
    ]
    assert AuditEvent.objects.get(action="evidence.set_aside").detail == {"sha256": wrong.sha256}


def test_a_signature_given_before_does_not_stand():
    check = make_on_site()
    record, photo = fill_record(check), add_photo(check)
    services.sign_record(record, by=check.lead, drawing=drawing())

    services.set_evidence_aside(photo, by=check.lead, reason=WHY)

    assert standing_signatures(record) == []


def test_a_failed_item_without_another_photo_is_reminded_of():
    check = make_on_site()
    fill_record(check, failed=1)
    photo = add_photo(check)
    services.set_evidence_aside(photo, by=check.lead, reason=WHY)

    assert any("没有照片" in piece.sentence for piece in pieces_of(check.fresh()))


class TestNotBy:
    def test_nobody_without_a_reason(self):
        check = make_on_site()

        with pytest.raises(Refusal, match="为什么不作为证据"):
            services.set_evidence_aside(add_photo(check), by=check.lead, reason=" ")

    def test_the_office(self):
        check = make_on_site()

        with pytest.raises(Refusal, match="只能由这项任务的执法人员"):
            services.set_evidence_aside(add_photo(check), by=check.clerk, reason=WHY)

    def test_twice(self):
        check = make_on_site()
        photo = add_photo(check)
        services.set_evidence_aside(photo, by=check.lead, reason=WHY)

        with pytest.raises(Refusal, match="不用重复办理"):
            services.set_evidence_aside(photo, by=check.second, reason=WHY)

    def test_after_the_review(self):
        check = make_on_site()
        photo = add_photo(check)
        record = fill_record(check)
        services.submit_record(record, by=check.lead, signature="signed")
        services.approve_record(check.fresh().record, by=check.approver)
        photo = Evidence.objects.get(pk=photo.pk)

        with pytest.raises(Refusal, match="已经审核"):
            services.set_evidence_aside(photo, by=check.lead, reason=WHY)

    def test_by_sql_it_is_not_taken_back(self):
        check = make_on_site()
        services.set_evidence_aside(add_photo(check), by=check.lead, reason=WHY)

        with pytest.raises(ProgrammingError), transaction.atomic():
            EvidenceSetAside.objects.all().delete()


def test_the_volume_says_how_many_and_the_bundle_keeps_them_apart():
    check = make_rendered(photos=1)
    photo = check.task.evidence.get()
    EvidenceSetAside.objects.create(evidence=photo, reason=WHY, by=check.lead, at=photo.uploaded_at)

    assert "另有 1 件经检查人员说明不作为证据" in closing_context(check.task.dossier)["remarks"]
    names = [name for name, _path, sha256 in files_of(check.task.dossier) if sha256 == photo.sha256]
    assert [name.partition("/")[0] for name in names] == ["不作为证据"]


def test_the_page_offers_it_and_shows_it_apart(client):
    check = make_on_site()
    photo = add_photo(check)
    client.force_login(check.lead)
    address = reverse("task_evidence", args=[check.task.pk])
    assert reverse("evidence_set_aside", args=[photo.pk]) in client.get(address).content.decode()

    html = client.post(reverse("evidence_set_aside", args=[photo.pk]), {"reason": WHY}, follow=True).content.decode()

    assert "不作为证据（1 件）" in html
    assert WHY in html
    assert reverse("evidence_set_aside", args=[photo.pk]) not in html
