"""Life cycle of a batch: it waits for a person, who takes it over or lets it go."""

from __future__ import annotations

VALID_STATE_TRANSITIONS: dict[str, tuple[str, ...]] = {
    "staged": ("applied", "discarded"),
    "applied": (),
    "discarded": (),
}
