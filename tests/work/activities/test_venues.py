"""Venues: the list, a new one, and one that changes or ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Amendment, Record
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities import operations
from jiangong.work.activities.models import Venue
from jiangong.work.activities.operations import VenueContent
from tests.conftest import AT, TODAY, World
from tests.work.activities.typed import hall, typed

ClientOf = Callable[[str], Client]
LIST, ENTER = "/activities/venues/", "/activities/venues/enter/"


def written(world: World, **changes: str) -> dict[str, str]:
    form = {
        "uuid": str(uuid4()),
        "version": "",
        "title": "职工书屋",
        "kind": "reading_room",
        "unit": str(world.union.pk),
        "happened_on": "2019-03-01",
        "until": "",
        "brand": "书香",
        "address": "通湖路 88 号",
        "capacity": "40",
        "act": "submit",
    }
    return {**form, **changes}


def draft(world: World, cast: dict[str, Actor]) -> Record:
    return operations.book_venue(
        actor=cast["clerk"],
        uuid=uuid4(),
        unit_id=world.union.pk,
        content=VenueContent(title="职工书屋", happened_on=AT.date(), kind="reading_room"),
        submit=False,
        at=AT,
        today=TODAY,
    )


def test_a_venue_is_entered_and_handed_in(client_of: ClientOf, world: World) -> None:
    client = client_of("clerk")
    assert client.get(ENTER).status_code == 200
    answer = client.post(ENTER, written(world))
    venue = Venue.objects.get()
    assert answer["Location"] == reverse("desk:record", args=[venue.pk])
    assert (venue.record.state, venue.capacity, venue.brand) == ("submitted", 40, "书香")


def test_the_list_shows_it_and_filters(client_of: ClientOf, world: World, cast: dict[str, Actor]) -> None:
    hall(world, cast)
    client = client_of("reviewer")
    assert "邮益思职工大讲堂" in client.get(LIST).content.decode()
    assert "邮益思职工大讲堂" not in client.get(f"{LIST}?kind=studio").content.decode()
    assert "邮益思职工大讲堂" in client.get(f"{LIST}?q=邮益思").content.decode()


def test_strangers_do_not_find_it(client_of: ClientOf, world: World, cast: dict[str, Actor]) -> None:
    record = hall(world, cast)
    client = client_of("stranger")
    assert "邮益思" not in client.get(LIST).content.decode()
    assert client.get(reverse("activities:change_venue", args=[record.pk])).status_code == 404
    assert client.post(ENTER, written(world)).status_code == 404


def test_an_auditor_reads_but_may_not_enter(
    client_of: ClientOf, world: World, cast: dict[str, Actor]
) -> None:
    record = hall(world, cast)
    client = client_of("auditor")
    assert ENTER not in client.get(LIST).content.decode()
    assert client.get(ENTER).status_code == 403
    assert client.get(reverse("activities:change_venue", args=[record.pk])).status_code == 403


def test_methods(client_of: ClientOf, world: World, cast: dict[str, Actor]) -> None:
    record = hall(world, cast)
    client = client_of("clerk")
    assert client.post(LIST).status_code == 405
    assert client.put(ENTER).status_code == 405
    assert client.put(reverse("activities:change_venue", args=[record.pk])).status_code == 405


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"kind": "castle"},
        {"happened_on": "2099-01-01"},
        {"happened_on": "yesterday"},
        {"until": "2018-12-31"},
        {"until": "2099-01-01"},
        {"capacity": "0"},
        {"capacity": "many"},
        {"unit": ""},
    ],
)
def test_bad_input_keeps_what_was_typed(client_of: ClientOf, world: World, changes: dict[str, str]) -> None:
    answer = client_of("clerk").post(ENTER, written(world, **changes))
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "field-error" in body
    assert "书香" in body
    assert not Record.objects.exists()


def test_sent_twice_books_once(client_of: ClientOf, world: World) -> None:
    form = written(world)
    for _ in range(2):
        client_of("clerk").post(ENTER, form)
    assert Venue.objects.count() == 1


def test_a_draft_is_gone_on_with(client_of: ClientOf, world: World, cast: dict[str, Actor]) -> None:
    record = draft(world, cast)
    where = reverse("activities:change_venue", args=[record.pk])
    form = written(world, title="新书屋", happened_on="2020-05-01", version=str(record.version))
    assert client_of("clerk").post(where, form).status_code == 302
    record.refresh_from_db()
    assert (record.state, record.title) == ("submitted", "新书屋")


def test_a_stale_form_shows_what_stands(client_of: ClientOf, world: World, cast: dict[str, Actor]) -> None:
    record = draft(world, cast)
    where = reverse("activities:change_venue", args=[record.pk])
    old = str(record.version)
    client = client_of("clerk")
    client.post(where, written(world, address="新地址", happened_on="2020-05-01", version=old, act="draft"))
    answer = client.post(where, written(world, address="另一处", happened_on="2020-05-01", version=old))
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "新地址" in body
    assert "另一处" in body


def test_a_confirmed_venue_is_closed_by_an_amendment(
    client_of: ClientOf, world: World, cast: dict[str, Actor]
) -> None:
    record = hall(world, cast)
    where = reverse("activities:change_venue", args=[record.pk])
    form: dict[str, Any] = written(
        world, title=record.title, kind="hall", until="2020-04-30", version=str(record.version)
    )
    client = client_of("clerk")
    assert client.post(where, form).status_code == 422
    assert client.post(where, {**form, "reason": "场地拆迁"}).status_code == 302
    assert Amendment.objects.get().after["until"] == "2020-04-30"


def test_what_a_venue_saw_is_counted_in_the_period_and_leads_to_its_records(
    client_of: ClientOf, world: World, cast: dict[str, Actor]
) -> None:
    venue = hall(world, cast)
    client = client_of("clerk")
    client.post("/activities/enter/lecture/", typed(world, venue=str(venue.pk)))
    record = Record.objects.get(kind="activity")
    ledger.confirm_record(actor=cast["head"], record_id=record.pk, at=AT)
    body = client.get(f"{LIST}?since=2020-01-01&until=2020-12-31").content.decode()
    query = f"?since=2020-01-01&amp;until=2020-12-31&amp;venue={venue.pk}&amp;state=confirmed"
    assert f'href="/activities/{query}"' in body
    assert "venue=" not in client.get(f"{LIST}?since=2019-01-01&until=2019-12-31").content.decode()
    page = client.get(f"/activities/{query}".replace("&amp;", "&")).context["page"]
    assert ([row.record.pk for row in page.rows], page.about) == ([record.pk], "邮益思职工大讲堂")


def test_the_place_of_a_venue_is_kept_and_shown(client_of: ClientOf, world: World) -> None:
    client = client_of("clerk")
    client.post(ENTER, written(world, latitude="32.7849", longitude="119.4437"))
    venue = Venue.objects.get()
    assert (str(venue.latitude), str(venue.longitude)) == ("32.784900", "119.443700")
    assert "32.784900, 119.443700" in client.get(f"/records/{venue.pk}/").content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"latitude": "32.7849"},
        {"longitude": "119.4437"},
        {"latitude": "91", "longitude": "119"},
        {"latitude": "32", "longitude": "-181"},
        {"latitude": "north", "longitude": "119"},
        {"latitude": "32.12345678", "longitude": "119"},
    ],
)
def test_half_a_place_or_none_on_earth_is_refused(
    client_of: ClientOf, world: World, typed: dict[str, str]
) -> None:
    answer = client_of("clerk").post(ENTER, written(world, **typed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "field-error" in page
    assert '<details class="fold entry-more" open>' in page
    assert not Venue.objects.exists()
