"""Queue, measures, closings, imports and search: the file holds what its page shows, for whom it shows it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from jiangong.books.figures.models import OwnFigure
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.queries import closings
from jiangong.doors.desk.queries import queue
from jiangong.doors.desk.queries.search import HITS
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities import operations as activities
from jiangong.work.activities.rules import AUDIENCE, ActivityContent
from tests.conftest import AT, DAY, SYSTEM, TODAY, MakeRecord, World
from tests.doors.desk.asking import ClientOf, text_of
from tests.doors.desk.test_own import PER, TREES
from tests.ground.sheets.files import cells_of

NAMES = ("clerk", "reviewer", "head", "stranger", "auditor", "administrator", "security")
IN_APRIL = date(2020, 4, 10)


@pytest.fixture(autouse=True)
def in_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: AT)


def rows(client_of: ClientOf, name: str, address: str) -> list[list[Any]]:
    """Without the heads; of an empty list there is one empty row."""
    answer = client_of(name).get(f"/sheets/{address}")
    assert answer.status_code == 200
    return [row for row in cells_of(answer.content)[1:] if any(cell != "" for cell in row)]


def amended(actor: Actor, record: Record, at: datetime = AT) -> None:
    content = ActivityContent(title=record.title, happened_on=DAY, place="礼堂", quantities={AUDIENCE: 95})
    activities.propose_change(
        actor=actor, record_id=record.pk, content=content, reason="补签到", at=at, today=TODAY
    )


def test_the_queue_goes_out_with_its_amendments_in_the_order_of_the_page(
    client_of: ClientOf, cast: dict[str, Actor], make_record: MakeRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "LONGEST", 2)
    waits = make_record(title="待入账", state="submitted")
    for hours, title in ((2, "晚更正"), (1, "早更正")):
        amended(cast["clerk"], make_record(title=title), AT + timedelta(hours=hours))
    page = text_of(client_of("reviewer").get("/queue/"))
    assert 'href="/sheets/queue/export/?tab=confirm"' in page
    found = rows(client_of, "reviewer", "queue/export/?tab=confirm")
    assert [(row[1], row[3]) for row in found] == [("记录", "待入账"), ("更正", "早更正"), ("更正", "晚更正")]
    assert [found[0][0], found[0][5], found[0][7]] == [waits.pk, DAY, "clerk同志"]
    assert rows(client_of, "reviewer", "queue/export/") == found
    assert [
        item.record.title
        for item in queue.queue_page(actor=cast["reviewer"], tab="confirm", record_id=None, today=TODAY).items
    ] == ["待入账", "早更正"]


def test_refused_amendments_go_out_with_the_reason(
    client_of: ClientOf, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    record = make_record(title="被退的更正")
    amended(cast["clerk"], record)
    amendment = record.amendments.get()
    ledger.refuse_amendment(actor=cast["reviewer"], amendment_id=amendment.pk, opinion="=签到不符", at=AT)
    (row,) = rows(client_of, "clerk", "queue/export/?tab=refused")
    assert [row[1], row[3], row[9]] == ["更正", "被退的更正", "=签到不符"]
    assert not rows(client_of, "stranger", "queue/export/?tab=refused")


def test_measures_go_out_with_numbers_and_units(client_of: ClientOf) -> None:
    head = client_of("head")
    head.post("/measures/add/", TREES | {"name": "=植树棵数"})
    page = text_of(head.get("/measures/"))
    found = rows(client_of, "administrator", "measures/export/")
    assert found[0][:3] == ["=植树棵数", "own.m1", "本会自定"]
    assert found[0][3:] == ["棵", "发生数", "", 1, 12_000, "使用中"]
    assert all(row[0] in page for row in found)
    assert f'<span class="quiet">{len(found) - 1}</span>' in page


def test_own_figures_go_out_ended_ones_too(client_of: ClientOf) -> None:
    head = client_of("head")
    head.post("/measures/add/", TREES)
    head.post("/own-figures/define/", PER)
    head.post(f"/own-figures/{OwnFigure.objects.get().pk}/end/", {"version": "1"})
    (row,) = rows(client_of, "head", "own-figures/export/")
    assert [row[0], row[3], row[4]] == ["人均植树", "棵/人次", "已停用"]
    assert row[2] in text_of(head.get("/own-figures/"))


def test_closings_go_out_and_all_that_came_late(
    client_of: ClientOf,
    cast: dict[str, Actor],
    world: World,
    make_record: MakeRecord,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(closings, "MOST", 1)
    make_record(day=IN_APRIL)
    assert not rows(client_of, "head", "late-postings/export/")
    ledger.close_months(actor=SYSTEM, federation_id=world.federation.pk, until_month=202004, at=AT)
    for title in ("补报一", "补报二"):
        late = make_record(day=IN_APRIL, title=title, state="submitted")
        ledger.confirm_record(
            actor=cast["reviewer"], record_id=late.pk, version=late.version, override="补报", at=AT
        )
    page = text_of(client_of("auditor").get("/closing/"))
    assert "补报二" in page
    assert "补报一" not in page
    assert "这里只显示前1条，导出文件含全部" in page
    found = rows(client_of, "auditor", "late-postings/export/")
    assert [(row[0], row[2], row[4]) for row in found] == [(3, "补报二", IN_APRIL), (2, "补报一", IN_APRIL)]
    (closing,) = rows(client_of, "head", "closings/export/")
    assert closing[:2] == [date(2020, 4, 30), 1]


def test_imports_go_out_with_what_waits(
    client_of: ClientOf, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    batch = uuid4()
    for day in (DAY, DAY - timedelta(days=3)):
        record = make_record(state="submitted", day=day)
        Record.objects.filter(pk=record.pk).update(batch=batch)
    (row,) = rows(client_of, "reviewer", "imports/export/")
    assert row == ["Excel导入", 2, DAY - timedelta(days=3), DAY, "尚未审看"]
    ledger.begin_review(actor=cast["reviewer"], uuid=uuid4(), batch=batch, at=AT)
    assert rows(client_of, "reviewer", "imports/export/")[0][4] != "尚未审看"
    (look,) = rows(client_of, "reviewer", "looked-through/export/")
    assert [look[0], look[2], look[3]] == ["Excel导入", 0, TODAY]
    assert not rows(client_of, "head", "looked-through/export/")
    page = text_of(client_of("reviewer").get("/imports/"))
    assert "/sheets/imports/export/" in page
    assert "/sheets/looked-through/export/" in page


def test_all_that_a_search_found_goes_out(client_of: ClientOf, make_record: MakeRecord) -> None:
    for number in range(HITS + 1):
        make_record(title=f"=劳模讲堂{number}")
    page = text_of(client_of("clerk").get("/search/?q=劳模讲堂"))
    assert page.count("=劳模讲堂") == HITS
    assert f"这里只显示前{HITS}条，导出文件含全部" in page
    assert "/sheets/found/export/?q=" in page
    found = rows(client_of, "clerk", "found/export/?q=劳模讲堂")
    assert [row[2] for row in found] == [f"=劳模讲堂{number}" for number in reversed(range(HITS + 1))]
    assert not rows(client_of, "stranger", "found/export/?q=劳模讲堂")
    assert not rows(client_of, "clerk", "found/export/")
    assert "/export/" not in text_of(client_of("clerk").get("/search/"))


@pytest.mark.parametrize(
    ("sheet", "page", "allowed"),
    [
        ("queue", "/queue/", set(NAMES)),
        ("found", "/search/", set(NAMES)),
        ("measures", "/measures/", {"head", "administrator"}),
        ("own-figures", "/own-figures/", {"head", "administrator"}),
        ("kinds", "/activities/kinds/", {"head", "administrator"}),
        ("closings", "/closing/", {"head", "auditor"}),
        ("late-postings", "/closing/", {"head", "auditor"}),
        ("imports", "/imports/", {"reviewer", "head"}),
        ("looked-through", "/imports/", {"reviewer", "head"}),
        ("reports", "/reports/", set(NAMES)),
        ("templates", "/reports/templates/", set(NAMES)),
        ("published", "/reports/published/", set(NAMES)),
    ],
)
def test_whoever_may_open_the_page_may_take_it_out(
    sheet: str, page: str, allowed: set[str], client_of: ClientOf, world: World
) -> None:
    for name in NAMES:
        expected = 200 if name in allowed else 403
        assert client_of(name).get(f"/sheets/{sheet}/export/").status_code == expected
        assert client_of(name).get(page).status_code == expected
    assert client_of("visitor").get(f"/sheets/{sheet}/export/").status_code == 302


@pytest.mark.parametrize("address", ["/measures/", "/own-figures/", "/activities/kinds/", "/imports/"])
def test_their_pages_lead_to_it(address: str, client_of: ClientOf, world: World) -> None:
    assert f"/export/?unit={world.federation.pk}" in text_of(
        client_of("head").get(f"{address}?unit={world.federation.pk}")
    )
