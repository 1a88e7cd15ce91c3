"""Names an enterprise bore: kept with their last day, and found by the search."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from enterprises.derivation import known_as, sounds_of
from enterprises.models import NAME_NOT_SOUNDED, Enterprise, FormerName
from enterprises.services.locking import check_nobody_imports
from shuangsuiji.audit.history import PAST_THE_SERVICES
from shuangsuiji.audit.services import record
from shuangsuiji.audit.tracking import VERSIONS


def keep_former_names(names: Mapping[int, str], *, on: datetime.date, source: str) -> None:
    """Note the names that enterprises (by id) bore until this day, and make them findable.

    A name is kept once; one that an enterprise bears again is no former one.
    """
    rows = [FormerName(enterprise_id=pk, name=name, used_until=on, source=source) for pk, name in names.items()]
    FormerName.objects.bulk_create(rows, ignore_conflicts=True, batch_size=5_000)
    FormerName.objects.filter(enterprise__in=list(names), name=F("enterprise__name")).delete()
    make_findable(Enterprise.objects.filter(pk__in=list(names)))


def make_findable(enterprises: QuerySet[Enterprise]) -> None:
    """Write anew the column by which former names and the codes of merged entries are found."""
    pks = list(enterprises.order_by("pk").values_list("pk", flat=True))
    former, codes = _former_names(pks), _merged_codes(pks)
    rows = [Enterprise(pk=pk, known_as=known_as(former[pk], codes=codes[pk])) for pk in pks]
    Enterprise.objects.bulk_update(rows, ["known_as"], batch_size=1_000)


def _former_names(pks: Collection[int]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = FormerName.objects.filter(enterprise__in=pks).order_by("enterprise_id", "name")
    for pk, name in rows.values_list("enterprise_id", "name"):
        found[pk].append(name)
    return found


def _merged_codes(pks: Collection[int]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = Enterprise.objects.filter(merged_into__in=pks).order_by("credit_code")
    for pk, code in rows.values_list("merged_into_id", "credit_code"):
        found[pk].append(code)
    return found


@transaction.atomic
def mend_names() -> int:
    """Put right what a name changed past the services (raw SQL) left behind: its sounds, its former names.

    The former names are in the history, which the database keeps by itself. Returns how many rows; audited.
    """
    check_nobody_imports()
    rows = list(Enterprise.objects.select_for_update(of=("self",)).filter(NAME_NOT_SOUNDED).order_by("pk"))
    former = _names_in_history(rows)
    FormerName.objects.bulk_create(former, ignore_conflicts=True, batch_size=5_000)
    for row in rows:
        for column, value in sounds_of(row.name).items():
            setattr(row, column, value)
    Enterprise.objects.bulk_update(rows, ["name_key", "name_initials", "sounded_name"], batch_size=1_000)
    make_findable(Enterprise.objects.filter(pk__in=[row.pk for row in rows]))
    if rows:
        codes = [row.credit_code for row in rows]
        record("enterprise.search_mended", target=("enterprises.enterprise", "", "检查对象"), codes=codes)
    return len(rows)


def _names_in_history(rows: Collection[Enterprise]) -> list[FormerName]:
    """Every name these rows bore and bear no more, each with the day on which the next one came."""
    names = {row.pk: row.name for row in rows}
    versions = VERSIONS[Enterprise]._default_manager.filter(pgh_obj_id__in=list(names)).order_by("pgh_id")
    until: dict[tuple[int, str], datetime.date] = {}
    last: dict[int, str] = {}
    for pk, name, at in versions.values_list("pgh_obj_id", "name", "pgh_created_at"):
        if last.get(pk, name) != name:
            until[pk, last[pk]] = timezone.localdate(at)
        last[pk] = name
    return [
        FormerName(enterprise_id=pk, name=name, used_until=day, source=PAST_THE_SERVICES)
        for (pk, name), day in until.items()
        if name != names[pk]
    ]
