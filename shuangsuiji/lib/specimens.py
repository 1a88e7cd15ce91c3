"""What the component page shows: one specimen of every component, all of it invented."""

from __future__ import annotations


def components() -> dict[str, object]:
    """The context of the component page."""
    return {}
