"""What people type at the desk's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jiangong.books.evidence.queries import PhotoLimits
from jiangong.books.figures.models import Every, OwnForm
from jiangong.books.figures.operations import Formula
from jiangong.books.figures.rules import bounds
from jiangong.books.figures.rules.bounds import Frequency, Limits
from jiangong.books.figures.rules.catalogue import Form
from jiangong.books.ledger.measures import SMALLEST_PER_UNIT, CountUnit, MeasureKind, facet_sources, with_unit
from jiangong.books.ledger.operations import MeasureNature, MeasureWords
from jiangong.doors.desk.queries import BoundPage
from jiangong.doors.desk.queries.own import MeasurePage, OwnFigurePage
from jiangong.ground.organization.forms import TEXTS, ActForm, NewPassword, QuantityText, written
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
        self.refused_name = ""

    def clean(self) -> dict[str, object] | None:
        cleaned = super().clean() or {}
        if cleaned.get("username") and cleaned.get("password"):
            found = authenticate(self._request, username=cleaned["username"], password=cleaned["password"])
            if found is None:
                self.refused_name = str(cleaned["username"])
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


class NamedForm(ActForm):
    """A name in Chinese, which the book keeps, and one in English for who reads that."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        widget=forms.TextInput(attrs=TEXTS),
        error_messages={"required": _("Give it a name of up to 80 characters.")},
    )
    name_en = forms.CharField(
        label=_("English name"), max_length=80, required=False, widget=forms.TextInput(attrs=TEXTS)
    )


class MeasureForm(NamedForm):
    unit = forms.ChoiceField(label=_("Unit of measure"), choices=[("", "—"), *CountUnit.choices])
    kind = forms.ChoiceField(
        label=_("How it adds up"),
        choices=[
            (MeasureKind.FLOW.value, _("over the period (flow)")),
            (MeasureKind.STOCK.value, _("how many there are on the last day (stock)")),
        ],
    )
    decimals = forms.IntegerField(
        label=_("Decimals"),
        min_value=0,
        max_value=3,
        initial=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    facet_source = forms.ChoiceField(label=_("Split by"), required=False)
    low = QuantityText(label=_("Lowest usual number on one occasion"))
    high = QuantityText(label=_("Highest usual number on one occasion"))

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data)
        sources = [(source.code, capfirst(str(source.label))) for source in facet_sources]
        self.fields["facet_source"] = forms.ChoiceField(
            label=_("Split by"), required=False, choices=[("", _("nothing")), *sources]
        )

    def nature(self) -> MeasureNature:
        given = self.cleaned_data
        return MeasureNature(
            unit=CountUnit(given["unit"]),
            kind=MeasureKind(given["kind"]),
            decimals=given["decimals"],
            facet_source=given["facet_source"],
        )

    def said(self) -> MeasureWords:
        given = self.cleaned_data
        factor = SMALLEST_PER_UNIT.get(given["unit"], 10 ** given["decimals"])
        return words_of(given, factor)


class MeasureWordsForm(NamedForm):
    low = QuantityText(label=_("Lowest usual number on one occasion"))
    high = QuantityText(label=_("Highest usual number on one occasion"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, page: MeasurePage) -> None:
        measure, definition = page.measure, page.definition
        self._factor = definition.factor if definition else 1
        initial: dict[str, object] = {}
        if measure is not None:
            initial = {
                "name": measure.name,
                "name_en": measure.name_en,
                "low": written(measure.low, self._factor),
                "high": written(measure.high, self._factor),
                "version": measure.version,
            }
        super().__init__(data, initial=initial)

    def said(self) -> MeasureWords:
        return words_of(self.cleaned_data, self._factor)


def words_of(given: dict[str, Any], factor: int) -> MeasureWords:
    low, high = (None if given[end] is None else int(given[end] * factor) for end in ("low", "high"))
    return MeasureWords(given["name"], given["name_en"], low, high)


class FigureForm(NamedForm):
    form = forms.ChoiceField(label=_("Formula"), choices=OwnForm.choices)
    measures = forms.MultipleChoiceField(
        label=_("What is counted"), widget=forms.CheckboxSelectMultiple, required=False
    )
    over = forms.MultipleChoiceField(
        label=_("Divided by"), widget=forms.CheckboxSelectMultiple, required=False
    )
    decimals = forms.IntegerField(
        label=_("Decimals"),
        min_value=0,
        max_value=4,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    unit = forms.CharField(
        label=_("Unit of the result"), max_length=30, required=False, widget=forms.TextInput(attrs=TEXTS)
    )
    unit_en = forms.CharField(
        label=_("Unit of the result in English"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs=TEXTS),
    )

    def __init__(self, data: QueryDict | None, *, page: OwnFigurePage) -> None:
        super().__init__(data)
        choices = [(item.code, with_unit(item.name, item.unit)) for item in page.measures]
        for name in ("measures", "over"):
            self.fields[name] = forms.MultipleChoiceField(
                label=self.fields[name].label,
                widget=forms.CheckboxSelectMultiple,
                required=name == "measures",
                choices=choices,
                error_messages={"required": _("Choose at least one measure that is counted.")},
            )

    def formula(self) -> Formula:
        given = self.cleaned_data
        form = Form(given["form"])
        return Formula(
            form=form,
            measures=tuple(given["measures"]),
            over=() if form is Form.SUM else tuple(given["over"]),
            decimals=given["decimals"],
            unit=given["unit"],
            unit_en=given["unit_en"],
        )


class FigureNamesForm(NamedForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, page: OwnFigurePage) -> None:
        own = page.row.own if page.row else None
        initial = {"name": own.name, "name_en": own.name_en, "version": own.version} if own else {}
        super().__init__(data, initial=initial)
