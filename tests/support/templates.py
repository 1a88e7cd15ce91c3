"""A variable that a template of ours names and nobody gave is an error in tests.

Django asks `string_if_invalid` twice: whether it is true, and whether it holds `%s`.
Ours answers yes only when the template is ours and the expression has no `default`;
elsewhere (crispy's and tables2's own templates rely on it) it is the empty string it
looks like. `{% if %}`, `{% for %}` and `{% firstof %}` never ask.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from django.template import engines
from django.template.base import FilterExpression, Node

OURS = str(Path(__file__).resolve().parents[2] / "templates")
_EXCUSES = {"default", "default_if_none"}


class UndefinedVariableError(AssertionError):
    """A template asks for something its context does not have."""


class _Undefined(str):
    __slots__ = ()

    def __bool__(self) -> bool:
        caller = sys._getframe(1)
        if caller.f_code is not FilterExpression.resolve.__code__:
            return False
        expression = caller.f_locals["self"]
        node = _node(caller)
        if node is None or not str(node.origin).startswith(OURS) or _EXCUSES & _filters(expression):
            return False
        raise UndefinedVariableError(f"{node.origin}:{node.token.lineno} 没有变量 {expression.token}")


def _filters(expression: FilterExpression) -> set[str]:
    return {getattr(function, "_filter_name", function.__name__) for function, _ in expression.filters}


def _node(frame: FrameType | None) -> Node | None:
    """The innermost node being rendered: it knows its template."""
    while frame is not None:
        if frame.f_code is Node.render_annotated.__code__:
            node: Node = frame.f_locals["self"]
            return node
        frame = frame.f_back
    return None


@contextmanager
def undefined_variables_fail() -> Iterator[None]:
    """Watch every template rendered in the block."""
    engine = engines["django"].engine
    saved = engine.string_if_invalid
    engine.string_if_invalid = _Undefined()
    try:
        yield
    finally:
        engine.string_if_invalid = saved
