"""How a Chinese name sounds, for sorting and for search by pinyin or initials.

pypinyin segments a text for every call (some 70 µs a name). A register of 10^5 names
needs it fast, so its two dictionaries are folded once into two tables: the usual sound
of a character, and those phrases in which a character sounds otherwise (重庆, 长乐).
They are read when the first name is spelt: most processes never spell one.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from operator import add

LONGEST_PHRASE = 4


def _plain(sound: str) -> str:
    """Without the tone: "lǜ" → "lv", "chóng" → "chong"."""
    parts = unicodedata.normalize("NFD", sound).replace("u\u0308", "v")
    return "".join(part for part in parts if part.isascii() and part.isalpha()).lower()


@lru_cache(maxsize=1)
def _usual_sounds() -> dict[str, str]:
    from pypinyin.constants import PINYIN_DICT

    return {chr(point): _plain(sounds.split(",")[0]) for point, sounds in PINYIN_DICT.items()}


@lru_cache(maxsize=1)
def _odd_phrases() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Phrases up to four characters that do not sound as their characters do, and every beginning of one."""
    from pypinyin.constants import PHRASES_DICT

    usual = _usual_sounds()
    phrases = {}
    for phrase, sounds in PHRASES_DICT.items():
        spoken = tuple(_plain(options[0]) for options in sounds)
        if 1 < len(phrase) <= LONGEST_PHRASE and spoken != tuple(usual.get(character, "") for character in phrase):
            phrases[phrase] = spoken
    return phrases, frozenset(phrase[:2] for phrase in phrases)


def _phrase_at(text: str, place: int) -> tuple[str, ...]:
    phrases, _ = _odd_phrases()
    lengths = range(LONGEST_PHRASE, 1, -1)
    return next((spoken for length in lengths if (spoken := phrases.get(text[place : place + length]))), ())


def syllables(text: str) -> list[str]:
    """One entry a character: "长乐A厂" → ["chang", "le", "a", "chang"]; blanks and punctuation fall out."""
    text = unicodedata.normalize("NFKC", text)
    usual, (_, beginnings) = _usual_sounds(), _odd_phrases()
    spoken, place = [], 0
    while place < len(text):
        if text[place : place + 2] in beginnings and (phrase := _phrase_at(text, place)):
            spoken.extend(phrase)
            place += len(phrase)
            continue
        character = text[place]
        place += 1
        if sound := usual.get(character):
            spoken.append(sound)
        elif character.isalnum():
            spoken.append(character.lower())
    return spoken


class _Sounds(dict[int, str]):
    """For `str.translate`: a character becomes a blank and its sound; what has none falls out."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        sound = _usual_sounds().get(character) or (character.lower() if character.isalnum() else "")
        self[point] = f" {sound}" if sound else ""
        return self[point]


class _FirstLetters(dict[int, str]):
    """The same with the first letter of the sound only."""

    def __missing__(self, point: int) -> str:
        self[point] = _SOUNDS[point][1:2]
        return self[point]


_SOUNDS, _FIRST_LETTERS = _Sounds(), _FirstLetters()


def sounds(text: str) -> tuple[str, str]:
    """Sort key and initials at once: "示范化工" → ("shi fan hua gong", "sfhg").

    Most names hold no phrase that sounds otherwise; for them one pass in C does.
    """
    text = unicodedata.normalize("NFKC", text)
    if not _odd_phrases()[1].isdisjoint(map(add, text, text[1:])):
        spoken = syllables(text)
        return " ".join(spoken), "".join(sound[0] for sound in spoken)
    return text.translate(_SOUNDS)[1:], text.translate(_FIRST_LETTERS)


def sort_key(text: str, *, limit: int) -> str:
    """The sounds with blanks between, cut to a column's length: 示范化工 → "shi fan hua gong"."""
    return " ".join(syllables(text))[:limit]


def initials(text: str, *, limit: int) -> str:
    """The first letter of each sound: 示范化工 → "sfhg"."""
    return "".join(sound[0] for sound in syllables(text))[:limit]
