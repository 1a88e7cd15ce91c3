"""What is drawn from, what a draw is, and what came of it."""

from draws.models.amending import AmendmentRequest
from draws.models.draw import ApprovedPool, ClearedPerson, Draw, DrawSource, DrawStratum
from draws.models.items import Item, ItemEdition, ItemGroup, SubItem
from draws.models.ledger import Amendment, Contribution, Drawing, FilterStep, Opening, PoolLeaf, SealedDraw, SealedItem
from draws.models.named import NamedSeat, NamedVisit
from draws.models.outcome import AccountAdmission, DrawnEnterprise, DrawnItem, DrawnSeat
from draws.models.plan import Plan, PlanLine, PlanUnit
from draws.models.recusal import Recusal
from draws.models.template import DrawTemplate
from draws.models.witness import EventEntry, WitnessLink

__all__ = [
    "AccountAdmission",
    "Amendment",
    "AmendmentRequest",
    "ApprovedPool",
    "ClearedPerson",
    "Contribution",
    "Draw",
    "DrawSource",
    "DrawStratum",
    "DrawTemplate",
    "Drawing",
    "DrawnEnterprise",
    "DrawnItem",
    "DrawnSeat",
    "EventEntry",
    "FilterStep",
    "Item",
    "ItemEdition",
    "ItemGroup",
    "NamedSeat",
    "NamedVisit",
    "Opening",
    "Plan",
    "PlanLine",
    "PlanUnit",
    "PoolLeaf",
    "Recusal",
    "SealedDraw",
    "SealedItem",
    "SubItem",
    "WitnessLink",
]
