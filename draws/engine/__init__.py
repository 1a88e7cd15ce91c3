"""The draw protocol `shuangsuiji-draw/1`, in the Python standard library alone.

Everything a caller needs is here: build and seal, derive the seed, draw, amend, publish, verify.
Ids are business keys (统一社会信用代码, 执法证号 …); randomness is always passed in.
"""

from __future__ import annotations

from .amendments import add_people, apply_amendment, invite_expert, replace_enterprise, replace_person
from .assignment import Assignment, BlockingSet, assign, blocking_set
from .canonical import PROTOCOL, canonical_json
from .drawing import (
    Drawing,
    assign_inspectors,
    check_input,
    draw_enterprises,
    draw_people_and_items,
    run_draw,
)
from .envelopes import check_openings, envelope, opens, seal_envelopes
from .errors import PHRASES, ProtocolError, phrase
from .reading import parse, read_file
from .record import public_record
from .replay import replay_amendment
from .seal import build_leaf, check_leaf, check_leaves, check_secret, commit, leaf_sealer, seal_leaf, sealed_hash
from .sealed_record import MODES, build_sealed_record, check_sealed_record
from .seed import check_contributions, contributed_text, derive_seed
from .selection import Pick, first_reserve, lowest, select_enterprises
from .standing import STAGES, Standing, next_enterprise, next_person, standing_after_draw
from .tickets import stage_key, ticket
from .verification import Step, Verification, titles, verify_record

__all__ = [
    "MODES",
    "PHRASES",
    "PROTOCOL",
    "STAGES",
    "Assignment",
    "BlockingSet",
    "Drawing",
    "Pick",
    "ProtocolError",
    "Standing",
    "Step",
    "Verification",
    "add_people",
    "apply_amendment",
    "assign",
    "assign_inspectors",
    "blocking_set",
    "build_leaf",
    "build_sealed_record",
    "canonical_json",
    "check_contributions",
    "check_input",
    "check_leaf",
    "check_leaves",
    "check_openings",
    "check_sealed_record",
    "check_secret",
    "commit",
    "contributed_text",
    "derive_seed",
    "draw_enterprises",
    "draw_people_and_items",
    "envelope",
    "first_reserve",
    "invite_expert",
    "leaf_sealer",
    "lowest",
    "next_enterprise",
    "next_person",
    "opens",
    "parse",
    "phrase",
    "public_record",
    "read_file",
    "replace_enterprise",
    "replace_person",
    "replay_amendment",
    "run_draw",
    "seal_envelopes",
    "seal_leaf",
    "sealed_hash",
    "select_enterprises",
    "stage_key",
    "standing_after_draw",
    "ticket",
    "titles",
    "verify_record",
]
