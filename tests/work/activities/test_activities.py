"""The list of activities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import MakeRecord, World

ClientOf = Callable[[str], Client]
ADDRESS = "/activities/"
YEAR = "since=2020-01-01&until=2020-12-31"


def listed(client: Client, query: str = "") -> list[str]:
    page = client.get(f"{ADDRESS}?{YEAR}&{query}").context["page"]
    return [row.record.title for row in page.rows]


def test_a_row_has_its_picture_its_numbers_and_its_state(
    client_of: ClientOf, make_record: MakeRecord
) -> None:
    record = make_record(audience=1234, photos=2)
    body = client_of("clerk").get(f"{ADDRESS}?{YEAR}").content.decode()
    assert record.title in body
    assert "1,234" in body
    assert f'href="/records/{record.pk}/?since=2020-01-01&amp;until=2020-12-31">1,234' in body
    assert f"/evidence/{record.exhibits.order_by('pk')[0].pk}/thumbnail/" in body


def test_a_colleague_sees_what_was_handed_in_but_no_draft(
    client_of: ClientOf, make_record: MakeRecord
) -> None:
    make_record(state="draft", title="草稿")
    make_record(state="submitted", title="已交")
    assert listed(client_of("reviewer")) == ["已交"]
    assert sorted(listed(client_of("clerk"))) == ["已交", "草稿"]


def test_a_stranger_sees_nothing_of_it(client_of: ClientOf, world: World, make_record: MakeRecord) -> None:
    make_record()
    assert listed(client_of("stranger")) == []
    assert client_of("stranger").get(f"{ADDRESS}?unit={world.union.pk}").status_code == 404


def test_whoever_may_not_enter_is_offered_no_entry(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record()
    assert "/activities/enter/" not in client_of("auditor").get(f"{ADDRESS}?{YEAR}").content.decode()


def test_a_visitor_is_sent_to_sign_in(client_of: ClientOf, db: None) -> None:
    assert "/sign-in/" in client_of("visitor").get(ADDRESS)["Location"]


def test_only_get(client_of: ClientOf) -> None:
    assert client_of("clerk").post(ADDRESS).status_code == 405


@pytest.mark.parametrize(
    "query,titles",
    [
        ("q=安全", ["安全生产月"]),
        ("q=会议室", ["安全生产月", "劳模精神"]),
        ("kind=lecture", ["安全生产月", "劳模精神"]),
        ("kind=study", []),
        ("state=confirmed", ["劳模精神"]),
        ("state=nothing", []),
        ("page=99", ["安全生产月", "劳模精神"]),
    ],
)
def test_filters(client_of: ClientOf, make_record: MakeRecord, query: str, titles: list[str]) -> None:
    make_record(title="劳模精神")
    make_record(title="安全生产月", state="submitted")
    assert listed(client_of("clerk"), query) == titles


def test_an_empty_list_says_what_to_do(client_of: ClientOf, world: World) -> None:
    client = client_of("clerk")
    assert "请记第一笔" in client.get(f"{ADDRESS}?{YEAR}").content.decode()
    assert "请减少条件" in client.get(f"{ADDRESS}?{YEAR}&q=没有").content.decode()


def test_a_period_that_is_none_is_refused(client_of: ClientOf) -> None:
    assert client_of("clerk").get(f"{ADDRESS}?since=x&until=2020-01-01").status_code == 422


def test_the_statements_do_not_grow_with_the_rows(client_of: ClientOf, make_record: MakeRecord) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(f"{ADDRESS}?{YEAR}")
        return len(captured)

    client: Any = client_of("clerk")
    make_record()
    client.get(f"{ADDRESS}?{YEAR}")
    few = statements()
    for _ in range(5):
        make_record(photos=2)
    assert statements() == few
