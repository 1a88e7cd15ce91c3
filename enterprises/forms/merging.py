"""Settling a suspicion: two rows are one enterprise, or two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from enterprises.models import DuplicatePair, Enterprise
from enterprises.services.merging import CHOSEN_BY_HAND
from shuangsuiji.lib.credit_code import mask_person_name
from shuangsuiji.lib.forms import DeskForm, TextField

_PERSONS = {"representative", "contact_name"}
_REACHED_BY = {"contact_phone", "contact_email"}


@dataclass(frozen=True)
class Column:
    """One column in which two rows differ, as words; persons are masked."""

    name: str
    label: str
    first: str
    second: str
    preferred: str


class MergeForm(DeskForm):
    """Which row stays, and for each column that differs whose value."""

    keep = forms.TypedChoiceField(label="保留哪一条", coerce=int, widget=forms.RadioSelect)
    reason = TextField(label="合并依据", max_length=200, help_text="例如：同一营业执照换发新码，经企业确认。")

    def __init__(self, *args: Any, pair: DuplicatePair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair = pair
        rows = (pair.first, pair.second)
        self.fields["keep"].choices = [(row.pk, f"{row.name}（{row.credit_code}）") for row in rows]
        self.initial.setdefault("keep", _fuller(*rows).pk)
        self.columns = list(_differing(*rows))
        for column in self.columns:
            choices = [("first", column.first or "（空）"), ("second", column.second or "（空）")]
            self.fields[f"take_{column.name}"] = forms.ChoiceField(
                label=column.label, choices=choices, initial=column.preferred, widget=forms.RadioSelect
            )

    def chosen(self) -> dict[str, Any]:
        """kept_pk, gone_pk, and the columns to take from the row that goes."""
        first, second = self.pair.first_id, self.pair.second_id
        kept = self.cleaned_data["keep"]
        gone_side = "second" if kept == first else "first"
        take = [one.name for one in self.columns if self.cleaned_data[f"take_{one.name}"] == gone_side]
        return {"kept_pk": kept, "gone_pk": second if kept == first else first, "take": take}


class DismissForm(DeskForm):
    """They are two."""

    reason = TextField(label="理由", max_length=200, help_text="例如：同一地址的两家独立企业。")


def _fuller(first: Enterprise, second: Enterprise) -> Enterprise:
    """The row of which more is known; of equals the older one."""
    counts = [sum(bool(getattr(row, name)) for name in CHOSEN_BY_HAND) for row in (first, second)]
    return second if counts[1] > counts[0] else first


def _differing(first: Enterprise, second: Enterprise) -> Iterator[Column]:
    fuller = "first" if _fuller(first, second) == first else "second"
    for name in CHOSEN_BY_HAND:
        before, after = (getattr(row, name) for row in (first, second))
        if before != after:
            preferred = fuller if before and after else "first" if before else "second"
            label = str(Enterprise._meta.get_field(name).verbose_name)
            yield Column(name, label, _shown(first, name), _shown(second, name), preferred)


def _shown(row: Enterprise, name: str) -> str:
    value = getattr(row, f"get_{name}_display", lambda: getattr(row, name))()
    if value and name in _REACHED_BY:
        return "已登记"
    return mask_person_name(value) if name in _PERSONS else str(value or "")
