"""What people type about a meeting that was held: who came, and other words for confirmed minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jiangong.governance.plan.forms.campaigns import VersionedForm
from jiangong.governance.plan.forms.meetings import time_field
from jiangong.governance.plan.forms.tasks import long_text
from jiangong.governance.plan.models import AgendaItem, Attendance, Decision, Meeting, Outcome
from jiangong.governance.plan.rules import Came
from jiangong.ground.organization.forms import TEXTS, text_field

CAME, ABSENT = "came", "absent"
REASON = {**TEXTS, "class": "form-control", "placeholder": _("reason, when absent")}
OUTCOMES = [(value, capfirst(label)) for value, label in Outcome.choices]


@dataclass(frozen=True, slots=True)
class RollRow:
    row: Attendance
    came: forms.BoundField
    reason: forms.BoundField


class RollForm(VersionedForm):
    """One line for everybody who was asked: whether they came, and why not."""

    guests = text_field(Meeting, "guests", label=_("Guests"))

    def __init__(self, *args: Any, roll: Sequence[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roll = roll
        for row in roll:
            self.fields[f"came_{row.person_id}"] = forms.ChoiceField(
                label=row.person.name,
                choices=[(CAME, _("present")), (ABSENT, _("absent"))],
                initial=ABSENT if row.came is False else CAME,
                widget=forms.Select(attrs={"class": "form-select"}),
            )
            self.fields[f"reason_{row.person_id}"] = forms.CharField(
                label=_("Reason of %(person)s") % {"person": row.person.name},
                required=False,
                max_length=120,
                initial=row.reason,
                widget=forms.TextInput(
                    attrs={**TEXTS, "class": "form-control", "placeholder": _("reason, when absent")}
                ),
            )

    @property
    def lines(self) -> Iterator[RollRow]:
        for row in self.roll:
            yield RollRow(row, self[f"came_{row.person_id}"], self[f"reason_{row.person_id}"])

    @property
    def came(self) -> list[Came]:
        data = self.cleaned_data
        return [
            Came(row.person_id, data[f"came_{row.person_id}"] == CAME, data[f"reason_{row.person_id}"])
            for row in self.roll
        ]


@dataclass(frozen=True, slots=True)
class ItemRow:
    item: AgendaItem
    outcome: forms.BoundField
    result: forms.BoundField


@dataclass(frozen=True, slots=True)
class DecisionRow:
    decision: Decision
    words: forms.BoundField


class AmendForm(RollForm):
    """Other words for confirmed minutes, with the reason that another person reads."""

    title = text_field(Meeting, "title", label=_("Title"))
    begins = time_field(_("Begins at"))
    ends = time_field(_("Ends at"), required=False)
    place = text_field(Meeting, "place", label=_("Place"))
    reason = forms.CharField(
        label=_("Why is it changed?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        items: Sequence[AgendaItem],
        decisions: Sequence[Decision],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.decisions = items, decisions
        for item in items:
            self.fields[f"outcome_{item.pk}"] = forms.ChoiceField(
                label=item.title, required=False, choices=OUTCOMES, initial=item.outcome
            )
            self.fields[f"result_{item.pk}"] = long_text(_("What came of it"), most=1000)
            self.initial[f"result_{item.pk}"] = item.result
        for one in decisions:
            self.fields[f"words_{one.pk}"] = forms.CharField(
                label=_("Decision %(number)s") % {"number": one.place},
                max_length=500,
                initial=one.words,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def item_rows(self) -> Iterator[ItemRow]:
        for item in self.items:
            yield ItemRow(item, self[f"outcome_{item.pk}"], self[f"result_{item.pk}"])

    @property
    def decision_rows(self) -> Iterator[DecisionRow]:
        for one in self.decisions:
            yield DecisionRow(one, self[f"words_{one.pk}"])

    def content(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """What the record said, with what was typed in its place."""
        data = self.cleaned_data
        came = {one.person_id: one for one in self.came}
        items = {str(item.uuid): item.pk for item in self.items}
        decided = {str(one.uuid): one.pk for one in self.decisions}
        return {
            **before,
            **{name: " ".join(data[name].split()) for name in ("title", "place", "guests")},
            "begins": data["begins"].isoformat("minutes"),
            "ends": data["ends"].isoformat("minutes") if data["ends"] else None,
            "roll": [
                [pk, part, came[pk].came, "" if came[pk].came else came[pk].reason]
                for pk, part, _came, _reason in before["roll"]
            ],
            "items": [
                [
                    *row[:4],
                    data[f"outcome_{items[row[0]]}"],
                    data[f"result_{items[row[0]]}"].replace("\r\n", "\n"),
                ]
                for row in before["items"]
            ],
            "decisions": [
                [row[0], data[f"words_{decided[row[0]]}"].replace("\r\n", "\n").strip(), *row[2:]]
                for row in before["decisions"]
            ],
        }
