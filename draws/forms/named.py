"""The form of a named visit: when, who, what."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from draws.models import Item, PlanUnit
from draws.selectors.named import Appointable, appointable, items_for
from inspectors.models import Inspector
from shuangsuiji.lib.forms import DayInput, DeskForm, TextField


class NamedVisitForm(DeskForm):
    """A visit to one named unit. Who may not be sent stands in the list with the reason and cannot be chosen."""

    visits_from = forms.DateField(label="检查开始", widget=DayInput())
    visits_to = forms.DateField(label="检查结束", widget=DayInput())
    lead = forms.ModelChoiceField(Inspector.objects.none(), label="主办执法人员", empty_label="请选择")
    others = forms.ModelMultipleChoiceField(
        Inspector.objects.none(), label="协办执法人员", widget=forms.CheckboxSelectMultiple
    )
    items = forms.ModelMultipleChoiceField(Item.objects.none(), label="检查事项", widget=forms.CheckboxSelectMultiple)
    requirements = forms.CharField(
        label="相关要求", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data=None, *, unit: PlanUnit, first: datetime.date, today: datetime.date) -> None:
        last = first + datetime.timedelta(days=6)
        rows = items_for(unit, on=today)
        super().__init__(data, initial={"visits_from": first, "visits_to": last, "items": rows})
        self.people: list[Appointable] = appointable(unit, visits_from=first, visits_to=last)
        able = Inspector.objects.filter(pk__in=[one.officer.pk for one in self.people if not one.reason])
        able = able.order_by("name_key", "certificate_number")
        self.fields["lead"].queryset = self.fields["others"].queryset = able  # type: ignore[attr-defined]
        self.fields["items"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("lead") and given["lead"] in (given.get("others") or []):
            self.add_error("others", "主办人员不用在协办里再选一次。")
        return given

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        given = self.cleaned_data
        kept = {name: given[name] for name in ("visits_from", "visits_to", "requirements")}
        return kept | {"officers": [given["lead"], *given["others"]], "items": list(given["items"])}


class RefuseNamedVisitForm(DeskForm):
    """Why it is not approved."""

    reason = TextField(label="不予批准的原因", max_length=300)
