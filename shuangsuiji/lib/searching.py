"""Words as people type them into a search box: width, blanks and brackets do not matter, every word must be found."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import and_, or_
from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from shuangsuiji.lib.text import folded, tidy

MOST_WORDS = 8
_OTHER_BRACKETS = str.maketrans("()（）", "（）()")


def words_of(text: str) -> list[str]:
    """The words of a query: "示范　化工 ＳＦＨＧ" → ["示范", "化工", "SFHG"]; the first few count."""
    return tidy(text).split()[:MOST_WORDS]


def spelled(column: str, word: str, *, lookup: str = "contains") -> Q:
    """A word in a column, its brackets of either width; Ⅱ also where it was kept as II."""
    path = f"{column}__{lookup}"
    spellings = dict.fromkeys((word, word.translate(_OTHER_BRACKETS), folded(word)))
    return reduce(or_, (Q(**{path: spelling}) for spelling in spellings))


def every_word(text: str, found: Callable[[str], Q]) -> Q:
    """All words of a text, each as `found` says; of an empty text nothing is asked."""
    return reduce(and_, map(found, words_of(text)), Q())


def in_columns(text: str, *columns: str) -> Q:
    """Every word stands in one of these columns, upper or lower case."""
    return every_word(text, lambda word: reduce(or_, (spelled(one, word, lookup="icontains") for one in columns)))


class WordsFilter(django_filters.CharFilter):
    """A search box of a list: every word in one of the columns."""

    def __init__(self, *columns: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.columns = columns

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        """The rows in which every word is found."""
        return qs.filter(in_columns(value, *self.columns)) if value else qs
