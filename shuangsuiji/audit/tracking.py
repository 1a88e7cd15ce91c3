"""Keeping every version of a row, in an append-only table beside its own.

The tables and triggers are django-pghistory's, one trigger a statement: a COPY of
10,000 rows costs one more INSERT … SELECT, and raw SQL is kept like any other change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models
from django.db.models.expressions import Func

from shuangsuiji.audit.models import append_only

Model = TypeVar("Model", bound=type[models.Model])
UNINTERESTING = frozenset({"created_at", "updated_at"})
VERSIONS: dict[type[models.Model], type[models.Model]] = {}
"""The table of versions of each tracked model."""


class SessionUser(Func):
    """The role that is connected, whoever it acts for."""

    template = "SESSION_USER"
    output_field = models.CharField()


def keep_history(*, owner: str = "pgh_obj", without: frozenset[str] = UNINTERESTING) -> Callable[[Model], Model]:
    """A class decorator: keep each version of the rows of a model.

    `owner` names the foreign key by which the history of a larger thing finds them (its own id, where it is the thing);
    `without` columns nobody asks for. A table between two others is decorated through a proxy of it.
    """

    def decorate(model: Model) -> Model:
        concrete = model._meta.concrete_model._meta
        table = concrete.db_table.split("_", 1)[1]
        VERSIONS[model] = pghistory.create_event_model(
            model,
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=[field.name for field in concrete.local_fields if field.name in without],
            context_field=pghistory.ContextJSONField(null=True),
            context_id_field=None,  # type: ignore[arg-type]  # None means: without; pghistory says so
            attrs={"pgh_role": models.CharField("数据库角色", max_length=63, db_default=SessionUser())},
            meta={
                "triggers": append_only("history"),
                "indexes": [models.Index(fields=[owner, "pgh_id"], name=f"{table[:22]}_history")],
            },
            level=pghistory.Statement,
            abstract=False,
        )
        return model

    return decorate
