"""What people type about a kind of activity: names, evidence, and up to eight quantities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from jiangong.books.evidence.rules import CAPTION_PARTS
from jiangong.books.ledger.measures import MeasureDefinition, measures, with_unit
from jiangong.ground.organization.forms import TEXTS, ActForm, QuantityText, written
from jiangong.ground.shared.templatetags.house import icon
from jiangong.work.activities.queries import ICONS, KindDefinition
from jiangong.work.activities.rules import Asked, KindContent

ROWS = 8


@dataclass(frozen=True, slots=True)
class AskedRow:
    """The fields of one quantity."""

    measure: forms.BoundField
    required: forms.BoundField
    low: forms.BoundField
    high: forms.BoundField
    place: forms.BoundField


class KindForm(ActForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=40,
        widget=forms.TextInput(attrs=TEXTS),
        error_messages={"required": _("Give the kind the name by which people choose it.")},
    )
    name_en = forms.CharField(
        label=_("English name"), max_length=60, required=False, widget=forms.TextInput(attrs=TEXTS)
    )
    icon = forms.ChoiceField(label=_("Icon"), widget=forms.RadioSelect)
    order = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=30_000)
    photos = forms.IntegerField(label=_("Photos needed"), min_value=0, max_value=20)
    caption_parts = forms.MultipleChoiceField(
        label=_("Every caption states"),
        required=False,
        choices=list(CAPTION_PARTS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    asks_venue = forms.BooleanField(label=_("Ask for the venue first"), required=False)
    asks_community = forms.BooleanField(label=_("Ask for the community first"), required=False)
    asks_lecturer = forms.BooleanField(label=_("Ask for the lecturer first"), required=False)
    allows_online = forms.BooleanField(label=_("May be held online"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, definition: KindDefinition) -> None:
        super().__init__(data, initial=_initial(definition), auto_id="kind_%s")
        self.definition = definition
        self.fields["icon"] = forms.ChoiceField(
            label=_("Icon"), choices=[(name, _pictured(name)) for name in ICONS], widget=forms.RadioSelect
        )
        choices = [("", "—"), *((item.code, _called(item)) for item in definition.typed)]
        for row in range(ROWS):
            self.fields[f"measure_{row}"] = forms.ChoiceField(
                label=_("Quantity"), required=False, choices=choices
            )
            self.fields[f"required_{row}"] = forms.BooleanField(label=_("must be there"), required=False)
            self.fields[f"low_{row}"] = QuantityText(label=_("Usually from"))
            self.fields[f"high_{row}"] = QuantityText(label=_("Usually to"))
            self.fields[f"place_{row}"] = forms.IntegerField(
                label=_("Order"), required=False, min_value=1, max_value=99
            )

    @property
    def asked_rows(self) -> Iterator[AskedRow]:
        for row in range(ROWS):
            names = ("measure", "required", "low", "high", "place")
            yield AskedRow(*(self[f"{name}_{row}"] for name in names))

    def content(self) -> KindContent:
        """Of what was typed; what could not be read is left out, so that a preview shows the rest."""
        given = self.cleaned_data
        return KindContent(
            name=given.get("name", ""),
            name_en=given.get("name_en", ""),
            icon=given.get("icon") or ICONS[0],
            order=given.get("order") or 0,
            photos=given.get("photos") or 0,
            caption_parts=tuple(given.get("caption_parts") or ()),
            allows_online=given.get("allows_online", False),
            asks_venue=given.get("asks_venue", False),
            asks_lecturer=given.get("asks_lecturer", False),
            asks_community=given.get("asks_community", False),
            asks=tuple(self._asks()),
        )

    def _asks(self) -> list[Asked]:
        """In the order that was typed. Without a range of its own a quantity takes that of its measure."""
        given, found = self.cleaned_data, []
        for row in range(ROWS):
            code = given.get(f"measure_{row}")
            if not code:
                continue
            factor = measures[code].factor
            low, high = (_smallest(given.get(f"{end}_{row}"), factor) for end in ("low", "high"))
            if low is None and high is None:
                low, high = self.definition.usual.get(code, (None, None))
            place = given.get(f"place_{row}") or row + 1
            found.append((place, row, Asked(code, low, high, given.get(f"required_{row}", False))))
        return [asked for _place, _row, asked in sorted(found, key=lambda one: one[:2])]


def _smallest(number: Decimal | None, factor: int) -> int | None:
    return None if number is None else int(number * factor)


def _initial(definition: KindDefinition) -> dict[str, Any]:
    content, kind = definition.content, definition.kind
    initial: dict[str, Any] = {
        name: getattr(content, name)
        for name in ("name", "name_en", "icon", "order", "photos", "allows_online")
    }
    initial |= {
        "asks_venue": content.asks_venue,
        "asks_lecturer": content.asks_lecturer,
        "asks_community": content.asks_community,
        "caption_parts": list(content.caption_parts),
        "version": kind.version if kind else None,
    }
    for row, asked in enumerate(content.asks[:ROWS]):
        factor = measures[asked.measure].factor
        initial |= {
            f"measure_{row}": asked.measure,
            f"required_{row}": asked.required,
            f"low_{row}": written(asked.low, factor),
            f"high_{row}": written(asked.high, factor),
        }
    return initial | {f"place_{row}": row + 1 for row in range(ROWS)}


def _pictured(name: str) -> str:
    return format_html('{}<span class="visually-hidden">{}</span>', icon(name), name)


def _called(definition: MeasureDefinition) -> str:
    return with_unit(definition.name, definition.unit)
