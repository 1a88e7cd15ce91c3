"""A menu offers what exists and what this person may open."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.urls import path

from shuangsuiji.lib import menu


def _page(*roles: str):
    def view(request, **kwargs):
        return HttpResponse()

    view.access = SimpleNamespace(kind="desk", roles=frozenset(roles))
    return view


urlpatterns = [
    path("desk/", _page(), name="desk_home"),
    path("desk/draws/", _page("clerk", "approver"), name="draw_list"),
    path("desk/enterprises/", _page("clerk"), name="enterprise_list"),
    path("desk/accounts/", _page("sysadmin"), name="account_list"),
    path("notices/", _page(), name="notice_list"),
]


@pytest.fixture(autouse=True)
def _these_addresses(settings):
    settings.ROOT_URLCONF = __name__


def _labels(roles: set[str]) -> list[str]:
    sections = menu.desk_sections(roles=frozenset(roles), path="/desk/")
    return [link.label for _, links in sections for link in links]


def test_each_person_sees_only_what_their_role_opens():
    assert _labels({"clerk"}) == ["今日待办", "抽取任务", "检查对象"]
    assert _labels({"approver"}) == ["今日待办", "抽取任务"]
    assert _labels({"sysadmin"}) == ["今日待办", "账号"]


def test_an_address_that_does_not_exist_is_left_out_with_its_heading():
    headings = [heading for heading, _ in menu.desk_sections(roles=frozenset({"clerk"}), path="/desk/")]

    assert headings == ["", "抽取", "名录库"]
    assert [link.label for link in menu.public_links(path="/")] == ["公告"]


@pytest.mark.parametrize(
    ("path", "current"),
    [("/desk/", ["今日待办"]), ("/desk/draws/12/strata/", ["抽取任务"]), ("/desk/elsewhere/", [])],
)
def test_the_line_of_the_page_one_is_on_is_marked(path, current):
    sections = menu.desk_sections(roles=frozenset({"clerk"}), path=path)

    assert [link.label for _, links in sections for link in links if link.is_current] == current
