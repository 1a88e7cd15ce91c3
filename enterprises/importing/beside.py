"""What the workbooks of permits, lists, former names and penalties have in common: each row names an enterprise."""

from __future__ import annotations

import datetime
from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet

from enterprises.models import Enterprise
from enterprises.selectors.codes import code_faults, enterprises_by_code
from enterprises.services.beside import create_facts, update_facts
from shuangsuiji.imports import columns as cells
from shuangsuiji.imports.columns import Column, Parser
from shuangsuiji.imports.copying import listed
from shuangsuiji.imports.registry import BAR, Importer, Values
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.plausible import one_spelling
from shuangsuiji.lib.text import folded

CODE = "credit_code"
CODE_ALIASES = ("统一信用代码", "社会信用代码", "信用代码", "企业统一社会信用代码", "统一社会信用代码（18位）")
_NAME_ALIASES = ("单位名称", "名称", "检查对象名称", "主体名称")
NAME_NOTE = "“企业名称”可以不填；填了就与名录核对，免得代码抄到了别家。"


class BesideImporter(Importer):
    """A table of facts about enterprises; a row is known by the enterprise's code and more."""

    list_url_name = "enterprise_list"
    group = "检查对象"
    own: ClassVar[tuple[str, ...]]
    """The columns that are attributes of the model."""

    def __init__(self) -> None:
        self.enterprises: dict[str, Enterprise] = {}

    @property
    def list_label(self) -> str:
        """They are listed with their enterprises."""
        return "检查对象"

    @property
    def locked(self) -> tuple[Any, ...]:
        """The register too: whoever enters facts by hand is told at once instead of waiting."""
        return (Enterprise, self.model)

    def naming(self) -> tuple[Column, ...]:
        """The columns that say which enterprise."""
        hint = "18 位，单元格设为“文本”格式；企业须已在名录里。"
        return (
            Column("enterprise_name", "企业名称", cells.short_text(120), _NAME_ALIASES, hint="可不填，填了就核对。"),
            Column(
                CODE, "统一社会信用代码", cells.code, CODE_ALIASES, is_required=True, hint=hint, look_up=self.look_up
            ),
        )

    def look_up(self, codes: Collection[str]) -> Mapping[str, str]:
        """What is wrong with codes under which nothing can be entered; the others are remembered. One query."""
        found = enterprises_by_code(codes)
        self.enterprises |= found
        return code_faults(codes, found=found)

    def present(self, keys: Collection[str]) -> Mapping[str, Values]:
        """What is kept under these keys now."""
        return {row.business_key: self._values(row) for row in self._rows(keys)}

    def ids_of(self, keys: Collection[str]) -> dict[str, int]:
        wanted = set(keys)
        found = self._of_codes(wanted).values_list("business_key", "pk")
        return {key: pk for key, pk in found if key in wanted}

    def _rows(self, keys: Collection[str]) -> list[Any]:
        wanted = set(keys)
        return [row for row in self._of_codes(wanted).select_related(*self.related()) if row.business_key in wanted]

    def _of_codes(self, keys: Collection[str]) -> QuerySet[Any]:
        """All rows of the enterprises that the keys speak of, which an index finds; whole keys have none."""
        return self.keyed().filter(enterprise__credit_code__in=listed(codes_of(keys))).order_by("pk")

    def related(self) -> tuple[str, ...]:
        """What is read along with a row."""
        return ("enterprise",)

    def _values(self, row: Any) -> Values:
        """A row of the table by column."""
        own = {name: _plain(getattr(row, name)) for name in self.own}
        return {"enterprise_name": row.enterprise.name, CODE: row.enterprise.credit_code, **own}

    def complete(self, values: Values, *, present: Values | None) -> Values:
        """With the enterprise's name as the register has it; refused where the file says another's."""
        whole = dict(values)
        enterprise = self.enterprises.get(values[CODE])
        if enterprise is not None:
            _check_name(enterprise, said=str(values.get("enterprise_name", "")))
            whole["enterprise_name"] = enterprise.name
        if present is not None:
            whole["enterprise_name"] = present["enterprise_name"]
        self.check({**(present or {}), **whole}, present=present)
        return whole

    @abstractmethod
    def check(self, whole: Values, *, present: Values | None) -> None:
        """The rules of the hand-entered service for the row as it would be; raises Refusal with the column."""

    def follow(self, codes: Collection[str]) -> None:
        """Write anew what repeats these facts elsewhere; mostly nothing does."""

    def stored(self, values: Values) -> Values:
        """By attribute name, with ids in place of names."""
        return values

    def create_many(self, rows: Sequence[Values]) -> None:
        create_facts(self.model, [self.stored(values) for values in rows])
        self.follow({values[CODE] for values in rows})

    def update_many(self, rows: Mapping[str, Values]) -> None:
        ids = self.ids_of(rows)
        update_facts(self.model, {ids[key]: values for key, values in rows.items()})
        self.follow(codes_of(rows))

    def delete_many(self, keys: Sequence[str]) -> None:
        """The rows, and what repeated them."""
        super().delete_many(keys)
        self.follow(codes_of(keys))

    def of_enterprises(self, enterprises: QuerySet[Enterprise]) -> QuerySet[Any, str]:
        """The keys of all that is kept about these enterprises, in the order of their names."""
        rows = self.keyed().filter(enterprise__in=enterprises.order_by().values("pk"))
        return rows.order_by("enterprise__name_key", "enterprise__credit_code", "pk").values_list(
            "business_key", flat=True
        )


def number_of_paper(limit: int) -> Parser:
    """The number of a decision or a permit in its one spelling."""
    fits = cells.short_text(limit)
    return cells.exact(lambda cell: fits(one_spelling(cell)))


def codes_of(keys: Iterable[str]) -> set[str]:
    """The enterprises that business keys speak of."""
    return {key.partition(BAR)[0] for key in keys}


def as_day(value: Any) -> datetime.date | None:
    """A staged day as a day."""
    return datetime.date.fromisoformat(value) if value else None


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _is_named(enterprise: Enterprise, *, name: str) -> bool:
    """Whether it bears the name, or bore it."""
    former = any(folded(line).startswith(f"{name} ") for line in enterprise.known_as.splitlines())
    return former or name == folded(enterprise.name)


def _check_name(enterprise: Enterprise, *, said: str) -> None:
    """Its name of today or a former one, or nothing: a code may have slipped by a row."""
    if said and said != enterprise.name and not _is_named(enterprise, name=folded(said)):
        raise Refusal(
            f"名录里这个代码是“{enterprise.name}”，文件里写的是“{said}”：请核对是哪一家，改正代码，或把名称改成名录里的。",
            field="enterprise_name",
        )
