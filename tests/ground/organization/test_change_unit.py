"""/organization/units/…/change/ and …/start/: a unit's head data and its first day."""

import pytest

from jiangong.ground.organization import operations
from jiangong.ground.organization.models import Unit
from tests.conftest import AT, SYSTEM, World
from tests.ground.organization.asking import Asking, administrators, text_of

FORM = {"code": "GD", "name": "国网高邮供电公司工会", "kind": "grassroots", "version": "1"}


def test_saves_what_was_typed(pages: Asking, world: World) -> None:
    page = pages.where_it_leads("change_unit", world.union.pk, **FORM, address="屏淮路 1 号")
    assert "国网高邮供电公司工会" in page
    assert Unit.objects.get(pk=world.union.pk).address == "屏淮路 1 号"


def test_shows_the_present_state(pages: Asking, world: World) -> None:
    assert f'value="{world.union.name}"' in text_of(pages.get("change_unit", world.union.pk))


def test_who_may_open_and_send_it(pages: Asking, world: World) -> None:
    assert pages.everybody("change_unit", world.union.pk) == administrators()
    assert pages.everybody_sends("change_unit", world.union.pk, **FORM) == administrators(done=302)
    assert pages.everybody("correct_start", world.union.pk) == administrators()


def test_other_methods_are_refused(pages: Asking, world: World) -> None:
    browser = pages.client_of("administrator")
    assert browser.delete(f"/organization/units/{world.union.pk}/change/").status_code == 405


@pytest.mark.parametrize("bad", [{"name": " "}, {"code": "SW"}, {"kind": ""}, {"version": "x"}], ids=str)
def test_bad_input_is_refused(pages: Asking, world: World, bad: dict[str, str]) -> None:
    assert pages.post("change_unit", world.union.pk, **{**FORM, **bad}).status_code == 422
    assert Unit.objects.get(pk=world.union.pk).name == world.union.name


def test_an_overtaken_form_keeps_what_was_typed(pages: Asking, world: World) -> None:
    operations.change_unit(
        actor=SYSTEM,
        unit_id=world.union.pk,
        version=1,
        name="市供电公司工会委员会",
        short_name="",
        uscc="",
        division_code="",
        address="",
        at=AT,
    )
    answer = pages.post("change_unit", world.union.pk, **FORM)
    page = text_of(answer)
    assert answer.status_code == 409
    assert 'value="国网高邮供电公司工会"' in page
    assert "<del>市供电公司工会委员会</del>" in page
    again = pages.post("change_unit", world.union.pk, **{**FORM, "version": "2"})
    assert again.status_code == 302


def test_the_first_day_is_moved_back(pages: Asking, world: World) -> None:
    assert pages.post("correct_start", world.union.pk, since="2010-03-01").status_code == 302
    assert pages.post("correct_start", world.union.pk, since="2015-03-01").status_code == 422
    assert Unit.objects.get(pk=world.union.pk).since.year == 2010
