"""The account for which a seat was given: a covert task opens to it alone, or to one admitted since."""

from __future__ import annotations

from django.db import transaction

from draws.models import AccountAdmission, DrawnSeat
from draws.policies import check_may_admit_account
from draws.services.drafting import locked
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record


@transaction.atomic
def admit_account(seat: DrawnSeat, *, by: User) -> AccountAdmission:
    """Let the account the officer has now see the covert tasks; somebody cleared for the draw answers for it.

    For an officer whose account was made or changed after the draw. Admitted already, nothing happens.
    """
    draw = locked(seat.drawn.draw)
    seat = DrawnSeat.objects.select_related("inspector__account").get(pk=seat.pk)
    check_may_admit_account(by, draw, seat)
    admission, is_new = AccountAdmission.objects.get_or_create(
        draw=draw, inspector=seat.inspector, account=seat.inspector.account, defaults={"admitted_by": by}
    )
    if is_new:
        account = seat.inspector.account_id
        record("draw.account_admitted", by=by, target=draw, confidential=True, seat=seat.pk, account=account)
    return admission
