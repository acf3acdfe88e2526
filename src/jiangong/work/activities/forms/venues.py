"""A venue, from its first day to its last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangong.ground.organization.forms import RowField, add_refusal, choices_of
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.errors import DomainError
from jiangong.work.activities.forms.fields import NOTE_LENGTH, DayInput
from jiangong.work.activities.models import VenueKind
from jiangong.work.activities.operations import VenueContent

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def degrees_field(label: StrOrPromise, *, most: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=-most,
        max_value=most,
        max_digits=9,
        decimal_places=6,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Type degrees in digits, such as 32.7849."),
            "max_decimal_places": _("Six digits behind the point are enough."),
            "max_digits": _("Six digits behind the point are enough."),
        },
    )


class VenueForm(forms.Form):
    title = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Write the venue's name.")}
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=VenueKind)
    unit = RowField(label=pgettext_lazy("of a venue", "Run by"))
    happened_on = forms.DateField(
        label=_("First day"), widget=DayInput(), help_text=_("The venue counts from this day on.")
    )
    brand = forms.CharField(
        label=_("Brand"), required=False, max_length=60, help_text=_("For example 邮益思.")
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=120)
    capacity = forms.IntegerField(
        label=_("Seats"),
        required=False,
        min_value=1,
        max_value=100_000,
        error_messages={"min_value": _("Seats are 1 or more."), "invalid": _("Type the seats in digits.")},
    )
    until = forms.DateField(
        label=_("Last day in use"),
        required=False,
        widget=DayInput(),
        help_text=_("Leave it empty while the venue is in use."),
    )
    latitude = degrees_field(_("Latitude"), most=90)
    longitude = degrees_field(_("Longitude"), most=180)
    reason = forms.CharField(
        label=_("Reason for the amendment"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a few words why the booked content is to change.")},
    )

    def __init__(self, *args: Any, units: Sequence[Unit], amends: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        if isinstance(unit, forms.ChoiceField):
            unit.choices = choices_of(units)
        if not amends:
            del self.fields["reason"]

    @property
    def has_place(self) -> bool:
        """Whether the part that asks for it stands open."""
        return any(self[name].value() or self[name].errors for name in ("latitude", "longitude"))

    def content(self) -> VenueContent:
        data = self.cleaned_data
        return VenueContent(
            title=data["title"],
            happened_on=data["happened_on"],
            kind=data["kind"],
            brand=data["brand"],
            address=data["address"],
            capacity=data["capacity"],
            until=data["until"],
            latitude=data["latitude"],
            longitude=data["longitude"],
        )

    def refuse(self, refusal: DomainError) -> None:
        add_refusal(self, refusal)
