"""One form for activities of all kinds: what a kind asks for stands first, the rest is folded away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jiangong.books.evidence.forms import ManyFilesField
from jiangong.books.ledger.rules import Finding
from jiangong.ground.organization.forms import RowField, RowsField, choices_of
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules.numbers import NumberMissing
from jiangong.work.activities import queries
from jiangong.work.activities.forms.fields import NO_CHOICE, NOTE_LENGTH, DayInput, QuantityField, field_name
from jiangong.work.activities.models import Basis
from jiangong.work.activities.operations import Upload
from jiangong.work.activities.queries import AskedQuantity, EntryOffer
from jiangong.work.activities.rules import AUDIENCE, ActivityContent


@dataclass(frozen=True, slots=True)
class QuantityRow:
    """A quantity's field with its unit and what is odd about it."""

    field: forms.BoundField
    unit: str
    required: bool
    is_audience: bool
    findings: Sequence[Finding]


class QuantitiesForm(forms.Form):
    """Only what a kind counts, as it stands on the screen."""

    def __init__(self, *args: Any, asked: Sequence[AskedQuantity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for quantity in asked:
            self.fields[field_name(quantity.measure)] = QuantityField(asked=quantity)

    @property
    def is_signed_in(self) -> bool:
        """Whether the audience is what the QR page counts."""
        return False

    def quantities(self) -> dict[str, int]:
        """By measure, what could be read; what the QR page counts is never typed."""
        found = {}
        for asked in self.asked:
            quantity = self.cleaned_data.get(field_name(asked.measure))
            if quantity is not None and not (asked.measure == AUDIENCE and self.is_signed_in):
                found[asked.measure] = quantity
        return found

    def quantity_rows(self, findings: Sequence[Finding] = ()) -> Iterator[QuantityRow]:
        for asked in self.asked:
            beside = [finding for finding in findings if finding.field == asked.measure]
            field = self[field_name(asked.measure)]
            counted = asked.measure == AUDIENCE and self.is_signed_in
            yield QuantityRow(
                field=field,
                unit=asked.unit,
                required=asked.required and not counted,
                is_audience=asked.measure == AUDIENCE,
                findings=beside,
            )


class ActivityForm(QuantitiesForm):
    photos = ManyFilesField(label=_("Photos"), required=False)
    title = forms.CharField(label=_("Title"), required=False, max_length=120)
    happened_on = forms.DateField(label=_("Date"), widget=DayInput())
    unit = RowField(label=_("Booked for"))
    venue = RowField(label=_("Venue"), required=False)
    community = RowField(label=_("Community"), required=False)
    lecturer = RowField(label=_("Lecturer"), required=False)
    topic = RowField(label=_("Topic"), required=False)
    place = forms.CharField(label=_("Place"), required=False, max_length=120)
    partners = RowsField(label=_("Partners"), required=False)
    is_online = forms.BooleanField(label=_("Held online"), required=False)
    basis = forms.ChoiceField(label=_("How counted"), choices=Basis, required=False)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("If a number is unusual, say why here: the reviewer reads it."),
    )
    remove = RowsField(required=False)
    reason = forms.CharField(
        label=_("Reason for the amendment"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a few words why the booked content is to change.")},
    )

    def __init__(
        self,
        *args: Any,
        offer: EntryOffer,
        today: date,
        proposed: str = "",
        signed: int | None = None,
        amends: bool = False,
        hands_in: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, asked=offer.asked, **kwargs)
        self.offer, self.signed = offer, signed
        self._proposed, self._hands_in = proposed, hands_in
        self._offer_choices()
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()
        if signed is None:
            counted = [choice for choice in Basis.choices if choice[0] != Basis.SIGN_IN]
            self.fields["basis"] = forms.ChoiceField(label=_("How counted"), choices=counted, required=False)
        if not amends:
            del self.fields["reason"]
        for name in ("photos", "remove") if amends else ():
            del self.fields[name]

    def _offer_choices(self) -> None:
        offer = self.offer
        choices: dict[str, Iterable[Any]] = {
            "unit": choices_of(offer.units),
            "venue": [("", _("Not at one of our venues")), *_venue_choices(offer)],
            "community": [NO_CHOICE, *choices_of(offer.communities)],
            "lecturer": [NO_CHOICE, *_lecturer_choices(offer)],
            "topic": [NO_CHOICE, *choices_of(offer.topics)],
            "partners": choices_of(offer.partners),
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(offered)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        self._complete_title()
        if self._hands_in:
            self._require_asked()
        if not data.get("basis"):
            data["basis"] = Basis.HEAD_COUNT.value
        return data

    def _complete_title(self) -> None:
        """A title left as proposed follows the place and the day that were chosen in the end."""
        data = self.cleaned_data
        title, day = data.get("title", ""), data.get("happened_on")
        if "title" in self.errors or day is None or (title and title != self._proposed):
            return
        where = self.offer.where(venue_id=data.get("venue"), community_id=data.get("community"))
        data["title"] = self._proposed = queries.proposed_title(kind=self.offer.kind, where=where, on=day)
        if isinstance(self.data, QueryDict):
            shown = self.data.copy()
            shown["title"] = data["title"]
            self.data = shown

    def _require_asked(self) -> None:
        for asked in self.offer.asked:
            name = field_name(asked.measure)
            counted = asked.measure == AUDIENCE and self.is_signed_in
            missing = name not in self.errors and self.cleaned_data.get(name) is None
            if asked.required and missing and not counted:
                self.add_error(name, str(NumberMissing()))

    @property
    def is_signed_in(self) -> bool:
        chosen = self.cleaned_data.get("basis") if self.is_bound else Basis.SIGN_IN
        return self.signed is not None and chosen == Basis.SIGN_IN

    @property
    def proposed(self) -> str:
        return self._proposed

    @property
    def can_be_kept(self) -> bool:
        """Whether what is right in it makes a draft."""
        return not {"title", "happened_on", "unit"} & set(self.errors)

    def content(self) -> ActivityContent:
        """What is right in it; fields with errors are left out."""
        data = self.cleaned_data
        return ActivityContent(
            title=data["title"],
            happened_on=data["happened_on"],
            venue_id=data.get("venue"),
            place=data.get("place", ""),
            community_id=data.get("community"),
            lecturer_id=data.get("lecturer"),
            topic_id=data.get("topic"),
            partner_ids=tuple(sorted(data.get("partners") or ())),
            is_online=data.get("is_online", False),
            basis=data.get("basis") or Basis.HEAD_COUNT.value,
            note=data.get("note", ""),
            quantities=self.quantities(),
        )

    def uploads(self) -> list[Upload]:
        files = self.cleaned_data.get("photos") or ()
        return [Upload(file.name or "", file.size or 0, file.file) for file in files]

    def refuse(self, refusal: DomainError) -> bool:
        """Put a refusal beside its field. False when it concerns none of them: then nothing can be left out."""
        name = field_name(refusal.field or "")
        if name in self.fields and name not in self.errors:
            self.add_error(name, str(refusal))
            return True
        self.add_error(None, str(refusal))
        return False

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that are folded away for this kind, in their order."""
        kind, offer = self.offer.kind, self.offer
        shown = {
            "venue": not kind.asks_venue and bool(offer.venues),
            "place": True,
            "lecturer": not kind.asks_lecturer and bool(offer.lecturers),
            "topic": bool(offer.topics),
            "community": not kind.asks_community and bool(offer.communities),
            "basis": any(asked.measure == AUDIENCE for asked in offer.asked),
            "is_online": kind.allows_online,
            "partners": bool(offer.partners),
            "note": True,
        }
        return [self[name] for name, is_shown in shown.items() if is_shown]


def initial_of(content: ActivityContent, offer: EntryOffer) -> dict[str, Any]:
    """What stands, as the form shows it."""
    initial: dict[str, Any] = {
        "title": content.title,
        "happened_on": content.happened_on,
        "unit": offer.unit.pk,
        "venue": content.venue_id,
        "community": content.community_id,
        "lecturer": content.lecturer_id,
        "topic": content.topic_id,
        "place": content.place,
        "partners": list(content.partner_ids),
        "is_online": content.is_online,
        "basis": content.basis,
        "note": content.note,
    }
    for asked in offer.asked:
        typed = QuantityField(asked=asked).typed(content.quantities.get(asked.measure))
        initial[field_name(asked.measure)] = typed
    return initial


def _venue_choices(offer: EntryOffer) -> list[tuple[Any, Any]]:
    own = [venue for venue in offer.venues if venue.record.unit_id == offer.unit.pk]
    others = [venue for venue in offer.venues if venue.record.unit_id != offer.unit.pk]
    if not own or not others:
        return choices_of(offer.venues)
    return [(_("Own unit"), choices_of(own)), (_("Other units"), choices_of(others))]


def _lecturer_choices(offer: EntryOffer) -> list[tuple[int, str]]:
    return [(lecturer.pk, f"{lecturer} · {lecturer.person.unit}") for lecturer in offer.lecturers]
