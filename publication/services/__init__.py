"""What the publication room does: publications and letters."""

from publication.services.letters import confirm_letter, create_letters, issue_letter, note_opening, revoke_letter
from publication.services.publications import (
    approve_publication,
    draft_notice,
    draft_result,
    edit_publication,
    open_notice_deadline,
    publish_publication,
    return_publication,
)

__all__ = [
    "approve_publication",
    "confirm_letter",
    "create_letters",
    "draft_notice",
    "draft_result",
    "edit_publication",
    "issue_letter",
    "note_opening",
    "open_notice_deadline",
    "publish_publication",
    "return_publication",
    "revoke_letter",
]
