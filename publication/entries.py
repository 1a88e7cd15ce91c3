"""What a list knows of a publication, and the pieces by which it is found.

Made from the public content alone, so that nothing is found that could not be read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from publication.models import Publication, PublicEntry
from shuangsuiji.lib.text import match_key

TOWNSHIP, FIELD = "镇@", "域@"
_LONGEST_PIECE = 48


def entry_of(publication: Publication) -> PublicEntry:
    """The row of a public publication; not saved."""
    content = publication.content
    assert publication.published_at, "what is public has its time"
    enterprises = list(named_enterprises(content))
    townships = _distinct(one.get("township", "") for one in enterprises)
    fields = _distinct(one.get("field", "") for one in enterprises)
    words = _words(publication, enterprises)
    return PublicEntry(
        publication=publication,
        kind=publication.kind,
        state=publication.state,
        slug=publication.slug,
        title=publication.title,
        number=publication.number or "",
        index_number=publication.index_number,
        note=" ".join(publication.introduction.split())[:300],
        published_at=publication.published_at,
        first_published_at=first_published_at(publication),
        visits_from=content.get("visits_from") or None,
        visits_to=content.get("visits_to") or None,
        enterprise_name=enterprises[0]["name"][:120] if len(enterprises) == 1 else "",
        townships=townships,
        fields=fields,
        enterprise_count=len(enterprises),
        words="\n".join(words),
        pieces=sorted(
            {piece for word in words for piece in pieces_of(word)}
            | {word for word in words if len(word) <= _LONGEST_PIECE}
            | {TOWNSHIP + name for name in townships}
            | {FIELD + name for name in fields}
        ),
        **_result_counts(content),
    )


def first_published_at(publication: Publication) -> dt.datetime:
    """When the text was first public: of a correction, the day of what it corrects. A query for each step back."""
    first = publication
    while first.corrects is not None:
        first = first.corrects
    assert first.published_at, "what is public, and what it corrects, has its time"
    return first.published_at


def named_enterprises(content: dict) -> Iterator[dict]:
    """The enterprises a content names, as `disclosure` wrote them."""
    one = content.get("enterprise")
    if isinstance(one, dict) and one.get("name"):
        yield one
    for row in content.get("enterprises") or []:
        if isinstance(row, dict) and row.get("name"):
            yield row


def pieces_of(word: str) -> set[str]:
    """Characters and pairs of neighbours of one spelling: 示范化工 → 示 范 化 工 示范 范化 化工."""
    return set(word) | {word[place : place + 2] for place in range(len(word) - 1)}


def wanted_pieces(word: str) -> list[str]:
    """The pieces that all have to be there for a typed word; the pairs alone, where there are any."""
    if len(word) < 2:
        return [word] if word else []
    return sorted({word[place : place + 2] for place in range(len(word) - 1)})


def _words(publication: Publication, enterprises: list[dict]) -> list[str]:
    texts = [publication.title, publication.number or "", publication.index_number]
    texts += [one.get(name, "") for one in enterprises for name in ("name", "credit_code")]
    texts += [publication.content.get("draw_number", ""), *_items(publication.content)]
    return _distinct(match_key(str(text)) for text in texts)


def _items(content: dict) -> Iterator[str]:
    """What a notice says will be looked at; each item once, however many enterprises have it."""
    for row in content.get("enterprises") or []:
        if isinstance(row, dict):
            yield from (item for item in row.get("items") or [] if isinstance(item, str))


def _distinct(texts) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def _result_counts(content: dict) -> dict[str, int]:
    counts = content.get("counts")
    if not isinstance(counts, dict) or "results" not in content:
        return {}
    hazards = [row.get("hazard_label", "") for row in content["results"]]
    return {
        "passed_count": counts.get("passed", 0),
        "failed_count": counts.get("failed", 0),
        "general_count": sum(label.startswith("一般") for label in hazards),
        "major_count": content.get("major_count", 0),
    }
