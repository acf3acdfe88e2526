"""Forms of the report pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangong.governance.reports import access
from jiangong.governance.reports.models import Report
from jiangong.governance.reports.operations import LONGEST_LINE, LONGEST_REASON, LONGEST_TEXT
from jiangong.governance.reports.rules import titles
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules import periods
from jiangong.ground.shared.rules.periods import Period


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class UnitChoice(forms.ModelChoiceField[Unit]):
    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class ReportForm(forms.Form):
    """A report's title, scope and period. A title left empty is proposed from the unit and the period."""

    unit = UnitChoice(queryset=Unit.objects.none(), label=_("About"), empty_label=None)
    since = forms.DateField(label=_("Period from"), widget=DayInput)
    until = forms.DateField(label=_("Period to"), widget=DayInput)
    title = forms.CharField(label=_("Title"), max_length=LONGEST_LINE, required=False)
    subtitle = forms.CharField(label=_("Subtitle"), max_length=LONGEST_LINE, required=False)
    organ = forms.CharField(label=_("Signed by"), max_length=LONGEST_LINE, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = access.units_for_reports(actor)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until, unit = cleaned.get("since"), cleaned.get("until"), cleaned.get("unit")
        if since and until and since > until:
            self.add_error("until", _("The last day lies before the first. Swap the two."))
        elif since and until and (refusal := _unreadable(Period(since, until))):
            self.add_error("since", refusal)
        elif since and until and unit and not cleaned.get("title"):
            cleaned["title"] = titles.proposed_title(unit=unit.name, period=Period(since, until))[
                :LONGEST_LINE
            ]
        return cleaned

    @property
    def content(self) -> ReportContent:
        return ReportContent(
            title=self.cleaned_data["title"],
            since=self.cleaned_data["since"],
            until=self.cleaned_data["until"],
            text=self.cleaned_data.get("text", ""),
            subtitle=self.cleaned_data["subtitle"],
            organ=self.cleaned_data["organ"],
        )


def _unreadable(period: Period) -> str:
    try:
        periods.require_readable(period)
    except DomainError as refusal:
        return str(refusal)
    return ""


class NewReportForm(ReportForm):
    uuid = forms.UUIDField(widget=forms.HiddenInput)


class EditorForm(ReportForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"spellcheck": "false", "data-editor-text": ""}),
    )

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")


class IssueForm(forms.Form):
    dated_on = forms.DateField(label=_("Date of the report"), widget=DayInput)
    reason = forms.CharField(
        label=_("Reason for issuing anyway"),
        required=False,
        max_length=LONGEST_REASON,
        error_messages={"required": _("Errors are open. Say why the report is issued anyway.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    confirmed = forms.BooleanField(
        label=_("I have looked at the open findings, and issue the report as it stands."),
        error_messages={
            "required": _("Some findings are open. Correct them, or tick that you have seen them.")
        },
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    position = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks_to_confirm: bool, asks_for_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = asks_for_reason
        if not asks_to_confirm:
            del self.fields["confirmed"]


def editor_initial(report: Report, *, shown: str) -> dict[str, Any]:
    """`shown`: the text with names in its marks."""
    return {
        "unit": report.unit_id,
        "since": report.since,
        "until": report.until,
        "title": report.title,
        "subtitle": report.subtitle,
        "organ": report.organ,
        "text": shown,
        "version": report.version,
    }
