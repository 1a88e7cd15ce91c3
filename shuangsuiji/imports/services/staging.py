"""A kept file becomes rows that a person can look at before anything changes."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from shuangsuiji.audit.services import record
from shuangsuiji.imports.comparing import Outcome, Verdict, judge_all
from shuangsuiji.imports.copying import as_json, copy_rows
from shuangsuiji.imports.doubts import doubt_sentence, is_stranger
from shuangsuiji.imports.matching import Matching, check_complete, expected_titles, lay_over, missing_sentence, placed
from shuangsuiji.imports.models import ImportBatch, ImportRow
from shuangsuiji.imports.pausing import collector_paused
from shuangsuiji.imports.policies import check_can_become
from shuangsuiji.imports.progress import Tell, in_silence
from shuangsuiji.imports.reading import Reading, filled_rows, read_rows
from shuangsuiji.imports.readings import WordsRead
from shuangsuiji.imports.registry import Importer, importer_for
from shuangsuiji.imports.remarks import remarks_on
from shuangsuiji.imports.repeats import Repeats
from shuangsuiji.imports.selectors import remembered_columns
from shuangsuiji.imports.states import ImportState
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.workbooks import Workbook, open_workbook

ROW_COLUMNS = ("batch_id", "row_number", "outcome", "typed", "values", "changes", "faults", "key")
LONGEST_KEY = ImportRow._meta.get_field("key").max_length
ROWS_LOOKED_AT, SAMPLE_ROWS, LONGEST_SAMPLE = 20, 3, 40


def read_batch(batch: ImportBatch, *, tell: Tell = in_silence) -> ImportBatch:
    """Read the kept file of a received batch, inside the caller's transaction.

    It ends staged, or waiting for a person to say which column is which. Raises Refusal when the file
    cannot be read. Rows of an earlier reading make way. Audited.
    """
    importer = importer_for(batch.register)
    with tempfile.NamedTemporaryFile(suffix=".upload") as file:
        file.write(batch.file.content)
        file.flush()
        _read_file(batch, path=Path(file.name), importer=importer, tell=tell)
    record(
        f"import.{batch.state}",
        by=batch.uploaded_by,
        target=batch,
        register=batch.register,
        rows=batch.row_count,
        faults=batch.fault_count,
    )
    return batch


def _read_file(batch: ImportBatch, *, path: Path, importer: Importer, tell: Tell) -> None:
    """Once; a second time where rows share a business key, for the first of them to be told of the others.

    An importer keeps what it has looked up for one reading: the second has its own.
    """
    titles, sheet = expected_titles(importer.columns), batch.sheet_name
    repeats = Repeats(importer)

    def read(importer: Importer) -> Counter[str] | None:
        with open_workbook(path, name=batch.file_name, sheet=sheet, expected=titles) as workbook:
            return _read(batch, workbook=workbook, importer=importer, tell=tell, repeats=repeats)

    counts = read(importer)
    if repeats:
        repeats.read_once_more()
        counts = read(importer_for(batch.register))
    if counts is not None:
        _count(batch, counts)
        _move(batch, ImportState.STAGED)


def _read(
    batch: ImportBatch, *, workbook: Workbook, importer: Importer, tell: Tell, repeats: Repeats
) -> Counter[str] | None:
    """The rows staged, counted by outcome; None where a person has to say first which column is which."""
    batch.rows.all()._raw_delete(batch.rows.db)
    matching = _matching(batch, workbook=workbook, importer=importer)
    first = list(islice(workbook.rows, ROWS_LOOKED_AT))
    batch.sheet_name, batch.sheet_names = workbook.sheet[:100], workbook.sheets
    batch.header, batch.places, batch.ignored = matching.header, matching.places, matching.ignored
    batch.samples = [[cell[:LONGEST_SAMPLE] for cell in row.cells] for row in first[:SAMPLE_ROWS]]
    if matching.missing:
        _wait_for_person(batch, matching=matching)
        return None
    workbook.rows = chain(first, workbook.rows)
    with collector_paused():
        tally = _stage_rows(batch, workbook=workbook, importer=importer, tell=tell, repeats=repeats)
    batch.remarks = remarks_on(workbook, matching=matching, first=first)
    if tally.strangers:
        batch.remarks.append(doubt_sentence(tally.strangers, importer=importer))
    return tally.outcomes


def _matching(batch: ImportBatch, *, workbook: Workbook, importer: Importer) -> Matching:
    """Where a person has said what is what, that holds; else by what they chose before, and by the titles."""
    if batch.header == workbook.header and batch.places:
        return placed(workbook.header, columns=importer.columns, places=batch.places)
    remembered = remembered_columns(batch.uploaded_by, register=batch.register)
    matching = lay_over(workbook.header, columns=importer.columns, remembered=remembered)
    if not matching.can_be_completed:
        _refuse_header(matching, workbook=workbook)
    return matching


def _refuse_header(matching: Matching, *, workbook: Workbook) -> None:
    if len(workbook.sheets) < 2:
        check_complete(matching)
    others = "、".join(workbook.sheets)
    raise Refusal(
        f"{missing_sentence(matching)}读的是工作表“{workbook.sheet}”（全部：{others}）；要读另一张，请填写它的名称。"
    )


def _wait_for_person(batch: ImportBatch, *, matching: Matching) -> None:
    batch.refusal = f"没有认出“{'”“'.join(matching.missing)}”列。"
    _move(batch, ImportState.UNMATCHED)


@dataclass
class _Tally:
    """What is counted of the rows as they pass: outcomes, usual words, and who would be wholly renamed."""

    importer: Importer
    outcomes: Counter[str] = field(default_factory=Counter)
    words: WordsRead = field(default_factory=WordsRead)
    strangers: list[int] = field(default_factory=list)

    def add(self, reading: Reading, verdict: Verdict) -> None:
        """One row more."""
        self.outcomes[verdict.outcome] += 1
        self.words.add(reading)
        if verdict.changes and is_stranger(verdict.changes, importer=self.importer):
            self.strangers.append(reading.number)


def _stage_rows(batch: ImportBatch, *, workbook: Workbook, importer: Importer, tell: Tell, repeats: Repeats) -> _Tally:
    tally = _Tally(importer)
    matching = Matching(batch.header, batch.places)
    rows = filled_rows(workbook.rows, matching=matching)
    readings = repeats.noted(read_rows(rows, importer=importer, matching=matching))
    for judged in judge_all(readings, importer=importer):
        copy_rows(ImportRow, columns=ROW_COLUMNS, rows=_staged_rows(batch, judged, tally=tally))
        tell(tally.outcomes.total(), workbook.row_count)
    if not tally.outcomes:
        raise Refusal("表头下面没有内容：请至少填写一行再上传。")
    batch.words_read = tally.words.as_list()
    return tally


def _staged_rows(
    batch: ImportBatch, judged: Iterable[tuple[Reading, Verdict]], *, tally: _Tally
) -> Iterator[tuple[Any, ...]]:
    """The rows as the table holds them, counted as they pass."""
    for reading, verdict in judged:
        tally.add(reading, verdict)
        yield _staged(batch, reading, verdict)


def _staged(batch: ImportBatch, reading: Reading, verdict: Verdict) -> tuple[Any, ...]:
    return (
        batch.pk,
        reading.number,
        verdict.outcome,
        as_json(reading.typed) if reading.faults else "[]",
        as_json(verdict.values) if verdict.values else "{}",
        as_json(verdict.changes) if verdict.changes else "{}",
        as_json(reading.faults) if reading.faults else "[]",
        str(reading.key)[:LONGEST_KEY],
    )


def _count(batch: ImportBatch, counts: Counter[str]) -> None:
    for outcome in Outcome.values:
        setattr(batch, f"{outcome}_count", counts[outcome])


def _move(batch: ImportBatch, state: ImportState) -> None:
    check_can_become(batch, state)
    batch.state = state
    if state == ImportState.STAGED:
        batch.refusal = ""
    batch.save()
