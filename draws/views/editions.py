"""Editions of the list of items: gathered, approved by somebody else, published; the public reads each of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from draws import policies
from draws.forms.items import PublishEditionForm, ReturnEditionForm, SubmitEditionForm
from draws.models import ItemEdition
from draws.policies import allows
from draws.selectors.items import changes_of, differences, edition_mark, published_editions
from draws.services import editions as services
from draws.states import EditionState
from draws.views.items import READERS
from shuangsuiji.accounts.access import desk_page, public_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.lib.errors import Refusal


@public_page
@require_GET
def item_edition_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One edition as it was published, word for word; former ones stay readable."""
    number = slug.removeprefix("items-")
    if not number.isdecimal() or len(number) > 4:
        raise Http404(slug)
    edition = get_object_or_404(ItemEdition, number=int(number), state=EditionState.PUBLISHED)
    article = {
        "column": "随机抽查事项清单",
        "title": str(edition),
        "published_at": edition.published_at,
        "source": "",
    }
    context = {"edition": edition, "article": article, "today": timezone.localdate(), "editions": published_editions()}
    return render(request, "draws/item_edition_page.html", context)


@desk_page(*READERS)
@require_GET
def item_edition_list(request: HttpRequest) -> HttpResponse:
    """Every edition, the one in hand first."""
    rows = ItemEdition.objects.defer("content").select_related("drafted_by", "approved_by").order_by("-number")
    return render(request, "draws/item_edition_list.html", {"editions": rows, "today": timezone.localdate()})


def _edition(pk: int) -> ItemEdition:
    return get_object_or_404(ItemEdition.objects.select_related("drafted_by", "approved_by"), pk=pk)


@desk_page(*READERS)
def item_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """What an edition does to the list, item by item, and the next step."""
    return _page(request, _edition(pk))


def _page(request: HttpRequest, edition: ItemEdition, **forms) -> HttpResponse:
    changes = changes_of(edition)
    is_clerk = has_role(request.user, Role.CLERK)
    context = {
        "edition": edition,
        "changes": changes,
        "revised": [(now, before, differences(now, before)) for now, before in changes.revised],
        "may_submit": is_clerk and edition.state == EditionState.DRAFT,
        "may_approve": allows(policies.check_may_approve_edition, request.user, edition),
        "may_return": has_role(request.user, Role.APPROVER)
        and edition.state in (EditionState.SUBMITTED, EditionState.APPROVED),
        "may_publish": is_clerk and edition.state == EditionState.APPROVED,
        "submit_form": forms.get("submit_form") or SubmitEditionForm(initial={"reason": edition.reason}),
        "publish_form": forms.get("publish_form") or PublishEditionForm(initial={"on": timezone.localdate()}),
        "return_form": forms.get("return_form") or ReturnEditionForm(),
        "today": timezone.localdate(),
        "seen": edition_mark(edition),
    }
    return render(request, "draws/item_edition.html", context)


def _with_form(request: HttpRequest, pk: int, *, act, form, name: str, done: str) -> HttpResponse:
    edition = _edition(pk)
    if form.is_valid():
        try:
            act(edition, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, done)
            return redirect("item_edition", pk)
    return _page(request, edition, **{name: form})


@desk_page(Role.CLERK)
@require_POST
def item_edition_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it in."""
    form = SubmitEditionForm(request.POST)
    return _with_form(request, pk, act=services.submit_edition, form=form, name="submit_form", done="已提交审批。")


@desk_page(Role.APPROVER)
@require_POST
def item_edition_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve somebody else's edition."""
    try:
        services.approve_edition(_edition(pk), by=request.user, seen=request.POST.get("seen"))
        messages.success(request, "已批准，可以公布。")
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("item_edition", pk)


@desk_page(Role.APPROVER)
@require_POST
def item_edition_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back with a reason."""
    form = ReturnEditionForm(request.POST)
    return _with_form(request, pk, act=services.return_edition, form=form, name="return_form", done="已退回起草人。")


@desk_page(Role.CLERK)
@require_POST
def item_edition_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it public, in force from a day."""
    form = PublishEditionForm(request.POST)
    return _with_form(
        request, pk, act=services.publish_edition, form=form, name="publish_form", done="已公布，到施行日期起用于抽取。"
    )
