"""Looking for rows that may be one enterprise. One statement for the whole register, seconds for 10^5 rows."""

from __future__ import annotations

import datetime

from django.db import connection
from django.utils import timezone

from enterprises.models import DuplicatePair
from enterprises.policies import check_may_edit
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.authorship import authored
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal

_LOOK = r"""
WITH named AS (
    SELECT id, credit_code, township_id, state,
           regexp_replace(address, '[\s（）()·.、，,-]', '', 'g') AS place,
           -- what is left of a name without its place, its legal form and its punctuation
           regexp_replace(
               regexp_replace(name, '^([^省市县]{2,3}省)?([^市县]{2,3}[市县])?', ''),
               '[\s（）()·.、，,-]|有限责任公司|股份有限公司|有限公司|分公司|个人独资|普通合伙', '', 'g'
           ) AS core
    FROM enterprises_enterprise WHERE merged_into_id IS NULL
), pairs AS (
    SELECT a.id AS first, b.id AS second, 'code' AS reason, 1.0 AS likeness, a.state, b.state AS other
    FROM named a JOIN named b ON substr(a.credit_code, 9, 9) = substr(b.credit_code, 9, 9) AND a.id < b.id
    UNION ALL
    SELECT a.id, b.id, 'name', 1.0, a.state, b.state
    FROM named a JOIN named b ON a.core = b.core AND a.id < b.id AND length(a.core) > 1
    UNION ALL
    SELECT a.id, b.id, 'address', similarity(a.core, b.core), a.state, b.state
    FROM named a JOIN named b ON a.place = b.place AND a.id < b.id AND length(a.place) >= 8
    WHERE similarity(a.core, b.core) >= 0.3
    UNION ALL
    SELECT a.id, b.id, 'similar', similarity(a.core, b.core), a.state, b.state
    FROM named a JOIN named b
      ON left(a.core, 2) = left(b.core, 2) AND a.township_id IS NOT DISTINCT FROM b.township_id AND a.id < b.id
    WHERE length(a.core) > 3 AND similarity(a.core, b.core) >= 0.6
)
INSERT INTO enterprises_duplicatepair (first_id, second_id, reason, similarity, found_at, dismissed_reason)
SELECT DISTINCT ON (first, second) first, second, reason, round(likeness * 100), %s, ''
FROM pairs WHERE NOT (state = 'closed' AND other = 'closed')
ORDER BY first, second, likeness DESC, reason
ON CONFLICT DO NOTHING
"""


@authored
def find_duplicates(*, by: User | None) -> int:
    """Note every new suspicion; returns how many. What was dismissed stays dismissed. Audited.

    Suspicious are: the same body part of the credit code (9–17), the same name but for place, legal form and
    punctuation, the same address with a similar name, and similar names in one township. Two closed rows
    are left alone.
    """
    check_may_edit(by)
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [timezone.now()])
        count = cursor.rowcount
    record("enterprise.duplicates_sought", by=by, found=count)
    return count


@authored
def dismiss_pair(pk: int, *, reason: str, at: datetime.datetime, by: User | None) -> DuplicatePair:
    """Say that two rows are two enterprises, and why. Said already, nothing happens. Audited."""
    check_may_edit(by)
    pair = DuplicatePair.objects.select_for_update(of=("self",)).get(pk=pk)
    if pair.dismissed_at is not None:
        return pair
    if not reason.strip():
        raise Refusal("请写明为什么不是同一家，例如“同一地址的两家独立企业”。", field="reason")
    pair.dismissed_at, pair.dismissed_by, pair.dismissed_reason = at, by, reason.strip()
    pair.save(update_fields=["dismissed_at", "dismissed_by", "dismissed_reason"])
    codes = [pair.first.credit_code, pair.second.credit_code]
    record("enterprise.pair_dismissed", by=by, codes=codes, reason=reason.strip())
    return pair
