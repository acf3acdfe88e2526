"""Who lectures, and who comes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangong.ground.organization.forms import RowField, RowsField, add_refusal, choices_of
from jiangong.ground.shared.errors import DomainError
from jiangong.work.activities.forms.fields import NO_CHOICE, DayInput
from jiangong.work.activities.queries import LecturerOffer


class LecturerForm(forms.Form):
    person = RowField(
        label=_("Person"), error_messages={"required": _("Choose the person who is to lecture.")}
    )
    topics = RowsField(label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)
    since = forms.DateField(label=_("Lecturer since"), widget=DayInput())

    def __init__(self, *args: Any, offer: LecturerOffer, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(person.pk, f"{person} · {person.unit}") for person in offer.people]
        for name, choices in (("person", [NO_CHOICE, *people]), ("topics", choices_of(offer.topics))):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        self.fields["since"].initial = today

    def refuse(self, refusal: DomainError) -> None:
        add_refusal(self, refusal)


class SignInForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    unit = forms.CharField(
        label=_("Your work unit"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Write where you work.")},
    )
