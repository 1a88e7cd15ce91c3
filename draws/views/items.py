"""随机抽查事项清单: kept at the desk, read by everybody."""

from __future__ import annotations

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from draws.forms.items import ItemForm, NewItemForm, NewSubItemForm, SubItemForm
from draws.importing import ItemImporter
from draws.item_lists import ItemFilter, ItemTable
from draws.models import Item, SubItem
from draws.selectors.items import (
    any_version,
    edition_being_made,
    items,
    public_catalogue,
    published_editions,
)
from draws.services.items import (
    create_item,
    create_sub_item,
    discard_item,
    keep_item,
    remove_sub_item,
    revise_item,
    update_item,
    update_sub_item,
    withdraw_item,
)
from draws.services.starting_items import load_starting_items
from shuangsuiji.accounts.access import desk_page, public_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.imports.exporting import export_register
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.filtering import exactly
from shuangsuiji.lib.models import SupervisedField

PER_PAGE = 50
READERS = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.INSPECTOR, Role.LEADER, Role.SUPERVISOR)


@public_page
@require_GET
def item_list(request: HttpRequest) -> HttpResponse:
    """What may be checked, by which law, in which fields. Whatever is not here may not be checked."""
    fields = list(SupervisedField.objects.all())
    wanted = next((field for field in fields if field.code == request.GET.get("field")), None)
    catalogue = public_catalogue(today=timezone.localdate(), field_code=wanted.code if wanted else "")
    article = {
        "column": "随机抽查事项清单",
        "title": "随机抽查事项清单",
        "published_at": catalogue.edition.published_at if catalogue.edition else None,
        "source": "",
    }
    context = {
        "catalogue": catalogue,
        "fields": fields,
        "wanted": wanted,
        "article": article,
        "editions": published_editions(),
        "today": timezone.localdate(),
    }
    return render(request, "draws/item_list.html", context)


@desk_page(*READERS)
@require_GET
def item_desk_list(request: HttpRequest) -> HttpResponse:
    """All items, published or not."""
    found = ItemFilter(request.GET, queryset=items())
    table = ItemTable(found.qs, today=timezone.localdate())
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    context = {
        "filter": found,
        "table": table,
        "may_edit": has_role(request.user, Role.CLERK),
        "is_empty": not Item.objects.exists(),
        "edition": edition_being_made(),
    }
    return render(request, "draws/item_desk_list.html", context)


@desk_page(*READERS)
@require_GET
def item_export(request: HttpRequest) -> HttpResponseBase:
    """The sub-items of exactly the items that the list shows, of one edition: the one in hand, or else in force."""
    found = ItemFilter(request.GET, queryset=items())
    importer = ItemImporter()
    return export_register(
        importer,
        keys=importer.of_items(exactly(found)),
        without=frozenset(),
        today=timezone.localdate(),
        by=request.user,
        kind=request.GET.get("as", ""),
    )


@desk_page(*READERS)
@require_GET
def item_desk_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One item with its sub-items."""
    item = get_object_or_404(any_version().prefetch_related("fields"), pk=pk)
    is_clerk = has_role(request.user, Role.CLERK)
    context = {
        "item": item,
        "sub_items": item.sub_items.order_by("code"),
        "standing": {"today": timezone.localdate()},
        "versions": any_version().filter(code=item.code).order_by("-version"),
        "may_edit": is_clerk and item.published_on is None,
        "may_revise": is_clerk and item.published_on is not None and item.withdrawn_on is None,
    }
    return render(request, "draws/item_desk_detail.html", context)


@desk_page(Role.CLERK)
def item_create(request: HttpRequest) -> HttpResponse:
    """A new item."""
    form = NewItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            item = create_item(by=request.user, **form.values())
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "已列入编制中的清单。请添加子项，再随这一版清单提交审批。")
            return redirect("item_desk_detail", item.pk)
    return render(request, "draws/item_form.html", {"form": form})


@desk_page(Role.CLERK)
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an item."""
    item = get_object_or_404(any_version(), pk=pk)
    name = item.name
    form = ItemForm(request.POST or None, instance=item)
    if request.method == "POST" and form.is_valid():
        try:
            update_item(pk, by=request.user, seen=form.opened_with, **form.values())
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "已保存。")
            return redirect("item_desk_detail", pk)
    return render(request, "draws/item_form.html", {"form": form, "item": item, "name": name})


@desk_page(Role.CLERK)
def sub_item_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new sub-item of an item."""
    item = get_object_or_404(any_version(), pk=pk)
    form = NewSubItemForm(request.POST or None, initial={"code": f"{item.code}."})
    if request.method == "POST" and form.is_valid():
        try:
            create_sub_item(pk, by=request.user, **form.values())
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "子项已添加。")
            return redirect("item_desk_detail", pk)
    return render(request, "draws/item_sub_form.html", {"form": form, "item": item})


@desk_page(Role.CLERK)
def sub_item_edit(request: HttpRequest, pk: int, sub_pk: int) -> HttpResponse:
    """Change a sub-item."""
    sub_item = get_object_or_404(SubItem.objects.select_related("item"), pk=sub_pk, item_id=pk)
    form = SubItemForm(request.POST or None, instance=sub_item)
    if request.method == "POST" and form.is_valid():
        try:
            update_sub_item(sub_pk, by=request.user, seen=form.opened_with, **form.values())
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "子项已保存。")
            return redirect("item_desk_detail", pk)
    context = {"form": form, "item": sub_item.item, "sub_item": sub_item}
    return render(request, "draws/item_sub_form.html", context)


@desk_page(Role.CLERK)
@require_POST
def sub_item_remove(request: HttpRequest, pk: int, sub_pk: int) -> HttpResponse:
    """Take a sub-item out."""
    get_object_or_404(Item, pk=pk)
    if SubItem.objects.filter(pk=sub_pk, item_id=pk).exists():
        remove_sub_item(sub_pk, by=request.user)
        messages.success(request, "子项已删除。")
    return redirect("item_desk_detail", pk)


@desk_page(Role.CLERK)
@require_POST
def item_revise(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version of an item in force, to be worked on."""
    version = revise_item(get_object_or_404(Item, pk=pk).pk, by=request.user)
    messages.success(request, "修订版已列入编制中的清单；现行版本在新版公布之前不变。")
    return redirect("item_desk_detail", version.pk)


@desk_page(Role.CLERK)
@require_POST
def item_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a version in hand away."""
    discard_item(get_object_or_404(Item, pk=pk).pk, by=request.user)
    messages.success(request, "编制中的版本已删除。")
    return redirect("item_desk_list")


@desk_page(Role.CLERK)
@require_POST
def item_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the list with the next edition."""
    item = withdraw_item(get_object_or_404(Item, pk=pk).pk, by=request.user)
    messages.success(request, f"“{item.name}”将随下一版清单停用；公布之前照常有效。")
    return redirect("item_desk_detail", pk)


@desk_page(Role.CLERK)
@require_POST
def item_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """It stays after all."""
    item = keep_item(get_object_or_404(Item, pk=pk).pk, by=request.user)
    messages.success(request, f"“{item.name}”不再停用。")
    return redirect("item_desk_detail", pk)


@desk_page(Role.CLERK)
@require_POST
def item_load(request: HttpRequest) -> HttpResponse:
    """The starting list, unpublished."""
    added = load_starting_items(by=request.user)
    messages.success(
        request,
        f"已装入起始清单 {added} 个子项，列入编制中的清单；请经法制审核后提交审批、公布。"
        if added
        else "起始清单已在库中。",
    )
    return redirect("item_desk_list")
