"""Forms of progress reported by hand, and of striking off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangong.books.evidence.forms import ManyFilesField
from jiangong.books.evidence.operations import Upload
from jiangong.governance.plan.forms.campaigns import VersionedForm
from jiangong.governance.plan.operations import Recheck
from jiangong.governance.plan.queries import ReportOffer
from jiangong.governance.plan.rules import (
    ProgressContent,
)
from jiangong.ground.organization.forms import (
    RowField,
    RowsField,
    choices_of,
    day_field,
)


class ProgressForm(VersionedForm):
    """A report of progress with its photos; amended, with the reason of the amendment instead."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    photos = ManyFilesField(label=_("Photos"), required=False)
    remove = RowsField(required=False)
    percent = forms.IntegerField(
        label=_("Progress, in per cent"),
        error_messages={"invalid": _("Give the progress as a whole number from 0 to 100.")},
    )
    happened_on = day_field(_("Progress as of"))
    unit = RowField(label=_("Reported by"))
    words = forms.CharField(
        label=_("What was done"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    reason = forms.CharField(label=_("Why it went back"), max_length=300, required=False)
    because = forms.CharField(
        label=_("Reason for the amendment"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, offer: ReportOffer, amends: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["percent"].widget.attrs |= {"min": 0, "max": 100, "inputmode": "numeric"}
        unit = self.fields["unit"]
        if isinstance(unit, RowField):
            unit.choices = choices_of(offer.units)
        for name in ("photos", "remove") if amends else ("because",):
            del self.fields[name]

    @property
    def content(self) -> ProgressContent:
        data = self.cleaned_data
        return ProgressContent(data["happened_on"], data["percent"], data["words"], data["reason"])

    def uploads(self) -> list[Upload]:
        return uploads_of(self, "photos")


class RecheckForm(VersionedForm):
    """What the office saw on the spot."""

    on = day_field(_("Day of the re-check"))
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    words = forms.CharField(
        label=_("What was seen"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    before = ManyFilesField(label=_("Photos from before"), required=False)
    after = ManyFilesField(label=_("Photos from now"), required=False)

    @property
    def recheck(self) -> Recheck:
        data = self.cleaned_data
        return Recheck(
            on=data["on"],
            place=data["place"],
            words=data["words"],
            before=uploads_of(self, "before"),
            after=uploads_of(self, "after"),
        )


class ClosingActForm(VersionedForm):
    """A step of a closing that takes words only."""

    uuid = forms.UUIDField(required=False)
    words = forms.CharField(max_length=300, required=False)
    reason = forms.CharField(max_length=300, required=False)


def uploads_of(form: forms.Form, name: str) -> list[Upload]:
    files = form.cleaned_data.get(name) or ()
    return [Upload(file.name or "", file.size or 0, file.file) for file in files]
