"""The pictures of the life cycles in the READMEs are those of the tables."""

from pathlib import Path

import pytest

from draws import states as draws
from inspections import states as inspections
from publication import states as publication
from shuangsuiji.feedback import states as feedback
from shuangsuiji.imports import states as imports
from shuangsuiji.lib.state_picture import state_picture

REPOSITORY = Path(__file__).resolve().parents[2]
TABLES = [
    ("draws", draws.DrawState, draws.VALID_STATE_TRANSITIONS),
    ("draws", draws.PlanState, draws.VALID_PLAN_TRANSITIONS),
    ("draws", draws.EditionState, draws.VALID_EDITION_TRANSITIONS),
    ("inspections", inspections.TaskState, inspections.VALID_STATE_TRANSITIONS),
    ("inspections", inspections.CaseState, inspections.VALID_CASE_TRANSITIONS),
    ("inspections", inspections.DossierState, inspections.VALID_DOSSIER_TRANSITIONS),
    ("inspections", inspections.ProposalState, inspections.VALID_PROPOSAL_TRANSITIONS),
    ("shuangsuiji/imports", imports.ImportState, imports.VALID_STATE_TRANSITIONS),
    ("shuangsuiji/feedback", feedback.FeedbackState, feedback.VALID_STATE_TRANSITIONS),
    ("publication", publication.PublicationState, publication.VALID_STATE_TRANSITIONS),
    ("publication", publication.ListingState, publication.VALID_LISTING_TRANSITIONS),
]


def is_drawn(text: str, *, states, transitions) -> bool:
    """Whether a README holds the table's picture, word for word."""
    return state_picture(states, transitions) in text


@pytest.mark.parametrize(("app", "states", "transitions"), TABLES)
def test_the_picture_is_printed_from_the_table(app, states, transitions):
    text = (REPOSITORY / app / "README.md").read_text(encoding="utf-8")
    assert is_drawn(text, states=states, transitions=transitions), f"{app}/README.md：状态图与 states.py 不一致。"


@pytest.mark.parametrize(("app", "states", "transitions"), TABLES)
def test_every_state_has_a_row_and_leads_to_known_states(app, states, transitions):
    assert {str(state) for state in transitions} == set(states.values)
    assert {str(target) for targets in transitions.values() for target in targets} <= set(states.values)


def test_a_forgotten_arrow_is_noticed():
    fewer = {**draws.VALID_STATE_TRANSITIONS, draws.DrawState.BLOCKED: (draws.DrawState.VOID,)}
    text = (REPOSITORY / "draws" / "README.md").read_text(encoding="utf-8")
    assert not is_drawn(text, states=draws.DrawState, transitions=fewer)
