"""The ledger browser."""

from __future__ import annotations

from django.urls import reverse

from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import MakeRecord, World
from tests.doors.desk.asking import ClientOf, text_of

ADDRESS = "/ledger/"


def test_every_figure_stands_with_its_value(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(audience=1_086)
    text = text_of(client_of("head").get(ADDRESS))
    assert "1,086" in text
    assert reverse("desk:figure", args=[AUDIENCE]) in text
    assert "第 1 号凭证" in text


def test_it_is_found_by_name_and_alias_with_its_parts(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(audience=86)
    client = client_of("clerk")
    for words in ("受众", "参加人次"):
        text = text_of(client.get(f"{ADDRESS}?words={words}"))
        assert reverse("desk:figure", args=[AUDIENCE]) in text
        assert reverse("desk:figure", args=[f"{AUDIENCE}@lecture"]) in text
    assert reverse("desk:figure", args=[AUDIENCE]) not in text_of(client.get(f"{ADDRESS}?words=书籍"))


def test_parts_are_shown_where_asked_for(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record()
    part = reverse("desk:figure", args=[f"{AUDIENCE}@lecture"])
    assert part not in text_of(client_of("clerk").get(ADDRESS))
    assert part in text_of(client_of("clerk").get(f"{ADDRESS}?facets=yes"))


def test_nothing_of_such_a_name_says_what_to_do(client_of: ClientOf, world: World) -> None:
    text = text_of(client_of("clerk").get(f"{ADDRESS}?words=从来没有"))
    assert "没有这个指标" in text
    assert "显示全部" in text


def test_a_ratio_of_nothing_is_a_dash(client_of: ClientOf, world: World) -> None:
    text = text_of(client_of("clerk").get(f"{ADDRESS}?words=场均"))
    assert ">—</a>" in text
    assert "None" not in text


def test_a_stranger_reads_only_own_units(client_of: ClientOf, make_record: MakeRecord, world: World) -> None:
    make_record(audience=1_086)
    client = client_of("stranger")
    assert "1,086" not in text_of(client.get(ADDRESS))
    assert client.get(f"{ADDRESS}?unit={world.union.pk}").status_code == 404


def test_wrong_method_and_visitor(client_of: ClientOf) -> None:
    assert client_of("clerk").post(ADDRESS).status_code == 405
    assert client_of("visitor").get(ADDRESS).status_code == 302
