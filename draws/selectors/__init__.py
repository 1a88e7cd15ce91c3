"""Reading plans, draws and the ledger."""

from draws.policies import may_see_names
from draws.selectors.draws import result_rows, visible_to
from draws.selectors.ledger import public_record, standing_of
from draws.selectors.range import funnel, pool

__all__ = ["funnel", "may_see_names", "pool", "public_record", "result_rows", "standing_of", "visible_to"]
