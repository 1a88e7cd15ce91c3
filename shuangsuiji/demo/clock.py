"""The demo's past really lies in the past: its services run while the clock shows that moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.utils import timezone


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A moment of a day in the bureau's time zone."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=timezone.get_current_timezone())


@contextmanager
def at(when: dt.datetime) -> Iterator[dt.datetime]:
    """Everything inside happens at `when`. For the demo only: nothing else moves a clock."""
    with mock.patch("django.utils.timezone.now", return_value=when.astimezone(dt.UTC)):
        yield when
