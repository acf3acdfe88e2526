"""The first page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiangong.ground.organization.models import RoleGrant
from tests.conftest import MakeRecord, World
from tests.doors.desk.asking import ClientOf, text_of


def test_it_shows_what_waits_what_is_odd_figures_and_last_records(
    client_of: ClientOf, make_record: MakeRecord
) -> None:
    make_record(audience=120)
    make_record(state="submitted", audience=900_000, title="职工大讲堂：太多人")
    text = text_of(client_of("reviewer").get("/"))
    assert "待我确认" in text
    assert "900,000" in text
    assert 'class="finding finding-error"' in text
    assert "120" in text
    assert "职工大讲堂：劳模精神" in text
    assert "/thumbnail/" in text


def test_a_colleague_sees_the_same_figures(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(audience=137)
    for name in ("clerk", "reviewer", "head", "auditor"):
        assert "137" in text_of(client_of(name).get("/"))


def test_a_stranger_sees_only_own_units(client_of: ClientOf, make_record: MakeRecord, world: World) -> None:
    make_record(title="供电的事")
    client = client_of("stranger")
    assert "供电的事" not in text_of(client.get("/"))
    assert client.get(f"/?unit={world.union.pk}").status_code == 404


def test_a_clerk_sees_what_was_returned_and_the_drafts(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(state="returned")
    make_record(state="draft")
    text = text_of(client_of("clerk").get("/"))
    assert "退回给我" in text
    assert "我的草稿" in text
    assert "待我确认" not in text


def test_a_head_sees_the_silent_units(client_of: ClientOf, make_record: MakeRecord, world: World) -> None:
    make_record()
    text = text_of(client_of("head").get("/"))
    assert "无记录单位" in text
    assert world.other_union.name in text


def test_the_last_records_year_is_looked_at_until_another_is_chosen(
    client_of: ClientOf, make_record: MakeRecord
) -> None:
    make_record()
    client = client_of("head")
    assert "2020年" in text_of(client.get("/"))
    chosen = text_of(client.get("/?since=2019-01-01&until=2019-03-31"))
    assert "2019年第1季度" in chosen
    assert "/ledger/?since=2019-01-01&amp;until=2019-03-31" in chosen


def test_nothing_booked_says_what_to_do(client_of: ClientOf, world: World) -> None:
    text = text_of(client_of("clerk").get("/"))
    assert "没有待办事项" in text
    assert "记下第一笔" in text


def test_who_has_no_role_is_told_whom_to_ask(client_of: ClientOf, world: World) -> None:
    client = client_of("stranger")
    RoleGrant.objects.filter(account__username="stranger").delete()
    answer = client.get("/")
    assert answer.status_code == 403
    assert "no_role" in text_of(answer)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("unit=999999", 404),
        ("unit=x", 404),
        ("unit=99999999999999999999", 404),
        ("since=2020-13-01", 422),
        ("since=2020-12-31&until=2020-01-01", 422),
        ("since=0001-01-01&until=2020-01-01", 422),
    ],
)
def test_an_odd_address_ends_in_a_sentence(client_of: ClientOf, query: str, status: int) -> None:
    answer = client_of("head").get(f"/?{query}")
    assert answer.status_code == status
    assert "refusal-text" in text_of(answer)


def test_only_get_and_only_signed_in(client_of: ClientOf) -> None:
    assert client_of("clerk").post("/").status_code == 405
    assert client_of("visitor").get("/")["Location"] == "/sign-in/?next=/"


def test_it_speaks_english(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record()
    client = client_of("clerk")
    client.post("/language/", {"language": "en"})
    text = text_of(client.get("/"))
    assert "Figures of this period" in text
    assert '<html lang="en">' in text


def test_confirmed_records_do_not_cost_more_statements(client_of: ClientOf, make_record: MakeRecord) -> None:
    client = client_of("head")
    make_record()
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for _ in range(4):
        make_record()
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(many) == len(few)
