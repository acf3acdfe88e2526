"""An own draft is gone on with; what is confirmed is amended with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jiangong.books.ledger.models import Amendment, Record
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities import operations, queries
from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import AT, MakeRecord, World
from tests.work.activities.typed import AUDIENCE_FIELD, picture, typed

ClientOf = Callable[[str], Client]


def address(record: Record) -> str:
    return reverse("activities:change", args=[record.pk])


def again(world: World, record: Record, **changes: Any) -> dict[str, Any]:
    return typed(world, uuid=str(record.uuid), version=str(record.version), **{"photos": [], **changes})


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_the_one_who_entered_mends_and_hands_in(
    client_of: ClientOf, world: World, make_record: MakeRecord, state: str
) -> None:
    record = make_record(state=state)
    page = client_of("clerk").get(address(record))
    assert "80" in page.content.decode()
    answer = client_of("clerk").post(address(record), again(world, record, activities__audience="95"))
    record.refresh_from_db()
    assert answer["Location"] == reverse("activities:booked", args=[record.pk])
    assert record.state == "submitted"
    assert queries.content_of(record).quantities == {AUDIENCE: 95}


def test_the_reason_of_a_return_is_on_the_screen(client_of: ClientOf, make_record: MakeRecord) -> None:
    page = client_of("clerk").get(address(make_record(state="returned")))
    assert "请补人数依据" in page.content.decode()


def test_a_colleagues_draft_is_not_found_and_a_returned_one_forbidden(
    client_of: ClientOf, make_record: MakeRecord
) -> None:
    assert client_of("reviewer").get(address(make_record(state="draft"))).status_code == 404
    assert client_of("reviewer").get(address(make_record(state="returned"))).status_code == 403


@pytest.mark.parametrize("state", ["draft", "returned", "confirmed"])
def test_a_stranger_does_not_find_it(client_of: ClientOf, make_record: MakeRecord, state: str) -> None:
    assert client_of("stranger").get(address(make_record(state=state))).status_code == 404


def test_an_auditor_may_not_amend(client_of: ClientOf, world: World, make_record: MakeRecord) -> None:
    record = make_record()
    assert client_of("auditor").get(address(record)).status_code == 403
    answer = client_of("auditor").post(address(record), again(world, record, reason="x"))
    assert answer.status_code == 403


def test_what_waits_or_is_withdrawn_cannot_be_changed(client_of: ClientOf, make_record: MakeRecord) -> None:
    for state in ("submitted", "withdrawn"):
        assert client_of("clerk").get(address(make_record(state=state))).status_code == 409


def test_only_get_and_post(client_of: ClientOf, make_record: MakeRecord) -> None:
    assert client_of("clerk").delete(address(make_record(state="draft"))).status_code == 405


def test_a_stale_form_keeps_the_input_and_the_photos_and_shows_what_stands(
    client_of: ClientOf, world: World, make_record: MakeRecord
) -> None:
    client, record = client_of("clerk"), make_record(state="draft")
    stale = again(world, record, activities__audience="70", act="draft")
    client.post(address(record), again(world, record, activities__audience="60", act="draft"))
    answer = client.post(address(record), {**stale, "photos": [picture(99)]})
    body = answer.content.decode()
    record.refresh_from_db()
    assert answer.status_code == 422
    assert 'value="70"' in body
    assert "60 人次" in body
    assert record.exhibits.count() == 2
    assert queries.content_of(record).quantities == {AUDIENCE: 60}
    saved = client.post(address(record), {**stale, "version": str(record.version)})
    assert saved.status_code == 302
    assert queries.content_of(record).quantities == {AUDIENCE: 70}


def test_photos_are_kept_even_when_the_day_cannot_be(
    client_of: ClientOf, world: World, make_record: MakeRecord
) -> None:
    record = make_record(state="draft")
    bad = SimpleUploadedFile("坏.jpg", b"x", content_type="image/jpeg")
    form = again(world, record, happened_on="2099-01-01", photos=[picture(99), bad])
    answer = client_of("clerk").post(address(record), form)
    assert answer.status_code == 422
    assert "坏.jpg" in answer.content.decode()
    assert record.exhibits.count() == 2


def test_a_photo_is_taken_off(client_of: ClientOf, world: World, make_record: MakeRecord) -> None:
    record = make_record(state="draft", photos=2)
    first = record.exhibits.order_by("pk")[0]
    client_of("clerk").post(address(record), again(world, record, remove=[str(first.pk)], act="draft"))
    assert len(queries.pictures_of(record.pk)) == 1


def test_a_confirmed_record_is_amended_with_a_reason(
    client_of: ClientOf, world: World, make_record: MakeRecord
) -> None:
    record = make_record()
    form = again(world, record, activities__audience="95", reason="数错了一排")
    answer = client_of("clerk").post(address(record), form)
    assert answer["Location"] == reverse("desk:record", args=[record.pk])
    amendment = Amendment.objects.get()
    assert (amendment.reason, amendment.after["quantities"]) == ("数错了一排", {AUDIENCE: 95})
    assert queries.content_of(record).quantities == {AUDIENCE: 80}


def test_an_amendment_without_a_reason_keeps_what_was_typed(
    client_of: ClientOf, world: World, make_record: MakeRecord
) -> None:
    record = make_record()
    answer = client_of("clerk").post(
        address(record), again(world, record, activities__audience="95", reason="")
    )
    assert answer.status_code == 422
    assert 'value="95"' in answer.content.decode()
    assert not Amendment.objects.exists()


def test_an_amendment_that_changes_nothing_is_refused(
    client_of: ClientOf, world: World, make_record: MakeRecord
) -> None:
    record = make_record()
    form = again(
        world, record, title=record.title, place="三楼会议室", activities__audience="80", reason="看看"
    )
    answer = client_of("clerk").post(address(record), form)
    assert answer.status_code == 422
    assert not Amendment.objects.exists()


def test_where_people_signed_in_the_audience_is_not_typed(
    client_of: ClientOf, world: World, make_record: MakeRecord, cast: dict[str, Actor]
) -> None:
    record = make_record(state="draft")
    operations.open_sign_in(actor=cast["clerk"], record_id=record.pk, at=AT)
    page = client_of("clerk").get(address(record))
    assert "已签到 0 人" in page.content.decode()
    form = again(world, record, basis="sign_in", **{AUDIENCE_FIELD: ""})
    answer = client_of("clerk").post(address(record), form)
    assert answer.status_code == 302
    assert queries.content_of(record).quantities == {}


def test_the_draft_page_asks_a_steady_number_of_statements(
    client_of: ClientOf, make_record: MakeRecord, django_assert_max_num_queries: Any
) -> None:
    record = make_record(state="draft", photos=4)
    client = client_of("clerk")
    client.get(address(record))
    with django_assert_max_num_queries(40):
        client.get(address(record))
