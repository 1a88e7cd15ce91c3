"""What hangs on an enterprise in the rooms above, which this room cannot call."""

from __future__ import annotations

from collections.abc import Callable

from django.db import models

from enterprises.models import Enterprise
from shuangsuiji.audit.tracking import VERSIONS

Mover = Callable[[Enterprise, Enterprise], None]
_movers: dict[str, Mover] = {}


def register_mover(model_label: str, mover: Mover) -> None:
    """Have `mover(gone, kept)` called when enterprises are merged: the rows of this model can safely change hands.

    Rows of a model nobody moves (drawn, visited, published work) keep the enterprise they were done under, and so
    forbid that it goes. `model_label` as in "draws.recusal".
    """
    _movers[model_label] = mover


def move_all(gone: Enterprise, *, kept: Enterprise) -> None:
    """Call the movers."""
    for mover in _movers.values():
        mover(gone, kept)


def hanging_work(enterprise: Enterprise) -> bool:
    """Whether rows of other rooms name this enterprise and cannot be moved."""
    versions = set(VERSIONS.values())
    for relation in Enterprise._meta.related_objects:
        model: type[models.Model] = relation.related_model  # type: ignore[assignment]
        if model in versions or model._meta.app_label == "enterprises" or model._meta.label_lower in _movers:
            continue
        if model._default_manager.filter(**{relation.field.name: enterprise}).exists():
            return True
    return False
