"""/organization/units/…/change/ and …/start/: a unit's head data and its first day."""

from uuid import uuid4

import pytest

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.queries import proof
from jiangong.ground.organization import operations
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities import operations as activities
from jiangong.work.activities.models import ActivityKind
from jiangong.work.activities.rules import AUDIENCE, LEAFLETS, ActivityContent
from tests.conftest import AT, DAY, SYSTEM, MakeRecord, World
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


def test_a_code_under_which_something_was_booked_stays(
    pages: Asking, world: World, make_record: MakeRecord, cast: dict[str, Actor]
) -> None:
    kind = ActivityKind.objects.get(book=world.book, code="desk")
    content = ActivityContent(
        title="咨询台",
        happened_on=DAY,
        community_id=world.community.pk,
        quantities={AUDIENCE: 40, LEAFLETS: 30},
    )
    record = activities.enter_activity(
        actor=cast["clerk"],
        uuid=uuid4(),
        kind_id=kind.pk,
        unit_id=world.union.pk,
        content=content,
        at=AT,
        today=DAY,
    )
    code = world.community.code
    form = {"name": "水部楼社区居委会", "kind": "community", "version": "1"}
    assert pages.post("change_unit", world.community.pk, **form, code=f"{code}2").status_code == 302
    assert (
        pages.post("change_unit", world.community.pk, **form | {"version": "2"}, code=code).status_code == 302
    )
    ledger.submit_record(actor=cast["clerk"], record_id=record.pk, at=AT)
    ledger.confirm_record(actor=cast["reviewer"], record_id=record.pk, at=AT, override="补照片")
    answer = pages.post("change_unit", world.community.pk, **form | {"version": "3"}, code=f"{code}2")
    assert "已有入账记录，不能更改" in text_of(answer)
    assert list(proof.record_breaks()) == []


@pytest.mark.parametrize("code", ["Q/1", "Q 1", "Q|1", "Q@1", "Q" * 41])
def test_a_code_fits_into_addresses_and_tokens(pages: Asking, world: World, code: str) -> None:
    assert pages.post("change_unit", world.union.pk, **FORM | {"code": code}).status_code == 422
    assert Unit.objects.get(pk=world.union.pk).code == world.union.code
