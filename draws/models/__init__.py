"""What is drawn from, what a draw is, and what came of it."""

from draws.models.amending import AmendmentRequest
from draws.models.draw import Draw, DrawSource, DrawStratum
from draws.models.items import Item, ItemGroup, SubItem
from draws.models.ledger import Amendment, Contribution, Drawing, Opening, PoolLeaf, SealedDraw
from draws.models.outcome import DrawnEnterprise, DrawnItem, DrawnSeat
from draws.models.plan import Plan, PlanLine
from draws.models.recusal import Recusal

__all__ = [
    "Amendment",
    "AmendmentRequest",
    "Contribution",
    "Draw",
    "DrawSource",
    "DrawStratum",
    "Drawing",
    "DrawnEnterprise",
    "DrawnItem",
    "DrawnSeat",
    "Item",
    "ItemGroup",
    "Opening",
    "Plan",
    "PlanLine",
    "PoolLeaf",
    "Recusal",
    "SealedDraw",
    "SubItem",
]
