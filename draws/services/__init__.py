"""What people do with plans, recusals and draws."""

from draws.services.after_drawing import register_amended_hook, register_drawn_hook
from draws.services.amending import approve_amendment, ask_amendment, refuse_amendment
from draws.services.closing import ask_void, open_envelope, refuse_void, void_draw
from draws.services.confirming import confirm_pool, rehearse_again
from draws.services.contributing import contribute
from draws.services.drafting import (
    SourceWanted,
    approve_draw,
    create_draw,
    return_draw,
    submit_draw,
    update_draw,
)
from draws.services.events import enter_event, withdraw_event
from draws.services.links import make_link
from draws.services.recusals import ask_recusal, ask_recusal_by_enterprise
from draws.services.sealing import seal_draw

__all__ = [
    "SourceWanted",
    "approve_amendment",
    "approve_draw",
    "ask_amendment",
    "ask_recusal",
    "ask_recusal_by_enterprise",
    "ask_void",
    "confirm_pool",
    "contribute",
    "create_draw",
    "enter_event",
    "make_link",
    "open_envelope",
    "refuse_amendment",
    "refuse_void",
    "register_amended_hook",
    "register_drawn_hook",
    "rehearse_again",
    "return_draw",
    "seal_draw",
    "submit_draw",
    "update_draw",
    "void_draw",
    "withdraw_event",
]
