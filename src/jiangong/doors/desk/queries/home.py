"""The home page: what waits, what is odd, this period's figures, the last records, the silent units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from jiangong.books.ledger.models import Record
from jiangong.books.ledger.queries import closings
from jiangong.books.ledger.queries import records as ledger
from jiangong.books.ledger.rules import Finding
from jiangong.doors.desk.queries import figures, records, waiting
from jiangong.doors.desk.queries.figures import Tile
from jiangong.doors.desk.queries.records import RecordRow
from jiangong.ground.organization import access
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.middleware import Scope
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared import frame
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.frame import EntryChoice, WaitingGroup
from jiangong.ground.shared.rules.periods import Period

MOST_CHECKED = 60
MOST_ODD = 6
SILENT_SHOWN = 8
MOST_SILENT = 200


@dataclass(frozen=True, slots=True)
class Oddity:
    """A finding, and where it was found."""

    where: str
    href: str
    finding: Finding
    is_figure: bool


@dataclass(frozen=True, slots=True)
class Silence:
    """Units without a record: the first few, and the others, which are folded away."""

    count: int
    shown: Sequence[Unit]
    folded: Sequence[Unit]

    @property
    def left_out(self) -> int:
        return self.count - len(self.shown) - len(self.folded)


@dataclass(frozen=True, slots=True)
class HomePage:
    scope: Scope
    groups: Sequence[WaitingGroup]
    odd: Sequence[Oddity]
    checked: int
    tiles: Sequence[Tile]
    last_year: Period | None
    recent: Sequence[RecordRow]
    silence: Silence | None
    may_enter: bool

    @property
    def has_checks(self) -> bool:
        """Whether anything was checked for this person at all."""
        return bool(self.checked or self.tiles)


@dataclass(frozen=True, slots=True)
class EntryPage:
    choices: Sequence[EntryChoice]


def home_page(*, actor: Actor, scope: Scope, today: date) -> HomePage:
    tiles = figures.tiles(scope=scope, today=today)
    waits = list(ledger.review_queue(actor=actor)[:MOST_CHECKED])
    recent = ledger.recent_records(actor=actor, unit_id=scope.unit.pk, limit=6)
    return HomePage(
        scope=scope,
        groups=waiting.waiting_groups(actor=actor, today=today),
        odd=[*_odd_records(waits), *_odd_figures(tiles)][:MOST_ODD],
        checked=len(waits),
        tiles=tiles,
        last_year=figures.last_year_with_data(scope=scope),
        recent=records.rows(recent),
        silence=_silence(actor, scope),
        may_enter=access.has_right_anywhere(actor, Right.ENTER),
    )


def _odd_records(waits: Sequence[Record]) -> list[Oddity]:
    """What is odd about records that wait, errors first, those that wait longest first."""
    findings = closings.findings_of_many(waits)
    odd = [
        Oddity(record.title, reverse("desk:queue_record", args=[record.pk]), finding, is_figure=False)
        for record in waits
        for finding in findings[record.pk]
    ]
    return sorted(odd, key=lambda item: not item.finding.is_error)


def _odd_figures(tiles: Sequence[Tile]) -> list[Oddity]:
    return [
        Oddity(tile.name, tile.href, finding, is_figure=True) for tile in tiles for finding in tile.findings
    ]


def _silence(actor: Actor, scope: Scope) -> Silence | None:
    """For those who look after units below theirs."""
    if not access.has_right_anywhere(actor, Right.CONFIRM):
        return None
    if not organization.children(unit_id=scope.unit.pk, on=scope.period.until).exists():
        return None
    period = scope.period
    silent = ledger.silent_units(actor=actor, unit_id=scope.unit.pk, since=period.since, until=period.until)
    units = list(silent[:MOST_SILENT])
    count = len(units) if len(units) < MOST_SILENT else silent.count()
    return Silence(count, units[:SILENT_SHOWN], units[SILENT_SHOWN:])


def entry_page(*, actor: Actor) -> EntryPage:
    choices = [choice for source in frame.entry_sources for choice in source.read(actor)]
    return EntryPage(choices=sorted(choices, key=lambda choice: -choice.used))
