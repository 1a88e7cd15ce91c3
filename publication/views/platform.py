"""What went to the provincial platform, and what it did not take."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from publication import platform
from publication.models import PlatformPush
from publication.services.pushing import push_again
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role


@desk_page(Role.CLERK, Role.APPROVER, Role.SUPERVISOR)
@require_safe
def platform_push_list(request):
    """The outbox: dead rows first, then the newest."""
    rows = PlatformPush.objects.select_related("publication").order_by("state", "-created_at", "id")
    context = {"page_obj": Paginator(rows, 30).get_page(request.GET.get("page")), "is_on": platform.is_configured()}
    return render(request, "publication/platform.html", context)


@desk_page(Role.CLERK)
@require_POST
def platform_push_again(request, pk):
    """Try a dead row again."""
    push_again(get_object_or_404(PlatformPush, pk=pk), by=request.user)
    messages.success(request, "已重新排队推送。")
    return redirect("platform_push_list")
