"""A person puts things right between reading and taking over: a faulty row, or which column is which."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.imports.comparing import Outcome, verdict_on
from shuangsuiji.imports.matching import Matching, placed, title_key
from shuangsuiji.imports.models import ImportBatch, ImportRow, RememberedColumn
from shuangsuiji.imports.policies import check_can_become, check_may_import
from shuangsuiji.imports.progress import Tell, in_silence
from shuangsuiji.imports.reading import Reading, read_rows
from shuangsuiji.imports.readings import WordsRead
from shuangsuiji.imports.registry import Importer, importer_for
from shuangsuiji.imports.repeats import blame_repeat, is_contradiction
from shuangsuiji.imports.services.ordering import ask_worker
from shuangsuiji.imports.services.staging import LONGEST_KEY, read_batch
from shuangsuiji.imports.states import ImportState
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.workbook_child import clean_cell
from shuangsuiji.lib.workbook_marks import is_error
from shuangsuiji.lib.workbooks import ERROR, SheetRow


@transaction.atomic
def mend_row(pk: UUID, *, number: int, cells: Mapping[str, str], by: User | None) -> ImportRow:
    """Read one faulty row again with what was typed in the preview; `cells` by column name.

    It joins the good rows, or stays at fault with what is wrong now. Audited by its number, never by content.
    """
    check_may_import(by)
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=pk)
    if batch.state != ImportState.STAGED:
        raise Refusal("这一批已不在待确认状态，不能再改：请重新上传文件。")
    importer = importer_for(batch.register)
    row = batch.rows.select_for_update(of=("self",)).get(row_number=number)
    if row.outcome != Outcome.FAULT:
        return row
    former, reading = row.key, _read_again(row, batch=batch, importer=importer, cells=cells)
    _keep(row, reading=reading, importer=importer)
    if former and former != row.key:
        _free_twin(batch, key=former, importer=importer)
    _recount(batch, reading=reading)
    record("import.row_mended", by=by, target=batch, row=number, outcome=row.outcome)
    return row


def _read_again(row: ImportRow, *, batch: ImportBatch, importer: Importer, cells: Mapping[str, str]) -> Reading:
    typed = list(row.typed) + [""] * (len(batch.header) - len(row.typed))
    for name, text in cells.items():
        if name in batch.places:
            typed[batch.places[name]] = clean_cell(text)[0]
    lost = [(place, ERROR) for place, cell in enumerate(typed) if is_error(cell)]
    matching = Matching(batch.header, batch.places)
    (reading,) = read_rows([SheetRow(row.row_number, typed, lost)], importer=importer, matching=matching)
    twin = batch.rows.filter(key=reading.key).exclude(pk=row.pk).exclude(outcome=Outcome.FAULT).order_by("row_number")
    if reading.key and (first := twin.values_list("row_number", flat=True).first()):
        blame_repeat(reading, first=first, importer=importer)
    return reading


def _free_twin(batch: ImportBatch, *, key: str, importer: Importer) -> None:
    """A row that was at fault for sharing its business key with a mended one, and stands alone now, is read again.

    One with another fault stays as it is: what was lost of its cells is known from its first reading only.
    """
    twins = list(batch.rows.select_for_update(of=("self",)).filter(key=key)[:2])
    if len(twins) == 1 and [is_contradiction(fault) for fault in twins[0].faults] == [True]:
        reading = _read_again(twins[0], batch=batch, importer=importer, cells={})
        _keep(twins[0], reading=reading, importer=importer)


def _keep(row: ImportRow, *, reading: Reading, importer: Importer) -> None:
    present = {} if reading.faults else importer.present({reading.key})
    verdict = verdict_on(reading, present=present, importer=importer)
    row.outcome, row.values, row.changes = verdict.outcome, verdict.values, verdict.changes
    row.typed, row.faults, row.key = reading.typed, reading.faults, str(reading.key)[:LONGEST_KEY]
    row.save(update_fields=["outcome", "values", "changes", "typed", "faults", "key"])


def _recount(batch: ImportBatch, *, reading: Reading) -> None:
    for outcome in Outcome.values:
        setattr(batch, f"{outcome}_count", batch.rows.filter(outcome=outcome).count())
    words = WordsRead(batch.words_read)
    words.add(reading)
    batch.words_read = words.as_list()
    batch.save(update_fields=["words_read", *(f"{outcome}_count" for outcome in Outcome.values)])


@transaction.atomic
def choose_columns(pk: UUID, *, places: Mapping[str, int], by: User | None, sheet: str = "") -> ImportBatch:
    """Note which column is which, as a person says, and remember it; the file waits to be read again.

    `places` are positions in the file's header by column name. Refused while a required column has none.
    """
    check_may_import(by)
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=pk)
    check_can_become(batch, ImportState.RECEIVED)
    importer = importer_for(batch.register)
    matching = placed(batch.header, columns=importer.columns, places=places)
    if matching.missing:
        raise Refusal(f"“{'”“'.join(matching.missing)}”必须有对应的列：请选择。")
    if len(set(matching.places.values())) < len(matching.places):
        raise Refusal("文件里的一列只能对应名录的一列：请改正重复的选择。")
    if by is not None:
        _remember(matching, register=batch.register, by=by)
    batch.places = matching.places
    return ask_worker(batch, state=ImportState.RECEIVED, by=by)


@transaction.atomic
def read_again(pk: UUID, *, tell: Tell = in_silence) -> ImportBatch:
    """Read a received batch at once; one that was read already is returned as it is."""
    batch = ImportBatch.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    return read_batch(batch, tell=tell) if batch.state == ImportState.RECEIVED else batch


def _remember(matching: Matching, *, register: str, by: User) -> None:
    """Every title of the file: for a column, or for none."""
    column_at = {place: name for name, place in matching.places.items()}
    keys = {title_key(title): column_at.get(place, "") for place, title in reversed(list(enumerate(matching.header)))}
    keys.pop("", None)
    RememberedColumn.objects.bulk_create(
        [RememberedColumn(user=by, register=register, title_key=key, column=name) for key, name in keys.items()],
        update_conflicts=True,
        unique_fields=["user", "register", "title_key"],
        update_fields=["column"],
    )
