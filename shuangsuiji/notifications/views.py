"""The inbox, and the outbox's undelivered e-mails."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.notifications import selectors, services
from shuangsuiji.notifications.models import Message


@desk_page()
def inbox(request):
    """A person's own messages."""
    page = Paginator(selectors.inbox_of(request.user), 30).get_page(request.GET.get("page"))
    return render(request, "notifications/inbox.html", {"page": page})


@desk_page()
@require_POST
def inbox_read(request):
    """Everything read."""
    services.mark_all_read(user=request.user)
    return redirect("inbox")


@desk_page(Role.CLERK, Role.SYSADMIN)
def outbox(request):
    """E-mails that wait or have failed."""
    page = Paginator(selectors.undelivered(), 50).get_page(request.GET.get("page"))
    return render(request, "notifications/outbox.html", {"page": page})


@desk_page(Role.CLERK, Role.SYSADMIN)
@require_POST
def outbox_send_again(request, pk):
    """Try a dead message again."""
    services.send_again(get_object_or_404(Message, pk=pk), by=request.user)
    return redirect("outbox")
