"""The page of a re-inspection as one thing: its head, a card per item of the order, and what a posted form said."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import QueryDict

from inspections import services
from inspections.forms import CaptionForm, RevisitHeadForm, RevisitPointForm, SavedForm
from inspections.models import Evidence, ItemResult, Revisit, RevisitPoint
from inspections.selectors import evidence_of, revisit_points
from inspections.services import StaleSave
from inspections.views.record_page import HEAD_PREFIX, in_words, is_to_save, typed_again
from shuangsuiji.accounts.models import User
from shuangsuiji.lib.errors import Refusal


@dataclass
class PointCard:
    """One item of the order on the page."""

    point: RevisitPoint
    form: SavedForm
    photos: list[Evidence] = field(default_factory=list)
    refusal: str = ""
    stands: str = ""

    @property
    def result(self) -> ItemResult:
        """What was found at the visit."""
        return self.point.order_point.result

    @property
    def photo_key(self) -> str:
        """What the photos of this card are called by in a plain form."""
        return str(self.point.pk)


@dataclass
class RevisitPage:
    """All parts of the page, and the sentences that a save brought."""

    revisit: Revisit
    head: SavedForm
    cards: list[PointCard]
    head_refusal: str = ""
    photo_refusals: list[str] = field(default_factory=list)
    saved_count: int = 0

    @classmethod
    def of(cls, revisit: Revisit) -> RevisitPage:
        """The page as it stands in the database."""
        photos: dict[int | None, list[Evidence]] = {}
        for photo in evidence_of(revisit.task).filter(revisit=revisit):
            photos.setdefault(photo.drawn_item_id, []).append(photo)
        cards = [
            PointCard(point, RevisitPointForm.of(point), photos.get(point.order_point.result.drawn_item_id, []))
            for point in revisit_points(revisit)
        ]
        return cls(revisit, RevisitHeadForm(instance=revisit, prefix=HEAD_PREFIX), cards)

    @property
    def answered_count(self) -> int:
        """How many items have an answer."""
        return sum(bool(card.point.outcome) for card in self.cards)

    @property
    def is_clean(self) -> bool:
        """Whether nothing of the last save was refused."""
        return not (self.head_refusal or self.photo_refusals or any(card.refusal for card in self.cards))

    def save(self, posted: QueryDict, files, *, by: User) -> None:
        """Save every part that was touched, each by itself, then captions and photos."""
        self._save_head(posted, by=by)
        for card in self.cards:
            self._save_card(card, posted, by=by)
            self._save_captions(card, posted, by=by)
            self._save_photos(card, files.getlist(f"photos-{card.point.pk}"), by=by)

    def with_what_stands(self) -> RevisitPage:
        """Read the saved parts anew; the refused ones keep their typed words."""
        fresh = RevisitPage.of(self.revisit)
        refused = {card.point.pk: card for card in self.cards if card.refusal}
        for card in fresh.cards:
            if old := refused.get(card.point.pk):
                card.form, card.refusal, card.stands = old.form, old.refusal, old.stands
        if self.head_refusal:
            fresh.head, fresh.head_refusal = self.head, self.head_refusal
        fresh.photo_refusals = self.photo_refusals
        return fresh

    def _save_head(self, posted: QueryDict, *, by: User) -> None:
        form = RevisitHeadForm(posted, instance=self.revisit, prefix=HEAD_PREFIX)
        try:
            if is_to_save(form):
                services.save_revisit(self.revisit, by=by, revision=form.cleaned_data["revision"] or 0, **form.values)
                self.saved_count += 1
        except Refusal as refusal:
            self.head_refusal, self.head = refusal.sentence, typed_again(form, refusal)
        else:
            if form.errors:
                self.head_refusal, self.head = "表头有填写错误，请看红字。", form

    def _save_card(self, card: PointCard, posted: QueryDict, *, by: User) -> None:
        form = RevisitPointForm.of(card.point, posted)
        try:
            if is_to_save(form):
                revision = form.cleaned_data["revision"] or 0
                services.save_revisit_point(card.point, by=by, revision=revision, **form.values)
                self.saved_count += 1
        except Refusal as refusal:
            card.refusal, card.form = refusal.sentence, typed_again(form, refusal)
            card.stands = in_words(refusal.current) if isinstance(refusal, StaleSave) else ""
        else:
            if form.errors:
                card.refusal, card.form = "这一项有填写错误，请看红字。", form

    def _save_captions(self, card: PointCard, posted: QueryDict, *, by: User) -> None:
        for photo in card.photos:
            form = CaptionForm({"caption": posted.get(f"caption-{photo.pk}", photo.caption)})
            if form.is_valid() and form.cleaned_data["caption"] != photo.caption:
                services.caption_evidence(photo, by=by, caption=form.cleaned_data["caption"])
                self.saved_count += 1

    def _save_photos(self, card: PointCard, files: list, *, by: User) -> None:
        for file in files:
            try:
                services.add_evidence(self.revisit.task, by=by, file=file, drawn_item=card.result.drawn_item)
                self.saved_count += 1
            except Refusal as refusal:
                self.photo_refusals.append(f"照片“{file.name}”：{refusal.sentence}")
