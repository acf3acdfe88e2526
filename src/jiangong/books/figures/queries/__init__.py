"""Reading figures: many at once, and one with everything behind it."""

from jiangong.books.figures.queries.findings import compared, price_findings
from jiangong.books.figures.queries.formulas import in_words
from jiangong.books.figures.queries.limits import NO_BOUNDS, Bounds, bounds_at, bounds_of_books, prices
from jiangong.books.figures.queries.many import Asked, read_values
from jiangong.books.figures.queries.pages import FigurePage, figure_page
from jiangong.books.figures.queries.readings import (
    FigureReading,
    FigureUnknown,
    all_keys,
    figures_of,
    known_keys,
    named,
    names_of,
    part_of,
    read_before,
    read_compared,
    read_figure,
    read_figures,
)

__all__ = [
    "NO_BOUNDS",
    "Asked",
    "Bounds",
    "FigurePage",
    "FigureReading",
    "FigureUnknown",
    "all_keys",
    "bounds_at",
    "bounds_of_books",
    "compared",
    "figure_page",
    "figures_of",
    "in_words",
    "known_keys",
    "named",
    "names_of",
    "part_of",
    "price_findings",
    "prices",
    "read_before",
    "read_compared",
    "read_figure",
    "read_figures",
    "read_values",
]
