"""Setting what figures are checked against; defining figures of a federation's own."""

from jiangong.books.figures.operations.bounds import (
    BandUnreadable,
    FactorUnreadable,
    FrequencyIncomplete,
    WholeUnfit,
    seed_all_bounds,
    seed_bounds,
    set_bound,
)
from jiangong.books.figures.operations.own import (
    Formula,
    define_figure,
    end_figure,
    rename_figure,
    resume_figure,
)

__all__ = [
    "BandUnreadable",
    "FactorUnreadable",
    "Formula",
    "FrequencyIncomplete",
    "WholeUnfit",
    "define_figure",
    "end_figure",
    "rename_figure",
    "resume_figure",
    "seed_all_bounds",
    "seed_bounds",
    "set_bound",
]
