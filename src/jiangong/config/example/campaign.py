"""Loads the example through the operations that people use: units, people, halls, activities, the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid5

from jiangong.books.ledger import operations as ledger
from jiangong.config.commands import init
from jiangong.config.example import (
    closing,
    leading,
    meetings,
    official,
    places,
    plan,
    programme,
    supervision,
    told,
    unfinished,
)
from jiangong.config.example.loading import NAMESPACE, ActivityLoader, drawn, moment
from jiangong.config.example.people import Cast
from jiangong.config.example.places import Place
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import CountKind, Unit
from jiangong.ground.shared.actors import Actor, SystemActor
from jiangong.work.activities import operations as activities
from jiangong.work.activities.operations import VenueContent

Tick = Callable[[], None]


def steps() -> int:
    """How many ticks a load gives."""
    halls = plan.hall_openings([union.code for union in places.unions()])
    return len(halls) + len(plan.activities(halls)) + len(plan.other_venues(halls)) + 2


def sign_ins() -> list[str]:
    return Cast.sign_ins()


def load(*, tick: Tick) -> None:
    """A fresh database in, the campaign of 2018 to 2020 out. The same every time."""
    system = SystemActor()
    start = moment(places.CAMPAIGN[0] - timedelta(days=30), 9)
    units = _units(system, start)
    book = init.open_books(federation=units[places.FEDERATION[0]])
    cast = Cast.hire(units=units, book=book, at=start)
    tick()
    halls = plan.hall_openings([union.code for union in places.unions()])
    venues = _venues(cast, units, halls, tick)
    planned = plan.activities(halls)
    loader = ActivityLoader(book=book, units=units, cast=cast, venues=venues)
    for item, photos in zip(planned, drawn(planned), strict=True):
        loader.load(item, photos)
        tick()
    _count(system, units)
    unfinished.load(loader)
    programme.load(cast=cast, units=units)
    closing.load(cast=cast, units=units)
    leading.load(cast=cast, units=units)
    meetings.load(cast=cast, units=units)
    supervision.load(cast=cast)
    official.load(cast=cast, federation=units[places.FEDERATION[0]])
    told.load(cast=cast, federation=units[places.FEDERATION[0]])
    tick()


def _units(system: Actor, at: datetime) -> dict[str, Unit]:
    code, name = places.FEDERATION
    federation = organization.found_federation(
        actor=system, code=code, name=name, since=places.FOUNDED, at=at
    )
    units = {code: federation}
    for place in (*places.DEPARTMENTS, *places.PARTNERS, *places.COMMUNITIES, *places.unions()):
        units[place.code] = _unit(system, units, place, at)
    return units


def _count(system: Actor, units: dict[str, Unit]) -> None:
    day, population, source = places.POPULATION
    organization.set_reference_count(
        actor=system,
        unit_id=units[places.FEDERATION[0]].pk,
        kind=CountKind.POPULATION,
        on=day,
        value=population,
        source=source,
        at=moment(places.CAMPAIGN[1], 9),
    )


def _unit(system: Actor, units: dict[str, Unit], place: Place, at: datetime) -> Unit:
    return organization.create_unit(
        actor=system,
        parent_id=units[place.parent].pk,
        code=place.code,
        name=place.name,
        short_name=place.short,
        kind=place.kind,
        since=places.FOUNDED,
        division_code="321084",
        at=at,
    )


def _venues(cast: Cast, units: dict[str, Unit], halls: dict[str, date], tick: Tick) -> dict[str, int]:
    """Halls, reading rooms and studios; by hall code, the number of its record."""
    found: dict[str, int] = {}
    for code, opened in halls.items():
        content = VenueContent(
            title=f"{units[code].name.removesuffix('工会').removesuffix('总')}职工大讲堂",
            happened_on=opened,
            kind="hall",
            brand="邮益思" if code == "S01" else "",
            capacity=80 + len(found) % 7 * 20,
            latitude=places.spot(code)[0],
            longitude=places.spot(code)[1],
        )
        found[code] = _venue(cast, units[code], content, code)
        tick()
    for code, content in plan.other_venues(halls):
        latitude, longitude = places.spot(code)
        placed = replace(content, latitude=latitude, longitude=longitude)
        _venue(cast, units[code], placed, f"{code}-{content.kind}")
        tick()
    return found


def _venue(cast: Cast, unit: Unit, content: VenueContent, name: str) -> int:
    clerk = cast.clerk_of(unit.code)
    day = content.happened_on
    record = activities.enter_venue(
        actor=clerk,
        uuid=uuid5(NAMESPACE, f"venue {name}"),
        unit_id=unit.pk,
        content=content,
        at=moment(day, 16),
        today=day,
    )
    ledger.submit_record(actor=clerk, record_id=record.pk, at=moment(day, 16, 5))
    ledger.confirm_record(actor=cast.reviewer, record_id=record.pk, at=moment(day, 17))
    return record.pk
