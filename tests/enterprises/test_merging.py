from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from draws.models import Recusal
from enterprises import hooks
from enterprises.models import DuplicatePair, Enterprise, Hazard
from enterprises.selectors import enterprises, former_names_of, search
from enterprises.services import (
    add_to_list,
    change_state,
    dismiss_pair,
    find_duplicates,
    merge_enterprises,
    record_penalty,
    save_permit,
)
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.lib.credit_code import with_check_characters
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import Township
from tests.factories.enterprises import EnterpriseFactory, credit_code
from tests.factories.inspectors import InspectorFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date


def recusal_of(enterprise) -> Recusal:
    values = {"reason": Recusal.Reason.KINSHIP, "source": "本人申报", "starts_on": DAY(2026, 1, 1)}
    return Recusal.objects.create(enterprise=enterprise, inspector=InspectorFactory(), **values)


def pairs() -> set[tuple[str, str, str]]:
    found = DuplicatePair.objects.filter(dismissed_at=None).select_related("first", "second")
    return {(pair.first.name, pair.second.name, pair.reason) for pair in found}


def test_rows_that_may_be_one_are_found_once_each(clerk):
    town = Township.objects.first()
    EnterpriseFactory(name="示范化工有限公司", credit_code=with_check_characters("91999999MA000001"), township=town)
    EnterpriseFactory(name="样例贸易行", credit_code=with_check_characters("92999998MA000001"))
    EnterpriseFactory(name="汨罗市虚构机械有限责任公司")
    EnterpriseFactory(name="虚构（机械）有限公司")
    EnterpriseFactory(name="范例水泥制品厂", address="示例市示范路一百号", township=town)
    EnterpriseFactory(name="范例水泥预制厂", address="示例市示范路 一百号")
    EnterpriseFactory(name="样板精细化学品制造厂", township=town)
    EnterpriseFactory(name="样板精细化学品制造总厂", township=town)
    assert find_duplicates(by=clerk) == 4
    assert find_duplicates(by=clerk) == 0
    assert pairs() == {
        ("示范化工有限公司", "样例贸易行", "code"),
        ("汨罗市虚构机械有限责任公司", "虚构（机械）有限公司", "name"),
        ("范例水泥制品厂", "范例水泥预制厂", "address"),
        ("样板精细化学品制造厂", "样板精细化学品制造总厂", "similar"),
    }


def test_a_dismissed_suspicion_stays_dismissed(clerk):
    for number in (1, 2):
        EnterpriseFactory(name="示范机械有限公司", credit_code=credit_code(number))
    find_duplicates(by=clerk)
    pair = DuplicatePair.objects.get()
    with pytest.raises(Refusal, match="为什么不是同一家"):
        dismiss_pair(pair.pk, reason=" ", at=timezone.now(), by=clerk)
    dismiss_pair(pair.pk, reason="两个分厂", at=timezone.now(), by=clerk)
    assert (find_duplicates(by=clerk), pairs()) == (0, set())


def merged(clerk, kept, gone, take=()) -> Enterprise:
    return merge_enterprises(kept.pk, gone_pk=gone.pk, take=take, reason="换发新码", by=clerk)


def test_two_rows_become_one_with_the_facts_of_both(clerk):
    dust, gas = (Hazard.objects.get(code=code) for code in ("combustible_dust", "gas"))
    kept = EnterpriseFactory(name="示范新厂", credit_code=credit_code(1), address="新址")
    gone = EnterpriseFactory(name="示范旧厂", credit_code=credit_code(2), address="旧址", capital="100万")
    kept.hazards.set([dust])
    gone.hazards.set([gas])
    save_permit(gone.pk, kind="安全生产许可证", number="1", by=clerk)
    add_to_list(gone.pk, list_code="accident", reason="事故", on=DAY(2026, 1, 1), by=clerk)
    record_penalty(enterprise=gone, decided_on=DAY(2026, 1, 1), document_number="罚1号", source="本机关", by=clerk)
    whole = merged(clerk, kept, gone, take={"capital"})
    assert (whole.address, whole.capital, set(whole.hazards.all())) == ("新址", "100万", {dust, gas})
    assert (whole.permits.count(), whole.memberships.count(), whole.penalties.count()) == (1, 1, 1)
    assert [one.name for one in former_names_of(whole)] == ["示范旧厂"]
    assert set(search(enterprises(), credit_code(2))) == {whole, gone}
    gone.refresh_from_db()
    assert (gone.state, gone.merged_into) == ("closed", whole)
    event = AuditEvent.objects.latest("sequence")
    assert (event.action, event.detail) == (
        "enterprise.merged", {"gone": credit_code(2), "took": ["capital"], "reason": "换发新码"},
    )  # fmt: skip


def test_merged_twice_is_merged_once_and_does_not_come_back(clerk):
    kept, gone = EnterpriseFactory(), EnterpriseFactory()
    merged(clerk, kept, gone)
    count = AuditEvent.objects.count()
    merged(clerk, kept, gone)
    assert AuditEvent.objects.count() == count
    with pytest.raises(Refusal, match="已并入"):
        change_state(gone.pk, state="active", reason="恢复", by=clerk)
    with pytest.raises(Refusal, match="已并入别家"):
        merged(clerk, gone, EnterpriseFactory())


def test_the_name_taken_over_leaves_the_other_as_a_former_one(clerk):
    kept, gone = EnterpriseFactory(name="示范甲厂"), EnterpriseFactory(name="示范乙厂")
    whole = merged(clerk, kept, gone, take={"name"})
    assert (whole.name, [one.name for one in former_names_of(whole)]) == ("示范乙厂", ["示范甲厂"])


def test_a_merge_without_grounds_is_refused(clerk):
    with pytest.raises(Refusal, match="依据"):
        merge_enterprises(EnterpriseFactory().pk, gone_pk=EnterpriseFactory().pk, take=(), reason="", by=clerk)
    enterprise = EnterpriseFactory()
    with pytest.raises(Refusal, match="两家不同"):
        merged(clerk, enterprise, enterprise)


def test_work_of_other_rooms_forbids_that_its_enterprise_goes(clerk):
    kept, gone = EnterpriseFactory(), EnterpriseFactory()
    recusal_of(gone)
    with pytest.raises(Refusal, match="关联记录，不能并入别家：请对调"):
        merged(clerk, kept, gone)
    assert merged(clerk, gone, kept) == gone
    other = EnterpriseFactory()
    recusal_of(other)
    with pytest.raises(Refusal, match="两家都有"):
        merged(clerk, other, gone)


def test_an_upper_room_may_move_its_rows(clerk, monkeypatch):
    kept, gone = EnterpriseFactory(), EnterpriseFactory()
    recusal = recusal_of(gone)

    def move(gone, kept):
        type(recusal).objects.filter(enterprise=gone).update(enterprise=kept)

    monkeypatch.setattr(hooks, "_movers", {"draws.recusal": move})
    merged(clerk, kept, gone)
    recusal.refresh_from_db()
    assert recusal.enterprise == kept


def test_the_number_of_experts_is_among_what_a_person_chooses(clerk):
    kept, gone = (
        EnterpriseFactory(credit_code=credit_code(1)),
        EnterpriseFactory(credit_code=credit_code(2), expert_count_wanted=1),
    )
    assert merged(clerk, kept, gone, take=["expert_count_wanted"]).expert_count_wanted == 1
