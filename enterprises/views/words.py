"""词表与对照: the vocabularies of the register."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from enterprises.forms import WORDS, changed_word_form, word_form
from enterprises.forms.words import Word
from enterprises.policies import READERS
from enterprises.services.vocabularies import derive_again, remove_word, save_word
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.lib.errors import Refusal


def _word(kind: str) -> Word:
    if kind not in WORDS:
        raise Http404(kind)
    return WORDS[kind]


@desk_page(*READERS)
@require_GET
def word_list(request: HttpRequest, kind: str = "hazards") -> HttpResponse:
    """One vocabulary, the others as tabs."""
    return _page(request, kind)


@desk_page(Role.CLERK)
@require_POST
def word_add(request: HttpRequest, kind: str) -> HttpResponse:
    """A new row."""
    _word(kind)
    form = word_form(kind)(request.POST)
    if form.is_valid():
        save_word(form.save(commit=False), by=request.user)
        messages.success(request, "已添加。")
        return redirect("word_list_of", kind)
    return _page(request, kind, form=form)


@desk_page(Role.CLERK)
def word_edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Change a row."""
    word = _word(kind)
    row = get_object_or_404(word.model, pk=pk)
    name = str(row)
    form = changed_word_form(kind)(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        save_word(form.save(commit=False), by=request.user)
        messages.success(request, "已保存。")
        return redirect("word_list_of", kind)
    return render(
        request, "enterprises/word_form.html", {"form": form, "word": word, "kind": kind, "name": name, "row": row}
    )


@desk_page(Role.CLERK)
@require_POST
def word_remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take an unused row out."""
    row = get_object_or_404(_word(kind).model, pk=pk)
    try:
        remove_word(row, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "已删除。")
    return redirect("word_list_of", kind)


@desk_page(Role.CLERK)
@require_POST
def word_derive(request: HttpRequest) -> HttpResponse:
    """Places and suggestions anew, by the tables as they stand."""
    counts = derive_again(by=request.user)
    messages.success(request, f"重新判断乡镇 {counts['townships']} 家，更新建议领域 {counts['suggestions']} 家。")
    return redirect("word_list_of", "industries")


def _page(request: HttpRequest, kind: str, *, form=None) -> HttpResponse:
    word, may_edit = _word(kind), has_role(request.user, Role.CLERK)
    names = word.columns
    labels = [str(word.model._meta.get_field(name).verbose_name) for name in names]
    related = [name for name in names if word.model._meta.get_field(name).is_relation]
    rows = word.model._default_manager.select_related(*related) if related else word.model._default_manager.all()
    context = {
        "word": word,
        "kind": kind,
        "labels": labels,
        "rows": [(row, [_shown(getattr(row, name)) for name in names]) for row in rows],
        "tabs": [
            {"label": one.title, "url": reverse("word_list_of", args=[code]), "is_current": code == kind, "count": None}
            for code, one in WORDS.items()
        ],
        "may_edit": may_edit,
        "form": form or word_form(kind)(),
    }
    return render(request, "enterprises/word_list.html", context)


def _shown(value: object) -> object:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else value
