"""What the public may ask of the lists. A wrong value is named and left out; the rest still counts."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet

from publication import searching
from publication.columns import COLUMNS
from publication.models import PublicEntry
from shuangsuiji.lib.forms import DeskForm
from shuangsuiji.lib.models import SupervisedField, Township

_DAY_WRONG = {"invalid": "日期写成 2026-04-01 的样子。"}


class ListForm(DeskForm):
    """The filters of one column, in the address."""

    q = forms.CharField(label="名称、信用代码或文号", max_length=60, required=False)
    township = forms.ChoiceField(label="所在乡镇", required=False)
    field = forms.ChoiceField(label="监管领域", required=False)
    since = forms.DateField(label="发布日期自", required=False, error_messages=_DAY_WRONG)
    until = forms.DateField(label="至", required=False, error_messages=_DAY_WRONG)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("township", Township), ("field", SupervisedField)):
            names = model.objects.values_list("name", flat=True)  # type: ignore[attr-defined]
            self.fields[name].choices = [("", "全部"), *((one, one) for one in names)]  # type: ignore[attr-defined]
        for name, day in self.fields.items():
            if name != "q":
                day.widget.attrs["class"] = "form-select" if name in ("township", "field") else "form-control"

    def find(self, rows: QuerySet[PublicEntry]) -> QuerySet[PublicEntry]:
        """The rows that answer what was asked well."""
        self.is_valid()
        asked = self.cleaned_data
        if "q" in self.errors:
            return rows.none()
        rows = searching.with_words(rows, asked.get("q") or "")
        if asked.get("township"):
            rows = searching.in_township(rows, asked["township"])
        if asked.get("field"):
            rows = searching.in_field(rows, asked["field"])
        return searching.between(rows, asked.get("since"), asked.get("until"))

    @property
    def is_narrowed(self) -> bool:
        """Whether more than words was asked."""
        return any(self.data.get(name) for name in self.fields if name != "q")

    @property
    def is_asked(self) -> bool:
        """Whether anything was filtered."""
        return any(self.data.get(name) for name in self.fields)


class SearchForm(ListForm):
    """The same across all columns."""

    column = forms.ChoiceField(
        label="栏目", required=False, choices=[("", "全部"), *((one.code, one.name) for one in COLUMNS)]
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["column"].widget.attrs["class"] = "form-select"

    def find(self, rows: QuerySet[PublicEntry]) -> QuerySet[PublicEntry]:
        """The rows of the chosen column that answer what was asked."""
        rows = super().find(rows)
        chosen = next((one for one in COLUMNS if one.code == self.cleaned_data.get("column")), None)
        return rows.filter(kind__in=chosen.kinds) if chosen else rows
