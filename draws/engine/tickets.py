"""Tickets: every name draws one, the lowest win.

Imagine one ticket for every enterprise in the pool, with a number of 77 digits on it that
nobody could foresee. The three lowest numbers are drawn. The number is a fingerprint of
the draw's seed, the stage and the name, so everybody can work it out again.
"""

from __future__ import annotations

from hashlib import sha256

from .canonical import PROTOCOL, joined, length_prefixed

ENTERPRISES = "enterprises"
INSPECTORS = "inspectors"
EXPERTS = "experts"
ITEMS = "items"
MIX = "/mix"


def stage_key(number: str, *, seed: bytes, stage: str) -> bytes:
    """`K(stage) = H(LP(P) LP(N) LP(stage) seed)`, 32 bytes: no stage can guess another's tickets.

    >>> stage_key("MLYJ-2026-0007", seed=bytes(32), stage="items").hex()[:12]
    '2e19db5b26bf'
    """
    return sha256(joined(PROTOCOL, number, stage) + seed).digest()


def ticket(key: bytes, *ids: str) -> bytes:
    """`H(K LP(id) …)`, 32 bytes, compared as bytes.

    >>> ticket(bytes(32), "91430681MA4L0001XX").hex()[:12]
    'ceb3851c925f'
    """
    return sha256(key + b"".join(map(length_prefixed, ids))).digest()
