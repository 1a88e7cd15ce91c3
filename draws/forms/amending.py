"""The four changes after a draw, each with the choices the standing result leaves."""

from __future__ import annotations

import json
from typing import Any

from django import forms

from draws.engine.sealed_record import limits_of
from draws.models import AmendmentRequest, Draw
from draws.selectors.draws import drawn_rows_of
from draws.selectors.people import experts, officers
from inspectors.models import Expert, Inspector, PersonState

Kind = AmendmentRequest.Kind


class AmendmentForm(forms.Form):
    """What is common: the reason, which becomes public."""

    reason = forms.CharField(
        label="原因", max_length=200, help_text="批准后公开，例如“因公出差”“企业已注销”。请不要写病情等个人隐私。"
    )
    field_order: list[str]

    def __init__(self, data=None, *, draw: Draw) -> None:
        super().__init__(data)
        self.draw = draw
        self.rows = [row for row in drawn_rows_of(draw) if row.is_standing]
        self.prepare()
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])

    def prepare(self) -> None:
        """The fields of this kind."""

    def enterprise_field(self) -> forms.ChoiceField:
        """One of the enterprises that stand."""
        choices = [(row.enterprise.credit_code, row.enterprise.name) for row in self.rows]
        return forms.ChoiceField(label="企业", choices=choices)

    def wanted(self) -> dict[str, Any]:
        """What the service takes, without the reason."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class PersonForm(AmendmentForm):
    """Somebody cannot go; the seat goes to whom the tickets name."""

    def prepare(self) -> None:
        self.fields["seat"] = forms.ChoiceField(label="谁不能去", choices=self._seats())
        self.fields["why"] = forms.ChoiceField(
            label="情况",
            choices=[("unavailable", "本批都不能去（其余席位一并更换）"), ("recused", "只回避这一家")],
            widget=forms.RadioSelect,
        )
        self.fields["appoint"] = forms.ChoiceField(
            label="指定接替人",
            choices=[("", "按签号接替"), *self._people()],
            required=False,
            help_text="只有按签号无人可接替时，才能由主要负责人指定。",
        )

    def _seats(self) -> list[tuple[str, str]]:
        return [
            (f"{stage}|{row.enterprise.credit_code}|{key}", f"{row.enterprise.name}：{words} {name}")
            for row in self.rows
            for stage, key, name, words in _seated(row)
        ]

    def _people(self) -> list[tuple[str, str]]:
        active = [(one.certificate_number, f"执法人员 {one.name}") for one in _active(Inspector)]
        return active + [(one.number, f"专家 {one.name}") for one in _active(Expert)]

    def wanted(self) -> dict[str, Any]:
        stage, enterprise, out = self.cleaned_data["seat"].split("|")
        given = {name: self.cleaned_data[name] for name in ("why", "appoint")}
        return {"stage": stage, "enterprise": enterprise, "out": out, **given}


def _seated(row) -> list[tuple[str, str, str, str]]:
    seats = []
    for seat in row.seats.all():
        if seat.inspector:
            seats.append(("inspectors", seat.inspector.certificate_number, seat.inspector.name, "执法人员"))
        if seat.expert:
            seats.append(("experts", seat.expert.number, seat.expert.name, "专家"))
    return seats


def _active(model):
    return model.objects.filter(state=PersonState.ACTIVE)


class EnterpriseForm(AmendmentForm):
    """An enterprise falls away; the first reserve of its stratum comes in."""

    def prepare(self) -> None:
        self.fields["enterprise"] = self.enterprise_field()


class PeopleForm(AmendmentForm):
    """While blocked: more officers, and the assignment again with the same seed."""

    def prepare(self) -> None:
        self.able = officers(self.draw).able
        had = limits_of(json.loads(self.draw.sealed.record)["inspectors"]["people"])
        self.fields["people"] = forms.MultipleChoiceField(
            label="补充的执法人员",
            choices=[(person.key, _with_limit(person.name, had.get(person.key))) for person in self.able],
            widget=forms.CheckboxSelectMultiple,
            help_text="新到位的，或者要提高家数上限的。在下面给勾选的人写明最多几家。",
        )
        for person in self.able:
            self.fields[f"limit-{person.key}"] = forms.IntegerField(
                label=f"{person.name} 最多几家", min_value=1, max_value=99, required=False, initial=person.limit
            )

    def wanted(self) -> dict[str, Any]:
        limits = {person.key: person.limit for person in self.able}
        given = {key: self.cleaned_data.get(f"limit-{key}") or limits[key] for key in self.cleaned_data["people"]}
        return {"people": given}


def _with_limit(name: str, limit: int | None) -> str:
    return f"{name}（已在名单，最多 {limit} 家）" if limit is not None else f"{name}（不在名单）"


class ExpertForm(AmendmentForm):
    """The head invites an expert directly."""

    def prepare(self) -> None:
        self.fields["enterprise"] = self.enterprise_field()
        able = [(person.key, person.name) for person in experts(self.draw).able]
        self.fields["expert"] = forms.ChoiceField(label="专家", choices=able)


FORMS: dict[str, type[AmendmentForm]] = {
    Kind.PERSON: PersonForm,
    Kind.ENTERPRISE: EnterpriseForm,
    Kind.PEOPLE: PeopleForm,
    Kind.EXPERT: ExpertForm,
}
