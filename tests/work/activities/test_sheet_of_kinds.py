"""Kinds of activity go out as their page shows them."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from jiangong.work.activities import operations
from jiangong.work.activities.models import ActivityKind
from tests.conftest import AT, SYSTEM, MakeRecord, World
from tests.ground.sheets.files import cells_of

ClientOf = Callable[[str], Client]


def test_kinds_go_out_with_what_they_ask_for(
    client_of: ClientOf, world: World, make_record: MakeRecord
) -> None:
    make_record()
    ended = ActivityKind.objects.get(book=world.book, code="study")
    operations.end_kind(actor=SYSTEM, kind_id=ended.pk, version=ended.version, at=AT)
    head = client_of("head")
    page = head.get("/activities/kinds/").content.decode()
    found = cells_of(head.get("/sheets/kinds/export/").content)[1:]
    assert len(found) == ActivityKind.objects.filter(book=world.book, is_current=True).count()
    places = [page.index(f"<strong>{row[0]}</strong>") for row in found]
    assert places == sorted(places)
    lecture = next(row for row in found if row[1] == "lecture")
    assert "受众 · 人次" in lecture[2]
    assert lecture[3] == world.lecture.photos
    assert lecture[5:] == [1, "使用中"]
    assert (found[-1][1], found[-1][6]) == ("study", "已停用")
