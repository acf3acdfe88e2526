"""What stands behind a figure: its months and its units add up to it, in any period and at any position."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jiangong.books.figures.queries import figure_page, read_figure
from jiangong.books.figures.queries.pages import by_month
from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.books.ledger.queries.totals import Reading
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities.rules import AUDIENCE, PARTICIPANTS, VENUES
from tests.books.figures.posted import act, period, post
from tests.conftest import World

SINCE, UNTIL = date(2020, 1, 15), date(2020, 3, 10)


def months(code: str, reading: Reading) -> list[int]:
    return [int(month.value or 0) for month in by_month(key=FigureKey(code), reading=reading)]


def value(code: str, reading: Reading) -> int:
    return int(read_figure(key=FigureKey(code), reading=reading).value or 0)


def test_of_a_month_that_the_period_cuts_only_the_part_within_is_shown(world: World) -> None:
    days = {date(2020, 1, 14): 1, SINCE: 20, date(2020, 2, 29): 300, UNTIL: 4000, date(2020, 3, 11): 50_000}
    post(world, *(act(AUDIENCE, day, quantity) for day, quantity in days.items()))
    reading = period(world, SINCE, UNTIL)
    assert months(AUDIENCE, reading) == [20, 300, 4000]
    assert value(AUDIENCE, reading) == 4320


def test_a_period_within_one_month_is_one_part_of_it(world: World) -> None:
    post(world, *(act(AUDIENCE, date(2020, 2, day), day) for day in (9, 10, 20, 21)))
    assert months(AUDIENCE, period(world, date(2020, 2, 10), date(2020, 2, 20))) == [30]


def test_the_months_stand_as_the_book_stood(world: World) -> None:
    post(
        world, act(AUDIENCE, date(2020, 1, 20), 7), *(act(AUDIENCE, date(2020, m, 5), 10) for m in (2, 1, 3))
    )
    whole = (date(2020, 1, 1), date(2020, 3, 31))
    assert months(AUDIENCE, period(world, *whole)) == [17, 10, 10]
    assert months(AUDIENCE, period(world, *whole, as_of=2)) == [7, 10, 0]
    assert months(AUDIENCE, period(world, SINCE, UNTIL, as_of=3)) == [7, 10, 0]


def test_a_stock_stands_on_what_was_there_before_the_period(world: World) -> None:
    days = (date(2019, 6, 1), date(2020, 1, 14), date(2020, 1, 15), date(2020, 3, 10), date(2020, 3, 11))
    post(world, *(act(VENUES, day, 10**place) for place, day in enumerate(days)))
    reading = period(world, SINCE, UNTIL)
    assert months(VENUES, reading) == [111, 111, 1111]
    assert value(VENUES, reading) == 1111


def test_a_stock_stands_as_the_book_stood(world: World) -> None:
    days = (date(2020, 2, 1), date(2020, 1, 20), date(2019, 6, 1), date(2020, 1, 1))
    post(world, *(act(VENUES, day, 10**place) for place, day in enumerate(days)))
    whole = (date(2020, 1, 1), date(2020, 2, 29))
    assert months(VENUES, period(world, *whole)) == [1110, 1111]
    assert months(VENUES, period(world, *whole, as_of=3)) == [110, 111]
    assert months(VENUES, period(world, *whole, as_of=2)) == [10, 11]
    assert months(VENUES, period(world, *whole, as_of=0)) == [0, 0]


def test_different_persons_are_counted_in_each_month_and_each_part_of_one(world: World) -> None:
    came = [(date(2020, 1, 14), 1), (date(2020, 1, 15), 2), (date(2020, 1, 31), 2), (date(2020, 2, 1), 2)]
    came += [(date(2020, 2, 2), 3), (date(2020, 3, 10), 3), (date(2020, 3, 11), 4)]
    post(world, *(act(PARTICIPANTS, day, subject=person) for day, person in came))
    assert months(PARTICIPANTS, period(world, date(2020, 1, 1), date(2020, 3, 31))) == [2, 2, 2]
    assert months(PARTICIPANTS, period(world, SINCE, UNTIL)) == [1, 2, 1]


def test_different_persons_are_counted_as_the_book_stood(world: World) -> None:
    came = [(date(2020, 1, 20), 1), (date(2020, 2, 20), 1), (date(2020, 1, 21), 2), (date(2020, 3, 1), 3)]
    post(world, *(act(PARTICIPANTS, day, subject=person) for day, person in came))
    whole = (date(2020, 1, 1), date(2020, 3, 31))
    assert months(PARTICIPANTS, period(world, *whole)) == [2, 1, 1]
    assert months(PARTICIPANTS, period(world, *whole, as_of=2)) == [1, 1, 0]
    cut = (date(2020, 1, 21), date(2020, 2, 19))
    assert months(PARTICIPANTS, period(world, *cut, as_of=2)) == [0, 0]
    assert months(PARTICIPANTS, period(world, *cut, as_of=3)) == [1, 0]


@pytest.mark.parametrize("code,parts", [(AUDIENCE, [20, 3]), (VENUES, [120, 3])])
def test_the_units_stand_as_the_book_stood(
    world: World, cast: dict[str, Actor], code: str, parts: list[int]
) -> None:
    post(
        world,
        act(code, date(2019, 12, 1), 100),
        act(code, date(2020, 2, 1), 20),
        act(code, date(2020, 3, 1), 3, at="other_union"),
        act(code, date(2020, 1, 20), 4000),
        act(code, date(2020, 2, 1), 50_000, at="other_union"),
    )
    reading = period(world, SINCE, UNTIL, as_of=3)
    page = figure_page(actor=cast["head"], key=FigureKey(code), reading=reading)
    assert [(unit.unit, unit.value) for unit in page.units] == [
        (world.union, Decimal(parts[0])),
        (world.other_union, Decimal(parts[1])),
    ]
    assert page.reading.value == sum(parts)
