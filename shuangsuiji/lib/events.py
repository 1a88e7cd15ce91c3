"""What happened on the floor, told to whoever keeps the trail.

The trail lives above this floor, so the floor cannot call it. It announces; the
audit app listens and writes its row in the same transaction.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.dispatch import Signal

happened = Signal()
"""Arguments: action (str), by (the acting user or None), target (the row), detail (dict of plain values)."""


def announce(action: str, *, by: Any, target: Model, **detail: Any) -> None:
    """Tell the listeners; one that fails takes the transaction with it, as it must."""
    happened.send(sender=type(target), action=action, by=by, target=target, detail=detail)
