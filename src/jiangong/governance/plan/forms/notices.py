"""Forms of supervision: notices, and how reminders come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from jiangong.governance.plan.forms.campaigns import VersionedForm
from jiangong.governance.plan.forms.tasks import NO_CHOICE
from jiangong.governance.plan.models import NoticeLevel, Rhythm, Robot, RobotKind, TaskProgress
from jiangong.governance.plan.operations import NoticeContent
from jiangong.ground.organization.forms import ActForm, RowField, capitalized, day_field, text_field


class NoticeForm(ActForm):
    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    level = forms.ChoiceField(label=_("Level"), choices=capitalized(NoticeLevel))
    is_talk = forms.BooleanField(
        label=_("Summon the leading official to a talk"), required=False, help_text=_("with a red notice")
    )
    words = forms.CharField(
        label=_("What is asked"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5})
    )
    answer_due_on = day_field(_("Answer due on"))

    @property
    def content(self) -> NoticeContent:
        names = ("level", "words", "answer_due_on", "is_talk")
        return NoticeContent(**{name: self.cleaned_data[name] for name in names})


class AnswerForm(VersionedForm):
    answer = forms.CharField(label=_("Feedback"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    report = RowField(label=_("Confirmed progress"), required=False)

    def __init__(self, *args: Any, reports: Sequence[TaskProgress], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        report = self.fields["report"]
        if isinstance(report, RowField):
            report.choices = [NO_CHOICE, *((one.pk, _report_said(one)) for one in reports)]


def _report_said(report: TaskProgress) -> str:
    record = report.record
    return f"{report.percent}% · {date_format(record.happened_on, 'DATE_FORMAT')} · {record.unit}"


class ReminderChoiceForm(VersionedForm):
    rhythm = forms.ChoiceField(label=_("By mail"), choices=capitalized(Rhythm))
    mail = forms.CharField(
        label=_("Mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class RobotForm(ActForm):
    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = text_field(Robot, "name", label=_("Name"))
    kind = forms.ChoiceField(label=_("Kind"), choices=capitalized(RobotKind))
    address = forms.CharField(
        label=_("Webhook address"),
        max_length=500,
        help_text=_("as the chat shows it; it is kept sealed and never shown again"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )
    secret = forms.CharField(
        label=_("Secret for signing"),
        required=False,
        max_length=200,
        help_text=_("of DingTalk and Feishu, where signing is switched on; WeCom has none"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    rhythm = forms.ChoiceField(label=_("How often"), choices=capitalized(Rhythm))
