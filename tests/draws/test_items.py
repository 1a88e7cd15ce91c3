from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from draws.models import Item, ItemEdition, ItemGroup, SubItem
from draws.selectors.items import edition_mark, public_catalogue
from draws.selectors.quality import quality
from draws.services.editions import approve_edition, return_edition, submit_edition
from draws.services.items import (
    create_item,
    create_sub_item,
    remove_sub_item,
    revise_item,
    update_item,
    update_sub_item,
)
from draws.services.starting_items import load_starting_items
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.imports.services import apply_batch, stage_upload
from shuangsuiji.imports.services.undoing import undo_batch
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField
from tests.factories.accounts import person_with
from tests.factories.items import ItemFactory, ItemGroupFactory, PublishedItemFactory, SubItemFactory, make_public
from tests.factories.workbooks import workbook_of
from tests.support.pages import as_shown

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 4, 1)


@pytest.fixture
def clerk():
    return person_with(Role.CLERK)


@pytest.fixture
def at_desk(client, clerk):
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    return client


def shown_codes(**query) -> list[str]:
    return [item.code for group in public_catalogue(today=TODAY, **query).groups for item in group.items]


def test_a_sub_item_belongs_under_its_items_code(clerk):
    item = create_item(code="6.12", group=ItemGroupFactory(), name="示例", legal_basis="《安全生产法》", by=clerk)
    with pytest.raises(Refusal, match=r"应以“6\.12\.”开头"):
        create_sub_item(item.pk, code="6.1.01", text="示例", legal_basis="《安全生产法》", by=clerk)
    create_sub_item(item.pk, code="6.12.01", text="示例", legal_basis="《安全生产法》", by=clerk)
    with pytest.raises(Refusal, match="已经用过"):
        create_sub_item(item.pk, code="6.12.01", text="又一个", legal_basis="《安全生产法》", by=clerk)


def test_what_the_public_has_seen_is_revised_never_changed(clerk):
    sub_item = PublishedItemFactory().sub_items.get()
    with pytest.raises(Refusal, match="请点“修订”"):
        update_sub_item(sub_item.pk, by=clerk, text="改过的内容")
    with pytest.raises(Refusal, match="请点“修订”"):
        update_item(sub_item.item_id, by=clerk, name="改名")
    version = revise_item(sub_item.item_id, by=clerk)
    assert update_sub_item(version.sub_items.get().pk, by=clerk, text="改过的内容").text == "改过的内容"
    sub_item.refresh_from_db()
    assert sub_item.text != "改过的内容"


def test_a_sub_item_in_hand_is_removed_once(clerk):
    sub_item = create_sub_item(
        create_item(code="6.12", group=ItemGroupFactory(), name="示例", legal_basis="依据", by=clerk).pk,
        code="6.12.01",
        text="示例",
        legal_basis="依据",
        by=clerk,
    )
    remove_sub_item(sub_item.pk, by=clerk)
    remove_sub_item(sub_item.pk, by=clerk)
    assert not SubItem.objects.exists()


def test_only_the_office_edits():
    with pytest.raises(Refusal, match="经办人"):
        update_item(ItemFactory().pk, by=person_with(Role.APPROVER), name="改名")


def test_a_field_narrows_the_list_to_what_applies_there():
    light, mining = (SupervisedField.objects.get(code=code) for code in ("light", "mining"))
    everywhere, only = PublishedItemFactory(), PublishedItemFactory()
    only.fields.set([mining])
    assert shown_codes(field_code=light.code) == [everywhere.code]
    assert shown_codes(field_code=mining.code) == sorted([everywhere.code, only.code])


def test_the_starting_list_is_loaded_once_and_leaves_edits_alone(clerk):
    added = load_starting_items(by=clerk)
    assert added == SubItem.objects.count() >= 60
    assert ItemGroup.objects.count() == 6
    assert not Item.objects.exclude(published_on=None).exists()
    assert set(Item.objects.values_list("edition__number", flat=True)) == {1}
    SubItem.objects.filter(code="1.01.01").update(text="本局改过")
    assert load_starting_items(by=clerk) == 0
    assert SubItem.objects.get(code="1.01.01").text == "本局改过"
    assert AuditEvent.objects.filter(action="item.starting_list_loaded").count() == 1


