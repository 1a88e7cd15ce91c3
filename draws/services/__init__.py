"""What people do with plans, recusals and draws."""

from draws.services.after_drawing import register_amended_hook, register_drawn_hook
from draws.services.amending import approve_amendment, ask_amendment, refuse_amendment
from draws.services.closing import open_envelope, void_draw
from draws.services.contributing import contribute
from draws.services.drafting import (
    SourceWanted,
    approve_draw,
    create_draw,
    return_draw,
    submit_draw,
    update_draw,
)
from draws.services.sealing import seal_draw

__all__ = [
    "SourceWanted",
    "approve_amendment",
    "approve_draw",
    "ask_amendment",
    "contribute",
    "create_draw",
    "open_envelope",
    "refuse_amendment",
    "register_amended_hook",
    "register_drawn_hook",
    "return_draw",
    "seal_draw",
    "submit_draw",
    "update_draw",
    "void_draw",
]
