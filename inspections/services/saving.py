"""Saving a part of a record or a re-inspection: nobody's words are overwritten, both are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.urls import reverse
from django.utils import timezone

from inspections.models import ItemResult, Revisit, RevisitPoint, SiteRecord, Task
from shuangsuiji.accounts.models import User
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify

Row = SiteRecord | ItemResult | Revisit | RevisitPoint


class StaleSave(Refusal):
    """Somebody else saved in between; `current` is what stands now, nothing was overwritten."""

    def __init__(self, sentence: str, *, current: Row) -> None:
        super().__init__(sentence)
        self.current = current


@contextmanager
def both_told(*, by: User, what: str) -> Iterator[None]:
    """The refused one reads the sentence; the other finds a message, written after the refused transaction."""
    try:
        yield
    except StaleSave as stale:
        _tell_other(stale.current, by=by, what=what)
        raise


def changed(row: Any, values: dict[str, Any], *, known: tuple[str, ...]) -> dict[str, Any]:
    """The values that differ from what is stored."""
    unknown = set(values) - set(known)
    if unknown:
        raise TypeError(f"no such fields: {sorted(unknown)}")
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def check_fresh(row: Any, *, revision: int, by: User, what: str) -> None:
    """Somebody else's words are never overwritten; one's own earlier words are."""
    if row.revision == revision or row.saved_by_id in (by.pk, None):
        return
    at = timezone.localtime(row.saved_at)
    raise StaleSave(
        f"{what}：{row.saved_by.name}在 {at:%H:%M} 已经保存过，您这次的填写没有覆盖它，仍留在页面上。"
        "请两人核对，改好后再保存一次。",
        current=row,
    )


def _tell_other(row: Row, *, by: User, what: str) -> None:
    task, page = _page_of(row)
    notify(
        key=f"record.conflict:{row._meta.model_name}:{row.pk}:{row.revision}:{by.pk}",
        users=[row.saved_by] if row.saved_by else [],
        subject=f"任务 {task.number}：{what}有两个人同时填写",
        body=f"{by.name}也填了这一处，系统保留了您先保存的内容。请两人当面核对。",
        link=reverse(page, args=[task.pk]),
    )


def _page_of(row: Row) -> tuple[Task, str]:
    """The check a part belongs to, and the page it is written on."""
    if isinstance(row, SiteRecord | ItemResult):
        return (row.task if isinstance(row, SiteRecord) else row.record.task), "task_record"
    return (row.task if isinstance(row, Revisit) else row.revisit.task), "task_reinspection"


def write(row: Any, changes: dict[str, Any], *, by: User) -> None:
    """Store the changes as the next version, with who saved it."""
    for name, value in changes.items():
        setattr(row, name, value)
    row.revision += 1
    row.saved_by = by
    row.save(update_fields=[*changes, "revision", "saved_by", "saved_at"])
