"""检查对象名录库: the enterprises a draw may reach, and the facts kept about them."""

from enterprises.models.duplicates import DuplicatePair
from enterprises.models.enterprise import (
    NAME_NOT_SOUNDED,
    NAME_SOUND,
    Enterprise,
    EnterpriseFeature,
    EnterpriseHazard,
    RiskClass,
)
from enterprises.models.facts import FormerName, ListMembership, PenaltyFact, Permit
from enterprises.models.vocabularies import Hazard, IndustryClass, SpecialList
from shuangsuiji.lib.models import TechnicalFeature

__all__ = [
    "NAME_NOT_SOUNDED",
    "NAME_SOUND",
    "DuplicatePair",
    "Enterprise",
    "EnterpriseFeature",
    "EnterpriseHazard",
    "FormerName",
    "Hazard",
    "IndustryClass",
    "ListMembership",
    "PenaltyFact",
    "Permit",
    "RiskClass",
    "SpecialList",
    "TechnicalFeature",
]
