"""The checks of domain.md §11.2, and the oddities of the seed (§11.3)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiangong.books.figures.rules import checks
from jiangong.books.figures.rules.bounds import Every, Frequency
from jiangong.books.figures.rules.claims import claims
from jiangong.books.ledger.rules import Finding, Severity

SINCE, UNTIL = date(2018, 1, 1), date(2020, 12, 31)
counts = st.integers(0, 10**9)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def codes(found: list[Finding] | list[checks.InText]) -> list[str]:
    return [finding.code for finding in found]


def in_text(text: str) -> set[str]:
    """Without P11, which says of every number that it was typed."""
    return set(codes(checks.oddities_of_text(text))) - {"P11"}


def beyond(value: int, population: int) -> list[Finding]:
    return checks.people_within_population(
        what="受众", value=value, population=population, place="高邮", on="2019年"
    )


@pytest.mark.parametrize(
    "text,found",
    [
        ("受众职工10000万多人", {"P3"}),
        ("培植典型1６个", {"P3"}),
        ("完成105%", {"P3"}),
        ("点击率超过2000人", {"P4"}),
        ("收看点击率超过200人", {"P4"}),
        ("191人次建档", {"P5"}),
        ("全市建档特困职工191人次", {"P5"}),
        ("近几年来受众10000多人次", {"P12"}),
        ("其中男工占60%，女工占50%", {"P13"}),
        ("其中男工占60%，女工占30%，其余占5%", {"P13"}),
        ("于2月30日举办", {"P16"}),
        ("于2019年2月29日举办", {"P16"}),
    ],
)
def test_the_oddities_of_the_seed_are_found_in_its_text(text: str, found: set[str]) -> None:
    assert in_text(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "满意率达98.5%",
        "率先完成3个",
        "点击量超过2000人次",
        "慰问建档困难职工191人次",
        "建档191人",
        "2018年以来受众10000多人次",
        "近几年来，市总工会立足职能",
        "其中男工占60%，女工占40%",
        "男工占60%，党员占50%",
        "其中男工占60%，女工占30%，其余占10%",
        "其中男工占60%，女工占30%",
        "于2020年2月29日举办",
        "比上年增长120%",
    ],
)
def test_what_is_right_passes(text: str) -> None:
    assert in_text(text) == set()


def test_ten_thousand_wan_people_are_more_than_live_there() -> None:
    (claim,) = claims("受众职工10000万多人")
    (finding,) = beyond(int(claim.value), 810_000)
    assert (finding.code, finding.severity) == ("P1", Severity.ERROR)
    assert finding.compared == ("100000000", "810000")


def test_more_people_are_aided_than_are_on_file() -> None:
    (claim,) = claims("帮扶困难职工300余名")
    (finding,) = checks.part_within_whole(what="帮扶", value=claim.value, whole="建档", most=191)
    assert (finding.code, finding.severity, finding.compared) == ("P6", Severity.ERROR, ("300", "191"))


def test_every_quarter_in_two_villages_is_no_thirty_visits() -> None:
    (claim,) = claims("走访30多次")
    (finding,) = checks.frequency_explains_count(
        what="走访",
        count=claim.value,
        frequency=Frequency(1, Every.QUARTER, 2),
        since=SINCE,
        until=UNTIL,
    )
    assert (finding.code, finding.severity, finding.compared) == ("P7", Severity.WARNING, ("30", "24"))


@pytest.mark.parametrize("every,most", [(Every.MONTH, 36), (Every.QUARTER, 12), (Every.YEAR, 3)])
def test_a_period_that_has_begun_counts_whole(every: Every, most: int) -> None:
    frequency = Frequency(1, every, 1)
    assert frequency.most(SINCE, UNTIL) == most
    assert frequency.most(SINCE, date(2020, 12, 1)) == most
    assert frequency.most(SINCE, SINCE) == 1


@pytest.mark.parametrize(
    "amount,count,odd", [(95_500, 191, []), (1_290_000, 20, ["P8"]), (500, 0, []), (0, 3, ["P8"])]
)
def test_a_price_has_its_band(amount: int, count: int, odd: list[str]) -> None:
    found = checks.price_within_band(what="户均", amount=amount, count=count, low=50, high=5000)
    assert codes(found) == odd


def test_a_price_names_what_each_one_got() -> None:
    (finding,) = checks.price_within_band(what="户均", amount=Decimal(1000), count=3, low=400, high=5000)
    assert finding.compared == ("333.33", "400")


def test_more_closed_than_registered_is_an_error() -> None:
    (finding,) = checks.done_within_due(what="结案", value=973, whole="受理", most=972)
    assert (finding.code, finding.severity, finding.compared) == ("P13", Severity.ERROR, ("973", "972"))


@pytest.mark.parametrize(
    "now,before,is_over,odd",
    [
        (300, 100, True, []),
        (301, 100, True, ["P14"]),
        (34, 100, True, []),
        (33, 100, True, ["P14"]),
        (33, 100, False, []),
        (301, 100, False, ["P14"]),
        (301, 0, True, []),
    ],
)
def test_a_change_has_its_factor(now: int, before: int, is_over: bool, odd: list[str]) -> None:
    found = checks.change_within_factor(what="受众", now=now, before=before, factor=3, is_over=is_over)
    assert codes(found) == odd


@pytest.mark.parametrize(
    "quantities,odd",
    [
        ({"a": 100, "b": 500}, ["P14"]),
        ({"a": 100, "b": 86}, []),
        ({"a": 100}, []),
        ({"a": 100, "b": 0}, []),
        ({"a": 1050, "b": 100}, []),
        ({}, []),
    ],
)
def test_only_round_numbers_are_odd(quantities: dict[str, int], odd: list[str]) -> None:
    assert codes(checks.not_only_round(quantities=quantities)) == odd


def test_a_figure_is_told_as_of_one_day() -> None:
    assert checks.one_as_of(what="阵地", days=[UNTIL, UNTIL]) == []
    (finding,) = checks.one_as_of(what="阵地", days=[UNTIL, SINCE])
    assert (finding.code, finding.compared) == ("P12", ("2018-01-01", "2020-12-31"))


@pytest.mark.parametrize(
    "day,odd", [(SINCE, []), (UNTIL, []), (SINCE - timedelta(1), ["P16"]), (UNTIL + timedelta(1), ["P16"])]
)
def test_a_day_lies_within_its_window(day: date, odd: list[str]) -> None:
    assert codes(checks.day_within_window(what="活动日期", day=day, since=SINCE, until=UNTIL)) == odd
    assert checks.day_within_window(what="活动日期", day=day) == []


def test_a_report_is_not_older_than_its_figures() -> None:
    assert checks.figures_end_before_report(until=UNTIL, on=UNTIL) == []
    (finding,) = checks.figures_end_before_report(until=UNTIL, on=SINCE)
    assert (finding.code, finding.severity) == ("P16", Severity.WARNING)


@given(counts, counts)
def test_whatever_is_within_its_whole_passes_and_nothing_else(value: int, most: int) -> None:
    for check in (checks.part_within_whole, checks.done_within_due):
        found = check(what="甲", value=value, whole="乙", most=most)
        assert bool(found) is (value > most)
        assert all(finding.compared == (str(value), str(most)) for finding in found)
    assert bool(beyond(value, most)) is (value > most)


@given(counts, st.integers(1, 10**6), counts, counts)
def test_a_price_is_odd_exactly_outside_its_band(amount: int, count: int, one: int, other: int) -> None:
    low, high = sorted((one, other))
    found = checks.price_within_band(what="甲", amount=amount, count=count, low=low, high=high)
    assert bool(found) is not (low <= Decimal(amount) / count <= high)


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(2, 20))
def test_a_rise_and_the_same_fall_are_odd_together(one: int, other: int, factor: int) -> None:
    there = checks.change_within_factor(what="甲", now=one, before=other, factor=factor)
    back = checks.change_within_factor(what="甲", now=other, before=one, factor=factor)
    assert bool(there) is bool(back)


@given(days, days, st.integers(1, 9), st.sampled_from(Every), st.integers(1, 9))
def test_a_longer_period_allows_no_less(
    one: date, other: date, times: int, every: Every, places: int
) -> None:
    since, until = sorted((one, other))
    frequency = Frequency(times, every, places)
    assert frequency.most(since, until) <= frequency.most(since, until + timedelta(days=1))
    assert frequency.most(since, until) >= times * places


@given(days)
def test_every_day_of_the_calendar_is_possible(day: date) -> None:
    assert checks.impossible_days(f"{day.year}年{day.month}月{day.day}日") == []


@settings(deadline=None)  # the first numeral in characters loads their tables
@given(st.text("0123456789０６万亿千百多余人次元率占其中年月日。，近几来%建档", max_size=60))
def test_findings_of_a_text_lie_within_it_in_order_and_none_on_a_malformed_number(text: str) -> None:
    found = checks.oddities_of_text(text)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    malformed = [one for one in found if one.code == "P3"]
    others = [one for one in found if one.code != "P3"]
    assert not any(one.overlaps(other) for one in malformed for other in others)
