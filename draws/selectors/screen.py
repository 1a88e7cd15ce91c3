"""What the projector shows of a draw, and nothing that may not be shown in a hall."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from draws.models import Draw, Drawing
from draws.selectors.draws import ResultRow, by_stratum, public_result_rows
from draws.selectors.ledger import public_title
from enterprises.models import Enterprise
from shuangsuiji.lib.public_names import public_code, public_name

ROOMY_COLUMNS, ROOMY_ROWS = 4, 5
ROOMIEST_COLUMNS, ROOMIEST_ROWS = 3, 2
MOST_ROLLING = 240
"""Names that roll by before the draw: enough to fill the columns, whatever the pool."""


@dataclass(frozen=True)
class ScreenStratum:
    """One column: a stratum, its take, names rolling before, rows after."""

    name: str
    take: int
    rows: list[ResultRow] = field(default_factory=list)
    rolling: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """`危险化学品/C` as it is read aloud: 危险化学品 C."""
        return self.name.replace("/", " ")


@dataclass(frozen=True)
class ScreenStory:
    """Everything on the projector."""

    title: str
    number: str
    pool_count: int
    take_count: int
    per_enterprise: int
    sealed_hash: str
    seed: str
    strata: list[ScreenStratum]
    is_over: bool
    is_blocked: bool
    shows_names: bool

    @property
    def is_roomy(self) -> bool:
        """Whether few names may fill the wall, with their items by name."""
        return (
            len(self.strata) <= ROOMIEST_COLUMNS and max((one.take for one in self.strata), default=0) <= ROOMIEST_ROWS
        )

    @property
    def is_dense(self) -> bool:
        """Whether the names need smaller type to fit the wall."""
        return len(self.strata) > ROOMY_COLUMNS or max((one.take for one in self.strata), default=0) > ROOMY_ROWS


def screen_story(draw: Draw, drawing: Drawing | None) -> ScreenStory:
    """A confidential draw shows counts and hashes only: the hall is not cleared."""
    content = json.loads(draw.sealed.record)
    shows_names = draw.is_announced
    rows = dict(by_stratum(public_result_rows(draw))) if drawing and shows_names else {}
    rolling = {} if drawing or not shows_names else _rolling(content)
    return ScreenStory(
        title=public_title(draw),
        number=draw.number or "",
        pool_count=len(content["enterprises"]),
        take_count=sum(one["take"] for one in content["strata"]),
        per_enterprise=content["inspectors"]["per_enterprise"],
        sealed_hash=draw.sealed.sealed_hash,
        seed=drawing.seed if drawing and shows_names else "",
        strata=[
            ScreenStratum(one["id"], one["take"], rows.get(one["id"], []), rolling.get(one["id"], []))
            for one in content["strata"]
        ],
        is_over=drawing is not None,
        is_blocked=bool(drawing and drawing.result["blocked"]),
        shows_names=shows_names,
    )


def _rolling(content: dict) -> dict[str, list[str]]:
    """Names of the pool by stratum, a sample spread evenly over it."""
    codes = content["enterprises"]
    step = max(1, len(codes) // MOST_ROLLING)
    sample = codes[::step]
    names = _public_names([one["id"] for one in sample])
    rolling: dict[str, list[str]] = {}
    for one in sample:
        rolling.setdefault(one["stratum"], []).append(names.get(one["id"], public_code(one["id"])))
    return rolling


def _public_names(codes: list[str]) -> dict[str, str]:
    rows = Enterprise.objects.filter(credit_code__in=codes).values_list("credit_code", "name", "representative")
    return {code: public_name(name, credit_code=code, operator=operator) for code, name, operator in rows}