def test_the_command_says_what_it_did(capsys):
    call_command("load_items")
    call_command("load_items")
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"新增检查子项 {SubItem.objects.count()} 个。"
    assert "没有改动" in second


def test_the_public_page_shows_groups_laws_and_marks_what_is_not_sure(client):
    item = ItemFactory(name="示例公开事项")
    SubItemFactory(item=item)
    SubItemFactory(item=item, is_basis_confirmed=False, text="依据未定的内容")
    make_public(item)
    ItemFactory(name="示例未公布事项")
    page = client.get(reverse("item_list")).content.decode()
    assert "示例公开事项" in page
    assert "《安全生产法》第四条" in page
    assert "待核" in page
    assert "示例未公布事项" not in page


def test_the_public_page_says_when_nothing_is_published(client):
    assert "还没有公布的事项" in client.get(reverse("item_list")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_same_whatever_the_number_of_rows(at_desk, rows, django_assert_max_num_queries):
    for _ in range(rows):
        PublishedItemFactory().fields.set(SupervisedField.objects.all()[:2])
    for name in ("item_list", "item_desk_list"):
        with django_assert_max_num_queries(12):
            at_desk.get(reverse(name))


def test_the_desk_finds_items_by_words_group_field_and_standing(at_desk):
    item = ItemFactory(name="动火作业")
    SubItemFactory(item=item, text="动火审批手续齐全")
    make_public(item)
    other = ItemFactory(name="有限空间", group=ItemGroupFactory(code="2", name="另一类"))

    def found(**query) -> list[str]:
        page = at_desk.get(reverse("item_desk_list"), query)
        return [row.record.name for row in page.context["table"].paginated_rows]

    assert found(q="审批手续") == ["动火作业"]
    assert found(standing="unpublished") == ["有限空间"]
    assert found(group=other.group.pk) == ["有限空间"]


def test_an_item_is_added_and_given_a_sub_item_by_form(at_desk):
    group = ItemGroupFactory()
    at_desk.post(
        reverse("item_create"), {"code": "1.99", "group": group.pk, "name": "示例", "legal_basis": "《安全生产法》"}
    )
    item = Item.objects.get()
    data = {"code": "1.99.01", "text": "示例内容", "legal_basis": "《安全生产法》", "is_basis_confirmed": "on"}
    at_desk.post(reverse("sub_item_create", args=[item.pk]), data)
    page = at_desk.get(reverse("item_desk_detail", args=[item.pk])).content.decode()
    assert "示例内容" in page
    assert "编制中" in page


def test_a_workbook_adds_items_unpublished_and_again_changes_nothing(clerk):
    ItemGroupFactory(code="1", name="示例类别")
    header = ["类别", "事项编码", "检查事项", "事项依据", "适用领域", "子项编码", "检查内容", "依据"]
    rows = [
        [
            "示例类别",
            "1.01",
            "许可",
            "《安全生产法》",
            "轻工",
            f"1.01.0{number}",
            f"内容{number}",
            "《安全生产法》第四条",
        ]
        for number in (1, 2)
    ]
    content = workbook_of([header, *rows])
    apply_batch(stage_upload(register="items", content=content, name="清单.xlsx", by=clerk).pk, by=clerk)
    item = Item.objects.get()
    assert (item.published_on, item.sub_items.count()) == (None, 2)
    assert stage_upload(register="items", content=content, name="清单.xlsx", by=clerk).same_count == 2


def test_a_workbook_revises_what_is_in_force_and_publishes_nothing(clerk):
    item = PublishedItemFactory(code="1.01", group=ItemGroupFactory(code="1", name="示例类别"))
    code = item.sub_items.get().code
    header = ["类别", "事项编码", "检查事项", "事项依据", "子项编码", "检查内容", "依据"]
    row = ["示例类别", "1.01", item.name, item.legal_basis, code, "改过的内容", "《安全生产法》第四条"]
    content = workbook_of([header, row])
    apply_batch(stage_upload(register="items", content=content, name="清单.xlsx", by=clerk).pk, by=clerk)
    assert item.sub_items.get().text != "改过的内容"
    version = Item.objects.get(code="1.01", published_on=None)
    assert (version.version, version.sub_items.get().text) == (2, "改过的内容")


HEADER = ["类别", "事项编码", "检查事项", "事项依据", "子项编码", "检查内容", "依据"]
LAW = "《安全生产法》第四条"


def item_row(item: Item, code: str, *, text: str = "示例内容", **words: str) -> list[str]:
    """A row of the workbook about a sub-item; `words` are what it says of the item otherwise than the list."""
    name, basis = words.get("name", item.name), words.get("basis", item.legal_basis)
    return [item.group.name, item.code, name, basis, code, text, LAW]


def staged(*rows: list[str], by):
    return stage_upload(register="items", content=workbook_of([HEADER, *rows]), name="清单.xlsx", by=by)


def faults(batch) -> list[str]:
    return [f"{one['column']}：{one['reason']}{one['remedy']}" for row in batch.rows.all() for one in row.faults]


@pytest.fixture
def in_force(db) -> Item:
    return PublishedItemFactory(code="1.01", name="旧名", group=ItemGroupFactory(code="1", name="示例类别"))


@pytest.mark.parametrize(("words", "column"), [({"name": "新名"}, "检查事项"), ({"basis": "新依据"}, "事项依据")])
def test_a_new_sub_item_that_calls_its_item_something_else_is_a_fault_and_the_item_stays(
    in_force, clerk, words, column
):
    batch = staged(item_row(in_force, "1.01.99", **words), by=clerk)
    assert (batch.create_count, batch.fault_count) == (0, 1)
    (sentence,) = faults(batch)
    assert sentence.startswith(f"{column}：清单里事项 1.01 的“{column}”是“")
    assert "请改成与清单一致" in sentence


def test_an_item_is_renamed_by_the_row_of_its_sub_item_where_the_preview_shows_old_and_new(in_force, clerk):
    code = in_force.sub_items.get().code
    batch = staged(
        item_row(in_force, code, name="新名"), item_row(in_force, "1.01.99", name="新名", text="新的内容"), by=clerk
    )
    assert (batch.create_count, batch.update_count, batch.fault_count) == (1, 1, 0)
    assert batch.rows.get(outcome="update").changes["item_name"] == ["旧名", "新名"]
    apply_batch(batch.pk, by=clerk)
    drafted = Item.objects.get(published_on=None)
    assert (drafted.name, drafted.sub_items.count()) == ("新名", 2)


def test_rows_that_say_two_things_of_one_item_are_at_fault(in_force, clerk):
    batch = staged(
        item_row(in_force, in_force.sub_items.get().code, name="新名"), item_row(in_force, "1.01.99"), by=clerk
    )
    assert faults(batch) == [
        "检查事项：事项 1.01 的“检查事项”，文件里前面的行是“新名”，这一行不同。请把同一事项的各行改成一样的。"
    ]


def test_a_name_that_somebody_wrote_since_the_preview_is_not_written_over_by_a_new_sub_item(in_force, clerk):
    batch = staged(item_row(in_force, "1.01.99"), by=clerk)
    version = revise_item(in_force.pk, by=clerk)
    update_item(version.pk, by=clerk, name="别人改的名")
    apply_batch(batch.pk, by=clerk)
    version.refresh_from_db()
    assert (version.name, version.sub_items.count()) == ("别人改的名", 2)


def test_a_sub_item_stays_with_its_item_and_bears_its_code(in_force, clerk):
    other = ItemFactory(code="1.02", group=in_force.group)
    code = in_force.sub_items.get().code
    moved, foreign = faults(staged(item_row(other, code), item_row(other, "1.03.01"), by=clerk))
    assert f"子项 {code} 在清单里属于事项 1.01" in moved
    assert "应以“1.02.”开头" in foreign


def test_while_an_edition_is_drafted_the_export_holds_each_sub_item_once_and_comes_back_unchanged(at_desk, in_force):
    PublishedItemFactory(code="1.02", group=in_force.group)
    version = revise_item(in_force.pk, by=None)
    update_item(version.pk, by=None, name="起草中的名")
    content = at_desk.get(reverse("item_export")).content
    batch = stage_upload(register="items", content=content, name="清单.xlsx", by=None)
    assert (batch.row_count, batch.same_count) == (2, 2)
    assert b"".join(at_desk.get(reverse("item_export"), {"as": "csv"})).decode().count("起草中的名") == 1


def test_two_tabs_of_one_item_lose_nothing(at_desk):
    item = ItemFactory(name="旧名", legal_basis="旧依据")
    address = reverse("item_edit", args=[item.pk])
    first, second = at_desk.get(address), at_desk.get(address)
    at_desk.post(address, as_shown(first, name="新名"))
    at_desk.post(address, as_shown(second, legal_basis="新依据"))
    item.refresh_from_db()
    assert (item.name, item.legal_basis) == ("新名", "新依据")


def test_the_gaps_of_the_catalogue_lead_to_their_rows(at_desk):
    PublishedItemFactory(name="示例待核事项", sub_item__is_basis_confirmed=False)
    PublishedItemFactory(name="示例齐全事项")
    ItemFactory(name="示例编制事项")
    found = {finding.label: finding for finding in quality(timezone.localdate())}
    for label, name in (("依据待核的事项", "示例待核事项"), ("尚未公布的事项", "示例编制事项")):
        assert found[label].count == 1
        table = at_desk.get(found[label].url).context["table"]
        assert [row.record.name for row in table.paginated_rows] == [name]
    assert found["一年未更新的事项"].url.endswith("?gap=stale")


def handed_in(batch, *, by):
    """A new sub-item came in by a batch, and the edition that holds it was handed in."""
    apply_batch(batch.pk, by=by)
    edition = ItemEdition.objects.get(state="draft")
    return submit_edition(edition, by=by, reason="示例修订")


def test_no_workbook_changes_an_edition_that_somebody_else_looks_at(in_force, clerk):
    edition = handed_in(staged(item_row(in_force, f"{in_force.code}.77"), by=clerk), by=clerk)
    for state in ("submitted", "approved"):
        with pytest.raises(Refusal, match="清单暂时不能改"):
            apply_batch(staged(item_row(in_force, f"{in_force.code}.78"), by=clerk).pk, by=clerk)
        with pytest.raises(Refusal, match="清单暂时不能改"):
            apply_batch(staged(item_row(in_force, f"{in_force.code}.77", text="改过"), by=clerk).pk, by=clerk)
        edition.refresh_from_db()
        assert edition.state == state
        if state == "submitted":
            approve_edition(edition, by=person_with(Role.APPROVER))


def test_the_database_holds_an_edition_that_was_handed_in(in_force, clerk):
    handed_in(staged(item_row(in_force, f"{in_force.code}.77"), by=clerk), by=clerk)
    with pytest.raises(DatabaseError, match="the edition was handed in"), transaction.atomic():
        SubItem.objects.filter(code=f"{in_force.code}.77").update(text="未经批准的检查内容")


def test_what_was_changed_since_the_page_was_opened_is_not_approved(in_force, clerk):
    edition = handed_in(staged(item_row(in_force, f"{in_force.code}.77"), by=clerk), by=clerk)
    approver, seen = person_with(Role.APPROVER), edition_mark(edition)
    return_edition(edition, by=approver, reason="请改")
    apply_batch(staged(item_row(in_force, f"{in_force.code}.77", text="改过"), by=clerk).pk, by=clerk)
    edition = submit_edition(ItemEdition.objects.get(pk=edition.pk), by=clerk, reason="示例修订")
    with pytest.raises(Refusal, match="打开页面之后有改动"):
        approve_edition(edition, by=approver, seen=seen)
    assert approve_edition(edition, by=approver, seen=edition_mark(edition)).state == "approved"


def test_an_undo_takes_new_ones_out_of_the_edition_in_hand_with_an_item_that_is_bare_then(in_force, clerk):
    batch = staged(item_row(in_force, f"{in_force.code}.77"), by=clerk)
    apply_batch(batch.pk, by=clerk)
    undo_batch(batch.pk, by=clerk)
    assert not SubItem.objects.filter(code=f"{in_force.code}.77").exists()
    assert SubItem.objects.filter(item=in_force).exists()


def test_an_undo_of_what_changed_or_was_handed_in_is_refused_with_a_sentence(in_force, clerk):
    changed = staged(item_row(in_force, in_force.sub_items.get().code, text="改过"), by=clerk)
    apply_batch(changed.pk, by=clerk)
    with pytest.raises(Refusal, match="改动了清单里已有的子项"):
        undo_batch(changed.pk, by=clerk)
    added = staged(item_row(in_force, f"{in_force.code}.77"), by=clerk)
    handed_in(added, by=clerk)
    with pytest.raises(Refusal, match="已经随清单提交"):
        undo_batch(added.pk, by=clerk)
