"""Keeping the register of enterprises."""

from enterprises.services.bulk import create_enterprises, update_enterprises
from enterprises.services.classifying import confirm_fields, set_field, set_risk_class
from enterprises.services.keeping import change_state, create_enterprise, reveal_contact, update_enterprise

__all__ = [
    "change_state",
    "confirm_fields",
    "create_enterprise",
    "create_enterprises",
    "reveal_contact",
    "set_field",
    "set_risk_class",
    "update_enterprise",
    "update_enterprises",
]
