"""The record's page as one thing: its head, a card per item, and what a posted form said.

Without JavaScript the whole page is one form. Only parts that were touched are saved; what
is refused keeps the words that were typed, beside the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from django.http import QueryDict

from inspections import services
from inspections.forms import CaptionForm, HeadForm, ResultForm, SavedForm
from inspections.models import Evidence, ItemResult, Revisit, RevisitPoint, SiteRecord, Task
from inspections.selectors import results_of
from inspections.services import StaleSave
from inspections.services.saving import Row
from shuangsuiji.accounts.models import User
from shuangsuiji.lib.errors import Refusal

HEAD_PREFIX = "head"


@dataclass
class Card:
    """One drawn item on the page."""

    result: ItemResult
    form: SavedForm
    photos: list[Evidence] = field(default_factory=list)
    refusal: str = ""
    stands: str = ""
    """What somebody else saved meanwhile, in words."""

    @property
    def item(self):
        """The drawn item's own row."""
        return self.result.drawn_item.item

    @property
    def photo_key(self) -> str:
        """What the photos of this card are called by in a plain form."""
        return str(self.result.pk)


@dataclass
class RecordPage:
    """All parts of the page, and the sentences that a save brought."""

    task: Task
    record: SiteRecord
    head: SavedForm
    cards: list[Card]
    head_refusal: str = ""
    photo_refusals: list[str] = field(default_factory=list)
    saved_count: int = 0

    @classmethod
    def of(cls, task: Task) -> RecordPage:
        """The page as it stands in the database."""
        record = SiteRecord.objects.select_related("saved_by").get(task=task)
        record.task = task
        cards = [
            Card(result, ResultForm.of(result), photos=list(result.drawn_item.evidence.all()))
            for result in results_of(record)
        ]
        return cls(task, record, HeadForm(instance=record, prefix=HEAD_PREFIX), cards)

    @property
    def answered_count(self) -> int:
        """How many items have a result."""
        return sum(bool(card.result.result) for card in self.cards)

    @property
    def is_clean(self) -> bool:
        """Whether nothing of the last save was refused."""
        return not (self.head_refusal or self.photo_refusals or any(card.refusal for card in self.cards))

    def save(self, posted: QueryDict, files, *, by: User) -> None:
        """Save every part that was touched, each by itself, then the photos."""
        self._save_head(posted, by=by)
        for card in self.cards:
            _save_card(self, card, posted, by=by)
        self._save_captions(posted, by=by)
        for card in self.cards:
            self._save_photos(card, files.getlist(f"photos-{card.result.pk}"), by=by)

    def _save_head(self, posted: QueryDict, *, by: User) -> None:
        form = HeadForm(posted, instance=self.record, prefix=HEAD_PREFIX)
        try:
            if is_to_save(form):
                services.save_head(self.record, by=by, revision=form.cleaned_data["revision"] or 0, **form.values)
                self.saved_count += 1
        except Refusal as refusal:
            self.head_refusal, self.head = refusal.sentence, typed_again(form, refusal)
        else:
            if form.errors:
                self.head_refusal, self.head = "表头有填写错误，请看红字。", form

    def _save_captions(self, posted: QueryDict, *, by: User) -> None:
        for photo in (photo for card in self.cards for photo in card.photos):
            form = CaptionForm({"caption": posted.get(f"caption-{photo.pk}", photo.caption)})
            if form.is_valid() and form.cleaned_data["caption"] != photo.caption:
                services.caption_evidence(photo, by=by, caption=form.cleaned_data["caption"])
                self.saved_count += 1

    def _save_photos(self, card: Card, files: list, *, by: User) -> None:
        for file in files:
            try:
                services.add_evidence(self.task, by=by, file=file, drawn_item=card.result.drawn_item)
                self.saved_count += 1
            except Refusal as refusal:
                self.photo_refusals.append(f"事项 {card.item.code} 的照片“{file.name}”：{refusal.sentence}")


def is_to_save(form: SavedForm) -> bool:
    """Whether the part was touched and can be read."""
    return form.is_valid() and form.is_touched


def _save_card(page: RecordPage, card: Card, posted: QueryDict, *, by: User) -> None:
    form = ResultForm.of(card.result, posted)
    try:
        if is_to_save(form):
            services.save_result(card.result, by=by, revision=form.cleaned_data["revision"] or 0, **form.values)
            page.saved_count += 1
    except Refusal as refusal:
        card.refusal, card.form = refusal.sentence, typed_again(form, refusal)
        card.stands = in_words(refusal.current) if isinstance(refusal, StaleSave) else ""
    else:
        if form.errors:
            card.refusal, card.form = "这一项有填写错误，请看红字。", form


def typed_again(form: SavedForm, refusal: Refusal) -> SavedForm:
    """The form with what was typed, over the version that stands now: saved again, it is meant."""
    current = refusal.current if isinstance(refusal, StaleSave) else form.instance
    fresh = type(form)(instance=current, prefix=form.prefix)
    data = cast(QueryDict, form.data).copy()
    data[form.add_prefix("revision")] = str(current.revision)
    data[form.add_prefix("shown")] = fresh.stored
    again = type(form)(data, instance=current, prefix=form.prefix)
    if refusal.field in again.fields and again.is_valid():
        again.add_refusal(refusal)
    return again


def in_words(current: Row) -> str:
    """What stands now, for whoever was refused."""
    if isinstance(current, SiteRecord):
        return f"现为：{current.place or '（未填场所）'}"
    if isinstance(current, Revisit):
        return f"现为：{current.opinion or '（未填意见）'}"
    if isinstance(current, RevisitPoint):
        return "现为：" + "；".join(filter(None, [current.get_outcome_display() or "（未选结论）", current.seen]))
    parts = [current.get_result_display() or "（未选结论）", current.get_hazard_display(), current.seen]
    return "现为：" + "；".join(part for part in parts if part)
