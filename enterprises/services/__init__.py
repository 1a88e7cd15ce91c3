"""Keeping the register of enterprises."""

from enterprises.services.bulk import create_enterprises, update_enterprises
from enterprises.services.classifying import confirm_fields, set_field, set_risk_class
from enterprises.services.duplicates import dismiss_pair, find_duplicates
from enterprises.services.facts import note_check, record_penalty, save_permit
from enterprises.services.keeping import (
    change_state,
    correct_code,
    create_enterprise,
    reveal_contact,
    update_enterprise,
)
from enterprises.services.listing import add_to_list, take_off_list
from enterprises.services.merging import merge_enterprises

__all__ = [
    "add_to_list",
    "change_state",
    "confirm_fields",
    "correct_code",
    "create_enterprise",
    "create_enterprises",
    "dismiss_pair",
    "find_duplicates",
    "merge_enterprises",
    "note_check",
    "record_penalty",
    "reveal_contact",
    "save_permit",
    "set_field",
    "set_risk_class",
    "take_off_list",
    "update_enterprise",
    "update_enterprises",
]
