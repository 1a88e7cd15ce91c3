"""Many closed checks whose volumes wait to be assembled, and the volumes as somebody sees them from outside.

The first part runs inside a stack's own Django (`stack.shell`), by the services that the pages call.
"""

from __future__ import annotations

from types import SimpleNamespace

from django.utils import timezone

from inspections import services
from inspections.models import Dossier, SiteRecord, Task
from inspections.services.batches import queue_batch
from inspections.services.dossiers import _render
from shuangsuiji.accounts.models import User
from tests.factories.inspections import Check, _account_for, add_photo, fill_record, issue_notice
from tests.journeys.fifty import draw_of
from tests.support.stack import Stack


def close_checks(count: int) -> None:
    """So many checks from the draw to the reviewed record, each with a photo."""
    people, cycle = draw_of(count, mode="announced")
    office = SimpleNamespace(clerk=people.staff["clerk"], approver=people.staff["approver"], head=people.staff["head"])
    for task in Task.objects.filter(drawn__draw=cycle.draw).order_by("number"):
        Task.objects.filter(pk=task.pk).update(visit_on=timezone.localdate())
        seats = task.drawn.seats.filter(inspector__isnull=False).order_by("seat")[:2]
        lead, second = (_account_for(seat) for seat in seats)
        _close(Check(office, cycle.draw, Task.objects.get(pk=task.pk), lead, second))


def _close(check: Check) -> None:
    services.mark_noticed([check.task])
    issue_notice(check)
    services.draft_scheme(check.fresh(), by=check.lead)
    services.review_scheme(check.task, by=check.second)
    services.approve_scheme(check.task, by=check.approver)
    services.start_visit(check.fresh(), by=check.lead)
    check.fresh()
    record = fill_record(check)
    add_photo(check)
    services.submit_record(record, by=check.lead, signature="signed")
    services.approve_record(SiteRecord.objects.get(task=check.task), by=check.approver)


def send_batch() -> None:
    """Ask for all of them."""
    queue_batch(list(Dossier.objects.all()), by=User.objects.get(username="clerk"))


def tell_hashes() -> None:
    """Print what each volume would hash to, rendered here and now, with nobody killed."""
    for dossier in Dossier.objects.select_related("task__enterprise").order_by("task__number"):
        print(dossier.task.number, _render(dossier).sha256)


class Volumes:
    """The volumes of a stack, from outside."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    def rendered_count(self) -> int:
        [(count,)] = self.stack.sql("SELECT count(*) FROM inspections_dossier WHERE state = 'rendered'")
        return count

    def hashes(self) -> dict[str, str]:
        """Task number and hash of every rendered volume."""
        rows = self.stack.sql(
            "SELECT t.number, d.sha256 FROM inspections_dossier d JOIN inspections_task t ON t.id = d.task_id"
            " WHERE d.state = 'rendered'"
        )
        return dict(rows)

    def file_count(self) -> int:
        """Finished files on disk."""
        return len(list((self.stack.folder / "files" / "dossiers").rglob("*.pdf")))
