"""Units, days and positions, as the commands read them."""

from __future__ import annotations

import argparse
from datetime import date

import pytest

from jiangong.config import cli
from jiangong.config.commands.common import add_reading, reading_of
from jiangong.ground.shared.rules.periods import PeriodUnreadable
from tests.conftest import MakeRecord, World

FIRST, LAST = date(2019, 3, 1), date(2020, 5, 1)


def options(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_reading(parser)
    return parser.parse_args(arguments)


@pytest.mark.parametrize(
    "argument,sentence",
    [
        ("--since=1948-12-31", "1948-12-31 lies before 1949"),
        ("--until=0001-01-01", "0001-01-01 lies before 1949"),
        ("--since=yesterday", "yesterday is not a day such as 2020-05-01"),
        ("--as-of=-1", "-1 is not the number of a posting"),
        ("--as-of=x", "x is not the number of a posting"),
        ("--as-of=1.5", "1.5 is not the number of a posting"),
        (f"--as-of={10**19}", f"{10**19} is not the number of a posting"),
    ],
)
def test_what_cannot_be_read_is_wrong_usage(
    argument: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        options(argument)
    assert stopped.value.code == 2
    assert sentence in capsys.readouterr().err


def test_without_a_period_it_is_that_of_the_records(world: World, make_record: MakeRecord) -> None:
    for day in (LAST, FIRST):
        make_record(day=day)
    reading = reading_of(options("--as-of", "1"))
    assert (reading.unit_id, reading.since, reading.until) == (world.federation.pk, FIRST, LAST)
    assert reading.as_of == 1


@pytest.mark.parametrize(
    "arguments,since,until",
    [
        (["--since=2020-01-01"], date(2020, 1, 1), LAST),
        (["--since=2024-01-01"], date(2024, 1, 1), date(2024, 1, 1)),
        (["--until=2019-12-31"], FIRST, date(2019, 12, 31)),
        (["--since=2020-05-01", "--until=2020-05-01"], LAST, LAST),
    ],
)
def test_one_end_is_enough(make_record: MakeRecord, arguments: list[str], since: date, until: date) -> None:
    for day in (FIRST, LAST):
        make_record(day=day)
    reading = reading_of(options(*arguments))
    assert (reading.since, reading.until) == (since, until)


@pytest.mark.parametrize("arguments", [["--since=2020-05-02", "--until=2020-05-01"], ["--until=2019-02-28"]])
def test_a_period_that_ends_before_it_begins_is_refused(
    make_record: MakeRecord, arguments: list[str]
) -> None:
    make_record(day=FIRST)
    with pytest.raises(PeriodUnreadable):
        reading_of(options(*arguments))


@pytest.mark.parametrize("command", [("figures",), ("trail", "activities.audience")])
def test_a_position_beyond_the_book_is_refused(
    command: tuple[str, ...],
    world: World,
    make_record: MakeRecord,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make_record()
    assert cli.main([*command, "--as-of", "1"]) == 0
    assert cli.main([*command, "--as-of", "99999"]) == 3
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "99999" in sentence
    assert "第1号" in sentence or "is 1." in sentence
