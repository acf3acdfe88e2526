"""Forms of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangong.governance.plan.models import (
    Campaign,
    CampaignKind,
    NoticeLevel,
    NoticesFrom,
    Programme,
    Rhythm,
    Robot,
    RobotKind,
    TargetPeriod,
    Task,
    TitleSought,
    UnitPart,
)
from jiangong.governance.plan.operations import CampaignContent, NoticeContent
from jiangong.governance.plan.queries import Offer
from jiangong.governance.plan.rules import LightPolicy, TaskContent, milestones_in, milestones_written
from jiangong.ground.organization.forms import (
    ActForm,
    QuantityText,
    RowField,
    RowsField,
    capitalized,
    choices_of,
    day_field,
    text_field,
)
from jiangong.ground.organization.models import Person, Unit
from jiangong.ground.shared.errors import DomainError

NO_CHOICE = ("", "—")


class VersionedForm(ActForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CampaignForm(VersionedForm):
    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    federation = RowField(label=_("Federation"))
    name = text_field(Campaign, "name", label=_("Name"))
    kind = forms.ChoiceField(label=_("Kind"), choices=capitalized(CampaignKind))
    title_sought = forms.ChoiceField(label=_("Title sought"), choices=capitalized(TitleSought))
    edition = text_field(Campaign, "edition", label=_("Edition of the assessment system"))
    since = day_field(_("Begins on"))
    until = day_field(_("Ends on"))

    def __init__(self, *args: Any, federations: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        federation = self.fields["federation"]
        if len(federations) < 2:
            federation.widget = forms.HiddenInput()
        if isinstance(federation, RowField):
            federation.choices = choices_of(federations)

    @property
    def content(self) -> CampaignContent:
        names = ("name", "kind", "title_sought", "since", "until", "edition")
        return CampaignContent(**{name: self.cleaned_data[name] for name in names})


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


class OneOfRows(forms.SelectMultiple):
    """Shows one choice, and takes all that are sent, so that two are refused and not one of them lost."""

    allow_multiple_selected = False


class MilestonesField(forms.CharField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Milestones"),
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("One a line, the day first: 2018-06-30 halls opened."),
        )

    def clean(self, value: Any) -> tuple[tuple[date, str], ...]:
        try:
            return milestones_in(super().clean(value))
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from refusal


def long_text(label: Any, *, most: int) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=most, widget=forms.Textarea(attrs={"rows": 3})
    )


class TaskForm(VersionedForm):
    """A task. Which choices are allowed, the operation says; what is offered helps to choose."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    parent = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = text_field(Task, "title", label=_("Task"))
    item = text_field(Task, "item", label=_("Assessment item"))
    detail = long_text(_("Content"), most=2000)
    standard = long_text(_("Standard"), most=2000)
    lead_unit = RowsField(label=_("Lead unit"), required=False, widget=OneOfRows)
    leader = RowField(label=_("Leading official"), required=False)
    persons = RowsField(label=_("Responsible persons"), required=False)
    responsible_units = RowsField(label=_("Responsible departments"), required=False)
    cooperating_units = RowsField(label=_("Cooperating units"), required=False)
    since = day_field(_("Begins on"))
    until = day_field(_("Deadline"))
    milestones = MilestonesField()
    needs = RowsField(label=_("Waits for"), required=False)
    figure = forms.CharField(label=_("Figure"), required=False, max_length=120, widget=forms.Select)
    target_value = QuantityText(label=_("Value to reach"))
    target_unit = RowField(label=_("Counted at"), required=False)
    target_period = forms.ChoiceField(
        label=_("Counted over"), choices=capitalized(TargetPeriod), required=False
    )
    evidence = long_text(_("Evidence asked for"), most=1000)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = choices_of(offer.units)
        people = [(person.pk, _person_said(person)) for person in offer.people]
        self._offer("lead_unit", [NO_CHOICE, *units])
        self._offer("leader", [NO_CHOICE, *people])
        self._offer("persons", people)
        self._offer("responsible_units", units)
        self._offer("cooperating_units", units)
        self._offer("target_unit", [NO_CHOICE, *units])
        self._offer("needs", [(task.pk, f"{place.number} {task.title}") for task, place in offer.tasks])
        figures = [(str(key), f"{name} · {unit}") for key, name, unit in offer.figures]
        self._offer("figure", [("", _("none: the task has no figure")), *figures])

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        widget = self.fields[name].widget
        if isinstance(widget, forms.Select):
            widget.choices = choices

    @property
    def has_target(self) -> bool:
        """Whether the part that asks for it stands open."""
        return any(self[name].value() or self[name].errors for name in ("figure", "target_value"))

    @property
    def has_steps(self) -> bool:
        return any(self[name].value() or self[name].errors for name in ("milestones", "needs"))

    @property
    def content(self) -> TaskContent:
        data = self.cleaned_data
        has_figure = bool(data["figure"] or data["target_value"])
        return TaskContent(
            title=data["title"],
            since=data["since"],
            until=data["until"],
            lead_unit_ids=tuple(data["lead_unit"]),
            person_ids=tuple(data["persons"]),
            item=data["item"],
            detail=data["detail"],
            standard=data["standard"],
            leader_id=data["leader"],
            responsible_unit_ids=tuple(data["responsible_units"]),
            cooperating_unit_ids=tuple(data["cooperating_units"]),
            evidence=data["evidence"],
            milestones=data["milestones"],
            needs_ids=tuple(data["needs"]),
            figure=data["figure"],
            target_value=data["target_value"],
            target_unit_id=data["target_unit"] if has_figure else None,
            target_period=data["target_period"] if has_figure else "",
        )


def _person_said(person: Person) -> str:
    return f"{person.name} · {person.unit}{' · ' if person.title else ''}{person.title}"


def initial_of(task: Task) -> dict[str, Any]:
    """What the form of a task begins with."""
    units = list(task.units.values_list("unit_id", "part"))
    names = ("title", "item", "detail", "standard", "since", "until", "evidence", "figure", "version")
    return {name: getattr(task, name) for name in names} | {
        "lead_unit": [task.lead_unit_id],
        "leader": task.leader_id,
        "persons": list(task.persons.values_list("person_id", flat=True)),
        "responsible_units": [unit for unit, part in units if part == UnitPart.RESPONSIBLE],
        "cooperating_units": [unit for unit, part in units if part == UnitPart.COOPERATING],
        "milestones": milestones_written(task.milestones.values_list("due_on", "title")),
        "needs": list(task.dependencies.values_list("needs_id", flat=True)),
        "target_value": _typed(task.target_value),
        "target_unit": task.target_unit_id,
        "target_period": task.target_period or TargetPeriod.CAMPAIGN,
    }


def _typed(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


class MoveForm(ActForm):
    parent = forms.UUIDField(required=False)
    place = forms.IntegerField(min_value=1, max_value=999)


class ReasonForm(ActForm):
    reason = forms.CharField(max_length=300)


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
