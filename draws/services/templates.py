"""Templates: what one draft has worked out, kept under a name for the next."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from draws.models import Draw, DrawSource, DrawTemplate
from draws.policies import check_may_create
from draws.rules import PoolRules, Share
from draws.services.drafting import DraftChanges, SourceWanted, update_draw
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField

LONGEST_NAME = 60
KEPT = ("mode", "officer_mode", "inspectors_per_enterprise", "items_per_group", "rules", "requirements")


@transaction.atomic
def save_template(draw: Draw, *, by: User, name: str) -> DrawTemplate:
    """Keep the rules of a draw under a name. The same name again is refused: an old one is retired first.

    Dates, names of people cleared for a covert draw and public events are not kept.
    """
    check_may_create(by)
    name = _free_name(name)
    template = DrawTemplate.objects.create(
        name=name,
        **{column: getattr(draw, column) for column in KEPT},
        strata=[_stratum(one) for one in draw.strata.select_related("field")],
        sources=[_source(one) for one in draw.sources.select_related("user") if one.kind != DrawSource.Kind.EVENT],
        made_by=by,
    )
    record("draw_template.saved", by=by, target=template)
    return template


def _free_name(name: str, *, besides: DrawTemplate | None = None) -> str:
    name = name.strip()
    if not name:
        raise Refusal("请给模板起个名称，例如“危险化学品季度抽查”。", field="name")
    if len(name) > LONGEST_NAME:
        raise Refusal(f"模板名称最多 {LONGEST_NAME} 个字。", field="name")
    others = DrawTemplate.objects.filter(name=name, retired_at__isnull=True)
    if (others.exclude(pk=besides.pk) if besides else others).exists():
        raise Refusal(f"已经有名为“{name}”的模板。请换个名称，或先停用原来的。", field="name")
    return name


def _stratum(one: Any) -> dict[str, Any]:
    return {"field": one.field.code, "risk_class": one.risk_class, "take": one.take, "share": one.share}


def _source(one: DrawSource) -> dict[str, str]:
    return {"name": one.name, "kind": one.kind, "username": one.user.username if one.user else ""}


@transaction.atomic
def use_template(draw: Draw, *, template: DrawTemplate, by: User) -> Draw:
    """Take a template over into a draft. What no longer exists (a field, an account) is left out."""
    template = DrawTemplate.objects.get(pk=template.pk)
    if template.retired_at:
        raise Refusal(f"模板“{template.name}”已经停用，请另选一个。")
    changes: DraftChanges = {
        "officer_mode": template.officer_mode,
        "inspectors_per_enterprise": template.inspectors_per_enterprise,
        "items_per_group": template.items_per_group,
        "requirements": template.requirements,
        "rules": PoolRules.from_json(template.rules),
        "strata": _strata_of(template),
        "sources": _sources_of(template),
    }
    return update_draw(draw, by=by, **changes)


def _strata_of(template: DrawTemplate) -> dict[tuple[SupervisedField, str], int | Share]:
    fields = {field.code: field for field in SupervisedField.objects.order_by("code")}
    return {
        (fields[one["field"]], one["risk_class"]): Share(one["share"]) if one["share"] else one["take"]
        for one in template.strata
        if one["field"] in fields
    }


def _sources_of(template: DrawTemplate) -> list[SourceWanted]:
    names = [one["username"] for one in template.sources if one["username"]]
    people = {user.username: user for user in User.objects.filter(username__in=names, is_active=True)}
    return [
        SourceWanted(name=one["name"], kind=one["kind"], user=people.get(one["username"]))
        for one in template.sources
        if not one["username"] or one["username"] in people
    ]


@transaction.atomic
def rename_template(template: DrawTemplate, *, by: User, name: str) -> DrawTemplate:
    """Call a template something else."""
    check_may_create(by)
    template = DrawTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
    fresh = _free_name(name, besides=template)
    if fresh != template.name:
        before, template.name = template.name, fresh
        template.save(update_fields=["name"])
        record("draw_template.renamed", by=by, target=template, before=before)
    return template


@transaction.atomic
def retire_template(template: DrawTemplate, *, by: User, now: datetime.datetime | None = None) -> DrawTemplate:
    """A template nobody begins with any more; draws made from it are untouched. Retired already, nothing happens."""
    check_may_create(by)
    template = DrawTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
    if template.retired_at is None:
        template.retired_at = now or timezone.now()
        template.save(update_fields=["retired_at"])
        record("draw_template.retired", by=by, target=template)
    return template
