"""Reading figures: many at once, and one with everything behind it."""

from jiangong.books.figures.queries.pages import FigurePage, figure_page
from jiangong.books.figures.queries.readings import (
    FigureReading,
    FigureUnknown,
    all_keys,
    read_figure,
    read_figures,
)

__all__ = [
    "FigurePage",
    "FigureReading",
    "FigureUnknown",
    "all_keys",
    "figure_page",
    "read_figure",
    "read_figures",
]
