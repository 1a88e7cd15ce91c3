"""The mark of what somebody decides on: a scheme as it is worded, a record as it was handed in, a case at its step."""

from __future__ import annotations

from inspections.models import Case, Revisit, Scheme, SiteRecord
from shuangsuiji.lib.editing import content_mark, row_values

SCHEME_WORDS = (
    "starts_at",
    "ends_at",
    "method",
    "equipment_kinds",
    "equipment",
    "remarks",
    "drafted_by",
    "reviewed_at",
)


def scheme_mark(scheme: Scheme) -> str:
    """Every word of it, who drew it up, and the review that stands."""
    return content_mark(row_values(scheme, SCHEME_WORDS))


def submission_mark(row: SiteRecord | Revisit) -> str:
    """What is submitted changes no more: submitted another time, its revision is another."""
    return content_mark([row.revision])


def case_mark(case: Case) -> str:
    """The steps taken so far. One query."""
    return content_mark(list(case.steps.order_by("pk").values_list("pk", flat=True)))
