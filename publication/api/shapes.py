"""What the API answers, field by field."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Field, Schema


class PublicationRow(Schema):
    """A publication without its content."""

    slug: str
    kind: str
    kind_name: str
    state: str
    title: str
    number: str
    index_number: str
    version: int
    published_at: dt.datetime
    sha256: str
    url: str


class PublicationWhole(PublicationRow):
    """A publication with all that its page shows."""

    introduction: str
    content: dict[str, Any]
    corrects: str = Field("", description="被更正版本的 slug")
    correction_reason: str
    corrected_by: str = Field("", description="更正本版的版本的 slug，已撤回的也在内")
    in_force: str = Field("", description="现在有效的版本的 slug；没有有效版本的为空")


class PublicationPage(Schema):
    """One page; `next` is empty on the last."""

    rows: list[PublicationRow]
    next: str


class Change(Schema):
    """What a publication is now, after a change."""

    change: int = Field(description="变化的序号，只增不减")
    slug: str
    kind: str
    state: str = Field(description="published、corrected、withdrawn、expired")
    version: int
    title: str = Field(description="已撤回、已到期的为空")
    sha256: str
    url: str


class ChangePage(Schema):
    """Changes in the order in which they took effect; ask again with `since=next`."""

    rows: list[Change]
    next: int


class LedgerRow(Schema):
    """A sealed draw."""

    number: str
    title: str
    state: str
    mode: str
    sealed_at: str
    sealed_hash: str
    drawn_at: str
    amendment_count: int
    url: str


class LedgerPage(Schema):
    """One page; `next` is empty on the last."""

    rows: list[LedgerRow]
    next: str


class ItemRow(Schema):
    """An item that may be checked."""

    code: str
    group: str
    name: str
    legal_basis: str
    method: str
    fields: str
    published_on: str


class ItemList(Schema):
    """All items in force."""

    rows: list[ItemRow]


class OfficerRow(Schema):
    """An officer in office."""

    name: str
    certificate_number: str
    certificate_expires_on: str
    department: str


class OfficerList(Schema):
    """All officers whose certificate is valid today."""

    rows: list[OfficerRow]


class Span(Schema):
    """The figures of a month, a quarter or a year."""

    label: str
    sealed: int
    void: int
    notices: int
    results: int
    passed: int
    failed: int
    general: int
    major: int
    exposures: int
    listings: int
    kept: int
    missed: int


class Statistics(Schema):
    """Figures over time."""

    by: str
    year: int
    rows: list[Span]


class Problem(Schema):
    """What was wrong with the question, in a sentence."""

    detail: str
