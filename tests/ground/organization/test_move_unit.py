"""/organization/units/…/move/: another place in the tree from a day on."""

import pytest

from jiangong.ground.organization import operations
from jiangong.ground.organization.models import Ancestry, UnitKind
from tests.conftest import AT, SYSTEM, World
from tests.ground.organization.asking import Asking, administrators, text_of


def parents(world: World) -> list[int]:
    rows = Ancestry.objects.filter(unit=world.community, depth=1).order_by("since")
    return list(rows.values_list("ancestor_id", flat=True))


def test_moves_and_keeps_the_past(pages: Asking, world: World) -> None:
    page = pages.where_it_leads("move_unit", world.community.pk, parent=world.union.pk, on="2019-06-01")
    assert "历史数据不变" in page
    assert parents(world) == [world.federation.pk, world.union.pk]


def test_offers_places_by_search_but_never_below_itself(pages: Asking, world: World) -> None:
    operations.create_unit(
        actor=SYSTEM,
        parent_id=world.community.pk,
        code="YM-1",
        name="第一网格",
        kind=UnitKind.GRID,
        since=world.community.since,
        at=AT,
    )
    choice = f'name="parent" value="{world.union.pk}"'
    assert choice not in text_of(pages.get("move_unit", world.community.pk))
    assert choice in text_of(pages.get("move_unit", world.community.pk, q="供电"))
    assert "第一网格" not in text_of(pages.get("move_unit", world.community.pk, q="网格"))


def test_who_may_open_and_send_it(pages: Asking, world: World) -> None:
    assert pages.everybody("move_unit", world.union.pk) == administrators()
    form = {"parent": world.community.pk, "on": "2019-06-01"}
    assert pages.everybody_sends("move_unit", world.union.pk, **form) == administrators(done=302)


def test_other_methods_are_refused(pages: Asking, world: World) -> None:
    browser = pages.client_of("administrator")
    assert browser.patch(f"/organization/units/{world.union.pk}/move/").status_code == 405


@pytest.mark.parametrize(
    "bad",
    [
        {"parent": ""},
        {"parent": "x"},
        {"on": ""},
        {"on": "2099-01-01"},
        {"on": "2018-01-01"},
        {"on": "31.12.2019"},
    ],
    ids=str,
)
def test_bad_input_is_refused(pages: Asking, world: World, bad: dict[str, str]) -> None:
    form = {"parent": str(world.union.pk), "on": "2019-06-01", **bad}
    answer = pages.post("move_unit", world.community.pk, **form)
    assert answer.status_code == 422
    assert "field-error" in text_of(answer)
    assert parents(world) == [world.federation.pk]


def test_a_place_that_is_none_is_not_found(pages: Asking, world: World) -> None:
    assert pages.post("move_unit", world.community.pk, parent="987654", on="2019-06-01").status_code == 404
