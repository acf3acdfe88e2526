"""/organization/: the tree of units, one level at a time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiangong.ground.organization import operations, queries
from jiangong.ground.organization.models import Unit, UnitKind
from jiangong.ground.shared.actors import Actor
from tests.conftest import AT, DAY, SINCE, SYSTEM, World
from tests.ground.organization.asking import CAST, TO_SIGN_IN, Asking, text_of


def make(parent: Unit, code: str) -> Unit:
    return operations.create_unit(
        actor=SYSTEM, parent_id=parent.pk, code=code, name=code, kind=UnitKind.GRID, since=SINCE, at=AT
    )


def test_shows_the_top_and_the_level_below(pages: Asking, world: World) -> None:
    page = text_of(pages.get("units"))
    assert world.federation.name in page
    assert world.community.name in page


def test_a_colleague_sees_what_the_role_reaches(pages: Asking, world: World) -> None:
    page = text_of(pages.get("units", by="reviewer"))
    assert world.union.name in page
    assert world.other_union.name not in page


def test_everybody_with_a_role_may_look(pages: Asking, world: World) -> None:
    assert pages.everybody("units") == dict.fromkeys(CAST, 200) | {"visitor": TO_SIGN_IN}


def test_it_is_only_read(pages: Asking, world: World) -> None:
    assert pages.post("units").status_code == 405
    assert pages.post("below", world.federation.pk).status_code == 405


@pytest.mark.parametrize(
    "query",
    [{"at": "x"}, {"at": "9" * 30}, {"at": "999"}, {"kind": "none"}, {"page": "x"}, {"q": "%_"}],
    ids=str,
)
def test_an_odd_address_does_no_harm(pages: Asking, world: World, query: dict[str, str]) -> None:
    assert pages.get("units", **query).status_code == 200


def test_a_level_is_fetched_when_it_is_opened(pages: Asking, world: World) -> None:
    make(world.community, "YM-1")
    assert "YM-1" not in text_of(pages.get("units"))
    assert "YM-1" in text_of(pages.get("below", world.community.pk))
    assert "YM-1" in text_of(pages.get("units", at=world.community.pk)), "without scripts by a link"


def test_levels_outside_ones_scope_are_not_found(pages: Asking, world: World) -> None:
    assert pages.get("below", world.other_union.pk, by="clerk").status_code == 404
    assert world.other_union.name not in text_of(pages.get("units", by="clerk", at=world.other_union.pk))


@pytest.mark.parametrize("words", ["御码", "ymsq", "yuma", "YM"])
def test_units_are_found_by_name_code_and_pinyin(pages: Asking, world: World, words: str) -> None:
    page = text_of(pages.get("units", q=words))
    assert world.community.name in page
    assert world.union.name not in page


def test_units_are_found_by_kind(pages: Asking, world: World) -> None:
    page = text_of(pages.get("units", kind="community"))
    assert world.community.name in page
    assert world.union.name not in page


def test_dissolved_units_are_shown_when_asked_for(pages: Asking, world: World) -> None:
    operations.dissolve_unit(actor=SYSTEM, unit_id=world.community.pk, until=DAY, at=AT)
    assert world.community.name not in text_of(pages.get("units"))
    assert world.community.name in text_of(pages.get("units", ended="1"))


def test_what_fits_nothing_says_what_to_do(pages: Asking, world: World) -> None:
    assert "拼音首字母" in text_of(pages.get("units", q="没有这个单位"))


def test_the_number_of_queries_stays_as_units_grow(cast: dict[str, Actor], world: World) -> None:
    def number() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            queries.units_page(actor=cast["administrator"], at_id=world.community.pk)
        return len(seen)

    few = number()
    for place in range(40):
        make(world.community, f"YM-{place}")
    assert number() == few
    assert few <= 5


def test_a_level_of_thousands_shows_a_part_and_says_so(cast: dict[str, Actor], world: World) -> None:
    grids = [
        Unit(code=f"G{place}", name=f"G{place}", kind=UnitKind.GRID, since=SINCE) for place in range(260)
    ]
    for grid in Unit.objects.bulk_create(grids):
        operations.tree.place_unit(grid, parent_id=world.community.pk, since=SINCE)
    level = queries.level_below(actor=cast["administrator"], unit_id=world.community.pk, ended=False)
    assert (len(level.below), level.count, level.left_out) == (200, 260, 60)
