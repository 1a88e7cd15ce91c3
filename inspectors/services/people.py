"""What officers and experts have in common while they are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from inspectors.models import Expert, Inspector
from inspectors.policies import check_can_become, check_entered
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib import pinyin
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField, TechnicalFeature

Person = TypeVar("Person", Inspector, Expert)


def sounds_of(name: str) -> dict[str, str]:
    """The two columns by which a name is sorted and found."""
    return {"name_key": pinyin.sort_key(name, limit=200), "name_initials": pinyin.initials(name, limit=40)}


def set_values(person: Person, values: Mapping[str, Any]) -> list[str]:
    """Set what differs, the sounds with the name; returns the names of what changed. Refused where it cannot be."""
    changed = [name for name, value in values.items() if getattr(person, name) != value]
    check_entered({name: values[name] for name in changed})
    for name in changed:
        setattr(person, name, values[name])
    if "name" in changed:
        for name, sound in sounds_of(person.name).items():
            setattr(person, name, sound)
    return changed


def set_fields(person: Person, fields: Collection[SupervisedField] | None) -> list[str]:
    """Set the fields when they are given and differ; returns ["fields"] then."""
    return set_words(person, "fields", fields)


def set_words(person: Person, name: str, rows: Collection[SupervisedField | TechnicalFeature] | None) -> list[str]:
    """Set what stands in a table between when it is given and differs; returns its name then."""
    if rows is None:
        return []
    kept, wanted = getattr(person, name), {row.pk for row in rows}
    if wanted == set(kept.values_list("pk", flat=True)):
        return []
    kept.set(wanted)
    return [name]


def move_state(person: Person, *, state: str, reason: str, action: str, by: User | None) -> Person:
    """Change the state of a locked row, with a reason for the trail; done already, nothing happens."""
    if person.state == state:
        return person
    check_can_become(person, state)
    if not reason.strip():
        raise Refusal("请写明变更状态的原因，例如“借调外单位”。", field="reason")
    before, person.state = person.state, state
    person.save(update_fields=["state", "updated_at"])
    record(action, by=by, target=target_of(person), before=before, after=state, reason=reason.strip())
    return person


def target_of(person: Inspector | Expert) -> tuple[str, str, str]:
    """How the trail names a person: by number, never by name."""
    number = person.certificate_number if isinstance(person, Inspector) else person.number
    return person._meta.label_lower, str(person.pk), number
