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
    "done": "taken drawn approved applied sent closed archived locked granted passed active create fulfilled",
    "due": "proposed told blocked ordered asked staged suspended general unmatched",
    "final": "sealed published decided",
    "late": "failed refused dead fault major",
    "open": "submitted scheduled noticed withheld ready on_site recorded reinspected assigned waiting queued rendered"
    " corrected update open",
    "void": "void ended dismissed superseded withdrawn expired dropped discarded moved undone revoked not_filed"
    " not_punished transferred",
    "idle": "draft drafted same absent",
}
TONE_OF = {code: tone for tone, codes in _CODES.items() for code in codes.split()}


def tone_of(code: object) -> str:
    """The tone of a state's code; an unknown state is under way."""
    return TONE_OF.get(str(code), "open")
