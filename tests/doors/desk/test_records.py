"""The list of records."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import MakeRecord, World
from tests.doors.desk.asking import ClientOf, text_of

ADDRESS = "/records/"


def test_it_lists_the_records_of_unit_and_period(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(title="今年的")
    make_record(title="去年的", day=date(2019, 5, 1))
    text = text_of(client_of("reviewer").get(ADDRESS))
    assert "今年的" in text
    assert "去年的" not in text
    assert "去年的" in text_of(client_of("reviewer").get(f"{ADDRESS}?since=2019-01-01&until=2019-12-31"))


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("words=民法", True),
        ("words=没有这个", False),
        ("kind=activity", True),
        ("kind=venue", False),
        ("state=confirmed", True),
        ("state=returned", False),
        ("state=nonsense", False),
    ],
)
def test_filters_stand_in_the_address(
    client_of: ClientOf, make_record: MakeRecord, query: str, seen: bool
) -> None:
    make_record(title="民法典宣讲")
    assert ("民法典宣讲" in text_of(client_of("clerk").get(f"{ADDRESS}?{query}"))) is seen


def test_pages_keep_the_filters(client_of: ClientOf, make_record: MakeRecord) -> None:
    for number in range(31):
        make_record(title=f"第{number}场", photos=0, state="submitted")
    client = client_of("reviewer")
    first = text_of(client.get(f"{ADDRESS}?state=submitted"))
    assert "?state=submitted&amp;page=2" in first
    assert "共 31 条" in first
    assert client.get(f"{ADDRESS}?state=submitted&page=99").status_code == 200
    assert client.get(f"{ADDRESS}?page=x").status_code == 200


def test_a_stranger_sees_none_of_it(client_of: ClientOf, make_record: MakeRecord, world: World) -> None:
    make_record(title="供电的事")
    client = client_of("stranger")
    assert "供电的事" not in text_of(client.get(ADDRESS))
    assert client.get(f"{ADDRESS}?unit={world.federation.pk}").status_code == 404


def test_each_says_which_kind_of_activity_it_is(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record()
    assert '<span class="quiet">职工大讲堂 · 第' in text_of(client_of("clerk").get(ADDRESS))


def test_anothers_draft_is_not_listed(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(title="还没写完", state="draft")
    assert "还没写完" in text_of(client_of("clerk").get(ADDRESS))
    assert "还没写完" not in text_of(client_of("reviewer").get(ADDRESS))


def test_wrong_method_and_visitor(client_of: ClientOf) -> None:
    assert client_of("clerk").post(ADDRESS).status_code == 405
    assert client_of("visitor").get(ADDRESS).status_code == 302


def test_more_rows_cost_no_more_statements(client_of: ClientOf, make_record: MakeRecord) -> None:
    client = client_of("reviewer")
    make_record()
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS)
    for _ in range(4):
        make_record()
    with CaptureQueriesContext(connection) as many:
        client.get(ADDRESS)
    assert len(many) == len(few)
