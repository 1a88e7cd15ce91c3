"""What else `verify_audit` looks at: rooms above compare their rows with what the trail says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Check = Callable[[], Iterable[str]]
_CHECKS: dict[str, Check] = {}


def register_check(name: str) -> Callable[[Check], Check]:
    """Have `verify_audit` run a function that yields one Chinese sentence for each fault it finds."""

    def keep(check: Check) -> Check:
        _CHECKS[name] = check
        return check

    return keep


def faults() -> Iterable[str]:
    """Every fault of every registered check, with the check's name before it."""
    for name, check in _CHECKS.items():
        for sentence in check():
            yield f"{name}：{sentence}"
