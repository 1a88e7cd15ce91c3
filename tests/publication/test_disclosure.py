"""What leaves the house: field by field, and nothing that nobody wrote down."""

import pytest

from publication import services
from publication.disclosure import SHOWN, public_enterprise, public_officer, shown_content
from publication.models import Publication
from shuangsuiji.lib.credit_code import with_check_characters
from tests.factories.draws import make_county
from tests.factories.inspections import put_right
from tests.factories.publication import make_listed, make_ordered_public, make_published_notice

pytestmark = pytest.mark.django_db

NEVER = {"phone", "contact", "contact_name", "contact_phone", "address", "representative", "photo", "seen", "findings"}


def test_every_kind_says_what_it_shows():
    assert set(SHOWN) == set(Publication.Kind.values)


def names_in(shape):
    if isinstance(shape, dict):
        for name, inner in shape.items():
            yield name
            yield from names_in(inner)
    elif isinstance(shape, list):
        yield from names_in(shape[0])


@pytest.mark.parametrize("kind", Publication.Kind.values)
def test_no_kind_shows_phones_homes_or_words_from_the_site(kind):
    assert not NEVER & set(names_in(SHOWN[kind]))


def test_what_is_drafted_is_what_is_shown():
    """Nothing drafted is lost on the page, and nothing else is in the content."""
    county, _ = make_published_notice()
    services.draft_item_list(by=county.clerk)
    services.draft_officer_list(by=county.clerk)
    for one in Publication.objects.order_by("pk"):
        assert shown_content(one.kind, one.content) == one.content


def test_what_follows_a_check_is_shown_as_drafted():
    check, _ = make_listed()
    services.draft_exposure(check.task, ground="not_rectified", by=check.clerk)
    put_right(check)
    services.draft_handling(check.task, by=check.clerk)
    found = list(Publication.objects.order_by("pk"))
    assert {"result", "listing", "exposure", "handling"} <= {one.kind for one in found}
    for one in found:
        assert shown_content(one.kind, one.content) == one.content


def test_a_field_nobody_wrote_down_stays_inside():
    content = {
        "draw_number": "2026-001",
        "complainant": "李示例",
        "enterprise": {"name": "示范化工有限公司", "contact_phone": "13800000000"},
        "officers": [{"name": "张示例", "certificate_number": "1", "phone": "13800000000"}],
        "outcome": {"hidden": "x"},
    }
    assert shown_content("result", content) == {
        "draw_number": "2026-001",
        "enterprise": {"name": "示范化工有限公司"},
        "officers": [{"name": "张示例", "certificate_number": "1"}],
        "outcome": "",
    }


def test_the_shop_of_a_person_hides_code_and_name():
    county = make_county(enterprise_count=1)
    shop = county.enterprises[0]
    shop.credit_code, shop.name = with_check_characters("92430681MA000001"), "汨罗镇张示例五金店"
    shop.representative = "张示例"
    shown = public_enterprise(shop)
    assert shown["name"] == "汨罗镇张某某五金店"
    assert shown["credit_code"] == f"{shop.credit_code[:8]}********{shop.credit_code[-2:]}"


def test_a_company_keeps_its_name_and_code():
    company = make_county(enterprise_count=1).enterprises[0]
    assert public_enterprise(company)["credit_code"] == company.credit_code


def test_an_officer_is_shown_without_phone_or_account():
    officer = make_county(officer_count=1).officers[0]
    assert set(public_officer(officer)) == {"name", "certificate_number", "certificate_expires_on", "department"}


def test_a_check_with_an_order_names_no_person_of_the_enterprise():
    check = make_ordered_public()
    enterprise = check.task.enterprise
    type(enterprise).objects.filter(pk=enterprise.pk).update(contact_name="赵示例", contact_phone="13900001111")
    draft = services.draft_exposure(check.task, ground="not_rectified", by=check.clerk)
    assert "赵示例" not in str(draft.content)
    assert "13900001111" not in str(draft.content)
