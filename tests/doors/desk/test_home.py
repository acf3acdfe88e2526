"""The first page."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

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


def test_every_link_keeps_unit_and_period(client_of: ClientOf, make_record: MakeRecord, world: World) -> None:
    make_record()
    make_record(state="submitted", audience=900_000)
    chosen = f"unit={world.union.pk}&amp;since=2018-01-01&amp;until=2020-12-31"
    text = text_of(client_of("head").get(f"/?{chosen.replace('&amp;', '&')}"))
    inside = text[text.index("<main") : text.index("</main>")]
    links = [link.partition('"')[0] for link in inside.split('href="')[1:]]
    pages = [link for link in links if not link.startswith(("/static/", "/evidence/"))]
    assert any(link.startswith("/ledger/activities") for link in pages), "tiles"
    assert any(link.startswith("/queue/") for link in pages), "what waits, and what is odd"
    assert [link for link in pages if chosen not in link] == []


def test_it_says_what_was_checked_for_this_person(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record()
    make_record(state="submitted", audience=900_000)
    assert "以上数据检查均通过" in text_of(client_of("auditor").get("/"))
    assert "检查均通过" not in text_of(client_of("head").get("/"))


def test_nobody_is_told_of_checks_where_nothing_is_theirs_to_check(client_of: ClientOf, world: World) -> None:
    assert "异常提示" not in text_of(client_of("administrator").get("/"))


def test_records_that_wait_and_pass_are_counted(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record()
    make_record(state="submitted")
    assert "待您确认的1条记录和以上数据，检查均通过" in text_of(client_of("reviewer").get("/"))


def test_silent_units_lead_to_their_page_and_all_are_there(
    client_of: ClientOf, make_record: MakeRecord, world: World
) -> None:
    text = text_of(client_of("head").get("/"))
    assert reverse("organization:unit", args=[world.other_union.pk]) in text
    of_union = text_of(client_of("head").get(f"/?unit={world.union.pk}"))
    assert "无记录单位" not in of_union, "only units below the one looked at"


def test_a_record_that_nobody_confirmed_does_not_choose_the_year(
    client_of: ClientOf, make_record: MakeRecord
) -> None:
    make_record(day=date(2019, 5, 1))
    make_record(state="submitted")
    assert '<div class="pretitle">2019年</div>' in text_of(client_of("head").get("/"))


def test_an_empty_period_leads_to_the_last_with_data(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record()
    client = client_of("head")
    empty = "since=2026-01-01&until=2026-12-31"
    for address in ("/", "/ledger/"):
        text = text_of(client.get(f"{address}?{empty}"))
        assert "2026年尚无入账数据" in text
        assert f'href="{address}?since=2020-01-01&amp;until=2020-12-31"' in text
        assert "尚无入账数据" not in text_of(client.get(address))
    before = text_of(client.get("/?since=2018-01-01&until=2018-12-31"))
    assert "查看2020年" in before, "the first year after it, where there is none before"


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
    refused = client_of("clerk").post("/")
    assert (refused.status_code, refused["Allow"]) == (405, "GET")
    assert "该地址不能直接打开" in text_of(refused)
    assert 'class="rail"' in text_of(refused), "the menu stays around it"
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


def test_records_that_wait_do_not_cost_more_statements(client_of: ClientOf, make_record: MakeRecord) -> None:
    client = client_of("reviewer")
    make_record(state="submitted", audience=900_000)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for _ in range(4):
        make_record(state="submitted", audience=900_000)
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(many) == len(few)
