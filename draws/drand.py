"""drand, the public randomness beacon (quicknet): which round a moment has, and whether a round is genuine.

A round is fixed beforehand by its time; its value is `randomness = SHA-256(signature)`. The
signature itself (BLS) is published with it, so that anybody with a drand client can check
more than we do. Nothing is fetched unless the setting allows it: otherwise a person types it in.
"""

from __future__ import annotations

import datetime
import json
import re
import urllib.request
from hashlib import sha256
from typing import Any

from django.conf import settings

from shuangsuiji.lib.errors import Refusal

CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
GENESIS, PERIOD = 1_692_803_367, 3
"""Of the quicknet chain: the first round in Unix seconds, and the seconds from one to the next."""
TIMEOUT_SECONDS = 5
LARGEST_ANSWER = 4_096
_RANDOMNESS = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{96}")
_HEX = re.compile(r"[0-9a-fA-F]{32,}")


def round_at(moment: datetime.datetime) -> int:
    """The first round published at or after a moment.

    >>> round_at(datetime.datetime.fromtimestamp(GENESIS, datetime.timezone.utc))
    1
    """
    seconds = -(-int(moment.timestamp() - GENESIS) // PERIOD)
    return max(1, seconds + 1)


def beacon_text(text: str, *, issue: str) -> str:
    """A round as typed or pasted (the beacon's JSON, or both values) → `round randomness signature`.

    Refuses another round than the one fixed beforehand, and a randomness that is not the
    SHA-256 of its signature.
    """
    found = _pasted(text)
    if str(found.get("round", issue)) != issue:
        raise Refusal(f"封存时定下的是第 {issue} 轮，这里是第 {found['round']} 轮。请录入定下的那一轮。", field="text")
    randomness, signature = str(found.get("randomness", "")).lower(), str(found.get("signature", "")).lower()
    if not _RANDOMNESS.fullmatch(randomness) or not _SIGNATURE.fullmatch(signature):
        raise Refusal("请粘贴这一轮的 randomness（64 位）和 signature（96 位），或整段 JSON。", field="text")
    if sha256(bytes.fromhex(signature)).hexdigest() != randomness:
        raise Refusal("randomness 与 signature 对不上，不是信标公布的原值。请从 drand 重新复制。", field="text")
    return f"{issue} {randomness} {signature}"


def _pasted(text: str) -> dict[str, Any]:
    if text.lstrip().startswith("{"):
        try:
            found = json.loads(text)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}
    values = {64: "randomness", 96: "signature"}
    return {values[len(one)]: one for one in _HEX.findall(text) if len(one) in values}


def fetch_round(issue: str) -> str:
    """The round as the beacon publishes it, checked as if somebody had pasted it.

    Raises `Refusal` when fetching is switched off, or the beacon does not answer in time.
    """
    if not settings.DRAND_URL:
        raise Refusal("本系统没有开通自动读取 drand，请手工录入公布的数值。", field="text")
    address = f"{settings.DRAND_URL}/{CHAIN}/public/{int(issue)}"
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310  # nosec B310 - https only, see settings
            content = answer.read(LARGEST_ANSWER)
    except OSError as error:
        raise Refusal("现在连不上 drand，请稍后再试，或手工录入公布的数值。", field="text") from error
    return beacon_text(content.decode("utf-8", errors="replace"), issue=issue)
