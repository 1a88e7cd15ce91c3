"""Drafting a draw, step by step, and its approval by somebody else."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from draws.forms.small import ReasonForm
from draws.forms.steps import (
    BasicsForm,
    ExpertsForm,
    ItemsForm,
    OfficersForm,
    RangeForm,
    StepForm,
    StrataForm,
    WitnessesForm,
)
from draws.models import Draw, DrawTemplate
from draws.policies import check_may_edit
from draws.selectors.answers import check_answers
from draws.selectors.drafting import draft_problems, last_day_to_draw
from draws.selectors.draws import visible_to
from draws.selectors.people import experts, officers
from draws.selectors.preparation import prepare
from draws.selectors.range import capped, funnel
from draws.selectors.rehearsal import scarce_enterprises
from draws.services import approve_draw, confirm_pool, create_draw, return_draw, submit_draw, update_draw
from draws.services.drafting import discard_draft
from draws.services.templates import use_template
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal

STEPS: dict[str, tuple[str, type[StepForm]]] = {
    "basics": ("基本信息", BasicsForm),
    "range": ("抽取范围", RangeForm),
    "strata": ("分层与数量", StrataForm),
    "officers": ("执法人员", OfficersForm),
    "experts": ("专家", ExpertsForm),
    "items": ("检查事项", ItemsForm),
    "witnesses": ("见证与时间", WitnessesForm),
}
ORDER = (*STEPS, "check")
CHECK = "核对并提交"


def label_of(step: str) -> str:
    """A step's name on the screen."""
    return STEPS[step][0] if step in STEPS else CHECK


def find_draw(request: HttpRequest, pk) -> Draw:
    """The draw, if this person may know of it; otherwise there is no such page."""
    rows = visible_to(request.user).filter(basis=Draw.Basis.DRAWN)
    rows = rows.select_related("plan", "drafted_by", "approved_by", "voided_by")
    return get_object_or_404(rows, pk=pk)


def step_links(draw: Draw | None, *, current: str) -> list[dict]:
    """The steps at the left, with links once there is a draft; one is done when nothing is missing in it."""
    now = ORDER.index(current)
    missing = {one.step for one in draft_problems(draw, now=timezone.now())} if draw else set()
    return [
        {
            "label": label_of(step),
            "state": "now" if step == current else "done" if position < now and step not in missing else "",
            "url": reverse("draw_step", args=[draw.pk, step]) if draw else "",
        }
        for position, step in enumerate(ORDER)
    ]


