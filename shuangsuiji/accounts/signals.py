"""Signing in, failing to, and signing out leave a line in the trail."""

from __future__ import annotations

import time

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.dispatch import receiver

from shuangsuiji.accounts.middleware import SEEN_AT, SIGNED_IN_AT
from shuangsuiji.accounts.models import User
from shuangsuiji.lib.events import announce


@receiver(user_logged_in)
@transaction.atomic
def note_sign_in(sender, request, user, **kwargs) -> None:
    """Start the session's clocks."""
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = time.time()
    announce("account.signed_in", by=user, target=user)


@receiver(user_logged_out)
@transaction.atomic
def note_sign_out(sender, request, user, **kwargs) -> None:
    """By choice or by the session's limits."""
    if user is not None:
        announce("account.signed_out", by=user, target=user)


@receiver(user_locked_out)
@transaction.atomic
def note_lock_out(sender, request, username, **kwargs) -> None:
    """Too many failures on a name that exists."""
    user = User.objects.filter(username=username).first()
    if user is not None:
        announce("account.locked_out", by=None, target=user)
