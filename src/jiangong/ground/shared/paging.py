"""Lists page by page."""

from __future__ import annotations

from typing import TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property

MOST = 10_000
Row = TypeVar("Row", bound=Model)


class ListPaginator(Paginator[Row]):
    """Counts and shows the first MOST rows: counting a million takes longer than the page.

    What lies further is found by the filters of the list.
    """

    def __init__(self, rows: QuerySet[Row], per_page: int) -> None:
        super().__init__(rows[:MOST], per_page)
        self._rows = rows

    @cached_property
    def _found(self) -> int:
        return self._rows.order_by().values("pk")[: MOST + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._found, MOST)

    @property
    def is_cut(self) -> bool:
        return self._found > MOST
