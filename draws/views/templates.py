"""Templates of draws: kept from one draft, begun with, renamed, retired."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from draws.forms.small import TemplateNameForm
from draws.models import DrawTemplate
from draws.selectors.templates import template_rows
from draws.services.templates import rename_template, retire_template, save_template
from draws.views.drafting import find_draw, refused
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal


@desk_page(Role.CLERK)
def template_list(request: HttpRequest) -> HttpResponse:
    """The templates in use, each in a few words, and those retired."""
    rows = template_rows()
    context = {
        "rows": [row for row in rows if not row.template.retired_at],
        "retired": [row for row in rows if row.template.retired_at],
    }
    return render(request, "draws/template_list.html", context)


@desk_page(Role.CLERK)
def template_save(request: HttpRequest, pk) -> HttpResponse:
    """Keep a draw's rules under a name."""
    draw = find_draw(request, pk)
    form = TemplateNameForm(request.POST or None, initial={"name": "" if draw.is_covert else draw.title[:60]})
    if request.method == "POST" and form.is_valid():
        try:
            template = save_template(draw, by=request.user, name=form.cleaned_data["name"])
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, f"已存为模板“{template.name}”。")
            return redirect("draw_template_list")
    context = {"draw": draw, "form": form, "title": "存为模板", "verb": "保存"}
    return render(request, "draws/template_name.html", context)


@desk_page(Role.CLERK)
def template_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it something else."""
    template = get_object_or_404(DrawTemplate, pk=pk)
    form = TemplateNameForm(request.POST or None, initial={"name": template.name})
    if request.method == "POST" and form.is_valid():
        try:
            rename_template(template, by=request.user, name=form.cleaned_data["name"])
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "名称已改。")
            return redirect("draw_template_list")
    context = {"draw": None, "form": form, "title": "模板改名", "verb": "改名"}
    return render(request, "draws/template_name.html", context)


@desk_page(Role.CLERK)
@require_POST
def template_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody begins with it any more."""
    template = retire_template(get_object_or_404(DrawTemplate, pk=pk), by=request.user)
    messages.success(request, f"模板“{template.name}”已停用，用它起草过的抽取不受影响。")
    return redirect("draw_template_list")
