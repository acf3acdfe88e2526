"""What is odd is said beside the field while one types; nothing is kept."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from jiangong.books.ledger.models import Record
from tests.conftest import World
from tests.work.activities.typed import typed

ClientOf = Callable[[str], Client]
ADDRESS = "/activities/check/lecture/"


def said(client: Client, world: World, audience: str) -> str:
    answer = client.post(ADDRESS, typed(world, activities__audience=audience, photos=None))
    assert answer.status_code == 200
    return answer.content.decode()


def test_beyond_the_population_is_an_error_that_names_both_numbers(client_of: ClientOf, world: World) -> None:
    body = said(client_of("clerk"), world, "900000")
    assert "900,000" in body
    assert "810,000" in body
    assert not Record.objects.exists()


def test_unusual_is_a_warning(client_of: ClientOf, world: World) -> None:
    assert "finding-warning" in said(client_of("clerk"), world, "3000")


def test_a_unit_typed_twice_is_refused_with_what_to_do(client_of: ClientOf, world: World) -> None:
    assert "容易差出一万倍" in said(client_of("clerk"), world, "10000万")


def test_nothing_odd_says_nothing(client_of: ClientOf, world: World) -> None:
    body = said(client_of("reviewer"), world, "86")
    assert "finding" not in body.replace("findings", "")
    assert "field-error" not in body


def test_what_is_not_typed_yet_is_not_missing(client_of: ClientOf, world: World) -> None:
    assert "field-error" not in said(client_of("clerk"), world, "")


def test_another_unit_is_not_found(client_of: ClientOf, world: World) -> None:
    assert client_of("stranger").post(ADDRESS, typed(world, photos=None)).status_code == 404


def test_an_auditor_may_not(client_of: ClientOf, world: World) -> None:
    assert client_of("auditor").post(ADDRESS, typed(world, photos=None)).status_code == 403


def test_only_post(client_of: ClientOf) -> None:
    assert client_of("clerk").get(ADDRESS).status_code == 405


def test_a_unit_that_is_no_number_is_not_found(client_of: ClientOf, world: World) -> None:
    assert client_of("clerk").post(ADDRESS, typed(world, unit="x", photos=None)).status_code == 404


def asked(client: Client, world: World, kind: str, **quantities: str) -> str:
    blank = {"activities__audience": None, "photos": None}
    form = typed(world, **blank, **quantities)
    answer = client.post(f"/activities/check/{kind}/", form)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_price_outside_its_band_is_a_warning(client_of: ClientOf, world: World) -> None:
    body = asked(
        client_of("clerk"),
        world,
        "visit",
        activities__visit_money="9000",
        activities__households="1",
    )
    assert "户均慰问金为9,000.00（9,000÷1）" in body
    assert "finding-warning" in body


def test_a_usual_price_says_nothing(client_of: ClientOf, world: World) -> None:
    body = asked(
        client_of("clerk"), world, "visit", activities__visit_money="5000", activities__households="10"
    )
    assert "户均慰问金" not in body


def test_nothing_but_round_numbers_is_a_warning(client_of: ClientOf, world: World) -> None:
    client = client_of("clerk")
    round_ones = asked(client, world, "desk", activities__books="100", activities__leaflets="500")
    assert "各项数量均为整百、整千的数（100, 500）" in round_ones
    counted = asked(client, world, "desk", activities__books="100", activities__leaflets="487")
    assert "各项数量均为整百、整千的数" not in counted


def test_nobody_in_the_hall_is_usual_where_it_is_held_online(client_of: ClientOf, world: World) -> None:
    client = client_of("clerk")
    form = typed(world, activities__audience="0", photos=None)
    assert "finding-warning" in client.post(ADDRESS, form).content.decode()
    online = client.post(ADDRESS, {**form, "is_online": "on"}).content.decode()
    assert "finding-warning" not in online
