"""Forms of campaigns, their programmes, titles, leading bodies, calendar feeds and lights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jiangong.governance.plan.models import (
    Campaign,
    CampaignKind,
    NoticesFrom,
    Programme,
    Title,
    TitleHolder,
    TitleLevel,
)
from jiangong.governance.plan.operations import CampaignContent
from jiangong.governance.plan.rules import LightPolicy
from jiangong.ground.organization.forms import (
    ActForm,
    RowField,
    capitalized,
    choices_of,
    day_field,
    text_field,
)
from jiangong.ground.organization.models import Unit


class VersionedForm(ActForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CampaignForm(VersionedForm):
    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    federation = RowField(label=_("Federation"))
    name = text_field(Campaign, "name", label=_("Name"))
    kind = forms.ChoiceField(label=_("Kind"), choices=capitalized(CampaignKind))
    title_sought = forms.ChoiceField(label=_("Title sought"), choices=())
    edition = text_field(Campaign, "edition", label=_("Edition of the assessment system"))
    since = day_field(_("Begins on"))
    until = day_field(_("Ends on"))

    def __init__(
        self, *args: Any, federations: Sequence[Unit], titles: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        sought = self.fields["title_sought"]
        if isinstance(sought, forms.ChoiceField):
            sought.choices = [(code, capfirst(name)) for code, name in titles]
        federation = self.fields["federation"]
        if len(federations) < 2:
            federation.widget = forms.HiddenInput()
        if isinstance(federation, RowField):
            federation.choices = choices_of(federations)

    @property
    def content(self) -> CampaignContent:
        names = ("name", "kind", "title_sought", "since", "until", "edition")
        return CampaignContent(**{name: self.cleaned_data[name] for name in names})


class TitleForm(ActForm):
    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = text_field(Title, "name", label=_("Name"))
    level = forms.ChoiceField(label=_("Level"), choices=capitalized(TitleLevel))
    holder = forms.ChoiceField(label=_("Held by"), choices=capitalized(TitleHolder))


class LeadingForm(ActForm):
    group = forms.CharField(required=False, max_length=80)
    office = forms.CharField(required=False, max_length=80)


class FeedForm(ActForm):
    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    unit = RowField(required=False)


class ProgrammeForm(VersionedForm):
    title = text_field(Programme, "title", label=_("Title"))
    document_number = text_field(Programme, "document_number", label=_("Document number"))


class IssueForm(ActForm):
    issued_on = day_field(_("Issued on"))


class LightsForm(VersionedForm):
    near_days = forms.IntegerField(
        label=_("Near the deadline from"), help_text=_("so many days before it; the light is blue then")
    )
    slack = forms.IntegerField(
        label=_("Behind from"),
        help_text=_(
            "so many points of progress less than the share of time that has passed; the light is yellow then"
        ),
    )
    notices_from = forms.ChoiceField(
        label=_("Notices issued by themselves"), choices=capitalized(NoticesFrom)
    )
    answer_days = forms.IntegerField(label=_("Days to answer"))
    escalate_nights = forms.IntegerField(
        label=_("Summons after nights in red"), help_text=_("in a row; 0 is never")
    )
    escalate_notices = forms.IntegerField(
        label=_("Summons with the red notice number"), help_text=_("of a task, in a row; 0 is never")
    )

    @property
    def policy(self) -> LightPolicy:
        names = ("near_days", "slack", "notices_from", "answer_days", "escalate_nights", "escalate_notices")
        return LightPolicy(**{name: self.cleaned_data[name] for name in names})


class CopyForm(ActForm):
    source = forms.UUIDField()


class ReasonForm(ActForm):
    reason = forms.CharField(max_length=300)
