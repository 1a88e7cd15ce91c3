"""An interest somebody declares of themselves becomes a recusal that waits for the head."""

from __future__ import annotations

from draws.models import Recusal
from draws.services.recusals import register_recusal
from enterprises.models import Enterprise
from inspectors.hooks import register_declared_hook
from inspectors.models import DeclaredInterest


def recuse_declared(interest: DeclaredInterest) -> None:
    """Called as the interest is declared or withdrawn, in that transaction.

    An enterprise that is not in the register has nobody to be kept from. A withdrawn interest
    leaves what was asked or decided to the head: it does not undo a recusal by itself.
    """
    enterprise = Enterprise.objects.filter(credit_code=interest.credit_code).first()
    if enterprise is None or interest.withdrawn_on:
        return
    register_recusal(
        Recusal(
            inspector=interest.inspector,
            expert=interest.expert,
            enterprise=enterprise,
            reason=Recusal.Reason.OTHER,
            note=interest.reason[:300],
            source="本人申报利害关系",
            starts_on=interest.declared_on,
        ),
        by=None,
    )


register_declared_hook(recuse_declared)
