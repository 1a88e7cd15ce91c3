"""Nobody is offered a door that would be shut: every link and form of a page opens for whoever it is shown to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

import pytest
from django.urls import reverse

from inspections import services
from inspections.models import Dossier
from shuangsuiji.accounts.access import opens_for
from shuangsuiji.accounts.models import Role, User
from tests.factories import inspections as make
from tests.factories.accounts import person_with
from tests.factories.cases import make_proposed, make_told
from tests.factories.inspections import Check

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a\b[^>]*\shref="(/desk/[^"#]*)')
FORM = re.compile(r'<form\b[^>]*\saction="(/desk/[^"?#]*)')


def main_of(response) -> str:
    """What the page is about, without the frame of the desk."""
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def shut_doors(client, page, *, user: User) -> list[str]:
    """Links and forms of a page that refuse the very person who is shown them."""
    links, forms = set(LINK.findall(main_of(page))), set(FORM.findall(main_of(page)))
    refused = [link for link in sorted(links) if _code(client, link.replace("&amp;", "&")) >= 400]
    return refused + [form for form in sorted(forms) if not opens_for(user, form)]


def _code(client, address: str) -> int:
    answer = client.get(address)
    b"".join(answer)  # a file that is not read to its end stays open
    return answer.status_code


def found_shut(client, *addresses: str, people: Iterable[User]) -> list[str]:
    """The same of several pages and people; a page that itself does not open for somebody is passed over."""
    found = []
    for user, address in product(people, addresses):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        page = client.get(address)
        if page.status_code == 200:
            found += [f"{sorted(user.role_codes)} {shut}" for shut in shut_doors(client, page, user=user)]
    return found


def around(check: Check) -> list[User]:
    """Officer, office and approver of a check, and those who read along."""
    return [check.lead, check.clerk, check.approver, *map(person_with, (Role.HEAD, Role.SUPERVISOR))]


def pages_of(check: Check) -> list[str]:
    volume = Dossier.objects.filter(task=check.task).first()
    pages = [reverse(name, args=[check.task.pk]) for name in ("task_detail", "task_review")]
    return pages + ([reverse("dossier_detail", args=[volume.pk])] if volume else [])


@pytest.mark.parametrize("failed", [0, 1], ids=["closed", "ordered"])
def test_the_pages_of_a_check_offer_what_opens(client, failed):
    check = make.make_reviewed(failed=failed)
    assert found_shut(client, *pages_of(check), people=around(check)) == []


@pytest.mark.parametrize("stage", [make.make_noticed, make.make_on_site, make.make_recorded])
def test_so_do_those_of_a_check_under_way(client, stage):
    check = stage()
    assert found_shut(client, *pages_of(check), reverse("task_list"), people=around(check)) == []


def test_so_do_those_of_a_filed_one(client):
    check = make.make_rendered()
    services.mark_results_public(check.task)
    services.lock_dossier(check.task.dossier, by=check.clerk)
    assert found_shut(client, *pages_of(check), people=around(check)) == []


@pytest.mark.parametrize("stage", [make_proposed, make_told])
def test_so_does_the_page_of_a_case(client, stage):
    world = stage()
    assert found_shut(client, reverse("case_detail", args=[world.case.pk]), people=around(world.check)) == []


def test_so_do_the_pages_of_an_enterprise_for_a_leader_too(client):
    check = make.make_reviewed()
    names = ("enterprise_detail", "enterprise_facts", "enterprise_history", "enterprise_file")
    pages = [reverse(name, args=[check.task.enterprise_id]) for name in names]
    people = [check.clerk, check.lead, person_with(Role.LEADER), person_with(Role.SUPERVISOR)]
    assert found_shut(client, *pages, people=people) == []


def test_who_may_not_register_a_delivery_reads_that_it_is_outstanding(client):
    check = make.make_reviewed()
    address = reverse("task_detail", args=[check.task.pk])
    client.force_login(check.approver, backend="django.contrib.auth.backends.ModelBackend")
    assert ("未送达" in main_of(page := client.get(address)), "登记送达" in main_of(page)) == (True, False)
    client.force_login(check.clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert "登记送达" in main_of(client.get(address))
