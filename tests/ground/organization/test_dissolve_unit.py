"""/organization/units/…/dissolve/ and …/revive/: a unit's last day, and taking it back."""

import pytest

from jiangong.books.ledger.queries import proof
from jiangong.ground.organization import operations
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from tests.conftest import AT, DAY, SYSTEM, MakeRecord, World
from tests.ground.organization.asking import Asking, administrators, text_of
from tests.work.activities.typed import hall


def last_day(unit: Unit) -> str:
    return str(Unit.objects.get(pk=unit.pk).until)


def test_gives_the_last_day(pages: Asking, world: World) -> None:
    assert pages.post("dissolve_unit", world.community.pk, until="2020-05-01").status_code == 302
    assert last_day(world.community) == "2020-05-01"


def test_takes_it_back(pages: Asking, world: World) -> None:
    operations.dissolve_unit(actor=SYSTEM, unit_id=world.community.pk, until=DAY, at=AT)
    assert pages.post("revive_unit", world.community.pk).status_code == 302
    assert last_day(world.community) == "None"


def test_who_may_open_and_send_it(pages: Asking, world: World) -> None:
    assert pages.everybody("dissolve_unit", world.union.pk) == administrators()
    sent = pages.everybody_sends("dissolve_unit", world.union.pk, until="2020-05-01")
    assert sent == administrators(done=302)
    assert pages.everybody_sends("revive_unit", world.union.pk) == administrators(done=302)


def test_taking_back_is_sent_never_opened(pages: Asking, world: World) -> None:
    assert pages.get("revive_unit", world.community.pk).status_code == 405


@pytest.mark.parametrize("until", ["", "2017-12-31", "2099-01-01", "x"])
def test_bad_days_are_refused(pages: Asking, world: World, until: str) -> None:
    assert pages.post("dissolve_unit", world.community.pk, until=until).status_code == 422
    assert last_day(world.community) == "None"


def test_later_records_are_named_as_the_reason(pages: Asking, world: World, make_record: MakeRecord) -> None:
    make_record()
    answer = pages.post("dissolve_unit", world.union.pk, until="2020-04-30")
    assert answer.status_code == 422
    assert "notice-error" in text_of(answer) or "field-error" in text_of(answer)
    assert last_day(world.union) == "None"


def test_a_unit_may_end_on_the_day_on_which_its_hall_closes(
    pages: Asking, world: World, cast: dict[str, Actor]
) -> None:
    hall(world, cast, until=DAY)
    assert pages.post("dissolve_unit", world.union.pk, until="2020-04-30").status_code == 302
    assert pages.post("revive_unit", world.union.pk).status_code == 302
    assert pages.post("dissolve_unit", world.union.pk, until=str(DAY)).status_code == 302
    assert list(proof.balance_breaks()) == []


def test_a_unit_in_being_has_nothing_to_take_back(pages: Asking, world: World) -> None:
    assert pages.post("revive_unit", world.community.pk).status_code == 409
