"""What the publication room does: publications, the list of serious breaches, letters."""

from publication.services.deliveries import print_letters, record_delivery
from publication.services.drafting import (
    create_draft,
    discard_draft,
    draft_correction,
    draft_exposure,
    draft_handling,
    draft_item_list,
    draft_notice,
    draft_officer_list,
    draft_result,
    draft_statistics,
    edit_publication,
    refresh_draft,
    take_up_exposure,
)
from publication.services.ending import (
    expire_publication,
    propose_withdrawal,
    refuse_withdrawal,
    withdraw_publication,
)
from publication.services.facts import Facts, register_source
from publication.services.letter_links import renew_letter_link, revoke_letter_link
from publication.services.letter_recusals import ask_recusal_by_letter
from publication.services.letter_rows import create_letters
from publication.services.letters import confirm_letter, issue_letter, note_opening
from publication.services.listing_proposals import edit_listing, propose_for_list
from publication.services.listings import (
    ask_removal,
    decide_listing,
    drop_listing,
    grant_removal,
    notify_listing,
    record_statement,
    refuse_removal,
    revoke_listing,
    serve_listing_paper,
)
from publication.services.notifying import notify_enterprise
from publication.services.publishing import (
    approve_publication,
    open_handling_deadline,
    open_notice_deadline,
    publish_publication,
    register_effect,
    return_publication,
)
from publication.services.reminding import remind_enterprise

__all__ = [
    "Facts",
    "approve_publication",
    "ask_recusal_by_letter",
    "ask_removal",
    "confirm_letter",
    "create_draft",
    "create_letters",
    "decide_listing",
    "discard_draft",
    "draft_correction",
    "draft_exposure",
    "draft_handling",
    "draft_item_list",
    "draft_notice",
    "draft_officer_list",
    "draft_result",
    "draft_statistics",
    "drop_listing",
    "edit_listing",
    "edit_publication",
    "expire_publication",
    "grant_removal",
    "issue_letter",
    "note_opening",
    "notify_enterprise",
    "notify_listing",
    "open_handling_deadline",
    "open_notice_deadline",
    "print_letters",
    "propose_for_list",
    "propose_withdrawal",
    "publish_publication",
    "record_delivery",
    "record_statement",
    "refresh_draft",
    "refuse_removal",
    "refuse_withdrawal",
    "register_effect",
    "register_source",
    "remind_enterprise",
    "renew_letter_link",
    "return_publication",
    "revoke_letter_link",
    "revoke_listing",
    "serve_listing_paper",
    "take_up_exposure",
    "withdraw_publication",
]
