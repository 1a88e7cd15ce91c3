"""A list's filter under a name: one's own, or everybody's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from shuangsuiji.accounts.models import Role, SavedFilter
from shuangsuiji.accounts.saved_filters import kept_conditions, offered_filters, save_filter
from shuangsuiji.lib.errors import Refusal
from tests.factories.accounts import person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return person_with(Role.CLERK)


@pytest.fixture
def at_desk(client, clerk):
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    return client


def save(by, *, name="高风险", query="risk_class=D&page=3&q=", is_shared=False):
    return save_filter(list_name="enterprise_list", query=query, name=name, is_shared=is_shared, by=by)


def test_what_is_kept_is_the_filter_and_not_the_page():
    assert kept_conditions("?risk_class=D&page=3&q=&as=csv") == "risk_class=D"


def test_a_filter_is_ones_own_until_it_is_shared(clerk):
    other = person_with(Role.APPROVER)
    kept = save(clerk)
    assert list(offered_filters(clerk, list_name="enterprise_list")) == [kept]
    assert not offered_filters(other, list_name="enterprise_list").exists()
    save(clerk, is_shared=True)
    assert list(offered_filters(other, list_name="enterprise_list")) == [kept]
    assert not offered_filters(other, list_name="inspector_list").exists()


def test_the_same_name_is_written_over(clerk):
    save(clerk)
    assert (save(clerk, query="risk_class=C").query, SavedFilter.objects.count()) == ("risk_class=C", 1)


@pytest.mark.parametrize(("name", "query", "words"), [("", "q=a", "起一个名称"), ("甲", "page=2", "还没有筛选条件")])
def test_what_cannot_be_kept_is_said(clerk, name, query, words):
    with pytest.raises(Refusal, match=words):
        save(clerk, name=name, query=query)


def test_a_list_offers_and_keeps_and_takes_away(at_desk):
    address = reverse("enterprise_list")
    assert "保存当前筛选" not in at_desk.get(address).content.decode()
    assert "保存当前筛选" in at_desk.get(address, {"risk_class": "D"}).content.decode()
    data = {"list": "enterprise_list", "query": "risk_class=D", "name": "高风险"}
    page = at_desk.post(reverse("filter_save"), data, follow=True)
    assert page.redirect_chain[-1][0] == f"{address}?risk_class=D"
    assert f'<a href="{address}?risk_class=D" aria-current="true">高风险</a>' in page.content.decode()
    at_desk.post(reverse("filter_remove", args=[SavedFilter.objects.get().pk]))
    assert not SavedFilter.objects.exists()


def test_nobody_takes_away_anothers(at_desk):
    kept = save(person_with(Role.CLERK), is_shared=True)
    assert at_desk.post(reverse("filter_remove", args=[kept.pk])).status_code == 404
    assert SavedFilter.objects.exists()


def test_a_list_that_is_none_is_refused(at_desk):
    response = at_desk.post(reverse("filter_save"), {"list": "nowhere", "query": "q=a", "name": "甲"})
    assert response.status_code == 404
