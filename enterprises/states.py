"""Life cycle of an enterprise in the register. Only an active one stands in a pool."""

from __future__ import annotations

VALID_STATE_TRANSITIONS: dict[str, tuple[str, ...]] = {
    "active": ("suspended", "closed", "moved"),
    "suspended": ("active", "closed", "moved"),
    "closed": ("active",),
    "moved": ("active",),
}
