"""What upper rooms tell this one, and learn from it: it cannot call them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from inspectors.models import DeclaredInterest

Declared = Callable[[DeclaredInterest], None]
Workload = Callable[[Collection[int], int], Mapping[int, int]]
_declared: list[Declared] = []
_workloads: list[Workload] = []


def register_declared_hook(hook: Declared) -> None:
    """Have `hook(interest)` called in the transaction in which an interest is declared or withdrawn."""
    if hook not in _declared:
        _declared.append(hook)


def tell_declared(interest: DeclaredInterest) -> None:
    """Call the hooks; one that refuses takes the declaration with it."""
    for hook in _declared:
        hook(interest)


def register_workload(counter: Workload) -> None:
    """Have `counter(inspector ids, year)` → {inspector id: visits} asked for the load over a year."""
    if counter not in _workloads:
        _workloads.append(counter)


def workload(inspector_ids: Collection[int], *, year: int) -> dict[int, int]:
    """Visits of a year by inspector id, over all that count them; zero for those nobody names."""
    load = dict.fromkeys(inspector_ids, 0)
    for counter in _workloads:
        for pk, count in counter(inspector_ids, year).items():
            load[pk] = load.get(pk, 0) + count
    return load
