"""A penalty case from the proposal to its closing; `take_step` with an act of the table does most of it."""

from inspections.services.cases.acts import ACTS, act_behind, act_of, label_of
from inspections.services.cases.delivery import deliver_document, receipt_to_sign
from inspections.services.cases.engine import Act, draft_paper, take_step
from inspections.services.cases.fields import Field
from inspections.services.cases.filing import propose_case
from inspections.services.cases.money import Account, account_of, register_payment
from inspections.services.cases.recusals import ask_case_recusal, decide_case_recusal
from inspections.services.cases.replacing import replace_paper
from inspections.services.cases.surcharge import surcharge

__all__ = [
    "ACTS",
    "Account",
    "Act",
    "Field",
    "account_of",
    "act_behind",
    "act_of",
    "ask_case_recusal",
    "decide_case_recusal",
    "deliver_document",
    "draft_paper",
    "label_of",
    "propose_case",
    "receipt_to_sign",
    "register_payment",
    "replace_paper",
    "surcharge",
    "take_step",
]
