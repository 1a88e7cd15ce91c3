"""A file comes in: looked at from outside, kept, and read now or by a worker."""

from __future__ import annotations

import hashlib

from django.db import transaction

from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.imports.models import ImportBatch, ImportFile, ImportProgress
from shuangsuiji.imports.policies import check_may_import
from shuangsuiji.imports.progress import Tell, in_silence
from shuangsuiji.imports.registry import importer_for
from shuangsuiji.imports.services.ordering import WORK
from shuangsuiji.imports.services.staging import read_batch
from shuangsuiji.lib.doorbell import ring
from shuangsuiji.lib.workbooks import check_workbook_file


@transaction.atomic
def stage_upload(
    *, register: str, content: bytes, name: str, by: User | None, sheet: str = "", tell: Tell = in_silence
) -> ImportBatch:
    """Read a workbook for a register at once and stage its rows with what would become of each.

    Nothing of the register changes. A file that cannot be read is refused whole; one whose titles do
    not say where the required columns are waits for a person to point them out; a row with a fault is
    staged as such. Audited.
    """
    return read_batch(_keep(register=register, content=content, name=name, by=by, sheet=sheet), tell=tell)


@transaction.atomic
def receive_upload(*, register: str, content: bytes, name: str, by: User | None, sheet: str = "") -> ImportBatch:
    """Keep a long file for a worker to read; what is plainly no workbook is refused here. Audited."""
    batch = _keep(register=register, content=content, name=name, by=by, sheet=sheet)
    record("import.received", by=by, target=batch, register=register)
    ring(WORK)
    return batch


def _keep(*, register: str, content: bytes, name: str, by: User | None, sheet: str) -> ImportBatch:
    check_may_import(by)
    importer = importer_for(register)
    check_workbook_file(content, name=name)
    batch = ImportBatch.objects.create(
        register=importer.register,
        file_name=name[-200:],
        file_sha256=hashlib.sha256(content).hexdigest(),
        sheet_name=sheet[:100],
        uploaded_by=by,
    )
    ImportFile.objects.create(batch=batch, content=content)
    ImportProgress.objects.create(batch=batch)
    return batch
