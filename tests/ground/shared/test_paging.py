"""Lists page by page."""

from __future__ import annotations

import pytest

from jiangong.ground.organization.models import Unit
from jiangong.ground.shared import paging
from jiangong.ground.shared.paging import ListPaginator
from tests.conftest import World


def test_a_short_list_is_counted(world: World) -> None:
    units = Unit.objects.order_by("code")
    pages = ListPaginator(units, 2)
    assert (pages.count, pages.is_cut) == (units.count(), False)
    assert [row for number in pages.page_range for row in pages.page(number)] == list(units)


def test_a_long_list_is_counted_so_far(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST", 3)
    units = Unit.objects.order_by("code")
    pages = ListPaginator(units, 2)
    assert (pages.count, pages.is_cut, pages.num_pages) == (3, True, 2)
    assert list(pages.get_page(99)) == list(units[2:3])
