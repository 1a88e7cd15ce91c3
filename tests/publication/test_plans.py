"""年度计划和事项清单 in public: frozen when published, the former versions stay, the progress shows no kept name."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from draws.services.editions import approve_edition, edition_in_hand, publish_edition, submit_edition
from draws.services.items import create_sub_item, revise_item
from draws.services.plans import (
    adjust_plan,
    approve_plan,
    create_plan,
    name_unit,
    publish_plan,
    submit_plan,
    update_plan,
)
from enterprises.models import Enterprise
from publication.models import Publication
from publication.plan_content import plan_introduction
from publication.states import PublicationState
from shuangsuiji.accounts.models import Department
from tests.factories import draws as make
from tests.factories.inspections import make_reviewed

pytestmark = pytest.mark.django_db
YEAR = (make.timezone.localdate() + make.datetime.timedelta(days=40)).year
DAYS = {"officer_count": 22, "other_enforcement_days": 800, "non_enforcement_days": 900}


@pytest.fixture
def county():
    return make.make_county()


def test_every_task_shows_its_share_and_figures_stand_at_the_right(client, county):
    page = page_of(client, public_plan(county))
    assert re.search(r'<td data-label="比例" class="num"><span class="digits">[\d.]+%</span></td>', page)
    assert '<th scope="col" class="num">比例</th>' in page
    assert "<td>—</td>" not in page


def published(county, plan):
    return publish_plan(approve_plan(submit_plan(plan, by=county.clerk), by=county.approver), by=county.clerk)


def public_plan(county):
    lines = {(county.fields[0], "C"): 4, (county.fields[1], "B"): 4}
    plan = create_plan(by=county.clerk, year=YEAR, lines=lines, note="重点查储罐区。", **DAYS)
    partner = Department.objects.create(code="env", name="生态环境局", is_partner=True)
    name_unit(plan, enterprise=county.enterprises[3], by=county.clerk, times=2, month=6, partners=[partner])
    return published(county, plan)


def page_of(client, plan) -> str:
    return client.get(reverse("plan_public", args=[plan.slug])).content.decode()


def test_publishing_a_plan_announces_it_with_its_tables(client, county):
    plan = public_plan(county)
    publication = Publication.objects.get(kind="plan")
    assert (publication.state, publication.slug) == (PublicationState.PUBLISHED, plan.slug)
    assert (publication.drafted_by, publication.approved_by) == (county.clerk, county.approver)
    page = page_of(client, plan)
    for words in (
        "监督检查工作日",
        "一般检查任务",
        county.enterprises[3].name,
        "生态环境局",
        "重点查储罐区。",
        "不超过2次",
    ):
        assert words in page
    assert plan.slug in client.get(reverse("plan_public_list")).content.decode()


def test_what_was_announced_does_not_change_with_the_register(client, county):
    plan = public_plan(county)
    before = Publication.objects.get(kind="plan").content
    Enterprise.objects.filter(pk=county.enterprises[3].pk).update(name="示范改名有限公司")
    assert Publication.objects.get(kind="plan").content == before
    assert county.enterprises[3].name in page_of(client, plan)
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(kind="plan").update(content={})


def test_an_adjustment_is_announced_with_its_reason_and_the_former_stays_readable(client, county):
    former = public_plan(county)
    version = adjust_plan(former, by=county.clerk, reason="机构改革，人员减少")
    update_plan(version, by=county.clerk, lines={(county.fields[0], "C"): 2})
    published(county, version)
    new, old = page_of(client, version), page_of(client, former)
    assert "机构改革，人员减少" in new
    assert "这一版已经调整" in old
    assert reverse("plan_public", args=[version.slug]) in old
    states = dict(Publication.objects.filter(kind="plan").values_list("slug", "state"))
    assert states == {former.slug: PublicationState.CORRECTED, version.slug: PublicationState.PUBLISHED}
    assert "机构改革" in client.get(reverse("plan_public_list")).content.decode()


def test_an_unpublished_plan_has_no_public_page(client, county):
    plan = create_plan(by=county.clerk, year=YEAR, lines={(county.fields[0], "C"): 4}, **DAYS)
    assert client.get(reverse("plan_public", args=[plan.slug])).status_code == 404
    assert "还没有公布的年度计划" in client.get(reverse("plan_public_list")).content.decode()


def counted(page: str) -> str:
    """The figures of the progress, without their marks."""
    return re.search("已抽取 .+? 家，已检查 .+? 家", re.sub("<[^>]+>", "", page))[0]


def test_the_progress_follows_a_finished_visit(client, county):
    plan = public_plan(county)
    assert '已抽取 <span class="digits">0</span> 家，已检查 <span class="digits">0</span> 家' in page_of(client, plan)
    make_reviewed(county=county)
    assert '已抽取 <span class="digits">4</span> 家，已检查 <span class="digits">1</span> 家' in page_of(client, plan)


def test_a_covert_visit_shows_in_no_progress(client, county):
    plan = public_plan(county)
    before = page_of(client, plan)
    make_reviewed(county=county, mode="covert", title="夜间专项")
    assert page_of(client, plan) == before


def test_an_edition_of_the_list_is_announced_and_only_the_latest_stands(county):
    for number in (2, 3):
        item = revise_item(_in_force("T1.01").pk, by=county.clerk)
        create_sub_item(item.pk, code=f"T1.01.0{number}", text="看", legal_basis="依据", by=county.clerk)
        edition = submit_edition(edition_in_hand(by=county.clerk), by=county.clerk, reason=f"第{number}次")
        approved = approve_edition(edition, by=county.approver)
        publish_edition(approved, by=county.clerk, on=make.timezone.localdate())
    states = dict(Publication.objects.filter(kind="items").values_list("slug", "state"))
    assert states == {"items-2": PublicationState.EXPIRED, "items-3": PublicationState.PUBLISHED}


def _in_force(code):
    return make.Item.objects.get(code=code, published_on__isnull=False, withdrawn_on=None)


@pytest.mark.parametrize("count", [1, 3])
def test_the_public_pages_cost_the_same(client, county, count, django_assert_max_num_queries):
    for year in range(2024, 2024 + count):
        plan = create_plan(by=county.clerk, year=year, lines={(county.fields[0], "C"): 4}, **DAYS)
        plan = published(county, plan)
    with django_assert_max_num_queries(12):
        client.get(reverse("plan_public_list"))
    with django_assert_max_num_queries(12):
        page_of(client, plan)


def test_an_approval_before_eight_in_the_morning_is_of_that_day():
    before_eight = dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.UTC)
    plan = SimpleNamespace(year=2026, version=2, approved_at=before_eight, reason="新增企业")
    assert "（2026年3月3日）" in plan_introduction(plan)
