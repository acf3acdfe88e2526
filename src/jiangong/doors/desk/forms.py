"""What people type at the desk's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from jiangong.books.evidence.queries import PhotoLimits
from jiangong.books.figures.models import Every
from jiangong.books.figures.rules import bounds
from jiangong.books.figures.rules.bounds import Frequency, Limits
from jiangong.doors.desk.queries import BoundPage
from jiangong.ground.organization.forms import ActForm, NewPassword
from jiangong.ground.organization.models import Account, Language

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._request = request
        self.account: Account | None = None

    def clean(self) -> dict[str, object] | None:
        cleaned = super().clean() or {}
        if cleaned.get("username") and cleaned.get("password"):
            found = authenticate(self._request, username=cleaned["username"], password=cleaned["password"])
            if found is None:
                raise forms.ValidationError(
                    _("The sign-in name or the password is wrong. Check both and try again.")
                )
            self.account = found
        return cleaned


class PasswordForm(NewPassword):
    present = forms.CharField(
        label=_("Current password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    field_order = ("present", "password", "again")


class PasskeyAnswerForm(ActForm):
    answer = forms.JSONField(widget=forms.HiddenInput)


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=Language.choices)


class AuditForm(forms.Form):
    """The audit log's filters; an unreadable day is left out and said beside its field."""

    words = forms.CharField(required=False, max_length=60)
    verb = forms.CharField(required=False, max_length=60)
    from_day = forms.DateField(required=False)
    to_day = forms.DateField(required=False)


def number_field(label: StrOrPromise, hint: StrOrPromise = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        help_text=hint,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class BoundForm(ActForm):
    """What one figure is checked against; an empty field is not checked."""

    low = number_field(_("Lowest usual value"))
    high = number_field(_("Highest usual value"))
    factor = number_field(_("Odd from how many times the period before"))
    at_most = forms.ChoiceField(label=_("Never more than"), required=False)
    times = number_field(_("How many times"))
    every = forms.ChoiceField(label=_("In each"), choices=Every.choices, initial=Every.QUARTER)
    places = number_field(_("At how many places"))

    def __init__(self, data: QueryDict | None, *, page: BoundPage) -> None:
        limits, frequency = page.limits, page.limits.frequency
        initial = {
            "low": limits.low,
            "high": limits.high,
            "factor": limits.factor,
            "at_most": limits.at_most,
        }
        if frequency:
            initial |= {"times": frequency.times, "every": frequency.every, "places": frequency.places}
        super().__init__(data, initial=initial)
        present = [(limits.at_most, limits.at_most)] if limits.at_most not in dict(page.wholes) else []
        known = [("", _("nothing")), *page.wholes, *(pair for pair in present if pair[0])]
        self.fields["at_most"] = forms.ChoiceField(label=_("Never more than"), required=False, choices=known)

    def limits(self) -> Limits:
        given = self.cleaned_data
        frequency = None
        if given["times"] is not None or given["places"] is not None:
            every = bounds.Every(given["every"])
            frequency = Frequency(given["times"] or 0, every, given["places"] or 0)
        return Limits(given["low"], given["high"], given["at_most"], given["factor"], frequency)


class PhotoRulesForm(ActForm):
    """From when on a photo is odd."""

    days = number_field(_("Days before or after the record's day"), _("0: on the very day only."))
    kilometres = number_field(_("Kilometres from the venue"))
    bits = number_field(
        _("Bits in which photos alike may differ"), _("0 to 30 of 128; 24 is usual, and fewer find less.")
    )

    def __init__(self, data: QueryDict | None, *, limits: PhotoLimits) -> None:
        super().__init__(
            data, initial={"days": limits.days, "kilometres": limits.kilometres, "bits": limits.bits}
        )
        for field in self.fields.values():
            field.required = True

    def limits(self) -> PhotoLimits:
        given = self.cleaned_data
        return PhotoLimits(given["days"], given["kilometres"], given["bits"])
