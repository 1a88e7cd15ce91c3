"""Papers of a filed check: the documents room knows no volumes, so the lock on its table is put on from here."""

from __future__ import annotations

from inspections.models.guards import filed_guards
from shuangsuiji.documents.models import IssuedDocument

# The key is text; what does not look like the key of a check or a case belongs to neither.
OF_THE_PAPER = """CASE
    WHEN {row}.subject_key !~ '^[0-9a-f-]{{36}}$' THEN NULL
    WHEN {row}.subject_kind = 'task' THEN {row}.subject_key::uuid
    WHEN {row}.subject_kind = 'case' THEN (SELECT task_id FROM inspections_case WHERE id = {row}.subject_key::uuid)
END"""


class CheckDocument(IssuedDocument):
    """A paper of a check or of a case, seen from its volume: none is issued once the volume is filed."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "检查和案件的文书"
        ordering = ["issued_at", "id"]
        triggers = filed_guards("check_document", path_to_task=OF_THE_PAPER, against=("added",))
