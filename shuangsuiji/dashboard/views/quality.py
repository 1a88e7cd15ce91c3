"""数据质量: what is wanting in the registers, room by room."""

from __future__ import annotations

from collections import Counter

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.quality import quality_findings


@desk_page(Role.CLERK, Role.APPROVER, Role.HEAD)
@require_GET
def register_quality_page(request):
    """Every gap with its count, where its rows are listed, and what to do."""
    sections = quality_findings(today=timezone.localdate())
    totals = Counter[str]()
    for finding in (finding for _, findings in sections for finding in findings):
        totals[finding.tone] += finding.count
    return render(request, "dashboard/quality.html", {"sections": sections, "totals": totals, "total": totals.total()})
