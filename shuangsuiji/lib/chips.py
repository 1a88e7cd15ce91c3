"""Which tone a state has on the screen. A tone is a colour and a shape; the word stands beside it.

done   ● jade       passed, finished, kept
due    ▲ amber      needs somebody soon
final  ■ vermilion  official and final: sealed, published, issued
late   ◆ vermilion  missed, failed
open   ○ ink        under way
void   ✕ grey       no longer counts, stays in view
idle   – grey       not begun
"""

from __future__ import annotations

TONES = ("done", "due", "final", "late", "open", "void", "idle")

_CODES = {
    "done": "drawn applied sent closed archived approved granted passed kept confirmed"
    " active valid complete lifted answered",
    "due": "blocked due waiting suspended ordered pending expiring withheld needs_decision warning",
    "final": "sealed published issued",
    "late": "late missed failed dead refused rejected locked overdue listed",
    "open": "submitted open scheduled noticed ready on_site recorded previewed running assigned reinspected corrected",
    "void": "void voided withdrawn expired cancelled undone revoked removed deregistered superseded",
    "idle": "draft drafted new inactive off",
}
TONE_OF = {code: tone for tone, codes in _CODES.items() for code in codes.split()}


def tone_of(code: object) -> str:
    """The tone of a state's code; an unknown state is under way."""
    return TONE_OF.get(str(code), "open")
