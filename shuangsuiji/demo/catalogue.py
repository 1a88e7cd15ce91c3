"""The starting list of items as a first edition: drafted, approved by somebody else, published."""

from __future__ import annotations

import datetime as dt

from draws.models import ItemEdition
from draws.services.editions import approve_edition, edition_in_hand, publish_edition, submit_edition
from draws.services.starting_items import load_starting_items
from shuangsuiji.demo.people import People


def publish_starting_list(people: People, *, on: dt.date) -> ItemEdition:
    """The list in force from `on`, which must be the day of the demo's clock or later."""
    clerk, approver = people.staff["clerk"], people.staff["approver"]
    load_starting_items(by=clerk)
    edition = submit_edition(edition_in_hand(by=clerk), by=clerk)
    return publish_edition(approve_edition(edition, by=approver), by=clerk, on=on)
