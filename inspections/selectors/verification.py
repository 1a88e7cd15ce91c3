"""Do volumes and evidence still hold the bytes they were filed with?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from inspections.models import Dossier, Evidence, SignedScan
from inspections.selectors.cases import case_documents, cases_of
from inspections.selectors.reading import documents_of
from inspections.states import DossierState
from shuangsuiji.documents.files import digest_of, path_of
from shuangsuiji.documents.registry import kind_name


@dataclass(frozen=True)
class Damage:
    """A file that is gone or holds other bytes, in a sentence for the operator; numbers only, no names."""

    label: str
    file_name: str
    found_sha256: str

    def __str__(self) -> str:
        what = f"内容已变（现为 {self.found_sha256}）" if self.found_sha256 else "文件不存在"
        return f"{self.label}：{self.file_name} {what}"


@dataclass(frozen=True)
class Stranger:
    """A paper of a filed check that is not in the catalogue its volume was locked with."""

    archive_number: str
    paper: str

    def __str__(self) -> str:
        return f"案卷 {self.archive_number}：{self.paper} 不在归档时的卷内目录里"


def verify_dossiers(dossiers: QuerySet[Dossier] | None = None) -> Iterator[Damage | Stranger]:
    """Read every rendered volume and every original again, and look for papers a locked one does not know.

    Yields what is wrong, in order.
    """
    rows = Dossier.objects.all() if dossiers is None else dossiers
    for dossier in rows.exclude(file_name="").select_related("task").order_by("id").iterator():
        label = f"案卷 {dossier.archive_number or dossier.task.number}"
        yield from _compare(label, file_name=dossier.file_name, expected=dossier.sha256)
        yield from _strangers(dossier)
    yield from _originals(rows)


def _originals(rows: QuerySet[Dossier]) -> Iterator[Damage]:
    evidence = Evidence.objects.filter(task__dossier__in=rows).select_related("task").order_by("task__number", "id")
    for one in evidence.iterator():
        yield from _compare(f"任务 {one.task.number} 证据", file_name=one.file_name, expected=one.sha256)
    scans = SignedScan.objects.filter(task__dossier__in=rows).select_related("task").order_by("task__number", "id")
    for scan in scans.iterator():
        yield from _compare(f"任务 {scan.task.number} 签字件", file_name=scan.file_name, expected=scan.sha256)


def _strangers(dossier: Dossier) -> Iterator[Stranger]:
    if dossier.state != DossierState.LOCKED:
        return
    known = {row.get("document_key") for row in dossier.catalogue}
    papers = list(documents_of(dossier.task))
    for case in cases_of(dossier.task):
        papers += case_documents(case)
    for paper in papers:
        if str(paper.pk) not in known:
            yield Stranger(dossier.archive_number or "", paper.number or kind_name(paper.kind))


def _compare(label: str, *, file_name: str, expected: str) -> Iterator[Damage]:
    path = path_of(file_name)
    found = digest_of(path) if path.is_file() else ""
    if found != expected:
        yield Damage(label=label, file_name=file_name, found_sha256=found)
