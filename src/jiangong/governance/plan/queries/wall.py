"""The wall page: a campaign's figures, places, lights and newest photos, to be read from five metres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from jiangong.books.evidence.models import Exhibit
from jiangong.books.figures.queries import Asked, all_keys, figures_of, names_of, read_values
from jiangong.books.figures.rules.catalogue import FigureKey, catalogue
from jiangong.books.ledger.rules import State
from jiangong.governance.plan.models import Campaign, Wall
from jiangong.governance.plan.queries.campaigns import campaign_to_plan
from jiangong.governance.plan.queries.overview import DepartmentLine, department_lines
from jiangong.governance.plan.queries.standing import LightShare, Standing, leaves, light_shares, standing
from jiangong.governance.plan.rules import Light, mean
from jiangong.ground.organization import access as organization
from jiangong.ground.shared import frame
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden
from jiangong.ground.shared.rules import maps
from jiangong.ground.shared.rules.numbers import NOTHING, grouped
from jiangong.ground.shared.rules.periods import Period

USUAL_FIGURES, FEWEST_FIGURES, PHOTOS, DEPARTMENTS = 8, 6, 4, 9
TEN_THOUSAND, WIDEST = Decimal(10_000), 7


@dataclass(frozen=True, slots=True)
class WallFigure:
    """`aim` None: the figure is no target. `share` in per cent of it, at most 100."""

    name: str
    value: str
    measured_in: str
    aim: str = ""
    share: int | None = None

    @property
    def is_wide(self) -> bool:
        return len(self.value) > WIDEST


@dataclass(frozen=True, slots=True)
class WallPhoto:
    exhibit: Exhibit

    @property
    def title(self) -> str:
        return self.exhibit.record.title


@dataclass(frozen=True, slots=True)
class WallPage:
    """`read_at`: when all of it was read."""

    standing: Standing
    read_at: datetime
    period: Period
    figures: Sequence[WallFigure]
    lights: Sequence[LightShare]
    departments: Sequence[DepartmentLine]
    total: int
    reached: int
    progress: Decimal | None
    places: Sequence[maps.Drawn]
    photos: Sequence[WallPhoto]

    @property
    def held(self) -> int:
        return sum(place.count for place in self.places)


@dataclass(frozen=True, slots=True)
class WallOffer:
    """What the settings of the wall begin with: the figures as they hang, and all that may."""

    campaign: Campaign
    chosen: Sequence[str]
    version: int
    figures: Sequence[tuple[FigureKey, str, str]]


def wall_page(*, actor: Actor, uuid: UUID, on: date, read_at: datetime) -> WallPage:
    """For those whose role reaches the whole federation (Forbidden): it tells what all of its units have booked."""
    found = standing(actor=actor, uuid=uuid, on=on)
    campaign = found.campaign
    federation_id = campaign.book.federation_id
    if not may_see_wall(actor=actor, campaign=campaign):
        raise Forbidden
    work = leaves(found.rows)
    period = Period(campaign.since, max(campaign.since, min(on, campaign.until)))
    return WallPage(
        standing=found,
        read_at=read_at,
        period=period,
        figures=_figures(found, period),
        lights=light_shares(work),
        departments=department_lines(work)[:DEPARTMENTS],
        total=len(work),
        reached=sum(row.light is Light.DONE for row in work),
        progress=mean([row.progress for row in work]) if work else None,
        places=_places(actor, federation_id, period),
        photos=_photos(federation_id, period),
    )


def may_see_wall(*, actor: Actor, campaign: Campaign) -> bool:
    return organization.units_in_scope(actor).filter(pk=campaign.book.federation_id).exists()


def wall_offer(*, actor: Actor, uuid: UUID, on: date) -> WallOffer:
    """For those who plan (Forbidden)."""
    campaign = campaign_to_plan(actor=actor, uuid=uuid)
    wall = Wall.objects.filter(campaign=campaign).first()
    found = standing(actor=actor, uuid=uuid, on=on)
    names = names_of(all_keys(unit_id=campaign.book.federation_id))
    figures = [(key, name, str(catalogue[key.code].unit_of_measure)) for key, name in names.items()]
    chosen = [str(key) for key in _chosen(found, wall)]
    return WallOffer(campaign, chosen, wall.version if wall else 0, figures)


def _chosen(found: Standing, wall: Wall | None) -> list[FigureKey]:
    """What was chosen; else what the targets name, filled up with what the federation counts."""
    if wall and wall.figures:
        return [key for key in map(FigureKey.parse, wall.figures) if key.code in catalogue]
    aimed = (row.target.key for row in found.rows.values() if row.target and row.light)
    keys = list(dict.fromkeys(key for key in aimed if key.code in catalogue))[:USUAL_FIGURES]
    for figure in figures_of(unit_id=found.campaign.book.federation_id):
        key = FigureKey(figure.code)
        if len(keys) < FEWEST_FIGURES and key not in keys:
            keys.append(key)
    return keys


def _figures(found: Standing, period: Period) -> list[WallFigure]:
    """Of the whole federation since the campaign began; with its aim where a target of the whole names it."""
    federation_id = found.campaign.book.federation_id
    keys = _chosen(found, Wall.objects.filter(campaign=found.campaign).first())
    names = names_of(keys)
    values = read_values(asked=[Asked(key, federation_id, period.since, period.until) for key in keys])
    aims = {
        row.target.key: row.target.aim
        for row in found.rows.values()
        if row.target and row.target.unit.pk == federation_id and row.light
    }
    return [_figure(key, names[key], value, aims.get(key)) for key, value in zip(keys, values, strict=True)]


def _figure(key: FigureKey, name: str, value: Decimal | None, aim: Decimal | None) -> WallFigure:
    measured_in = str(catalogue[key.code].unit_of_measure)
    if aim is None or value is None:
        return WallFigure(name, _digits(value), measured_in)
    return WallFigure(
        name, _digits(value), measured_in, _digits(aim), int(min(value / aim * 100, Decimal(100)))
    )


def _digits(number: Decimal | None) -> str:
    """Whole as long as it is read from afar; from ten million on in ten thousands, said so."""
    if number is None:
        return NOTHING
    if abs(number) >= TEN_THOUSAND * 1000:
        return _("%(number)s ten thousand") % {"number": grouped(round(number / TEN_THOUSAND))}
    return grouped(int(number) if number == number.to_integral_value() else number.normalize())


def _places(actor: Actor, federation_id: int, period: Period) -> list[maps.Drawn]:
    read = (source.read(actor, federation_id, period.since, period.until) for source in frame.places)
    spots = [
        maps.Spot(place.name, float(place.latitude), float(place.longitude), place.count)
        for place in chain.from_iterable(read)
    ]
    return maps.drawn(spots)


def _photos(federation_id: int, period: Period) -> list[WallPhoto]:
    """The newest of confirmed records that may be shown, one of each record."""
    shown = Q()
    for source in frame.shown_records:
        shown |= Q(record__in=source.read(federation_id))
    if not shown:
        return []
    pictures = Exhibit.objects.filter(
        shown,
        removed_at__isnull=True,
        file__media_type__startswith="image/",
        record__state=State.CONFIRMED,
        record__book__federation=federation_id,
        record__happened_on__range=(period.since, period.until),
    )
    newest = pictures.select_related("record__unit", "file").order_by(
        F("record__happened_on").desc(), "-record_id", "id"
    )
    first: dict[int, Exhibit] = {}
    for exhibit in newest[: PHOTOS * 6]:
        first.setdefault(exhibit.record_id, exhibit)
    return [WallPhoto(exhibit) for exhibit in list(first.values())[:PHOTOS]]
