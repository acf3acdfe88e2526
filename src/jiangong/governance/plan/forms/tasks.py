"""Forms of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangong.governance.plan.forms.campaigns import VersionedForm
from jiangong.governance.plan.models import (
    TargetPeriod,
    Task,
    UnitPart,
)
from jiangong.governance.plan.queries import Offer
from jiangong.governance.plan.rules import (
    Numbered,
    TaskContent,
    milestones_in,
    milestones_written,
)
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
from jiangong.ground.organization.models import Person
from jiangong.ground.shared.errors import DomainError

NO_CHOICE = ("", "—")


class OneOfRows(forms.SelectMultiple):
    """Shows one choice, and takes all that are sent, so that two are refused and not one of them lost."""

    allow_multiple_selected = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Without the dash, which chooses none."""
        return [value for value in super().value_from_datadict(data, files, name) or () if value]


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
    notes = long_text(_("Notes"), most=300)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered = offer
        units = choices_of(offer.units)
        people = [(person.pk, person_said(person)) for person in offer.people]
        self._offer("lead_unit", [NO_CHOICE, *units])
        self._offer("leader", [NO_CHOICE, *people])
        self._offer("persons", people)
        self._offer("responsible_units", units)
        self._offer("cooperating_units", units)
        self._offer("target_unit", [NO_CHOICE, *units])
        self._offer("needs", [(task.pk, task_said(task, place)) for task, place in offer.tasks])
        figures = [(str(key), f"{name} · {unit}") for key, name, unit in offer.figures]
        self._offer("figure", [("", _("none: the task has no figure")), *figures])

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        widget = self.fields[name].widget
        if isinstance(widget, forms.Select):
            widget.choices = choices

    @property
    def people_address(self) -> str:
        """Where the form asks for people; empty where all stand in it."""
        return self._address("people") if self._offered.asks_people else ""

    @property
    def tasks_address(self) -> str:
        return self._address("tasks") if self._offered.asks_tasks else ""

    def _address(self, kind: str) -> str:
        return reverse("plan:choices", args=[self._offered.campaign.uuid, kind])

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
            notes=data["notes"],
        )


def task_said(task: Task, place: Numbered) -> str:
    return f"{place.number} {task.title}"


def person_said(person: Person) -> str:
    return f"{person.name} · {person.unit}{' · ' if person.title else ''}{person.title}"


def initial_of(task: Task) -> dict[str, Any]:
    """What the form of a task begins with."""
    units = list(task.units.values_list("unit_id", "part"))
    names = (
        "title",
        "item",
        "detail",
        "standard",
        "since",
        "until",
        "evidence",
        "notes",
        "figure",
        "version",
    )
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
    above = forms.CharField(required=False, max_length=60)
    place = forms.IntegerField(min_value=1, max_value=999)
