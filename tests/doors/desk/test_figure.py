"""One figure with everything behind it."""

from __future__ import annotations

from datetime import UTC, date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import AT, MakeRecord, World
from tests.doors.desk.asking import ClientOf, text_of

ADDRESS = f"/ledger/{AUDIENCE}/"


def test_a_number_opens_onto_its_records_and_their_photos(
    client_of: ClientOf, make_record: MakeRecord, world: World
) -> None:
    record = make_record(audience=86)
    exhibit = record.exhibits.get()
    text = text_of(client_of("head").get(ADDRESS))
    assert '<div class="figure-value">86' in text
    assert reverse("desk:record", args=[record.pk]) in text
    assert reverse("evidence:thumbnail", args=[exhibit.pk]) in text
    assert world.union.name in text
    assert "职工大讲堂" in text
    assert "“受众”的合计" in text
    assert '<svg class="columns"' in text
    assert "截至第 1 号凭证" in text


def test_it_is_read_as_it_stood(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(audience=80)
    make_record(audience=6)
    client = client_of("head")
    assert '<div class="figure-value">86' in text_of(client.get(ADDRESS))
    then = text_of(client.get(f"{ADDRESS}?as_of=1"))
    assert '<div class="figure-value">80' in then
    assert "+6" in then, "what changed since is listed"


def test_what_changed_since_a_position(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(audience=80, title="第一场")
    make_record(state="withdrawn", audience=50, title="撤回的那场")
    text = text_of(client_of("head").get(f"{ADDRESS}?from=1"))
    assert "撤回的那场" in text
    assert "−50" in text
    assert "此后没有变动" in text_of(client_of("head").get(f"{ADDRESS}?from=3"))


def test_what_changed_of_one_part_leaves_the_others_out(
    client_of: ClientOf, make_record: MakeRecord, world: World
) -> None:
    make_record(audience=80, title="第一讲")
    make_record(audience=15, title="一次学习", kind="study")
    client = client_of("head")
    part = text_of(client.get(f"/ledger/{AUDIENCE}@lecture/?from=0"))
    assert "第一讲" in part
    assert "一次学习" not in part.split('id="changes"')[1]
    assert "凭证号0时为0人次，现为80人次" in part
    assert "凭证号0时为0人次，现为95人次" in text_of(client.get(f"{ADDRESS}?from=0"))


def test_what_changed_since_a_day(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(audience=80, title="第一场")
    made = AT.astimezone(UTC).date()
    before, after = made - timedelta(days=1), made + timedelta(days=1)
    client = client_of("head")
    assert "第一场" in text_of(client.get(f"{ADDRESS}?from_day={before}")).split('id="changes"')[1]
    assert "此后没有变动" in text_of(client.get(f"{ADDRESS}?from_day={after}"))
    for odd in ("0001-01-01", "9999-12-31", "x"):
        assert client.get(f"{ADDRESS}?from_day={odd}").status_code == 422


def test_one_part_of_it(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(audience=86)
    text = text_of(client_of("head").get(f"/ledger/{AUDIENCE}@lecture/"))
    assert '<div class="figure-value">86' in text
    assert "（职工大讲堂）" in text


def test_a_ratio_shows_both_its_numbers(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(audience=80)
    make_record(audience=85)
    text = text_of(client_of("head").get("/ledger/activities.audience_per_session/"))
    assert "82.5" in text
    assert "165 ÷ 2" in text
    over = text_of(client_of("head").get("/ledger/activities.audience_per_session/?measure=activities.held"))
    assert 'aria-current="true"' in over


def test_the_trail_goes_on_page_by_page(client_of: ClientOf, make_record: MakeRecord) -> None:
    client = client_of("reviewer")
    for day in range(1, 24):
        record = make_record(day=date(2020, 4, day), title=f"四月{day}日", photos=0, state="submitted")
        client.post(f"/records/{record.pk}/confirm/", {"override": "已核对", "version": "2"})
    first = client.get(ADDRESS)
    assert "四月23日" in text_of(first)
    assert "四月1日" not in text_of(first)
    after = first.context["page"].page.trail.after
    second = text_of(client.get(f"{ADDRESS}?after={after}"))
    assert "四月1日" in second
    assert "四月23日" not in second


def test_colleague_and_stranger(client_of: ClientOf, make_record: MakeRecord, world: World) -> None:
    make_record(audience=86)
    assert '<div class="figure-value">86' in text_of(client_of("clerk").get(ADDRESS))
    stranger = client_of("stranger")
    assert '<div class="figure-value">0' in text_of(stranger.get(ADDRESS))
    assert stranger.get(f"{ADDRESS}?unit={world.union.pk}").status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ledger/no.such/", 404),
        (f"{ADDRESS}?as_of=x", 422),
        (f"{ADDRESS}?from=-1", 422),
        (f"{ADDRESS}?as_of=99999999999999999999", 422),
        (f"{ADDRESS}?as_of=999999", 200),
        (f"{ADDRESS}?after=nonsense", 200),
        (f"{ADDRESS}?measure=nonsense", 200),
        (f"/ledger/{AUDIENCE}@nonsense/", 200),
    ],
)
def test_an_odd_address_ends_in_a_sentence(
    client_of: ClientOf, world: World, address: str, status: int
) -> None:
    answer = client_of("head").get(address)
    assert answer.status_code == status
    assert "None" not in text_of(answer)


def test_each_month_leads_to_the_figure_of_that_month(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record()
    text = text_of(client_of("head").get(ADDRESS))
    month = f'<a href="{ADDRESS}?since=2020-05-01&amp;until=2020-05-31" data-trail'
    assert text.count(month) == 2, "its bar, and its line in the table"


def test_an_empty_period_draws_no_axis(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record()
    text = text_of(client_of("head").get(f"{ADDRESS}?since=2019-01-01&until=2019-12-31"))
    assert "本期各月均无数据" in text
    assert '<svg class="columns"' not in text


def test_wrong_method_and_visitor(client_of: ClientOf) -> None:
    assert client_of("clerk").post(ADDRESS).status_code == 405
    assert client_of("visitor").get(ADDRESS).status_code == 302


def test_more_records_cost_no_more_statements(client_of: ClientOf, make_record: MakeRecord) -> None:
    client = client_of("head")
    make_record()
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS)
    for _ in range(4):
        make_record()
    with CaptureQueriesContext(connection) as many:
        client.get(ADDRESS)
    assert len(many) == len(few)
