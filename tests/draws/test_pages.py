"""Drafting through the pages, and lists that stay cheap."""

from __future__ import annotations

import pytest
from django.urls import reverse

from draws.models import Draw, Plan, Recusal
from draws.states import DrawState, PlanState
from tests.factories import draws as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make.make_county()


def basics() -> dict:
    start = make.timezone.localdate() + make.datetime.timedelta(days=40)
    end = start + make.datetime.timedelta(days=10)
    return {"title": "页面上的抽取", "mode": "announced", "visits_from": start, "visits_to": end}


def steps(county) -> dict[str, dict]:
    chem, firework = county.fields
    return {
        "range": {"kind": "general", "months_unchecked": 0},
        "strata": {f"take-{chem.pk}-C": 2, f"take-{firework.pk}-B": 1},
        "officers": {"inspectors_per_enterprise": 2, "officer_mode": "mixed", "officer_limit": 0},
        "experts": {"asks_experts": "on", "fewest_experts": 0, "expert_limit": 0},
        "items": {"1": 1, "2": 2},
        "witnesses": {
            "carry_out_by": make.timezone.localdate() + make.datetime.timedelta(days=5),
            "requirements": "请主要负责人到场",
            "name-1": "纪检监察",
            "kind-1": "account",
            "user-1": county.witness.pk,
            "name-2": "企业代表",
            "kind-2": "link",
        },
    }


def test_it_is_drafted_submitted_and_approved_through_the_pages(client, county):
    client.force_login(county.clerk)
    client.post(reverse("draw_create"), basics())
    draw = Draw.objects.get()
    for step, given in steps(county).items():
        assert client.post(reverse("draw_step", args=[draw.pk, step]), given).status_code == 302, step
    page = client.get(reverse("draw_step", args=[draw.pk, "check"])).content.decode()
    assert "提交前还要补齐" not in page
    client.post(reverse("draw_submit", args=[draw.pk]))
    client.force_login(county.approver)
    client.post(reverse("draw_approve", args=[draw.pk]))
    draw.refresh_from_db()
    assert draw.state == DrawState.APPROVED


def test_an_end_before_the_start_is_told_at_its_field(client, county):
    client.force_login(county.clerk)
    given = basics()
    page = client.post(reverse("draw_create"), given | {"visits_to": given["visits_from"] - make.datetime.timedelta(1)})
    assert "检查结束日期不能早于开始日期" in page.content.decode()


def test_a_share_never_rounds_a_stratum_with_somebody_to_nothing(client, county):
    draw = make.make_draft(county)
    client.force_login(county.clerk)
    client.post(reverse("draw_step", args=[draw.pk, "strata"]), {"share": 1, "by_share": "1"})
    assert all(stratum.take == 1 for stratum in draw.strata.all())
    assert draw.strata.count() == 4


def test_the_funnel_lives_while_the_drafter_ticks(client, county):
    draw = make.make_draft(county, strata={})
    client.force_login(county.clerk)
    given = {"kind": "general", "months_unchecked": 0, "risk_classes": ["B"]}
    page = client.post(reverse("draw_funnel", args=[draw.pk]), given).content.decode()
    assert "风险等级：B" in page
    draw.refresh_from_db()
    assert draw.rules["risk_classes"] == []


def test_every_step_shows(client, county):
    draw = make.make_draft(county)
    client.force_login(county.clerk)
    for step in (*steps(county), "basics", "check"):
        assert client.get(reverse("draw_step", args=[draw.pk, step])).status_code == 200


def test_a_drafter_cannot_open_somebody_elses_draft(client, county):
    draw = make.make_draft(county)
    client.force_login(make.make_user("other", "clerk"))
    page = client.get(reverse("draw_step", args=[draw.pk, "range"]), follow=True)
    assert "只有起草人本人可以修改草稿" in page.content.decode()


def test_the_rehearsal_says_whether_it_can_block(client, county):
    client.force_login(county.clerk)
    page = client.get(reverse("draw_rehearsal", args=[make.make_draft(county).pk])).content.decode()
    assert "20 次预演都能排出无冲突的执法人员" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(client, county, count, django_assert_max_num_queries):
    for _ in range(count):
        make.make_draft(county)
    client.force_login(county.clerk)
    with django_assert_max_num_queries(12):
        client.get(reverse("draw_list"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_ledger_costs_the_same_for_one_and_three(client, county, count, django_assert_max_num_queries):
    for _ in range(count):
        make.make_sealed(county)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("ledger")).content.decode().count("已封存") >= count


def test_a_plan_is_made_approved_and_published_through_the_pages(client, county):
    client.force_login(county.clerk)
    given = {"year": 2026, "officer_count": 22, "other_enforcement_days": 0, "non_enforcement_days": 0}
    given |= {"days_per_check": 4, "frequency": 1, "yearly_cap": 2, "fewest_eligible": 3}
    client.post(reverse("plan_create"), given | {f"count-{county.fields[0].pk}-C": 6})
    plan = Plan.objects.get()
    client.post(reverse("plan_submit", args=[plan.pk]))
    client.force_login(county.approver)
    client.post(reverse("plan_approve", args=[plan.pk]))
    client.force_login(county.clerk)
    client.post(reverse("plan_publish", args=[plan.pk]))
    plan.refresh_from_db()
    assert plan.state == PlanState.PUBLISHED
    assert client.get(reverse("plan_detail", args=[plan.pk])).status_code == 200


def test_a_recusal_is_registered_by_the_clerk_and_granted_by_the_head(client, county):
    client.force_login(county.clerk)
    given = {
        "inspector": county.officers[0].pk,
        "credit_code": county.enterprises[0].credit_code,
        "reason": "kinship",
        "source": "本人申请",
        "starts_on": make.timezone.localdate(),
    }
    client.post(reverse("recusal_create"), given)
    recusal = Recusal.objects.get()
    client.post(reverse("recusal_grant", args=[recusal.pk]))
    recusal.refresh_from_db()
    assert recusal.state == "asked"
    client.force_login(county.head)
    client.post(reverse("recusal_grant", args=[recusal.pk]))
    recusal.refresh_from_db()
    assert recusal.state == "granted"


def test_a_wrong_credit_code_is_told_at_its_field(client, county):
    client.force_login(county.clerk)
    page = client.post(reverse("recusal_create"), {"credit_code": "X" * 18, "reason": "kinship"})
    assert "名录库里没有这个代码" in page.content.decode()


@pytest.mark.parametrize("name", ["ledger_record", "ledger_sealed"])
def test_who_has_the_record_already_is_told_so(client, county, name):
    address = reverse(name, args=[make.make_drawn(county).number])
    mark = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": mark}).status_code == 304


def test_the_program_to_download_verifies_a_record(client, county, tmp_path):
    import subprocess
    import sys

    draw = make.make_drawn(county)
    program, record = tmp_path / "draw.pyz", tmp_path / "record.json"
    program.write_bytes(client.get(reverse("verify_program")).content)
    record.write_bytes(client.get(reverse("ledger_record", args=[draw.number])).content)
    command = [sys.executable, "-S", "-I", str(program), "verify", str(record)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    spoilt = record.read_bytes().replace(b'"seed":"', b'"seed":"0', 1)
    record.write_bytes(spoilt)
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


def test_minutes_are_made_once(client, county):
    draw = make.make_drawn(county)
    client.force_login(county.clerk)
    first = client.post(reverse("draw_minutes", args=[draw.pk]))
    second = client.post(reverse("draw_minutes", args=[draw.pk]))
    assert first.status_code == 302
    assert first["Location"] == second["Location"]
