"""待办: the queue, and deciding in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.measures import record_kinds
from jiangong.books.ledger.models import Amendment, Record
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities import operations as activities
from jiangong.work.activities.rules import AUDIENCE, ActivityContent
from tests.conftest import AT, DAY, TODAY, MakeRecord, World
from tests.doors.desk.asking import ClientOf, text_of

ADDRESS = "/queue/"


def shown(record: Record) -> str:
    return reverse("desk:queue_record", args=[record.pk])


def amended(cast: dict[str, Actor], record: Record) -> Amendment:
    content = ActivityContent(title=record.title, happened_on=DAY, place="礼堂", quantities={AUDIENCE: 95})
    return activities.propose_change(
        actor=cast["clerk"], record_id=record.pk, content=content, reason="补签到", at=AT, today=TODAY
    )


def test_the_first_is_open_beside_the_list(client_of: ClientOf, make_record: MakeRecord) -> None:
    first = make_record(state="submitted", title="第一条")
    second = make_record(state="submitted", title="第二条")
    text = text_of(client_of("reviewer").get(ADDRESS))
    assert "1 / 2" in text
    assert reverse("desk:confirm", args=[first.pk]) in text
    assert shown(second) in text


def test_after_a_decision_the_next_one_is_there(client_of: ClientOf, make_record: MakeRecord) -> None:
    first, second, third = (make_record(state="submitted", title=title) for title in ("甲", "乙", "丙"))
    client = client_of("reviewer")
    page = text_of(client.get(shown(second)))
    assert f'name="next" value="{shown(third)}"' in page
    answer = client.post(reverse("desk:confirm", args=[second.pk]), {"next": shown(third), "version": "2"})
    assert answer["Location"] == shown(third)
    answer = client.post(
        reverse("desk:return", args=[third.pk]), {"next": ADDRESS, "reason": "请补照片", "version": "2"}
    )
    assert answer["Location"] == ADDRESS
    assert Record.objects.get(pk=second.pk).state == "confirmed"
    assert Record.objects.get(pk=third.pk).remark == "请补照片"
    assert Record.objects.get(pk=first.pk).state == "submitted"


def test_a_finding_stands_beside_its_number_and_an_error_asks_for_a_reason(
    client_of: ClientOf, make_record: MakeRecord
) -> None:
    record = make_record(state="submitted", audience=900_000)
    text = text_of(client_of("reviewer").get(shown(record)))
    assert "finding-error" in text
    assert 'name="override"' in text


def test_a_photo_used_twice_is_shown_with_its_twin(
    client_of: ClientOf, make_record: MakeRecord, cast: dict[str, Actor]
) -> None:
    twin = make_record(title="先前那一场")
    record = make_record(state="submitted", photos=0)
    exhibit = twin.exhibits.get()
    exhibit.pk, exhibit.uuid, exhibit.record_id = None, record.uuid, record.pk
    exhibit.save(force_insert=True)
    text = text_of(client_of("reviewer").get(shown(record)))
    assert "相同或相近的照片" in text
    assert "先前那一场" in text


def test_what_is_odd_is_marked_in_the_list(
    client_of: ClientOf, make_record: MakeRecord, world: World
) -> None:
    fine = make_record(state="submitted", title="都好")
    wrong = make_record(state="submitted", audience=900_000, title="太多人")
    many = make_record(state="submitted", audience=20_000, title="人很多")
    items = client_of("reviewer").get(ADDRESS).context["page"].items
    assert {item.record.pk: item.severity for item in items} == {
        fine.pk: "",
        wrong.pk: "error",
        many.pk: "warning",
    }
    assert 'class="queue-odd queue-odd-error" title="错误"' in text_of(client_of("reviewer").get(ADDRESS))


def test_a_longer_queue_does_not_cost_more_statements(client_of: ClientOf, make_record: MakeRecord) -> None:
    client = client_of("reviewer")
    make_record(state="submitted")
    make_record(state="submitted", audience=900_000)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS)
    for _ in range(4):
        make_record(state="submitted", audience=900_000)
    with CaptureQueriesContext(connection) as many:
        client.get(ADDRESS)
    assert len(many) == len(few)


def test_many_are_checked_as_one_is(make_record: MakeRecord) -> None:
    found = [
        make_record(state="submitted", audience=900_000),
        make_record(state="submitted", audience=20_000),
        make_record(state="submitted", photos=0),
        make_record(state="submitted"),
    ]
    kind = record_kinds["activity"]
    together = kind.findings_of(found, {})
    assert {record.pk: list(together[record.pk]) for record in found} == {
        record.pk: list(kind.findings(record)) for record in found
    }


def test_unit_and_period_stay_after_a_decision(
    client_of: ClientOf, make_record: MakeRecord, world: World
) -> None:
    record = make_record(state="submitted")
    chosen = f"unit={world.union.pk}&since=2018-01-01&until=2020-12-31"
    answer = client_of("reviewer").post(
        reverse("desk:confirm", args=[record.pk]),
        {"next": ADDRESS, "version": "2"},
        headers={"referer": f"http://testserver{shown(record)}?{chosen}"},
    )
    assert answer["Location"] == f"{ADDRESS}?{chosen}"


def test_tabs_keep_unit_and_period(client_of: ClientOf, world: World) -> None:
    text = text_of(client_of("reviewer").get(f"{ADDRESS}?unit={world.union.pk}&since=2019-01-01"))
    assert f"{ADDRESS}?tab=drafts&amp;unit={world.union.pk}&amp;since=2019-01-01" in text


def test_who_may_confirm_nothing_has_no_tab_for_it(client_of: ClientOf, world: World) -> None:
    assert "待我确认" in text_of(client_of("reviewer").get(ADDRESS))
    for name in ("clerk", "auditor", "administrator"):
        assert "待我确认" not in text_of(client_of(name).get(f"{ADDRESS}?tab=confirm"))


def test_amendments_wait_in_the_same_queue(
    client_of: ClientOf, make_record: MakeRecord, cast: dict[str, Actor]
) -> None:
    record = make_record(audience=80)
    amendment = amended(cast, record)
    client = client_of("reviewer")
    text = text_of(client.get(ADDRESS))
    assert "<del>80 人次</del>" in text
    assert "<ins>95 人次</ins>" in text
    assert "<ins>礼堂</ins>" in text
    client.post(reverse("desk:accept", args=[amendment.pk]), {"next": ADDRESS})
    amendment.refresh_from_db()
    assert amendment.state == "accepted"


def test_the_one_who_entered_it_finds_it_among_those_that_wait_for_others(
    client_of: ClientOf, make_record: MakeRecord
) -> None:
    record = make_record(state="submitted", title="我提交的")
    client = client_of("clerk")
    assert "我提交的" not in text_of(client.get(f"{ADDRESS}?tab=returned"))
    assert "我提交的" in text_of(client.get(ADDRESS)), "the first tab with anything in it is open"
    assert "我提交的" in text_of(client.get(f"{ADDRESS}?tab=submitted"))
    assert reverse("desk:confirm", args=[record.pk]) not in text_of(client.get(shown(record)))


@pytest.mark.parametrize(("tab", "state"), [("returned", "returned"), ("drafts", "draft")])
def test_own_unfinished_records_lead_to_their_page(
    client_of: ClientOf, make_record: MakeRecord, tab: str, state: str
) -> None:
    record = make_record(state=state)
    assert reverse("desk:record", args=[record.pk]) in text_of(client_of("clerk").get(f"{ADDRESS}?tab={tab}"))


def test_one_that_is_decided_says_so_and_leads_on(client_of: ClientOf, make_record: MakeRecord) -> None:
    decided = make_record(title="已经入账的")
    waiting = make_record(state="submitted")
    text = text_of(client_of("reviewer").get(shown(decided)))
    assert "本条已处理" in text
    assert shown(waiting) in text


def test_a_stranger_does_not_find_it(client_of: ClientOf, make_record: MakeRecord) -> None:
    record = make_record(state="submitted")
    client = client_of("stranger")
    assert client.get(shown(record)).status_code == 404
    assert record.title not in text_of(client.get(ADDRESS))


def test_without_the_right_it_is_empty(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(state="submitted", title="等待审核")
    assert "等待审核" not in text_of(client_of("auditor").get(ADDRESS))


def test_wrong_method_and_odd_tab(client_of: ClientOf) -> None:
    client = client_of("reviewer")
    assert client.post(ADDRESS).status_code == 405
    assert client.get(f"{ADDRESS}?tab=nonsense").status_code == 200
    assert client_of("visitor").get(ADDRESS).status_code == 302


def test_a_refused_amendment_is_told_to_whoever_proposed_it(
    client_of: ClientOf, make_record: MakeRecord, cast: dict[str, Actor]
) -> None:
    record = make_record(audience=80, title="更正过的讲座")
    amendment = amended(cast, record)
    ledger.refuse_amendment(
        actor=cast["reviewer"], amendment_id=amendment.pk, opinion="签到表不符", at=clock.now()
    )
    assert f"{ADDRESS}?tab=refused" in text_of(client_of("clerk").get("/"))
    assert f"{ADDRESS}?tab=refused" not in text_of(client_of("reviewer").get("/"))
    text = text_of(client_of("clerk").get(f"{ADDRESS}?tab=refused"))
    assert "签到表不符" in text
    assert reverse("desk:record", args=[record.pk]) in text


def test_a_refusal_is_done_with_once_it_is_proposed_anew(
    client_of: ClientOf, make_record: MakeRecord, cast: dict[str, Actor]
) -> None:
    record = make_record(audience=80)
    amendment = amended(cast, record)
    ledger.refuse_amendment(actor=cast["reviewer"], amendment_id=amendment.pk, opinion="不符", at=clock.now())
    Amendment.objects.filter(pk=amendment.pk).update(proposed_at=AT - timedelta(hours=1))
    amended(cast, record)
    assert "tab=refused" not in text_of(client_of("clerk").get("/"))
