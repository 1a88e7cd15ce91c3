"""Which draws are open and which are kept, in a query: the seal decides, whatever the draw's own row says since."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from draws.models import Draw, DrawnEnterprise, Opening


def announced(path: str = "") -> Q:
    """Draws whose names are public as soon as they are drawn; `path` leads to the draw, e.g. `draw__`."""
    by_seal = Q(**{f"{path}sealed__isnull": True}) | Q(**{f"{path}sealed__mode": Draw.Mode.ANNOUNCED})
    return Q(**{f"{path}mode": Draw.Mode.ANNOUNCED}) & by_seal


def covert(path: str = "") -> Q:
    """Draws that only the people named for them may know."""
    return Q(**{f"{path}mode": Draw.Mode.COVERT}) | Q(**{f"{path}sealed__mode": Draw.Mode.COVERT})


def opened() -> Exists:
    """Of drawn enterprises, those whose envelope has been opened."""
    return Exists(
        Opening.objects.filter(drawing__sealed__draw=OuterRef("draw"), credit_code=OuterRef("enterprise__credit_code"))
    )


def untold() -> QuerySet[DrawnEnterprise]:
    """Drawn by a 通知即检查 draw, and the envelope still closed: the enterprise has not been notified."""
    by_mode = Q(draw__mode=Draw.Mode.NOTIFIED) | Q(draw__sealed__mode=Draw.Mode.NOTIFIED)
    return DrawnEnterprise.objects.filter(by_mode).filter(~opened()).order_by()
