"""清单版次: what may be checked changes only by an edition that somebody else has approved."""

from __future__ import annotations

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from draws.models import DrawnItem, Item, ItemEdition, SealedItem, SubItem
from draws.selectors.items import changes_of, differences, public_catalogue
from draws.selectors.preparation import published_items
from draws.services.editions import approve_edition, edition_in_hand, publish_edition, return_edition, submit_edition
from draws.services.items import (
    create_item,
    create_sub_item,
    discard_item,
    keep_item,
    revise_item,
    update_item,
    withdraw_item,
)
from shuangsuiji.accounts.models import Department
from shuangsuiji.lib.errors import Refusal
from tests.factories import draws as make
from tests.factories.items import ItemGroupFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def today() -> datetime.date:
    """Asked anew each time: a run may go past midnight."""
    return timezone.localdate()


@pytest.fixture
def county():
    return make.make_county()


@pytest.fixture
def clerk(county):
    return county.clerk


def enter(clerk, code="7.01", **changes) -> Item:
    values = {"group": ItemGroupFactory(), "name": "示例新事项", "legal_basis": "《安全生产法》"}
    item = create_item(code=code, by=clerk, **{**values, **changes})
    create_sub_item(item.pk, code=f"{code}.01", text="看一看", legal_basis="《安全生产法》第四条", by=clerk)
    return item


def publish(county, *, on=None) -> ItemEdition:
    edition = submit_edition(edition_in_hand(by=county.clerk), by=county.clerk, reason="补充事项")
    return publish_edition(approve_edition(edition, by=county.approver), by=county.clerk, on=on or today())


def codes(on=None) -> set[str]:
    return {item.code for page in public_catalogue(today=on or today()).groups for item in page.items}


def test_a_new_item_is_public_and_drawable_from_its_day_on(county, clerk):
    enter(clerk)
    assert "7.01" not in codes()
    publish(county, on=today() + 3 * DAY)
    assert "7.01" not in codes(today() + 2 * DAY)
    assert "7.01" in codes(today() + 3 * DAY)
    assert "7.01" in set(published_items(today=today() + 3 * DAY).values_list("code", flat=True))


def test_a_revision_takes_over_on_its_day_and_never_both_hold(county, clerk):
    item = Item.objects.get(code="T1.01")
    version = revise_item(item.pk, by=clerk)
    assert revise_item(item.pk, by=clerk) == version
    update_item(version.pk, by=clerk, name="改过的事项")
    create_sub_item(version.pk, code="T1.01.01", text="看一看", legal_basis="《安全生产法》", by=clerk)
    publish(county, on=today() + DAY)
    names = [published_items(today=day).get(code="T1.01").name for day in (today(), today() + DAY)]
    assert names == [item.name, "改过的事项"]
    item.refresh_from_db()
    assert item.withdrawn_on == today() + DAY


def test_the_former_edition_stays_readable_word_for_word(client, county, clerk):
    enter(clerk, name="第一次的说法")
    first = publish(county)
    version = revise_item(Item.objects.get(code="7.01").pk, by=clerk)
    update_item(version.pk, by=clerk, name="第二次的说法")
    second = publish(county)
    first.refresh_from_db()
    assert (first.in_force_to, second.in_force_to) == (today(), None)
    former = client.get(reverse("item_edition_page", args=[first.slug])).content.decode()
    assert "第一次的说法" in former
    assert "这是以前的版本" in former
    current = client.get(reverse("item_list")).content.decode()
    assert "第二次的说法" in current
    assert "第一次的说法" not in current
    assert str(first) in current
    assert client.get(reverse("item_edition_page", args=["items-99"])).status_code == 404


def test_an_item_leaves_with_the_next_edition_and_may_be_kept(county, clerk):
    item = Item.objects.get(code="T1.01")
    withdraw_item(item.pk, by=clerk)
    keep_item(item.pk, by=clerk)
    assert changes_of(edition_in_hand(by=clerk)).count == 0
    withdraw_item(item.pk, by=clerk)
    assert "T1.01" in codes()
    publish(county)
    assert "T1.01" not in codes()
    enter(clerk, code="T1.01")
    assert Item.objects.get(code="T1.01", published_on=None).version == 2


def test_nothing_changes_while_somebody_else_looks_at_it(county, clerk):
    item = enter(clerk)
    edition = submit_edition(edition_in_hand(by=clerk), by=clerk, reason="补充")
    for act in (
        lambda: update_item(item.pk, by=clerk, name="改"),
        lambda: discard_item(item.pk, by=clerk),
        lambda: revise_item(Item.objects.get(code="T1.01").pk, by=clerk),
    ):
        with pytest.raises(Refusal, match="清单暂时不能改"):
            act()
    return_edition(edition, by=county.approver, reason="依据不全")
    discard_item(item.pk, by=clerk)
    discard_item(item.pk, by=clerk)
    assert not Item.objects.filter(code="7.01").exists()


def test_nobody_approves_their_own_edition(county, clerk):
    make.UserRole.objects.create(user=clerk, role="approver")
    enter(clerk)
    edition = submit_edition(edition_in_hand(by=clerk), by=clerk, reason="补充")
    both = make.User.objects.get(pk=clerk.pk)
    with pytest.raises(Refusal):
        approve_edition(edition, by=both)
    with pytest.raises(IntegrityError, match="an_edition_is_approved_by_somebody_else"), transaction.atomic():
        ItemEdition.objects.filter(pk=edition.pk).update(state="approved", approved_by=both, approved_at=timezone.now())


