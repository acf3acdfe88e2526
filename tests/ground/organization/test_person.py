"""/organization/people/…/: one person, and adding, correcting, moving and releasing them."""

import pytest

from jiangong.ground.organization import operations
from jiangong.ground.organization.models import Person, Post
from tests.conftest import AT, SYSTEM, TODAY, World
from tests.ground.organization.asking import Asking, administrators, readers, text_of


def present(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_shows_posts_and_unit(pages: Asking, post: Post) -> None:
    page = text_of(pages.get("person", post.person_id))
    for shown in ("王建国", "创建工作领导小组", "组长", "市供电公司工会"):
        assert shown in page


def test_who_may_read_it(pages: Asking, person: Person) -> None:
    assert pages.everybody("person", person.pk) == readers()


def test_only_administrators_see_the_account(pages: Asking, person: Person) -> None:
    assert "开通账号" in text_of(pages.get("person", person.pk))
    assert "开通账号" not in text_of(pages.get("person", person.pk, by="reviewer"))


@pytest.mark.parametrize("name", ["change_person", "transfer_person", "release_person"])
def test_who_may_open_the_acts(pages: Asking, person: Person, name: str) -> None:
    assert pages.everybody(name, person.pk) == administrators()


def test_wrong_methods_are_refused(pages: Asking, person: Person) -> None:
    assert pages.post("person", person.pk).status_code == 405
    assert pages.get("return_person", person.pk).status_code == 405


def test_a_person_is_added_to_a_unit(pages: Asking, world: World) -> None:
    assert pages.everybody("add_person", world.union.pk) == administrators()
    sent = pages.everybody_sends("add_person", world.union.pk, name="李梅", title="干事")
    assert sent == administrators(done=302)
    assert Person.objects.get(name="李梅").unit == world.union


@pytest.mark.parametrize("name", ["", " ", "长" * 61], ids=["empty", "blank", "long"])
def test_a_person_needs_a_name(pages: Asking, world: World, name: str) -> None:
    assert pages.post("add_person", world.union.pk, name=name).status_code == 422


def test_a_name_is_corrected(pages: Asking, person: Person) -> None:
    form = {"name": "王建军", "title": "主席", "version": "1"}
    assert pages.everybody_sends("change_person", person.pk, **form) == administrators(done=302)
    assert present(person).name == "王建军"


def test_an_overtaken_correction_keeps_what_was_typed(pages: Asking, person: Person) -> None:
    operations.change_person(actor=SYSTEM, person_id=person.pk, version=1, name="王建", title="干事", at=AT)
    answer = pages.post("change_person", person.pk, name="王建军", title="", version="1")
    assert answer.status_code == 409
    assert 'value="王建军"' in text_of(answer)
    assert "<del>王建</del>" in text_of(answer)


def test_a_person_changes_units(pages: Asking, world: World, person: Person) -> None:
    form = {"unit": world.community.pk, "on": "2020-05-01"}
    assert pages.everybody_sends("transfer_person", person.pk, **form) == administrators(done=302)
    assert present(person).unit == world.community


@pytest.mark.parametrize("bad", [{"unit": ""}, {"on": "2099-01-01"}, {"on": "x"}], ids=str)
def test_a_bad_change_of_units_is_refused(
    pages: Asking, world: World, person: Person, bad: dict[str, str]
) -> None:
    form = {"unit": str(world.community.pk), "on": "2020-05-01", **bad}
    assert pages.post("transfer_person", person.pk, **form).status_code == 422
    assert present(person).unit == world.union


def test_a_person_leaves_and_comes_back(pages: Asking, person: Person) -> None:
    sent = pages.everybody_sends("release_person", person.pk, until=TODAY.isoformat())
    assert sent == administrators(done=302)
    assert present(person).until == TODAY
    assert "已离开" in text_of(pages.get("person", person.pk))
    assert pages.everybody_sends("return_person", person.pk) == administrators(done=302)
    assert present(person).until is None


def test_a_bad_last_day_is_refused(pages: Asking, person: Person) -> None:
    assert pages.post("release_person", person.pk, until="2099-01-01").status_code == 422
