"""Entries posted straight to the book, and periods to read them in."""

from __future__ import annotations

from datetime import date
from typing import Literal

from jiangong.books.ledger.queries.totals import Reading
from tests.books.ledger.test_totals import CODES, Act, Tree, perform
from tests.conftest import World

Place = Literal["union", "other_union", "community"]


def act(code: str, day: date, quantity: int = 1, *, at: Place = "union", subject: int = 0) -> Act:
    unit = ("union", "other_union", "community").index(at)
    return Act(unit, CODES.index(code), 0, day, quantity, subject, undo=False)


def post(world: World, *acts: Act) -> None:
    """One posting each, numbered from 1."""
    units = (world.union, world.other_union, world.community)
    perform(Tree(world, world.union, world.other_union, units), acts)


def period(world: World, since: date, until: date, *, as_of: int | None = None) -> Reading:
    return Reading(world.federation.pk, since, until, as_of)
