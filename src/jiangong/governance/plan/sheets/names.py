"""Units, people, figures and campaigns as the table of tasks writes them, each so that it is read as the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.utils import translation

from jiangong.books.figures.queries import FigureUnknown, all_keys, names_of
from jiangong.books.figures.rules.catalogue import FigureKey, catalogue
from jiangong.governance.plan import access
from jiangong.governance.plan.models import Campaign
from jiangong.governance.plan.operations.errors import (
    CampaignUnknown,
    CampaignUnsaid,
    PersonSeveral,
    PersonUnknown,
)
from jiangong.ground.organization.models import Ancestry, Person, Unit
from jiangong.ground.organization.queries import NamedUnits
from jiangong.ground.shared.rules import words
from jiangong.ground.sheets.rules import Context

BETWEEN = "、"
APART = re.compile(r"[、,，;；\n]")
WITH_UNIT = re.compile(r"(.+?)\s*[（(]([^（()）]+)[)）]")
BY_NUMBER = re.compile(r"#(\d{1,18})")


def parts(text: str) -> list[str]:
    return [part for part in map(words.line, APART.split(text)) if part]


@dataclass
class Names:
    """Of one federation; all its units and people that ever were, so that what was exported stays readable."""

    federation_id: int
    units: NamedUnits
    people: Sequence[Person]
    campaigns: Sequence[str] = field(default=())

    @classmethod
    def of(cls, federation_id: int, *, campaigns: Sequence[str] = ()) -> Names:
        within = Ancestry.objects.filter(ancestor_id=federation_id).values("unit_id")
        units = list(Unit.objects.filter(pk__in=within).order_by("code"))
        people = Person.objects.filter(unit_id__in=within).only(
            "name", "unit_id", "until", "title", "version"
        )
        return cls(federation_id, NamedUnits(units), list(people), campaigns)

    @classmethod
    def nothing(cls) -> Names:
        return cls(0, NamedUnits(()), ())

    @cached_property
    def _units_by_id(self) -> dict[int, Unit]:
        return {unit.pk: unit for unit in self.units.by_code.values()}

    @cached_property
    def _by_name(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self.people:
            found.setdefault(words.folded(person.name), []).append(person)
        return found

    @cached_property
    def _people_by_id(self) -> dict[int, Person]:
        return {person.pk: person for person in self.people}

    @cached_property
    def _figures(self) -> dict[FigureKey, str]:
        return names_of(all_keys(unit_id=self.federation_id)) if self.federation_id else {}

    @cached_property
    def _figure_names(self) -> dict[str, list[FigureKey]]:
        """In every language of the house."""
        found: dict[str, list[FigureKey]] = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                for key, name in names_of(list(self._figures)).items():
                    keys = found.setdefault(words.folded(name), [])
                    keys += [] if key in keys else [key]
        return found

    # what is offered

    @property
    def offered_units(self) -> list[str]:
        return [self.units.written(unit) for unit in self.units.by_code.values() if unit.until is None]

    @property
    def offered_people(self) -> list[str]:
        return [self.person_written(person.pk) for person in self.people if person.until is None]

    @property
    def offered_figures(self) -> list[str]:
        return [self.figure_written(str(key)) for key in self._figures]

    # written

    def unit_written(self, pk: int) -> str:
        unit = self._units_by_id[pk]
        name = self.units.written(unit)
        return unit.code if APART.search(name) or words.line(name) != name else name

    def units_written(self, pks: Iterable[int]) -> str:
        return BETWEEN.join(self.unit_written(pk) for pk in pks)

    def people_written(self, pks: Iterable[int]) -> str:
        return BETWEEN.join(self.person_written(pk) for pk in pks)

    def person_written(self, pk: int) -> str:
        """The shortest of name, name with unit, and number that is read as the same person."""
        person = self._people_by_id[pk]
        for text in (person.name, f"{person.name}（{self.unit_written(person.unit_id)}）"):
            if parts(text) == [text] and self._whole(text) == [person]:
                return text
        return f"#{pk}"

    def figure_written(self, code: str) -> str:
        key = FigureKey.parse(code)
        name = self._figures.get(key, "")
        return name if self._figure_names.get(words.folded(name)) == [key] else code

    # read

    def units_read(self, text: str) -> list[int]:
        """Refuses what names none or several (NoSuchUnit, SeveralUnits)."""
        return [self.units.named(part).pk for part in parts(text)]

    def people_read(self, text: str) -> list[int]:
        """Refuses what names nobody, or several (PersonUnknown, PersonSeveral)."""
        return [pk for part in parts(text) for pk in self._people_in(part)]

    def _people_in(self, text: str) -> list[int]:
        """One name; or names with blanks between, where the whole is nobody's."""
        found = self._whole(text)
        if not found and " " in text:
            return [pk for part in text.split() for pk in self._people_in(part)]
        if not found:
            raise PersonUnknown(name=text)
        if len(found) > 1:
            example = f"{found[0].name}（{self.unit_written(found[0].unit_id)}）"
            raise PersonSeveral(name=text, example=example)
        return [found[0].pk]

    def _whole(self, text: str) -> list[Person]:
        """Whom it may mean; who left is meant only where nobody else is."""
        number = BY_NUMBER.fullmatch(text)
        if number:
            return [person for person in [self._people_by_id.get(int(number[1]))] if person]
        found = self._by_name.get(words.folded(text), [])
        named = WITH_UNIT.fullmatch(text)
        if not found and named:
            found = [
                person
                for person in self._by_name.get(words.folded(named[1]), [])
                if self._is_of(person, named[2])
            ]
        return [person for person in found if person.until is None] or found

    def _is_of(self, person: Person, unit: str) -> bool:
        of = self._units_by_id[person.unit_id]
        return unit == of.code or words.folded(unit) in {words.folded(of.name), words.folded(of.short_name)}

    def figure_read(self, text: str) -> str:
        """By its name in any language, or by its code. Refuses what there is not (FigureUnknown)."""
        found = self._figure_names.get(words.folded(text), [])
        if len(found) == 1:
            return str(found[0])
        if FigureKey.parse(text).code in catalogue:
            return text
        raise FigureUnknown("figure", figure=text)


