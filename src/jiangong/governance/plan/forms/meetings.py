"""What people type about meetings, their agenda, decisions and difficulties."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jiangong.governance.plan.forms.campaigns import VersionedForm
from jiangong.governance.plan.forms.tasks import NO_CHOICE, OneOfRows, long_text, person_said
from jiangong.governance.plan.models import AgendaItem, Makes, Meeting, MeetingKind, Outcome
from jiangong.governance.plan.queries import CallOffer, WorkOffer
from jiangong.governance.plan.queries.decided import UNDER
from jiangong.governance.plan.rules import DecisionContent, ItemContent, MeetingContent
from jiangong.ground.organization.forms import (
    RowField,
    RowsField,
    capitalized,
    choices_of,
    day_field,
    text_field,
)
from jiangong.ground.organization.models import Person


def _people_said(people: Sequence[Person]) -> list[tuple[int, str]]:
    return [(person.pk, person_said(person)) for person in people]


def time_field(label: Any, *, required: bool = True) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, required=required, widget=widget)


class OfferingForm(VersionedForm):
    def offer_choices(self, **choices: Sequence[tuple[Any, Any]]) -> None:
        """What selects offer. Whether a choice is allowed, the operation says."""
        for name, offered in choices.items():
            self.fields[name].widget.choices = offered


class MeetingForm(OfferingForm):
    """A meeting that is called: when, where, who is asked, and what of the proposed goes on its agenda."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = forms.CharField(label=_("Kind"), max_length=40, widget=forms.Select)
    title = text_field(Meeting, "title", label=_("Title"))
    held_on = day_field(_("Date"))
    begins = time_field(_("Begins at"))
    ends = time_field(_("Ends at"), required=False)
    place = text_field(Meeting, "place", label=_("Place"))
    chair = RowField(label=_("Chair"), required=False)
    recorder = RowField(label=_("Recorder"), required=False)
    members = RowsField(label=_("To attend"), required=False)
    observers = RowsField(label=_("To sit in"), required=False)
    guests = text_field(Meeting, "guests", label=_("Guests"))
    proposed = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, offer: CallOffer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = _people_said(offer.people)
        self.offer_choices(
            kind=offer.kinds,
            chair=[NO_CHOICE, *people],
            recorder=[NO_CHOICE, *people],
            members=people,
            observers=people,
        )
        self.proposals = offer.proposed
        keys = {one.key for group in offer.proposed for one in group.rows}
        proposed = self.fields["proposed"]
        if isinstance(proposed, forms.MultipleChoiceField):
            proposed.choices = [(key, key) for key in sorted(keys)]

    @property
    def ticked(self) -> list[str]:
        return list(self["proposed"].value() or ())

    @property
    def content(self) -> MeetingContent:
        data = self.cleaned_data
        names = ("kind", "title", "held_on", "begins", "ends", "place", "guests")
        return MeetingContent(
            **{name: data[name] for name in names},
            chair_id=data["chair"],
            recorder_id=data["recorder"],
            member_ids=tuple(data["members"]),
            observer_ids=tuple(data["observers"]),
        )


class ItemForm(OfferingForm):
    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = text_field(AgendaItem, "title", label=_("Agenda item"))
    speaker = text_field(AgendaItem, "speaker", label=_("Speaker"))
    words = long_text(_("Background"), most=1000)
    task = RowField(label=_("Task it treats"), required=False)
    difficulty = RowField(label=_("Difficulty it treats"), required=False)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        required=False,
        choices=[(value, capfirst(label)) for value, label in Outcome.choices],
    )
    result = long_text(_("What came of it"), most=1000)

    def __init__(self, *args: Any, offer: WorkOffer, is_held: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_held = is_held
        tasks = [(task.pk, f"{place.number} {task.title}") for task, place in offer.tasks]
        difficulties = [(one.pk, one.words[:60]) for one in offer.difficulties]
        self.offer_choices(task=[NO_CHOICE, *tasks], difficulty=[NO_CHOICE, *difficulties])

    @property
    def content(self) -> ItemContent:
        data = self.cleaned_data
        return ItemContent(
            title=data["title"],
            speaker=data["speaker"],
            words=data["words"],
            task_id=data["task"],
            difficulty_id=data["difficulty"],
            outcome=data["outcome"] if self.is_held else "",
            result=data["result"] if self.is_held else "",
        )


class DecisionForm(OfferingForm):
    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(label=_("Decision"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    makes = forms.ChoiceField(label=_("Becomes"), choices=capitalized(Makes))
    lead_unit = RowsField(label=_("Lead unit"), required=False, widget=OneOfRows)
    persons = RowsField(label=_("Responsible persons"), required=False)
    until = day_field(_("Deadline"), required=False)
    parent = RowField(label=_("Below the task"), required=False)
    difficulty = RowField(label=_("Difficulty it solves"), required=False)

    def __init__(self, *args: Any, offer: WorkOffer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tasks = [(task.pk, f"{place.number} {task.title}") for task, place in offer.tasks]
        self.offer_choices(
            lead_unit=[NO_CHOICE, *choices_of(offer.units)],
            persons=_people_said(offer.people),
            parent=[("", UNDER), *tasks],
            difficulty=[NO_CHOICE, *((one.pk, one.words[:60]) for one in offer.difficulties)],
        )

    @property
    def content(self) -> DecisionContent:
        data = self.cleaned_data
        return DecisionContent(
            words=data["words"],
            makes=data["makes"],
            lead_unit_ids=tuple(data["lead_unit"]),
            person_ids=tuple(data["persons"]),
            due_on=data["until"],
            parent_id=data["parent"],
            difficulty_id=data["difficulty"],
        )


class DifficultyForm(VersionedForm):
    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=_("What stands in the way"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    asks = forms.CharField(
        label=_("What is asked for"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MeetingKindForm(VersionedForm):
    name = text_field(MeetingKind, "name", label=_("Name"))
    name_en = text_field(MeetingKind, "name_en", label=_("English name"))
