"""The contents that amendments carry, in the words that people read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jiangong.books.ledger import measures as ledger_measures
from jiangong.books.ledger.measures import CountUnit, Line
from jiangong.ground.organization.models import Unit
from jiangong.work.activities.models import Basis, Lecturer, Topic, Venue, VenueKind


def activity_described(content: dict[str, Any]) -> list[Line]:
    return [
        Line(_("Title"), content["title"], "title"),
        Line(_("Date"), _day(content["happened_on"]), "happened_on"),
        *_quantities(content["quantities"]),
        Line(_("Venue"), _names(Venue, content["venue"]), "venue"),
        Line(_("Place"), content["place"], "place"),
        Line(_("Community"), _names(Unit, content["community"]), "community"),
        Line(_("Lecturer"), _names(Lecturer, content["lecturer"]), "lecturer"),
        Line(_("Topic"), _names(Topic, content["topic"]), "topic"),
        Line(_("Partners"), _names(Unit, *content["partners"]), "partners"),
        Line(_("Held online"), _("yes") if content["is_online"] else _("no"), "is_online"),
        Line(_("Basis of the count"), str(Basis(content["basis"]).label), "basis"),
        Line(_("Note"), content["note"], "note"),
    ]


def venue_described(content: dict[str, Any]) -> list[Line]:
    return [
        Line(_("Title"), content["title"], "title"),
        Line(_("Date"), _day(content["happened_on"]), "happened_on"),
        Line(_("Kind"), str(VenueKind(content["kind"]).label), "kind"),
        Line(_("Brand"), content["brand"], "brand"),
        Line(_("Address"), content["address"], "address"),
        Line(_("Seats"), str(content["capacity"] or ""), "capacity"),
        Line(_("Place on the map"), _place(content), "latitude"),
        Line(_("Last day in use"), _day(content["until"]), "until"),
    ]


def _place(content: Mapping[str, Any]) -> str:
    return f"{content['latitude']}, {content['longitude']}" if content.get("latitude") else ""


def _day(text: str | None) -> str:
    return date_format(date.fromisoformat(text), "DATE_FORMAT") if text else ""


def _names(model: type[Model], *numbers: int | None) -> str:
    wanted = [number for number in numbers if number is not None]
    if not wanted:
        return ""
    found = model._default_manager.in_bulk(wanted)
    return "、".join(str(found[number]) for number in wanted if number in found)


def _quantities(quantities: Mapping[str, int]) -> list[Line]:
    lines = []
    for code, quantity in quantities.items():
        definition = ledger_measures.measures[code]
        unit = CountUnit(definition.unit)
        lines.append(Line(str(definition.name), f"{definition.shown(quantity)} {unit.label}", code))
    return lines
