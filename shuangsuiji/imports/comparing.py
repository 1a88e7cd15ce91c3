"""What would become of each row: held against the register as it stands now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from shuangsuiji.imports.columns import show
from shuangsuiji.imports.models import ImportRow
from shuangsuiji.imports.reading import AT_ONCE, Reading
from shuangsuiji.imports.registry import Importer, Values
from shuangsuiji.lib.errors import Refusal

Outcome = ImportRow.Outcome


@dataclass(slots=True)
class Verdict:
    """What would become of one row, and what it would change: {column: [old, new]}."""

    outcome: str
    values: Values = field(default_factory=dict)
    changes: dict[str, list[Any]] = field(default_factory=dict)


def judge(values: Values, *, present: Values | None, importer: Importer) -> Verdict:
    """New, changed or the same. Only columns the file fills are compared."""
    whole = importer.complete(values, present=present)
    if present is None:
        return Verdict(Outcome.CREATE, whole)
    changes = {name: [present.get(name), new] for name, new in whole.items() if present.get(name) != new}
    return Verdict(Outcome.UPDATE if changes else Outcome.SAME, whole, changes)


def judge_all(readings: Iterable[Reading], *, importer: Importer) -> Iterator[Iterator[tuple[Reading, Verdict]]]:
    """The readings with their verdicts, some thousands at a time, so that the register is asked seldom.

    A verdict is found when it is asked for, without the database: that may be busy with the ones before.
    """
    stream = iter(readings)
    while batch := list(islice(stream, AT_ONCE)):
        yield _judged(
            batch, present=importer.present({reading.key for reading in batch if not reading.faults}), importer=importer
        )


def _judged(
    readings: Iterable[Reading], *, present: Mapping[str, Values], importer: Importer
) -> Iterator[tuple[Reading, Verdict]]:
    for reading in readings:
        yield reading, verdict_on(reading, present=present, importer=importer)


def verdict_on(reading: Reading, *, present: Mapping[str, Values], importer: Importer) -> Verdict:
    """A faulty row is that and nothing else; the others are held against the register."""
    if reading.faults:
        return Verdict(Outcome.FAULT)
    try:
        return judge(reading.values, present=present.get(reading.key), importer=importer)
    except Refusal as refusal:
        _blame(reading, refusal=refusal, importer=importer)
        return Verdict(Outcome.FAULT)


def _blame(reading: Reading, *, refusal: Refusal, importer: Importer) -> None:
    """Cells that are right each by itself and not together: the column that the sentence speaks of is at fault."""
    column = importer.column(refusal.field or importer.key)
    value = show(reading.values.get(column.name), column=column)
    reading.blame(column.header, value=value, sentence=refusal.sentence)