@desk_page(Role.CLERK)
def draw_create(request: HttpRequest) -> HttpResponse:
    """The first step: it makes the draft, from a template when one is named."""
    template = _template_of(request)
    initial = {"mode": template.mode} if template else None
    form = BasicsForm(request.POST or None, today=timezone.localdate(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            draw = _begin(request, form, template)
        except Refusal as refusal:
            refused(form, refusal)
        else:
            return redirect("draw_step", draw.pk, "range")
    context = {
        "form": form,
        "steps": step_links(None, current="basics"),
        "step": "basics",
        "step_label": "基本信息",
        "template": template,
    }
    return render(request, "draws/begin.html", context)


def _template_of(request: HttpRequest) -> DrawTemplate | None:
    wanted = request.GET.get("template", "")
    return DrawTemplate.objects.filter(pk=wanted, retired_at__isnull=True).first() if wanted.isdecimal() else None


def _begin(request: HttpRequest, form: StepForm, template: DrawTemplate | None) -> Draw:
    with transaction.atomic():
        draw = create_draw(by=request.user, **form.changes())
        return use_template(draw, template=template, by=request.user) if template else draw


def refused(form, refusal: Refusal) -> None:
    """Put a refusal where it belongs in the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


@desk_page(Role.CLERK)
def draw_step(request: HttpRequest, pk, step: str) -> HttpResponse:
    """One step of a draft: shown, or saved and on to the next."""
    draw = find_draw(request, pk)
    try:
        check_may_edit(request.user, draw)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("draw_detail", draw.pk)
    if step == "check":
        return _check_page(request, draw)
    form = STEPS[step][1](request.POST or None, draw=draw, today=timezone.localdate())
    if request.method == "POST" and form.is_valid() and (done := _saved(request, draw, step, form)):
        return done
    return render(request, f"draws/steps/{step}.html", _step_context(draw, step, form))


def _saved(request: HttpRequest, draw: Draw, step: str, form: StepForm) -> HttpResponse | None:
    try:
        update_draw(draw, by=request.user, **form.changes())
    except Refusal as refusal:
        refused(form, refusal)
        return None
    if "by_share" in request.POST:
        return redirect("draw_step", draw.pk, step)
    if "save" in request.POST:
        messages.success(request, "草稿已保存。")
        return redirect("draw_detail", draw.pk)
    return redirect("draw_step", draw.pk, ORDER[ORDER.index(step) + 1])


def _step_context(draw: Draw, step: str, form: StepForm) -> dict:
    following = ORDER[ORDER.index(step) + 1]
    context = {
        "draw": draw,
        "form": form,
        "step": step,
        "step_label": label_of(step),
        "next_label": label_of(following),
        "steps": step_links(draw, current=step),
        "funnel": funnel(draw),
        "capped": capped(draw),
    }
    if step == "officers":
        context["people"] = officers(draw)
        context["scarce"] = scarce_enterprises(prepare(draw, today=timezone.localdate()))[:20]
    if step == "experts":
        context["people"] = experts(draw)
    if step == "witnesses":
        context["last_day"] = last_day_to_draw(draw)
    return context


@desk_page(Role.CLERK)
@require_POST
def draw_funnel(request: HttpRequest, pk) -> HttpResponse:
    """The funnel for a range that is not saved yet: it lives while the drafter ticks."""
    draw = find_draw(request, pk)
    check_may_edit(request.user, draw)
    form = RangeForm(request.POST, draw=draw)
    if form.is_valid():
        draw.rules = form.changes()["rules"].to_json()
    return render(request, "draws/parts/funnel.html", {"draw": draw, "funnel": funnel(draw), "capped": capped(draw)})


def _check_page(request: HttpRequest, draw: Draw) -> HttpResponse:
    """Everything once more, with what is still missing."""
    context = {
        "draw": draw,
        "steps": step_links(draw, current="check"),
        "answers": check_answers(draw, today=timezone.localdate(), with_links=True),
        "problems": [
            {"label": label_of(one.step), "url": reverse("draw_step", args=[draw.pk, one.step]), "text": one.sentence}
            for one in draft_problems(draw, now=timezone.now())
        ],
        "funnel": funnel(draw),
        "capped": capped(draw),
    }
    return render(request, "draws/steps/check.html", context)


@desk_page(Role.CLERK)
@require_POST
def draw_submit(request: HttpRequest, pk) -> HttpResponse:
    """Hand the draft in."""
    draw = submit_draw(find_draw(request, pk), by=request.user)
    messages.success(request, "已提交审批。审批负责人批准后，就可以封存。")
    return redirect("draw_detail", draw.pk)


@desk_page(Role.CLERK)
@require_POST
def draw_discard(request: HttpRequest, pk) -> HttpResponse:
    """Throw a draft away that was never submitted."""
    discard_draft(find_draw(request, pk), by=request.user)
    messages.success(request, "草稿已删除。")
    return redirect("draw_list")


@desk_page(Role.APPROVER)
@require_POST
def draw_approve(request: HttpRequest, pk) -> HttpResponse:
    """Approve what somebody else drafted."""
    notes = {name: request.POST.get(name, "") for name in ("scarcity_note", "blocking_note")}
    draw = approve_draw(find_draw(request, pk), by=request.user, seen=request.POST.get("seen"), **notes)
    messages.success(request, "已批准。经办人现在可以封存。")
    return redirect("draw_detail", draw.pk)


@desk_page(Role.APPROVER)
def draw_return(request: HttpRequest, pk) -> HttpResponse:
    """Give it back with a reason."""
    draw = find_draw(request, pk)
    return with_reason(request, draw, act=return_draw, done="已退回起草人。", title="退回抽取", verb="退回")


@desk_page(Role.APPROVER)
@require_POST
def draw_confirm_pool(request: HttpRequest, pk) -> HttpResponse:
    """The approver has seen what changed since, and says yes to it."""
    draw = find_draw(request, pk)
    confirm_pool(draw, by=request.user)
    messages.success(request, "已认可，经办人可以按现在的候选封存。")
    return redirect("draw_detail", draw.pk)


def with_reason(request: HttpRequest, draw: Draw, *, act, done: str, title: str, verb: str) -> HttpResponse:
    """A page that asks for a reason and then does it."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(draw, by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, done)
            return redirect("draw_detail", draw.pk)
    return render(request, "draws/reason.html", {"draw": draw, "form": form, "title": title, "verb": verb})
