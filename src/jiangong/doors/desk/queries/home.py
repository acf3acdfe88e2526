"""The home page: what waits, what is odd, this period's figures, the last records, the silent units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from jiangong.books.ledger.measures import record_kinds
from jiangong.books.ledger.queries import records as ledger
from jiangong.books.ledger.rules import Finding
from jiangong.doors.desk.queries import figures, records, waiting
from jiangong.doors.desk.queries.figures import Tile
from jiangong.doors.desk.queries.records import RecordRow
from jiangong.ground.organization import access
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.middleware import Scope
from jiangong.ground.shared import frame
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.frame import EntryChoice, WaitingGroup

MOST_CHECKED = 12
MOST_ODD = 6


@dataclass(frozen=True, slots=True)
class Oddity:
    """A finding, and where it was found."""

    where: str
    href: str
    finding: Finding
    is_figure: bool


@dataclass(frozen=True, slots=True)
class Silence:
    count: int
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class HomePage:
    scope: Scope
    groups: Sequence[WaitingGroup]
    odd: Sequence[Oddity]
    tiles: Sequence[Tile]
    recent: Sequence[RecordRow]
    silence: Silence | None
    may_enter: bool


@dataclass(frozen=True, slots=True)
class EntryPage:
    choices: Sequence[EntryChoice]


def home_page(*, actor: Actor, scope: Scope, today: date) -> HomePage:
    tiles = figures.tiles(scope=scope)
    recent = ledger.recent_records(actor=actor, unit_id=scope.unit.pk, limit=6)
    return HomePage(
        scope=scope,
        groups=waiting.waiting_groups(actor=actor, today=today),
        odd=[*_odd_records(actor), *_odd_figures(tiles)][:MOST_ODD],
        tiles=tiles,
        recent=records.rows(recent),
        silence=_silence(actor, scope),
        may_enter=access.has_right_anywhere(actor, Right.ENTER),
    )


def _odd_records(actor: Actor) -> list[Oddity]:
    odd = []
    for record in ledger.review_queue(actor=actor)[:MOST_CHECKED]:
        href = reverse("desk:queue_record", args=[record.pk])
        odd += [
            Oddity(record.title, href, finding, is_figure=False)
            for finding in record_kinds[record.kind].findings(record)
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
    count, names = ledger.silent_units(actor=actor, since=scope.period.since, until=scope.period.until)
    return Silence(count, names)


def entry_page(*, actor: Actor) -> EntryPage:
    choices = [choice for source in frame.entry_sources for choice in source.read(actor)]
    return EntryPage(choices=sorted(choices, key=lambda choice: -choice.used))
