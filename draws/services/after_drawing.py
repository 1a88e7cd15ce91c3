"""What rooms above do when a draw has its people: they register here, draws never imports them."""

from __future__ import annotations

from collections.abc import Callable

from draws.models import Amendment, Draw
from shuangsuiji.accounts.models import User

DrawnHook = Callable[..., object]
AmendedHook = Callable[..., object]
_after_drawing: list[DrawnHook] = []
_after_amending: list[AmendedHook] = []


def register_drawn_hook(hook: DrawnHook) -> DrawnHook:
    """Call `hook(draw, by=…)` inside the transaction in which a draw becomes drawn."""
    if hook not in _after_drawing:
        _after_drawing.append(hook)
    return hook


def register_amended_hook(hook: AmendedHook) -> AmendedHook:
    """Call `hook(draw, amendment=…, by=…)` inside the transaction of an amendment to a drawn draw."""
    if hook not in _after_amending:
        _after_amending.append(hook)
    return hook


def after_drawing(draw: Draw, *, by: User | None) -> None:
    """Tell every registered room; one that fails takes the whole draw back."""
    for hook in _after_drawing:
        hook(draw, by=by)


def after_amending(draw: Draw, *, amendment: Amendment, by: User | None) -> None:
    """Tell every registered room that the standing result has changed."""
    for hook in _after_amending:
        hook(draw, amendment=amendment, by=by)
