"""The file page of an import, the choice of columns, and one faulty row."""

from __future__ import annotations

from typing import Any

from django import forms

from shuangsuiji.imports.columns import Column
from shuangsuiji.imports.models import ImportBatch, ImportRow
from shuangsuiji.imports.registry import Importer
from shuangsuiji.lib.forms import DeskForm, TextField
from shuangsuiji.lib.workbook_check import LARGEST_FILE, MEGABYTE

ACCEPTED = ".xlsx,.xls,.ods,.csv,.txt,.tsv"
MOST_OFFERED = 200
NOT_THERE = "（文件中没有）"


class UploadForm(DeskForm):
    """A workbook, and which of its sheets."""

    file = forms.FileField(
        label="文件",
        help_text=f"支持 xlsx、xls、ods、csv，不超过 {LARGEST_FILE // MEGABYTE} MB。",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "请选择一个文件。", "empty": "这个文件是空的：请检查后重新选择文件。"},
    )
    sheet = TextField(label="工作表", max_length=100, required=False, help_text="不填则读第一张有内容的工作表。")

    def clean_file(self):
        """The size first: nothing larger is even read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(f"文件超过 {LARGEST_FILE // MEGABYTE} MB：请拆成几份后再上传。")
        return file


class ColumnsForm(DeskForm):
    """For each column of the register, which column of the file."""

    def __init__(self, *args: Any, batch: ImportBatch, importer: Importer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(str(place), title or f"第 {place + 1} 列（没有标题）") for place, title in enumerate(batch.header)]
        for column in importer.columns:
            self.fields[column.name] = forms.TypedChoiceField(
                label=column.header,
                choices=[("", NOT_THERE), *titles],
                coerce=int,
                empty_value=None,
                required=column.is_required,
                initial=batch.places.get(column.name, ""),
                help_text=_samples(batch, place=batch.places.get(column.name)),
                error_messages={"required": "这一列必须有，请选择它在文件中的列。"},
            )

    def clean(self) -> dict[str, Any]:
        """One column of the file serves one column of the register."""
        cleaned = super().clean() or {}
        taken: dict[int, str] = {}
        for name, place in list(cleaned.items()):
            if place is None:
                continue
            if place in taken:
                label = self.fields[taken[place]].label
                self.add_error(name, f"文件中的这一列已对应“{label}”，请改选。")
            taken.setdefault(place, name)
        return cleaned

    def places(self) -> dict[str, int]:
        """Positions in the file by column name."""
        return {name: place for name, place in self.cleaned_data.items() if place is not None}


def _samples(batch: ImportBatch, *, place: int | None) -> str:
    if place is None:
        return ""
    cells = [row[place] for row in batch.samples if place < len(row) and row[place]]
    return f"例如：{'；'.join(cells)}" if cells else ""


class RowForm(DeskForm):
    """The cells of one faulty row, as they were typed, to be put right."""

    def __init__(self, *args: Any, batch: ImportBatch, row: ImportRow, importer: Importer, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"row{row.row_number}", **kwargs)
        wrong = {fault["column"]: fault for fault in row.faults}
        columns = [column for column in importer.columns if column.name in batch.places]
        # What is wrong comes first.
        for column in sorted(columns, key=lambda column: column.header not in wrong):
            self.fields[column.name] = _cell_field(
                column, typed=_typed(row, place=batch.places[column.name]), fault=wrong.get(column.header)
            )

    def cells(self) -> dict[str, str]:
        """What was typed, by column name."""
        return {name: str(value) for name, value in self.cleaned_data.items()}


def _typed(row: ImportRow, *, place: int) -> str:
    return str(row.typed[place]) if place < len(row.typed) else ""


def _cell_field(column: Column, *, typed: str, fault: dict[str, str] | None) -> forms.Field:
    widget: forms.Widget = forms.Textarea(attrs={"rows": 2}) if len(typed) > 60 else forms.TextInput()
    if fault:
        widget.attrs["class"] = "is-invalid"
    if column.choices and len(column.choices) <= MOST_OFFERED:
        offered = [("", "（空）"), *((choice, choice) for choice in column.choices)]
        if typed and typed not in column.choices:
            offered.insert(1, (typed, f"{typed}（原文）"))
        widget = forms.Select(choices=offered, attrs=widget.attrs if fault else {})
    help_text = f"{fault['reason']}{fault['remedy']}" if fault else ""
    return forms.CharField(label=column.header, required=False, initial=typed, widget=widget, help_text=help_text)
