"""Forms about a row that several people keep: a stale page undoes nobody's work, a private value stays inside.

The view hands `form.opened_with` to a service as `seen`, which holds it against the locked row
(`audit.editing`); the Stale it may raise is shown by add_refusal() like any other refusal.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django import forms
from django.db import models
from django.utils import timezone

from shuangsuiji.lib.editing import Meanwhile, Seen, Stale, row_values
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.forms import DeskForm, DeskModelForm
from shuangsuiji.lib.masking import WITHHELD, masked

SEEN, SHOWN = "opened_with", "private_shown"
"""Hidden fields: marks of what the page showed; whether its private fields were shown."""


class _Watched:
    """What a form carries so that it knows, when it is saved, what its page had shown."""

    fields: dict[str, forms.Field]
    data: Any
    cleaned_data: dict[str, Any]

    def watch(self, values: Mapping[str, Any]) -> None:
        """Carry marks of these values, which the page shows."""
        seen = Seen.of(values).text
        self.fields[SEEN] = forms.CharField(initial=seen, widget=forms.HiddenInput(), required=False)

    @property
    def opened_with(self) -> Seen | None:
        """What the person saw; None for a form that is about nothing yet."""
        return Seen.read(self.cleaned_data.get(SEEN, ""))

    def add_refusal(self, refusal: Refusal) -> None:
        """Beside each clash stands who changed it to what; what was typed stays, and saved again it is meant."""
        if not isinstance(refusal, Stale):
            super().add_refusal(refusal)  # type: ignore[misc]
            return
        self.data = self.data.copy()
        self.data[SEEN] = refusal.seen.text
        self.add_error(None, refusal.sentence)  # type: ignore[attr-defined]
        for name, meanwhile in refusal.clashes.items():
            self.add_error(name, self._clash_sentence(name, meanwhile))  # type: ignore[attr-defined]

    def _clash_sentence(self, name: str, meanwhile: Meanwhile) -> str:
        at = f"于 {timezone.localtime(meanwhile.at):%Y-%m-%d %H:%M} " if meanwhile.at else ""
        now = self.show_value(name, meanwhile.value) or "（空）"
        return f"{meanwhile.who}{at}已把它改为“{now}”。要以您填写的为准，请再保存一次；要保留别人的，请照此改回。"

    def show_value(self, name: str, value: Any) -> str:
        """A stored value in the words of the field."""
        return _in_words(self.fields[name], value)


class WatchedForm(_Watched, DeskForm):
    """A form about a row and what belongs to it; it calls watch() with what it shows."""


class RowForm(_Watched, DeskModelForm):
    """A form about one row. `private` names what is shown only after an audited reveal: empty means unchanged."""

    private: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.watch({} if self.is_bound else row_values(self.instance, self.fields))
            if self.private:
                self._withhold()

    @classmethod
    def revealed(cls, data: Any, *, instance: models.Model) -> Self:
        """The form as it was being filled in, its private fields in full; a service records that they are shown."""
        data = data.copy()
        data[SHOWN] = "1"
        for name in cls.private:
            data[name] = data.get(name) or getattr(instance, name)
        return cls(data, instance=instance)

    @property
    def is_withheld(self) -> bool:
        """Whether private fields stand empty although they may be filled."""
        return bool(self.private and self.instance.pk) and not self.data.get(SHOWN)

    def _withhold(self) -> None:
        self.fields[SHOWN] = forms.CharField(widget=forms.HiddenInput(), required=False)
        for name in self.private if self.is_withheld else ():
            field, stored = self.fields[name], getattr(self.instance, name)
            self.initial[name] = ""
            if stored:
                field.required = False
                field.widget.attrs["placeholder"] = masked(name, stored)
                field.help_text = "已登记；留空表示不改。"

    def values(self) -> dict[str, Any]:
        """What the service takes; private fields left empty unseen are left alone."""
        unseen = {name for name in self.private if self.is_withheld and not self.cleaned_data[name]}
        return {name: self.cleaned_data[name] for name in self.fields if name not in {SEEN, SHOWN} | unseen}

    def show_value(self, name: str, value: Any) -> str:
        """A stored value in the words of the field; a private one stays inside."""
        return WITHHELD if name in self.private and value and self.is_withheld else super().show_value(name, value)


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        wanted = value if isinstance(value, list) else [value]
        return "、".join(str(row) for row in field.queryset.filter(pk__in=wanted)) if value else ""  # type: ignore[union-attr]
    if isinstance(field, forms.ChoiceField):
        labels = {str(code): str(label) for code, label in field.widget.choices}  # type: ignore[attr-defined]
        return labels.get(str(value), str(value or ""))
    if isinstance(field, forms.BooleanField):
        return "是" if value else "否"
    return f"{value:%Y-%m-%d}" if isinstance(value, datetime.date) else str(value if value is not None else "")
