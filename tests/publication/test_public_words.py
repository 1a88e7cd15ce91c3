"""Whatever a person types and the public will read passes the one check, wherever it is typed."""

import pytest
from django.utils import timezone

from draws.models import AmendmentRequest, Item
from draws.services.amending import ask_amendment
from draws.services.closing import ask_void
from draws.services.contributing import contribute
from draws.services.drafting import update_draw
from draws.services.editions import submit_edition
from draws.services.items import revise_item, update_item
from draws.services.plan_lines import Wanted
from draws.services.plans import create_plan, name_unit, update_plan
from publication import services
from shuangsuiji.feedback.models import Feedback
from shuangsuiji.feedback.services import answer_feedback, assign_feedback, propose_selection, receive_feedback
from shuangsuiji.lib.errors import Refusal
from tests.factories.accounts import Role, person_with
from tests.factories.draws import make_county, make_draft, make_drawn, make_sealed
from tests.factories.items import SubItemFactory
from tests.factories.publication import make_listed, make_notice_draft, make_published_notice

pytestmark = pytest.mark.django_db
PRIVATE = "请联系 138-1234-5678"


def refused():
    return pytest.raises(Refusal, match="手机号码")


def test_the_words_and_reasons_of_publications():
    county, notice = make_published_notice()
    with refused():
        services.draft_correction(notice, reason=PRIVATE, by=county.clerk)
    with refused():
        services.propose_withdrawal(notice, reason=PRIVATE, by=county.clerk)
    _, draft = make_notice_draft(county)
    with refused():
        services.edit_publication(draft, title=PRIVATE, introduction="", by=county.clerk)


def test_the_words_of_draws_and_their_ledger():
    county = make_county()
    draft = make_draft(county)
    with refused():
        update_draw(draft, by=county.clerk, requirements=PRIVATE)
    with refused():
        update_draw(draft, by=county.clerk, title=PRIVATE)
    with refused():
        ask_void(make_sealed(county), by=county.clerk, reason=PRIVATE)
    source = make_sealed(county).sources.get(kind="account")
    with refused():
        contribute(source, text="13812345678", by=county.witness)
    drawn = make_drawn(county)
    kind = AmendmentRequest.Kind.ENTERPRISE
    with refused():
        ask_amendment(drawn, by=county.clerk, kind=kind, reason=PRIVATE, enterprise="x")


def test_the_words_of_plans_and_items():
    county = make_county()
    year = timezone.localdate().year
    with refused():
        create_plan(by=county.clerk, year=year, officer_count=4, note=PRIVATE)
    plan = create_plan(by=county.clerk, year=year, officer_count=4)
    line = {(county.fields[0], "A"): Wanted(count=1, why=PRIVATE)}
    with refused():
        update_plan(plan, by=county.clerk, lines=line)
    with refused():
        name_unit(plan, enterprise=county.enterprises[0], by=county.clerk, why=PRIVATE)
    item = revise_item(Item.objects.filter(published_on__isnull=False).first().pk, by=county.clerk)
    with refused():
        update_item(item.pk, by=county.clerk, name=PRIVATE)
    SubItemFactory(item=item)
    with refused():
        submit_edition(item.edition, by=county.clerk, reason=PRIVATE)


def test_the_words_of_listings():
    check, listing = make_listed()
    with refused():
        services.revoke_listing(listing, reason=PRIVATE, by=check.county.head)


def test_answers_to_letters_and_what_is_selected_of_them():
    clerk, now = person_with(Role.CLERK), timezone.now()
    given = {"kind": "question", "about": "", "text": "何时检查？", "name": "", "contact": ""}
    letter = receive_feedback(**given, address="127.0.0.9", trap="", now=now)
    letter = assign_feedback(letter, handler=clerk, by=clerk, now=now)
    with refused():
        answer_feedback(letter, answer=PRIVATE, by=clerk, now=now)
    letter = answer_feedback(letter, answer="下周检查。", by=clerk, now=now)
    for question, answer in ((PRIVATE, "下周。"), ("何时检查？", PRIVATE)):
        with refused():
            propose_selection(letter, question=question, answer=answer, by=clerk)
    assert Feedback.objects.get().public_question == ""
