"""执法人员名录库 and 专家库: people who may be drawn, and the facts kept about them."""

from inspectors.models.facts import DeclaredInterest, ExpertAbsence, ExpertEvaluation, LeavePeriod
from inspectors.models.people import Expert, ExpertFeature, ExpertField, Inspector, InspectorField, PersonState

__all__ = [
    "DeclaredInterest",
    "Expert",
    "ExpertAbsence",
    "ExpertEvaluation",
    "ExpertFeature",
    "ExpertField",
    "Inspector",
    "InspectorField",
    "LeavePeriod",
    "PersonState",
]
