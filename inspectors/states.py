"""Whether a person may be drawn: only somebody active may."""

from __future__ import annotations

VALID_STATE_TRANSITIONS: dict[str, tuple[str, ...]] = {
    "active": ("away", "left"),
    "away": ("active", "left"),
    "left": ("active",),
}
