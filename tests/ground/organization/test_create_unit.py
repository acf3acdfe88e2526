"""/organization/units/…/create/: a new unit below another."""

import pytest

from jiangong.ground.organization.models import Unit
from tests.conftest import World
from tests.ground.organization.asking import Asking, administrators, text_of, wrong_fields

FORM = {"code": "YM-1", "name": "第一网格", "kind": "grid", "since": "2019-03-01"}


def test_puts_the_unit_below_its_parent(pages: Asking, world: World) -> None:
    page = pages.where_it_leads("create_unit", world.community.pk, **FORM)
    assert "第一网格" in page
    assert Unit.objects.get(code="YM-1").ancestries.count() == 3


def test_proposes_what_probably_stands_below(pages: Asking, world: World) -> None:
    page = text_of(pages.get("create_unit", world.community.pk))
    assert '<option value="grid" selected>' in page


def test_who_may_open_and_send_it(pages: Asking, world: World) -> None:
    assert pages.everybody("create_unit", world.union.pk) == administrators()
    assert pages.everybody_sends("create_unit", world.union.pk, **FORM) == administrators(done=302)


def test_other_methods_are_refused(pages: Asking, world: World) -> None:
    browser = pages.client_of("administrator")
    assert browser.put(f"/organization/units/{world.union.pk}/create/").status_code == 405


@pytest.mark.parametrize(
    "bad",
    [
        {"code": "GD"},
        {"code": ""},
        {"name": "长" * 121},
        {"kind": "ship"},
        {"since": "2099-01-01"},
        {"since": "2017-01-01"},
        {"since": "昨天"},
        {"division_code": "12"},
    ],
    ids=str,
)
def test_bad_input_stays_in_the_form_beside_its_error(
    pages: Asking, world: World, bad: dict[str, str]
) -> None:
    answer = pages.post("create_unit", world.community.pk, **{**FORM, "address": "御码路 9 号", **bad})
    assert answer.status_code == 422
    assert "field-error" in text_of(answer)
    assert "御码路 9 号" in text_of(answer)
    assert not Unit.objects.filter(code="YM-1").exists()


def test_all_mistakes_are_told_at_once_each_beside_its_field(pages: Asking, world: World) -> None:
    wrong = {"code": "GD", "since": "2017-01-01", "division_code": "12"}
    answer = pages.post("create_unit", world.community.pk, **{**FORM, **wrong})
    assert wrong_fields(answer) == {"code", "since", "division_code"}


def test_what_the_act_would_refuse_is_told_beside_what_cannot_be_read(pages: Asking, world: World) -> None:
    wrong = {"name": "", "since": "2017-01-01", "code": "GD", "division_code": "12"}
    answer = pages.post("create_unit", world.community.pk, **{**FORM, **wrong})
    assert wrong_fields(answer) == {"name", "since", "code", "division_code"}