def names_for(context: Context) -> Names:
    """What a template offers: of the federation that the actor plans for, at or above the unit looked at."""
    found = [campaign for campaign in planned(context) if campaign.closed_at is None]
    asked = context.filters.get("campaign", "")
    found = [campaign for campaign in found if str(campaign.uuid) == asked] or found
    if not found:
        return Names.nothing()
    federation_id = found[0].book.federation_id
    return Names.of(federation_id, campaigns=[Campaigns(found).written(campaign) for campaign in found])


def planned(context: Context) -> list[Campaign]:
    """The campaigns whose tasks the actor may bring in."""
    federations = set(access.federations_to_plan(context.actor).values_list("pk", flat=True))
    found = access.campaigns_in_reach(context.actor).select_related("book__federation", "programme")
    return [campaign for campaign in found if campaign.book.federation_id in federations]


class Campaigns:
    """By name, or by identifier where two are called the same."""

    def __init__(self, campaigns: Sequence[Campaign]) -> None:
        self._all = campaigns
        self._running = [campaign for campaign in campaigns if campaign.closed_at is None]

    def written(self, campaign: Campaign) -> str:
        return campaign.name if self._called(campaign.name) == [campaign] else str(campaign.uuid)

    def read(self, text: str) -> Campaign:
        """Refuses a name that none has, and no name where not just one runs (CampaignUnknown, CampaignUnsaid)."""
        found = self._called(text) if text else self._running
        if len(found) == 1:
            return found[0]
        if text:
            raise CampaignUnknown(name=text)
        raise CampaignUnsaid

    def _called(self, text: str) -> list[Campaign]:
        folded = words.folded(text)
        return [one for one in self._all if words.folded(one.name) == folded or str(one.uuid) == text]
