"""执法人员名录: who may come to check, so that anybody can make sure at the door."""

from __future__ import annotations

from django.shortcuts import render
from django.utils import timezone

from inspectors.models import Inspector, PersonState
from publication.columns import RELEASES
from publication.disclosure import public_officer
from publication.models import Publication
from publication.searching import standing_entries
from shuangsuiji.accounts.access import public_page
from shuangsuiji.lib.page_cache import kept_page

MOST = 500


def officers_in_office(*, on) -> list[dict]:
    """Name, certificate and department of those whose certificate is valid, by name."""
    rows = Inspector.objects.filter(state=PersonState.ACTIVE, certificate_expires_on__gte=on)
    return [public_officer(one) for one in rows.select_related("department").order_by("name_key", "certificate_number")]


@public_page
@kept_page(fresh=("q",))
def officer_list(request):
    """The officers who may check today; found by name or certificate number."""
    words = request.GET.get("q", "")[:40]
    rows = officers_in_office(on=timezone.localdate())
    found = [row for row in rows if words in row["name"] or words in row["certificate_number"]] if words else rows
    context = {
        "words": words,
        "officers": found[:MOST],
        "total": len(rows),
        "releases": standing_entries([Publication.Kind.OFFICERS])[:5],
        "column": RELEASES,
        "article": {
            "column": "执法人员名录",
            "title": "执法人员名录",
            "published_at": None,
            "source": "",
        },
    }
    return render(request, "publication/officers.html", context)
