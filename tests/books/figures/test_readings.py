"""A figure's value and the position that it stands at."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from jiangong.books.figures.queries import read_figure
from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.work.activities.rules import AUDIENCE
from tests.books.figures.posted import act, period, post
from tests.conftest import MakeRecord, World


@pytest.mark.parametrize(
    "as_of,position,value", [(None, 2, 12), (99, 2, 12), (2, 2, 12), (1, 1, 5), (0, 0, 0), (-3, 0, 0)]
)
def test_it_stands_at_a_position_that_the_book_has(
    world: World, as_of: int | None, position: int, value: int
) -> None:
    post(world, act(AUDIENCE, date(2020, 1, 2), 5), act(AUDIENCE, date(2020, 2, 3), 7))
    reading = period(world, date(2020, 1, 1), date(2020, 3, 31), as_of=as_of)
    read = read_figure(key=FigureKey(AUDIENCE), reading=reading)
    assert (read.position, int(read.value or 0)) == (position, value)


def test_a_part_is_named_in_the_readers_language_and_kept_in_the_books(
    world: World, make_record: MakeRecord
) -> None:
    make_record()
    key = FigureKey("activities.audience", "lecture")
    read = read_figure(key=key, reading=world.reading())
    assert (read.name, read.facet_name) == ("受众（职工大讲堂）", "职工大讲堂")
    with translation.override("en"):
        assert read.name == "Audience (Workers' lecture hall)"
    assert read.kept_facet == "职工大讲堂"
