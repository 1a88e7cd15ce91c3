"""Drafting, approving and watching publications at the desk."""

from __future__ import annotations

import django_filters
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from draws.selectors import visible_to as draws_visible_to
from inspections.selectors import tasks_visible_to
from publication import policies, selectors, services
from publication.forms import ReturnForm, ScheduleForm, WordsForm
from publication.models import Letter, Publication
from publication.states import PUBLIC_STATES, PublicationState
from publication.views.public import address_of
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal

READERS = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.LEADER, Role.SUPERVISOR)


class PublicationFilter(django_filters.FilterSet):
    """By kind, state and words."""

    kind = django_filters.ChoiceFilter(choices=Publication.Kind.choices, label="种类", empty_label="全部")
    state = django_filters.ChoiceFilter(choices=PublicationState.choices, label="状态", empty_label="全部")
    title = django_filters.CharFilter(lookup_expr="icontains", label="标题")

    class Meta:
        model = Publication
        fields = ["kind", "state", "title"]


@desk_page(*READERS)
def publication_list(request):
    """Everything drafted, waiting and published."""
    found = PublicationFilter(request.GET, selectors.publications_for(request.user).order_by("-drafted_at", "id"))
    page = Paginator(found.qs, 30).get_page(request.GET.get("page"))
    return render(request, "publication/desk_list.html", {"filter": found, "page_obj": page})


def _publication(request, pk) -> Publication:
    return get_object_or_404(selectors.publications_for(request.user), pk=pk)


@desk_page(*READERS)
def publication_detail(request, pk):
    """One publication: as it will stand, who did what, its letters, the next step."""
    publication = _publication(request, pk)
    is_public = publication.state in PUBLIC_STATES
    context = {
        "publication": publication,
        "public_address": address_of(publication) if is_public else "",
        "letters": selectors.letters_of(publication),
        "letter_counts": selectors.letter_counts(publication),
        "may": _may(publication, user=request.user),
        "words_form": WordsForm(instance=publication),
        "schedule_form": ScheduleForm(),
        "return_form": ReturnForm(),
    }
    return render(request, "publication/desk_detail.html", context)


def _may(publication: Publication, *, user) -> dict[str, bool]:
    """Which buttons stand there: the same functions as behind them."""
    today = timezone.localdate()
    return {
        "edit": _allows(policies.check_may_edit, publication, by=user),
        "approve": _allows(policies.check_may_approve, publication, by=user, publish_on=today),
        "return": publication.state == PublicationState.SCHEDULED and Role.APPROVER in user.role_codes,
    }


def _allows(check, *args, **kwargs) -> bool:
    try:
        check(*args, **kwargs)
    except Refusal:
        return False
    return True


@desk_page(Role.CLERK)
@require_POST
def notice_draft(request, draw_id):
    """Draft the notice of a draw."""
    draw = get_object_or_404(draws_visible_to(request.user), pk=draw_id)
    notice = services.draft_notice(draw, by=request.user)
    messages.success(request, "公告已按抽取结果起草，请核对文字后交审批负责人批准。")
    return redirect("publication_detail", pk=notice.pk)


@desk_page(Role.CLERK)
@require_POST
def result_draft(request, task_id):
    """Draft a task's result without waiting for the job."""
    task = get_object_or_404(tasks_visible_to(request.user), pk=task_id)
    result = services.draft_result(task, by=request.user)
    return redirect("publication_detail", pk=result.pk)


@desk_page(Role.CLERK)
@require_POST
def publication_edit(request, pk):
    """New words for a draft."""
    publication = _publication(request, pk)
    form = WordsForm(request.POST, instance=publication)
    if form.is_valid():
        services.edit_publication(publication, **form.cleaned_data, by=request.user)
        messages.success(request, "文字已保存。")
    else:
        messages.error(request, "标题和引言没有保存：标题不能为空，且不超过200字。")
    return redirect("publication_detail", pk=pk)


@desk_page(Role.APPROVER)
@require_POST
def publication_approve(request, pk):
    """Approve, and say when."""
    publication = _publication(request, pk)
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["publish_at"][0])
        return redirect("publication_detail", pk=pk)
    services.approve_publication(publication, by=request.user, publish_at=form.cleaned_data["publish_at"])
    messages.success(request, "已批准。到时间由系统自动发布，不需要再操作。")
    return redirect("publication_detail", pk=pk)


@desk_page(Role.APPROVER)
@require_POST
def publication_return(request, pk):
    """Back to the draft."""
    form = ReturnForm(request.POST)
    if form.is_valid():
        services.return_publication(_publication(request, pk), **form.cleaned_data, by=request.user)
        messages.success(request, "已退回起草。")
    else:
        messages.error(request, "请写明退回的原因。")
    return redirect("publication_detail", pk=pk)


@desk_page(Role.CLERK)
@require_POST
def letter_renew(request, pk):
    """A new link for a letter whose link got into the wrong hands."""
    letter = get_object_or_404(Letter.objects.select_related("publication"), pk=pk)
    services.revoke_letter(letter, by=request.user)
    messages.success(request, "原链接已停用，新链接见下表。")
    return redirect("publication_detail", pk=letter.publication_id)
