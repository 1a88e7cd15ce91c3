"""加处罚款: three per cent of the unpaid fine for each day late, together never more than the fine (行政处罚法 §72).

    fine 10000, last day 1 June, paid whole on 4 June: 2, 3 and 4 June are late → 3 × 300 = 900
    fine 10000, nothing paid for 40 days: 34 days would be 10200 → capped at 10000

Days of a reconsideration or a lawsuit are not counted (§73).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

DAILY_RATE = Decimal("0.03")
"""行政处罚法（2021）第七十二条第一款第一项."""

CENT = Decimal("0.01")
ONE_DAY = dt.timedelta(days=1)


def surcharge(
    fine: Decimal,
    *,
    due_on: dt.date,
    on: dt.date,
    payments: Sequence[tuple[dt.date, Decimal]] = (),
    pauses: Sequence[tuple[dt.date, dt.date]] = (),
) -> Decimal:
    """What has accrued by the end of `on`; `payments` (day, sum) go to the fine first, `pauses` are (first, last)."""
    total, day = Decimal(0), due_on + ONE_DAY
    while day <= on and total < fine:
        unpaid = fine - sum((amount for paid_on, amount in payments if paid_on < day), Decimal(0))
        if unpaid <= 0:
            break
        if not any(first <= day <= last for first, last in pauses):
            total += unpaid * DAILY_RATE
        day += ONE_DAY
    return min(total, fine).quantize(CENT, ROUND_HALF_UP)
