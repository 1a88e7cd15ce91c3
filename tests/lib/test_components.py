"""The pieces that pages are put together from."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from shuangsuiji.lib import chips, views

SUMMARY = '{% include "components/error_summary.html" %}'


class _Form(forms.Form):
    name = forms.CharField(label="名称")
    way = forms.ChoiceField(label="方式", choices=[("open", "公开")], widget=forms.RadioSelect)


def _render(source: str, **context: object) -> str:
    return engines["django"].from_string("{% load components %}" + source).render(context)


def test_an_error_summary_leads_to_each_field_and_stands_once():
    page = _render(SUMMARY * 2, form=_Form({}))

    assert page.count('role="alert"') == 1
    assert 'href="#id_name"' in page
    assert 'href="#div_id_way"' in page


def test_a_form_without_errors_has_no_summary():
    assert _render(SUMMARY, form=_Form()).strip() == ""


def test_the_funnel_measures_every_step_against_the_whole_pool():
    page = _render("{% funnel steps %}", steps=[("全部", 200), ("在营", 50), ("可抽", 0)])

    assert [part.split('"')[0] for part in page.split('<rect width="')[1:]] == ["100.0", "25.0", "0.0"]


def test_a_state_has_a_tone_and_an_unknown_one_is_under_way():
    assert 'chip-final">已封存' in _render('{% state_chip "已封存" "sealed" %}')
    assert 'chip-open">某状态' in _render('{% state_chip "某状态" "some_state" %}')
    assert set(chips.TONE_OF.values()) <= set(chips.TONES)


def test_the_component_page_shows_them_all_without_inline_style_or_script():
    request = RequestFactory().get("/desk/components/")
    request.user = SimpleNamespace(is_authenticated=False, role_codes=frozenset({"clerk"}))

    page = views.component_page(request).content.decode()

    assert page.count("<h1") == 1
    assert " style=" not in page
    assert "<style" not in page
    assert re.findall(r"<script(?![^>]* src=)[^>]*>", page) == []


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500", "accounts/locked"])
def test_an_error_page_stands_without_request_or_database(name):
    page = render_to_string(f"{name}.html")

    assert page.count("<h1") == 1
    assert "buttons" in page
