"""Plausibility checks of domain.md §11.2, one module for each sort.

Each is a pure function: the numbers and their bounds are arguments, and every finding names the two that it compared.
Those of texts say where in the text. docs/checks.md has a section for each.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

from jiangong.books.figures.rules.checks.bands import price_within_band, within_band
from jiangong.books.figures.rules.checks.changes import (
    change_within_factor,
    frequency_explains_count,
    not_only_round,
)
from jiangong.books.figures.rules.checks.days import (
    day_within_window,
    figures_end_before_report,
    impossible_days,
    one_as_of,
)
from jiangong.books.figures.rules.checks.people import people_within_population, person_times_of_a_stock
from jiangong.books.figures.rules.checks.shares import (
    done_within_due,
    part_within_whole,
    shares_in_text,
)
from jiangong.books.figures.rules.checks.words import (
    InText,
    counts_called_rates,
    malformed_numbers,
    numbers_without_figure,
    numbers_without_period,
)

__all__ = [
    "InText",
    "change_within_factor",
    "counts_called_rates",
    "day_within_window",
    "done_within_due",
    "figures_end_before_report",
    "frequency_explains_count",
    "impossible_days",
    "malformed_numbers",
    "not_only_round",
    "numbers_without_figure",
    "numbers_without_period",
    "oddities_of_text",
    "one_as_of",
    "part_within_whole",
    "people_within_population",
    "person_times_of_a_stock",
    "price_within_band",
    "shares_in_text",
    "within_band",
]


def oddities_of_text(text: str) -> list[InText]:
    """Every check of a text, in the order of their places. Of a malformed number only that is said."""
    malformed = malformed_numbers(text)
    others = [
        *counts_called_rates(text),
        *person_times_of_a_stock(text),
        *numbers_without_period(text),
        *shares_in_text(text),
        *impossible_days(text),
        *numbers_without_figure(text),
    ]
    return sorted([*malformed, *_apart(others, malformed)], key=lambda one: one.start)


def _apart(others: Iterable[InText], malformed: Iterable[InText]) -> Iterator[InText]:
    """Those that touch no malformed number; of these only the last that begins before an end can be touched."""
    told = sorted(malformed, key=lambda one: one.start)
    starts = [one.start for one in told]
    furthest = list(accumulate((one.end for one in told), max))
    for one in others:
        at = bisect_left(starts, one.end)
        if not at or furthest[at - 1] <= one.start:
            yield one
