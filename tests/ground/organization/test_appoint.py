"""/organization/units/…/appoint/ and posts/…/end/: who holds a post in a body, and until when."""

import pytest

from jiangong.ground.organization import operations
from jiangong.ground.organization.models import Person, Post
from tests.conftest import AT, SYSTEM, World
from tests.ground.organization.asking import Asking, administrators, text_of

FORM = {"body": "创建工作领导小组", "title": "成员", "rank": "3", "since": "2019-01-01"}


def test_gives_a_post(pages: Asking, world: World, person: Person) -> None:
    page = pages.where_it_leads("appoint", world.union.pk, person=person.pk, **FORM)
    assert "王建国" in page
    assert Post.objects.get(person=person).title == "成员"


def test_offers_people_of_the_unit_and_others_by_search(pages: Asking, world: World, person: Person) -> None:
    other = operations.add_person(actor=SYSTEM, unit_id=world.community.pk, name="沈玉兰", at=AT)
    page = text_of(pages.get("appoint", world.union.pk))
    assert f'value="{person.pk}"' in page
    assert "沈玉兰" not in page
    assert f'value="{other.pk}"' in text_of(pages.get("appoint", world.union.pk, q="syl"))


def test_who_may_open_and_send_it(pages: Asking, world: World, person: Person) -> None:
    assert pages.everybody("appoint", world.union.pk) == administrators()
    sent = pages.everybody_sends("appoint", world.union.pk, person=person.pk, **FORM)
    assert sent == administrators(done=302)


def test_other_methods_are_refused(pages: Asking, world: World, post: Post) -> None:
    browser = pages.client_of("administrator")
    assert browser.put(f"/organization/units/{world.union.pk}/appoint/").status_code == 405
    assert browser.delete(f"/organization/posts/{post.pk}/end/").status_code == 405


@pytest.mark.parametrize(
    "bad",
    [
        {"person": ""},
        {"body": ""},
        {"title": "长" * 61},
        {"rank": "0"},
        {"since": "1999-01-01"},
        {"until": "2018-01-01"},
    ],
    ids=str,
)
def test_bad_input_is_refused(pages: Asking, world: World, person: Person, bad: dict[str, str]) -> None:
    form = {**FORM, "person": str(person.pk), **bad}
    answer = pages.post("appoint", world.union.pk, **form)
    assert answer.status_code == 422
    assert "field-error" in text_of(answer)
    assert not Post.objects.filter(person=person).exists()


def test_a_person_that_is_none_is_not_found(pages: Asking, world: World) -> None:
    assert pages.post("appoint", world.union.pk, person="987654", **FORM).status_code == 404


def test_ends_a_post(pages: Asking, post: Post) -> None:
    assert pages.everybody("end_post", post.pk) == administrators()
    sent = pages.everybody_sends("end_post", post.pk, until="2019-12-31")
    assert sent == administrators(done=302)
    assert str(Post.objects.get(pk=post.pk).until) == "2019-12-31"


@pytest.mark.parametrize("until", ["", "2017-12-31", "2099-01-01"])
def test_a_bad_last_day_is_refused(pages: Asking, post: Post, until: str) -> None:
    assert pages.post("end_post", post.pk, until=until).status_code == 422
    assert Post.objects.get(pk=post.pk).until is None
