"""Search, and the choice of the unit to look at."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from jiangong.books.ledger.queries import records
from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import MakeRecord, World
from tests.doors.desk.asking import ClientOf, text_of


def test_one_box_finds_records_people_units_and_figures(
    client_of: ClientOf, make_record: MakeRecord, world: World
) -> None:
    record = make_record(title="劳模精神宣讲")
    client = client_of("head")
    assert reverse("desk:record", args=[record.pk]) in text_of(client.get("/search/?q=劳模"))
    assert world.union.name in text_of(client.get("/search/?q=供电"))
    assert "clerk同志" in text_of(client.get("/search/?q=clerk"))
    assert reverse("desk:figure", args=[AUDIENCE]) in text_of(client.get("/search/?q=受众"))


def test_a_record_is_found_with_its_picture_and_its_day_in_words(
    client_of: ClientOf, make_record: MakeRecord
) -> None:
    record = make_record(title="劳模精神宣讲")
    text = text_of(client_of("head").get("/search/?q=劳模"))
    assert reverse("evidence:thumbnail", args=[record.exhibits.get().pk]) in text
    assert "市供电公司工会 · 2020年5月1日 · 已入账" in text


def test_a_stranger_finds_nothing_of_it(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(title="劳模精神宣讲")
    text = text_of(client_of("stranger").get("/search/?q=劳模"))
    assert "劳模精神宣讲" not in text
    assert "没有找到" in text


def test_no_words_and_too_many(client_of: ClientOf, world: World) -> None:
    client = client_of("clerk")
    assert "请在上方输入" in text_of(client.get("/search/"))
    assert client.get("/search/", {"q": "长" * 500}).status_code == 200
    assert client.get("/search/", {"q": "%_'\"<script>"}).status_code == 200
    assert "<script>alert" not in text_of(client.get("/search/", {"q": "<script>alert(1)"}))


def test_units_in_scope_are_offered_and_the_period_stays(client_of: ClientOf, world: World) -> None:
    client = client_of("head")
    text = text_of(client.get("/units/?back=/ledger/&since=2020-01-01&until=2020-06-30"))
    assert f"/ledger/?since=2020-01-01&amp;until=2020-06-30&amp;unit={world.union.pk}" in text
    assert world.other_union.name not in text_of(client.get("/units/?words=供电"))
    assert world.union.name in text_of(client.get("/units/?words=gongdian"))


def test_the_way_up_comes_first_then_what_stands_below(client_of: ClientOf, world: World) -> None:
    page = client_of("head").get(f"/units/?unit={world.union.pk}").context["page"]
    way, below = page.groups
    assert [choice.unit for choice in way.choices] == [world.federation, world.union]
    assert {choice.unit for choice in below.choices} == {world.union, world.other_union, world.community}


def test_a_clerk_is_offered_only_own_units(client_of: ClientOf, world: World) -> None:
    assert world.other_union.name not in text_of(client_of("clerk").get("/units/"))


def test_the_way_back_stays_in_the_house(client_of: ClientOf, world: World) -> None:
    text = text_of(client_of("head").get("/units/?back=https://example.org/"))
    assert "example.org/?unit" not in text
    assert f'href="/?unit={world.union.pk}"' in text


def test_wrong_method_and_visitor(client_of: ClientOf) -> None:
    for address in ("/search/", "/units/"):
        assert client_of("clerk").post(address).status_code == 405
        assert client_of("visitor").get(address).status_code == 302


@pytest.mark.parametrize("written", ["{0}", "第{0}号", "第 {0} 号", "No. {0}"])
def test_a_record_is_found_by_the_number_that_its_page_shows(
    written: str, client_of: ClientOf, make_record: MakeRecord
) -> None:
    record = make_record(title="劳模精神宣讲")
    client, address = client_of("head"), reverse("desk:record", args=[record.pk])
    assert f"第{record.pk}号" in text_of(client.get(address))
    assert address in text_of(client.get("/search/", {"q": written.format(record.pk)}))
    assert address in text_of(client.get("/records/", {"words": written.format(record.pk)}))
    assert address not in text_of(client_of("stranger").get("/search/", {"q": written.format(record.pk)}))


def test_what_only_old_records_are_called_is_found_too(
    client_of: ClientOf, make_record: MakeRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "LATELY", 1)
    old = make_record(title="劳模精神宣讲", day=date(2020, 3, 1))
    new = make_record(title="劳模事迹展", day=date(2020, 4, 1))
    text = text_of(client_of("head").get("/search/?q=劳模"))
    places = [text.index(reverse("desk:record", args=[record.pk])) for record in (new, old)]
    assert places == sorted(places)
