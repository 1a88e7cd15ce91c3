"""The file page of an import."""

from __future__ import annotations

from django import forms

from shuangsuiji.lib.forms import DeskForm, TextField
from shuangsuiji.lib.workbook_check import LARGEST_FILE, MEGABYTE

ACCEPTED = ".xlsx,.xls,.ods,.csv,.txt,.tsv"


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
