"""The mark that a page carries of what it showed."""

from __future__ import annotations

import re

_MARK = re.compile(r'name="seen" value="([0-9a-f]+)"')


def mark_on(client, address: str) -> str:
    """The mark in the page's form; the page must carry one, the same in each of its forms."""
    [mark] = set(_MARK.findall(client.get(address).content.decode()))
    return mark
