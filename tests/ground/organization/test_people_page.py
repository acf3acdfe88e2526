"""/organization/people/: everybody of the unit looked at and below."""

import pytest

from jiangong.ground.organization import operations
from jiangong.ground.organization.models import Person
from tests.conftest import AT, SYSTEM, TODAY, World
from tests.ground.organization.asking import CAST, TO_SIGN_IN, Asking, text_of


def test_lists_the_people_below_the_unit_looked_at(pages: Asking, world: World, person: Person) -> None:
    assert "王建国" in text_of(pages.get("people"))
    assert "王建国" in text_of(pages.get("people", unit=world.union.pk))
    assert "王建国" not in text_of(pages.get("people", unit=world.other_union.pk))


def test_a_colleague_sees_the_own_unit(pages: Asking, world: World, person: Person) -> None:
    page = text_of(pages.get("people", by="reviewer"))
    assert "王建国" in page
    assert "stranger" not in page


def test_everybody_with_a_role_may_look(pages: Asking) -> None:
    assert pages.everybody("people") == dict.fromkeys(CAST, 200) | {"visitor": TO_SIGN_IN}


def test_a_unit_out_of_scope_is_not_found(pages: Asking, world: World) -> None:
    assert pages.get("people", by="clerk", unit=world.other_union.pk).status_code == 404


def test_it_is_only_read(pages: Asking, world: World) -> None:
    assert pages.post("people").status_code == 405


@pytest.mark.parametrize("words", ["建国", "wjg", "wangjianguo"])
def test_people_are_found_by_name_and_pinyin(pages: Asking, person: Person, words: str) -> None:
    page = text_of(pages.get("people", q=words))
    assert "王建国" in page
    assert "clerk" not in page


def test_who_left_is_listed_apart(pages: Asking, person: Person) -> None:
    operations.release_person(actor=SYSTEM, person_id=person.pk, until=TODAY, at=AT)
    assert "王建国" not in text_of(pages.get("people"))
    assert "王建国" in text_of(pages.get("people", gone="1"))


@pytest.mark.parametrize("query", [{"page": "x"}, {"page": "99"}, {"q": "%"}], ids=str)
def test_an_odd_address_does_no_harm(pages: Asking, person: Person, query: dict[str, str]) -> None:
    assert pages.get("people", **query).status_code == 200
