"""Every recorded action, and every key of its detail, has a word for the screen."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from draws.models import Recusal
from inspections.services.cases.acts import ACTS as CASE_ACTS
from inspections.states import ProposalState
from publication.states import PublicationState
from shuangsuiji.audit.words import ACTIONS, DETAILS, FAMILIES
from shuangsuiji.imports.states import ImportState

REPOSITORY = Path(__file__).resolve().parents[2]
ROOMS = ("shuangsuiji", "inspectors", "enterprises", "draws", "inspections", "publication")
NOT_DETAIL = {"by", "target", "confidential", "action", "values"}
WRITERS = {"record", "announce"}
PASSED_ON = {"_classify", "move_state", "_record", "_trail"}
"""Helpers of one module that are handed the action and record it."""
MADE_UP = {
    *(f"case.{code}" for code in (act.code for act in CASE_ACTS)),
    *(f"import.{state}" for state in (ImportState.STAGED, ImportState.UNMATCHED, ImportState.REFUSED)),
    *(f"recusal.{state}" for state in (Recusal.State.GRANTED, Recusal.State.REFUSED)),
    *(f"proposal.{state}" for state in (ProposalState.TAKEN, ProposalState.DISMISSED)),
    *(f"publication.{state}" for state in PublicationState.values if state not in ("drafted", "scheduled")),
    *(f"{person}.interest_{end}" for person in ("inspector", "expert") for end in ("declared", "withdrawn")),
    *("draw.drawn", "draw.blocked"),
}
"""Actions that the code puts together from a state or a step."""


def calls(text: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in WRITERS | PASSED_ON:
                yield node


def actions_in(text: str) -> set[str]:
    """The actions written out in calls that record."""
    found = set()
    for call in calls(text):
        given = [*call.args[:1], *(word.value for word in call.keywords if word.arg == "action")]
        for value in given:
            branches = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
            found |= {one.value for one in branches if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return {action for action in found if "." in action}


def details_in(text: str) -> set[str]:
    return {
        word.arg
        for call in calls(text)
        if getattr(call.func, "id", "") in WRITERS
        for word in call.keywords
        if word.arg and word.arg not in NOT_DETAIL
    }


def sources() -> Iterator[str]:
    for room in ROOMS:
        for path in (REPOSITORY / room).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path.read_text()


def test_every_action_has_its_words_and_every_word_its_action():
    recorded = set().union(*map(actions_in, sources())) | MADE_UP
    assert recorded - set(ACTIONS) == set()
    assert set(ACTIONS) - recorded == set()


def test_every_family_has_a_name_and_every_name_a_family():
    assert {action.partition(".")[0] for action in ACTIONS} == set(FAMILIES)


def test_every_key_of_a_detail_has_its_word():
    assert set().union(*map(details_in, sources())) - set(DETAILS) == set()


def test_no_word_is_english():
    words = [*ACTIONS.values(), *FAMILIES.values(), *DETAILS.values()]
    assert [word for word in words if not word or word.isascii()] == []


# The same checks, on a sample.


def test_an_action_in_a_branch_and_one_that_is_passed_on_are_seen():
    sample = 'record("a.b" if new else "a.c", by=by, found=1)\nmove_state(x, action="d.e", by=by)\nother("f.g")'
    assert actions_in(sample) == {"a.b", "a.c", "d.e"}
    assert details_in(sample) == {"found"}
