"""What would become of each row: held against the register as it stands now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from shuangsuiji.imports.models import ImportRow
from shuangsuiji.imports.reading import Reading
from shuangsuiji.imports.registry import Importer, Values

Outcome = ImportRow.Outcome
AT_ONCE = 5_000


@dataclass
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


def judge_all(readings: Iterable[Reading], *, importer: Importer) -> Iterator[list[tuple[Reading, Verdict]]]:
    """The readings with their verdicts, some thousands at a time, so that the register is asked seldom."""
    stream = iter(readings)
    while batch := list(islice(stream, AT_ONCE)):
        present = importer.present({reading.key for reading in batch if not reading.faults})
        yield [(reading, _verdict(reading, present=present, importer=importer)) for reading in batch]


def _verdict(reading: Reading, *, present: Mapping[str, Values], importer: Importer) -> Verdict:
    if reading.faults:
        return Verdict(Outcome.FAULT)
    return judge(reading.values, present=present.get(reading.key), importer=importer)
