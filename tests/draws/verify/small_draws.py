"""Random small draws, with whatever amendments they allow: the same seed gives the same draws."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Mapping
from typing import Any

from draws.engine import (
    ProtocolError,
    Standing,
    add_people,
    apply_amendment,
    build_leaf,
    build_sealed_record,
    commit,
    invite_expert,
    next_enterprise,
    public_record,
    replace_enterprise,
    replace_person,
    run_draw,
    seal_leaf,
    standing_after_draw,
)

NOTE = {"reason": "因故", "approved_by": "郑示例", "at": "2026-12-01T09:00:00+08:00"}
STRATA = ("危险化学品/A", "非煤矿山/B", "未列出")


def hex_text(chance: random.Random) -> str:
    """64 digits."""
    return f"{chance.getrandbits(256):064x}"


def some(chance: random.Random, values: list[str], *, share: float) -> list[str]:
    """Some of the values, in their order."""
    return [one for one in values if chance.random() < share]


def ids(chance: random.Random, *, letter: str, count: int) -> list[str]:
    """Ids that sort differently by bytes and by UTF-16 units, too."""
    marks = ("", "é", "鿿", "\ue000", "𠀀", "~")
    return [f"{letter}{chance.choice(marks)}{number}" for number in range(count)]


def small_input(chance: random.Random) -> dict[str, Any]:
    """An input of up to a dozen enterprises: easy, tight, blocked and unfilled ones turn up by themselves."""
    number = f"SLYJ-2026-{chance.randrange(9999):04d}"
    inspectors = ids(chance, letter="P", count=chance.randrange(1, 8))
    experts = ids(chance, letter="Z", count=chance.randrange(0, 5))
    groups = [{"id": str(one), "take": chance.randrange(3)} for one in range(chance.randrange(1, 4))]
    items = [{"id": f"{group['id']}.{one}", "group": group["id"]} for group in groups for one in range(4)]
    share = chance.choice((0.1, 0.4, 0.7))
    leaves = [
        build_leaf(
            one,
            salt=hex_text(chance),
            experts_wanted=chance.randrange(3),
            excluded_inspectors=some(chance, inspectors, share=share),
            excluded_experts=some(chance, experts, share=share),
            excluded_items=some(chance, [item["id"] for item in items], share=0.3),
        )
        for one in ids(chance, letter="E", count=chance.randrange(1, 13))
    ]
    secret = hex_text(chance)
    sources = [f"来源{one}" for one in range(chance.randrange(1, 4))]
    sealed = build_sealed_record(
        number,
        mode="announced",
        about={"title": "随机小抽取 “\u2028”\n"},
        strata=[{"id": one, "take": chance.randrange(5)} for one in STRATA[:2]],
        enterprises=[
            {"id": one["enterprise"], "stratum": chance.choice(STRATA), "seal": seal_leaf(number, one)}
            for one in leaves
        ],
        per_enterprise=chance.randrange(3),
        inspectors={one: chance.choice((0, 1, 1, 2, 3, 2**53 - 1)) for one in inspectors},
        experts={one: chance.randrange(3) for one in experts},
        item_groups=groups,
        items=items,
        secret_commitment=commit(number, secret),
        sources=sources,
    )
    texts = ("3 1 6", "\u3000e\u0301\x1f", "\ufeff 好\n", "")
    contributions = [{"source": one, "text": chance.choice(texts)} for one in chance.sample(sources, len(sources))]
    return {"sealed": sealed, "secret": secret, "contributions": contributions, "leaves": leaves}


def amended_record(chance: random.Random, given: Mapping[str, Any]) -> dict[str, Any]:
    """The public record of a draw after up to eight amendments of any kind."""
    drawing = run_draw(given)
    leaves = {leaf["enterprise"]: leaf for leaf in given["leaves"]}
    standing = standing_after_draw(
        given["sealed"], seed=bytes.fromhex(drawing.seed), result=drawing.result, leaves=leaves
    )
    made = []
    for _ in range(8):
        with contextlib.suppress(ProtocolError, IndexError):
            amendment = _amendment(chance, standing=standing, leaves=leaves)
            standing = apply_amendment(standing, amendment)
            made.append(amendment)
    return public_record(given, drawing=drawing, amendments=made)


def _amendment(chance: random.Random, *, standing: Standing, leaves: Mapping[str, Any]) -> dict[str, Any]:
    entry = chance.choice(standing.entries)
    enterprise = entry["enterprise"]
    if standing.blocked and chance.random() < 0.4:
        people = {f"X{chance.randrange(4)}": chance.randrange(3)}
        return add_people(standing, people=people, excluded={enterprise: some(chance, [*people], share=0.3)}, note=NOTE)
    kind = chance.randrange(4)
    if kind == 0:
        leaf = leaves.get(next_enterprise(standing, enterprise=enterprise))
        return replace_enterprise(standing, enterprise=enterprise, leaf=leaf, note=NOTE)
    if kind == 1:
        return invite_expert(standing, enterprise=enterprise, expert=f"T{chance.randrange(3)}", note=NOTE)
    stage = chance.choice(("inspectors", "experts"))
    fields = {"stage": stage, "enterprise": enterprise, "out": chance.choice(entry[stage]), "note": NOTE}
    why = chance.choice(("unavailable", "recused"))
    with contextlib.suppress(ProtocolError):
        return replace_person(standing, why=why, appoint=chance.choice((None, "B1")), **fields)
    return replace_person(standing, why=why, **fields)
