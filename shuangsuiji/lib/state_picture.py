"""A life cycle's picture, printed from its table, so that the two cannot disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import models


def state_picture(states: type[models.TextChoices], transitions: Mapping[str, Sequence[str]]) -> str:
    """The table as a Mermaid state diagram with Chinese labels.

    `{A: (B,), B: ()}` → `起草 --> 待审批` and `待审批 --> [*]`; the first state is where it begins.
    """
    words = {state.value: state.label for state in states}
    lines = ["stateDiagram-v2", f"    [*] --> {words[str(next(iter(transitions)))]}"]
    for source, targets in transitions.items():
        for target in targets or ("",):
            lines.append(f"    {words[str(source)]} --> {words[str(target)] if target else '[*]'}")
    return "\n".join(lines)