def test_an_edition_says_what_is_missing(county, clerk):
    edition = edition_in_hand(by=clerk)
    with pytest.raises(Refusal, match="还没有改动"):
        submit_edition(edition, by=clerk, reason="无")
    create_item(code="7.02", group=ItemGroupFactory(), name="空的", legal_basis="依据", by=clerk)
    with pytest.raises(Refusal, match="还没有检查子项"):
        submit_edition(edition, by=clerk, reason="无")
    create_sub_item(Item.objects.get(code="7.02").pk, code="7.02.01", text="看", legal_basis="依据", by=clerk)
    with pytest.raises(Refusal, match="改了什么、为什么"):
        submit_edition(edition, by=clerk)
    approved = approve_edition(submit_edition(edition, by=clerk, reason="补充"), by=county.approver)
    with pytest.raises(Refusal, match="不能早于公布的日子"):
        publish_edition(approved, by=clerk, on=today() - DAY)


def test_a_revision_is_shown_column_by_column(clerk, county):
    item = Item.objects.get(code="T1.01")
    version = revise_item(item.pk, by=clerk)
    update_item(version.pk, by=clerk, name="改过", fields=[county.fields[0]])
    found = differences(Item.objects.get(pk=version.pk), item)
    assert found == [("检查事项", item.name, "改过"), ("适用领域", "全部领域", "危险化学品")]


# 抽取


def test_a_sealed_draw_points_at_the_versions_it_used_and_visits_show_them(county, clerk):
    draw = make.make_sealed(county)
    item = Item.objects.get(code="T1.01")
    update_item(revise_item(item.pk, by=clerk).pk, by=clerk, name="改过的事项")
    version = Item.objects.get(code="T1.01", published_on=None)
    create_sub_item(version.pk, code="T1.01.01", text="看一看", legal_basis="依据", by=clerk)
    publish(county)
    make.contribute_all(draw, county=county)
    assert {row.item.version for row in DrawnItem.objects.filter(drawn__draw=draw)} == {1}
    later = make.make_sealed(county)
    assert later.sealed.items.get(item__code="T1.01").item == Item.objects.get(pk=version.pk)


def test_an_unpublished_item_enters_no_draw_whoever_writes_the_sql(county, clerk):
    item = enter(clerk)
    draw = make.make_drawn(county)
    with pytest.raises(DatabaseError, match="not published"), transaction.atomic():
        SealedItem.objects.create(sealed=draw.sealed, item=item)
    with pytest.raises(DatabaseError, match="not published"), transaction.atomic():
        DrawnItem.objects.create(drawn=draw.drawn.first(), item=item)
    with pytest.raises(IntegrityError, match="a_published_item_belongs_to_an_edition"), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(edition=None, published_on=today())


def test_sql_cannot_change_what_is_published(county, clerk):
    item = enter(clerk)
    edition = publish(county)
    changes = (
        lambda: Item.objects.filter(pk=item.pk).update(name="改"),
        lambda: SubItem.objects.filter(item=item).update(text="改"),
        lambda: SubItem.objects.filter(item=item)._raw_delete(using="default"),
        lambda: ItemEdition.objects.filter(pk=edition.pk).update(content={}),
        lambda: ItemEdition.objects.filter(pk=edition.pk)._raw_delete(using="default"),
    )
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_partners_items_are_drawn_only_when_the_partner_comes(county, clerk):
    partner = Department.objects.create(code="env", name="生态环境局", is_partner=True)
    enter(clerk, department=partner)
    publish(county)
    assert "7.01" in codes()
    alone, joint = (
        set(published_items(today=today(), departments=who).values_list("code", flat=True)) for who in ((), ("env",))
    )
    assert joint - alone == {"7.01"}


# 页面


def test_an_edition_goes_through_the_pages(client, county, clerk):
    item = enter(clerk)
    edition = edition_in_hand(by=clerk)
    client.force_login(clerk)
    assert "示例新事项" in client.get(reverse("item_edition", args=[edition.pk])).content.decode()
    page = client.post(reverse("item_edition_submit", args=[edition.pk]), {"reason": ""}).content.decode()
    assert "改了什么、为什么" in page
    client.post(reverse("item_edition_submit", args=[edition.pk]), {"reason": "补充事项"})
    client.force_login(county.approver)
    client.post(reverse("item_edition_approve", args=[edition.pk]))
    client.force_login(clerk)
    client.post(reverse("item_edition_publish", args=[edition.pk]), {"on": today().isoformat()})
    item.refresh_from_db()
    assert item.published_on == today()
    assert "第 2 版" in client.get(reverse("item_edition_list")).content.decode()
    client.post(reverse("item_revise", args=[item.pk]))
    assert "正在编制" in client.get(reverse("item_desk_list")).content.decode()
    client.post(reverse("item_discard", args=[Item.objects.get(code="7.01", version=2).pk]))
    client.post(reverse("item_withdraw", args=[item.pk]))
    assert "拟停用" in client.get(reverse("item_desk_detail", args=[item.pk])).content.decode()
    client.post(reverse("item_keep", args=[item.pk]))
    item.refresh_from_db()
    assert item.leaves_with is None
