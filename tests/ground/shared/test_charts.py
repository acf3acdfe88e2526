"""Geometry of the charts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangong.ground.shared.rules import charts

amounts = st.one_of(st.none(), st.decimals(0, 10**9, places=2))


@pytest.mark.parametrize(
    ("highest", "ceiling"),
    [("0", "1"), ("0.3", "0.3"), ("1", "1"), ("550", "600"), ("829", "1000"), ("13", "16"), ("41", "50")],
)
def test_the_ceiling_is_a_round_number(highest: str, ceiling: str) -> None:
    assert charts.round_ceiling(Decimal(highest)) == Decimal(ceiling)


@given(st.lists(amounts, min_size=1, max_size=40))
def test_bars_stay_in_the_drawing(values: list[Decimal | None]) -> None:
    names = [str(place) for place in range(len(values))]
    chart = charts.bar_chart(names, names, values)
    assert len(chart.bars) == len(values)
    for bar in chart.bars:
        assert 0 <= bar.y <= 100
        assert 0 <= bar.height <= 100
        assert bar.x < chart.width


@pytest.mark.parametrize(("values", "empty"), [([None, Decimal(0)], True), ([None, Decimal(1)], False)])
def test_a_chart_knows_that_nothing_is_in_it(values: list[Decimal | None], empty: bool) -> None:
    assert charts.bar_chart(["", ""], ["", ""], values).is_empty is empty


def test_a_missing_value_leaves_a_gap() -> None:
    lines = charts.spark_points([Decimal(1), Decimal(2), None, Decimal(3)], width=96, height=28)
    assert len(lines) == 2


def test_nothing_is_drawn_for_nothing() -> None:
    assert charts.spark_points([None, None], width=96, height=28) == []


@given(st.lists(amounts, min_size=1, max_size=40))
def test_lines_stay_in_the_drawing(values: list[Decimal | None]) -> None:
    for line in charts.spark_points(values, width=96, height=28):
        for point in line.split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= 98
            assert 0 <= y <= 28
